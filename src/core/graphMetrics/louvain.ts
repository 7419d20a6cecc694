/**
 * Community detection by greedy modularity: nodes move to the neighbouring community that gains most, communities
 * become nodes, and again. When no level improves, one more pass starts from the found partition with single nodes,
 * which repairs early mistakes. Directions are ignored; the value it optimises is `modularity.ts`.
 */
import { randomSequence, STREAM } from '../random.ts';
import { groupBy } from '../sparseMatrix.ts';
import { modularity } from './modularity.ts';
import { renumberBySize } from './renumberBySize.ts';
import { type UndirectedAdjacency, undirectedAdjacency } from './undirectedAdjacency.ts';

export interface LouvainInput {
  readonly numNodes: number;
  readonly source: Int32Array;
  readonly target: Int32Array;
  readonly weight?: ArrayLike<number> | null;
  readonly seed: number;
  /** γ of the modularity; default 1. */
  readonly resolution?: number;
}

export interface Communities {
  /** [N] community of each node, 0 = the largest. */
  readonly community: Int32Array;
  readonly numCommunities: number;
  readonly modularity: number;
}

/** A move must gain more than this (in units of 2m·ΔQ relative to 2m), or rounding could make nodes swap for ever. */
export const MIN_GAIN_RATIO = 1e-12;
const MIN_PASS_GAIN = 1e-9;
const MAX_PASSES = 10;
/** Small graphs are tried from several visiting orders, as one order may end in a poor optimum; about 0.1 s in all. */
const MAX_STARTS = 10;
const START_BUDGET = 100_000;

/**
 * Returns communities of high modularity; nodes without edges are communities of their own.
 *
 * Source: Blondel et al. 2008, "Fast unfolding of communities in large networks", doi:10.1088/1742-5468/2008/10/P10008;
 * repeated passes as in Traag et al. 2019, doi:10.1038/s41598-019-41695-z, §"Louvain algorithm".
 * Deterministic in (graph, seed): the visiting order is drawn from the seed, ties keep the present community, then the
 * lower number; of several starts (small graphs only) the first best counts. Each sweep O(N + E); a few sweeps per level in practice.
 * @throws {InvalidGraphError} an end outside the graph or an invalid weight
 */
export function louvain(input: LouvainInput): Communities {
  const { numNodes, source, target, weight = null, seed, resolution = 1 } = input;
  const adjacency = undirectedAdjacency(numNodes, source, target, weight);
  const size = numNodes + source.length;
  const starts = Math.max(1, Math.min(MAX_STARTS, Math.floor(START_BUDGET / Math.max(1, size))));
  const quality = (community: Int32Array): number =>
    modularity({ numNodes, source, target, weight, community, resolution });
  let best: Communities | null = null;
  for (let start = 0; start < starts; start++) {
    const found = fromSingleNodes(adjacency, quality, resolution, seed, start);
    if (best === null || found.modularity > best.modularity) best = found;
  }
  return best as Communities;
}

/** Passes until none improves. */
function fromSingleNodes(
  adjacency: UndirectedAdjacency,
  quality: (community: Int32Array) => number,
  resolution: number,
  seed: number,
  start: number,
): Communities {
  const { numNodes } = adjacency;
  const alone = Int32Array.from({ length: numNodes }, (_, node) => node);
  let best: Communities = { community: alone, numCommunities: numNodes, modularity: quality(alone) };
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const stream = start * MAX_PASSES + pass;
    const labels = onePass(
      adjacency,
      best.community,
      best.numCommunities,
      resolution,
      seed,
      stream,
      pass > 0,
    );
    const { group: community, numGroups: numCommunities } = renumberBySize(labels, numNodes);
    const reached = quality(community);
    if (reached <= best.modularity + MIN_PASS_GAIN) break;
    best = { community, numCommunities, modularity: reached };
  }
  return best;
}

/** Local moving on ever coarser graphs until nothing moves; returns the community of each node, labels < N. */
function onePass(
  nodes: UndirectedAdjacency,
  start: Int32Array,
  numStart: number,
  resolution: number,
  seed: number,
  stream: number,
  startsGrouped: boolean,
): Int32Array {
  let level = nodes;
  let labels: Int32Array = start.slice();
  let numLabels = numStart;
  // Which node of the present level each original node has become.
  let position: Int32Array = Int32Array.from({ length: nodes.numNodes }, (_, node) => node);
  for (let depth = 0; ; depth++) {
    const random = randomSequence(seed, STREAM.shuffle, stream * 64 + depth);
    const order = Int32Array.from({ length: level.numNodes }, (_, node) => node);
    random.shuffle(order);
    const moved = moveNodes(level, labels, order, resolution);
    const numbered = renumberBySize(labels, Math.max(numLabels, level.numNodes));
    position = position.map((at) => numbered.group[at] as number);
    // A grouped start must be aggregated once even when no single node moves.
    if (!moved && (depth > 0 || !startsGrouped)) return position;
    level = aggregate(level, numbered.group, numbered.numGroups);
    labels = Int32Array.from({ length: level.numNodes }, (_, node) => node);
    numLabels = level.numNodes;
  }
}

/** Row sums: the weighted degree in which a loop counts twice, [N]. */
export function weightedDegrees(graph: UndirectedAdjacency): Float64Array {
  const degree = new Float64Array(graph.numNodes);
  for (let node = 0; node < graph.numNodes; node++) {
    let sum = 0;
    for (let at = graph.rowPtr[node] as number; at < (graph.rowPtr[node + 1] as number); at++) {
      sum += graph.weight[at] as number;
    }
    degree[node] = sum;
  }
  return degree;
}

/** Sweeps over `order` until a sweep moves nothing; changes `labels` in place and returns whether anything moved. */
function moveNodes(
  graph: UndirectedAdjacency,
  labels: Int32Array,
  order: Int32Array,
  resolution: number,
): boolean {
  const degree = weightedDegrees(graph);
  const total = degree.reduce((sum, value) => sum + value, 0);
  if (total === 0) return false;
  const communityDegree = new Float64Array(graph.numNodes);
  labels.forEach((label, node) => {
    communityDegree[label] = (communityDegree[label] as number) + (degree[node] as number);
  });
  const choose = communityChooser(graph, labels, communityDegree, MIN_GAIN_RATIO * total);
  let anyMove = false;
  for (let movedInSweep = true; movedInSweep; ) {
    movedInSweep = false;
    for (const node of order) {
      const own = labels[node] as number;
      const nodeDegree = degree[node] as number;
      communityDegree[own] = (communityDegree[own] as number) - nodeDegree;
      const chosen = choose(node, (resolution * nodeDegree) / total);
      communityDegree[chosen] = (communityDegree[chosen] as number) + nodeDegree;
      if (chosen === own) continue;
      labels[node] = chosen;
      movedInSweep = true;
      anyMove = true;
    }
  }
  return anyMove;
}

/**
 * Returns the function that picks the best community for a node taken out of its own: the gain of joining c, times m,
 * is w(node, c) − γ k_node Σ_c / 2m, of which only the order matters. `cost` is γ k_node / 2m.
 */
export function communityChooser(
  graph: UndirectedAdjacency,
  labels: Int32Array,
  communityDegree: Float64Array,
  minGain: number,
): (node: number, cost: number) => number {
  const { rowPtr, colIndex, weight } = graph;
  const linkTo = new Float64Array(graph.numNodes);
  const touched = new Int32Array(graph.numNodes);
  return (node, cost) => {
    let numTouched = 0;
    for (let at = rowPtr[node] as number; at < (rowPtr[node + 1] as number); at++) {
      const neighbour = colIndex[at] as number;
      const value = weight[at] as number;
      if (neighbour === node || value === 0) continue;
      const label = labels[neighbour] as number;
      if (linkTo[label] === 0) touched[numTouched++] = label;
      linkTo[label] = (linkTo[label] as number) + value;
    }
    const own = labels[node] as number;
    let best = own;
    let bestGain = (linkTo[own] as number) - cost * (communityDegree[own] as number) + minGain;
    for (let at = 0; at < numTouched; at++) {
      const label = touched[at] as number;
      const gain = (linkTo[label] as number) - cost * (communityDegree[label] as number);
      linkTo[label] = 0;
      if (gain > bestGain || (gain === bestGain && best !== own && label < best)) {
        bestGain = gain;
        best = label;
      }
    }
    return best;
  };
}

/** Returns the graph whose nodes are the groups: parallel entries summed, inner weight on the diagonal. O(N + E). */
export function aggregate(
  graph: UndirectedAdjacency,
  group: Int32Array,
  numGroups: number,
): UndirectedAdjacency {
  const { ptr: memberPtr, perm: members } = groupBy(group, numGroups);
  const rowPtr = new Int32Array(numGroups + 1);
  const colIndex = new Int32Array(graph.colIndex.length);
  const weight = new Float64Array(graph.colIndex.length);
  // Last entry written for a group; one before the present row's start belongs to an earlier row.
  const entryOf = new Int32Array(numGroups).fill(-1);
  let used = 0;
  for (let label = 0; label < numGroups; label++) {
    const rowStart = used;
    for (let at = memberPtr[label] as number; at < (memberPtr[label + 1] as number); at++) {
      const node = members[at] as number;
      for (let arc = graph.rowPtr[node] as number; arc < (graph.rowPtr[node + 1] as number); arc++) {
        const other = group[graph.colIndex[arc] as number] as number;
        let entry = entryOf[other] as number;
        if (entry < rowStart) {
          entry = used++;
          entryOf[other] = entry;
          colIndex[entry] = other;
        }
        weight[entry] = (weight[entry] as number) + (graph.weight[arc] as number);
      }
    }
    rowPtr[label + 1] = used;
  }
  return {
    numNodes: numGroups,
    rowPtr,
    colIndex: colIndex.subarray(0, used),
    weight: weight.subarray(0, used),
  };
}
