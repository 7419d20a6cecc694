/** How often a random surfer is at a node: importance that is passed along edges. */
import { type Bitset, countBits, hasBit } from '../bitset.ts';
import { ParameterError } from '../errors.ts';
import type { MessageGraph } from '../messageGraph.ts';
import { createMeasurePacer, type MeasureContext } from './measureContext.ts';

export interface PageRankOptions {
  /** d: the chance of following an edge instead of jumping anywhere; in [0, 1). */
  readonly damping: number;
  /** Stop when Σ |change| < N · tolerance, as networkx does. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Nodes that do not take part; their rank is 0. */
  readonly exclude?: Bitset | null;
}

export interface PageRank {
  /** [N], summing to 1. */
  readonly rank: Float64Array;
  readonly numIterations: number;
  /** Σ |change| of the last iteration. */
  readonly change: number;
}

/**
 * Returns r with r[v] = (1 − d)/N + d ( Σ_{u→v} w(u,v) r[u] / W(u) + Σ_{u dangling} r[u] / N ), W(u) the weight leaving
 * u; a node that nothing leaves (or only edges of weight 0) spreads its rank over all nodes. Parallel arcs add up, a
 * self-loop is one arc, an undirected edge two: as networkx' `pagerank` of a multigraph.
 *
 * Source: Page, Brin, Motwani & Winograd 1999, "The PageRank Citation Ranking", http://ilpubs.stanford.edu:8090/422/;
 * dangling nodes as in Langville & Meyer 2004, "Deeper Inside PageRank", §3.
 * @param graph arcs by receiver; flow `forward` follows directions, `both` ignores them
 * @throws {ParameterError} not converged within maxIterations: a rank that still moves is not returned
 * @throws {CancelledError} the signal was aborted
 * Deterministic. O(N + arcs) per iteration, about log(tolerance · N) / log(d) iterations.
 */
export async function pageRank(
  graph: Pick<MessageGraph, 'numNodes' | 'rowPtr' | 'colIndex' | 'weight'>,
  options: PageRankOptions,
  context: MeasureContext = {},
): Promise<PageRank> {
  const { damping, tolerance, maxIterations, exclude = null } = options;
  const { numNodes } = graph;
  const numLive = numNodes - (exclude === null ? 0 : countBits(exclude));
  if (numLive === 0) return { rank: new Float64Array(numNodes), numIterations: 0, change: 0 };
  const leaving = leavingWeights(graph);
  const isLive = (node: number): boolean => exclude === null || !hasBit(exclude, node);
  let rank = Float64Array.from({ length: numNodes }, (_, node) => (isLive(node) ? 1 / numLive : 0));
  let next = new Float64Array(numNodes);
  const share = new Float64Array(numNodes);
  const pace = createMeasurePacer(context, 'PageRank');
  const bound = numLive * tolerance;
  let change = Infinity;
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    let dangling = 0;
    for (let node = 0; node < numNodes; node++) {
      const weight = leaving[node] as number;
      if (weight > 0) share[node] = (rank[node] as number) / weight;
      else dangling += rank[node] as number;
    }
    const base = (1 - damping + damping * dangling) / numLive;
    const before = change;
    change = 0;
    for (let node = 0; node < numNodes; node++) {
      const value = isLive(node) ? base + damping * received(graph, share, node) : 0;
      next[node] = value;
      change += Math.abs(value - (rank[node] as number));
    }
    [rank, next] = [next, rank];
    if (change < bound) {
      context.report?.(1);
      return { rank, numIterations: iteration, change };
    }
    await pace(doneRatio(iteration, maxIterations, change, before, bound));
  }
  throw new ParameterError(
    `PageRank still moves by ${change.toPrecision(2)} after ${maxIterations} iterations; asked for is less than ${bound.toPrecision(2)}.`,
    {
      code: 'pagerank-convergence',
      remedy: 'Allow more iterations, or raise the tolerance.',
      details: { maxIterations, change, bound },
    },
  );
}

function leavingWeights({
  numNodes,
  colIndex,
  weight,
}: Pick<MessageGraph, 'numNodes' | 'colIndex' | 'weight'>): Float64Array {
  const leaving = new Float64Array(numNodes);
  for (let arc = 0; arc < colIndex.length; arc++) {
    const sender = colIndex[arc] as number;
    leaving[sender] = (leaving[sender] as number) + (weight === null ? 1 : (weight[arc] as number));
  }
  return leaving;
}

function received(
  { rowPtr, colIndex, weight }: Pick<MessageGraph, 'rowPtr' | 'colIndex' | 'weight'>,
  share: Float64Array,
  node: number,
): number {
  let sum = 0;
  const end = rowPtr[node + 1] as number;
  for (let arc = rowPtr[node] as number; arc < end; arc++) {
    const value = share[colIndex[arc] as number] as number;
    sum += weight === null ? value : value * (weight[arc] as number);
  }
  return sum;
}

/** The change falls geometrically, so the iterations still needed follow from the last two. */
function doneRatio(
  iteration: number,
  maxIterations: number,
  change: number,
  before: number,
  bound: number,
): number {
  const rate = change / before;
  const left = rate > 0 && rate < 1 ? Math.log(bound / change) / Math.log(rate) : maxIterations - iteration;
  return iteration / (iteration + Math.min(left, maxIterations - iteration));
}
