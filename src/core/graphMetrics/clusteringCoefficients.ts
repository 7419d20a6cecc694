/** Do a node's neighbours know each other? */
import { groupBy } from '../sparseMatrix.ts';
import { createMeasurePacer, type MeasureContext } from './measureContext.ts';
import { type SimpleAdjacency, simpleDegrees } from './simpleAdjacency.ts';

export interface Clustering {
  /** [N] in [0, 1] */
  readonly coefficient: Float64Array;
  /** [N] triangles each node is part of. */
  readonly triangles: Float64Array;
  /** 3 · triangles / connected triples of the whole graph; 0 without triples. */
  readonly transitivity: number;
}

const ENTRIES_PER_SLICE = 20_000;

/**
 * Returns C(v) = 2 T(v) / (d(v) (d(v) − 1)): the share of pairs of neighbours that are joined, 0 where there is no pair.
 * Directions, parallel edges and self-loops do not count (networkx ignores loops and refuses multigraphs; its directed
 * variant is another measure).
 *
 * Source: Watts & Strogatz 1998, "Collective dynamics of 'small-world' networks", doi:10.1038/30918; triangles by
 * degree ordering: Chiba & Nishizeki 1985, doi:10.1137/0214017. Every edge points to the end of larger degree, so that
 * no node has more than √(2E) successors and hubs stay cheap.
 * @param adjacency symmetric: the simple adjacency of a message graph with flow `both`
 * @throws {CancelledError} the signal was aborted
 * O(E √E) at worst, O(N + E) memory.
 */
export async function clusteringCoefficients(
  adjacency: SimpleAdjacency,
  context: MeasureContext = {},
): Promise<Clustering> {
  const { numNodes } = adjacency;
  const degree = simpleDegrees(adjacency);
  const { rowPtr, colIndex } = towardsLargerDegree(adjacency, degree);
  const triangles = new Float64Array(numNodes);
  const addTriangle = (node: number): void => {
    triangles[node] = (triangles[node] as number) + 1;
  };
  // The last node of which this one was found to be a successor.
  const successorOf = new Int32Array(numNodes).fill(-1);
  const pace = createMeasurePacer(context, 'The clustering coefficient');
  let entries = 0;
  for (let u = 0; u < numNodes; u++) {
    const start = rowPtr[u] as number;
    const end = rowPtr[u + 1] as number;
    for (let at = start; at < end; at++) successorOf[colIndex[at] as number] = u;
    for (let at = start; at < end; at++) {
      const v = colIndex[at] as number;
      const last = rowPtr[v + 1] as number;
      for (let third = rowPtr[v] as number; third < last; third++) {
        const w = colIndex[third] as number;
        if (successorOf[w] !== u) continue;
        addTriangle(u);
        addTriangle(v);
        addTriangle(w);
      }
      entries += last - (rowPtr[v] as number);
    }
    entries += end - start + 1;
    if (entries < ENTRIES_PER_SLICE) continue;
    entries = 0;
    await pace(u / numNodes);
  }
  context.report?.(1);
  return { triangles, ...ratios(triangles, degree) };
}

function ratios(
  triangles: Float64Array,
  degree: Int32Array,
): Pick<Clustering, 'coefficient' | 'transitivity'> {
  let closed = 0;
  let pairs = 0;
  const coefficient = triangles.map((count, node) => {
    const d = degree[node] as number;
    closed += count;
    pairs += (d * (d - 1)) / 2;
    return d < 2 ? 0 : (2 * count) / (d * (d - 1));
  });
  return { coefficient, transitivity: pairs === 0 ? 0 : closed / pairs };
}

/** Keeps of each edge the entry from its end of smaller degree; ties by node index. */
function towardsLargerDegree(
  { numNodes, rowPtr, colIndex }: SimpleAdjacency,
  degree: Int32Array,
): Pick<SimpleAdjacency, 'rowPtr' | 'colIndex'> {
  let maxDegree = 0;
  for (const value of degree) maxDegree = Math.max(maxDegree, value);
  const { perm: byDegree } = groupBy(degree, maxDegree + 1);
  const rank = new Int32Array(numNodes);
  byDegree.forEach((node, place) => {
    rank[node] = place;
  });
  const keptPtr = new Int32Array(numNodes + 1);
  const kept = new Int32Array(colIndex.length / 2);
  let used = 0;
  for (let node = 0; node < numNodes; node++) {
    for (let at = rowPtr[node] as number; at < (rowPtr[node + 1] as number); at++) {
      const neighbour = colIndex[at] as number;
      if ((rank[neighbour] as number) > (rank[node] as number)) kept[used++] = neighbour;
    }
    keptPtr[node + 1] = used;
  }
  return { rowPtr: keptPtr, colIndex: kept };
}
