/**
 * Community detection by Leiden: Louvain's moves, but communities are split into well-connected parts before they
 * become the nodes of the next level, so that none can fall apart. Directions are ignored; what it optimises is
 * `modularity.ts`; the gain of a move is that of `louvain.ts`.
 */
import { type RandomSequence, randomSequence, STREAM } from '../random.ts';
import { connectedComponents } from './connectedComponents.ts';
import {
  aggregate,
  type Communities,
  communityChooser,
  type LouvainInput,
  MIN_GAIN_RATIO,
  weightedDegrees,
} from './louvain.ts';
import { createMeasurePacer, type MeasureContext } from './measureContext.ts';
import { modularity } from './modularity.ts';
import { renumberBySize } from './renumberBySize.ts';
import { type UndirectedAdjacency, undirectedAdjacency } from './undirectedAdjacency.ts';

/** θ of the paper, in units of the mean edge weight: how often a merge is taken that is not the best. */
const RANDOMNESS = 0.01;
const MAX_ITERATIONS = 10;
const MIN_ITERATION_GAIN = 1e-9;
/** Nodes and edges looked at between two breaths: about a millisecond. */
const WORK_PER_SLICE = 20_000;
/** Keeps these draws apart from Louvain's. */
const DRAW_STEP = 0x10000000;

/**
 * Returns communities of high modularity, each connected by edges of positive weight; nodes without edges are
 * communities of their own.
 *
 * Source: Traag, Waltman & van Eck 2019, "From Louvain to Leiden: guaranteeing well-connected communities", alg. A.2,
 * doi:10.1038/s41598-019-41695-z; nodes do not move to an empty community. Iterations repeat from the partition found
 * until none improves.
 * @throws {InvalidGraphError} an end outside the graph or an invalid weight
 * @throws {CancelledError} the signal was aborted
 * Deterministic in (graph, seed). A level O(N + E) and what is moved again; a few levels per iteration.
 */
export async function leiden(input: LouvainInput, context: MeasureContext = {}): Promise<Communities> {
  const { numNodes, source, target, weight = null, seed, resolution = 1 } = input;
  const adjacency = undirectedAdjacency(numNodes, source, target, weight);
  const quality = (community: Int32Array): number =>
    modularity({ numNodes, source, target, weight, community, resolution });
  const pace = createMeasurePacer(context, 'Leiden');
  const alone = Int32Array.from({ length: numNodes }, (_, node) => node);
  let best: Communities = { community: alone, numCommunities: numNodes, modularity: quality(alone) };
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const random = randomSequence(seed, STREAM.shuffle, DRAW_STEP + iteration);
    // Most of the gain is in the first iterations, so the share done grows ever more slowly.
    const startRatio = 1 - 0.5 ** iteration;
    const labels = await oneIteration(adjacency, best.community, resolution, random, (depth) =>
      pace(startRatio + (1 - startRatio) * 0.5 * (1 - 0.5 ** depth)),
    );
    const { component: community, numComponents: numCommunities } = connectedParts(adjacency, labels);
    const reached = quality(community);
    if (reached <= best.modularity + MIN_ITERATION_GAIN) break;
    best = { community, numCommunities, modularity: reached };
  }
  context.report?.(1);
  return best;
}

/** Move, refine, aggregate, until every community is one node; returns the community of each node of `nodes`. */
async function oneIteration(
  nodes: UndirectedAdjacency,
  start: Int32Array,
  resolution: number,
  random: RandomSequence,
  breathe: (depth: number) => Promise<void>,
): Promise<Int32Array> {
  let level = nodes;
  let labels = start.slice();
  // Which node of the present level each original node has become.
  let position = Int32Array.from({ length: nodes.numNodes }, (_, node) => node);
  for (let depth = 0; ; depth++) {
    await moveNodes(level, labels, shuffledNodes(level, random), resolution, () => breathe(depth));
    const communities = renumberBySize(labels, level.numNodes);
    const refined = renumberBySize(refine(level, communities.group, resolution, random), level.numNodes);
    // One node per community: done. Nothing merged: another level would be this one again.
    if (communities.numGroups === level.numNodes || refined.numGroups === level.numNodes) {
      return position.map((at) => communities.group[at] as number);
    }
    position = position.map((at) => refined.group[at] as number);
    labels = new Int32Array(refined.numGroups);
    refined.group.forEach((part, node) => {
      labels[part] = communities.group[node] as number;
    });
    level = aggregate(level, refined.group, refined.numGroups);
  }
}

function shuffledNodes({ numNodes }: UndirectedAdjacency, random: RandomSequence): Int32Array {
  const order = Int32Array.from({ length: numNodes }, (_, node) => node);
  random.shuffle(order);
  return order;
}

/**
 * Moves nodes to the neighbouring community that gains most, each of `order` once and again whenever a neighbour has
 * moved away; changes `labels` (each < N) in place.
 */
async function moveNodes(
  graph: UndirectedAdjacency,
  labels: Int32Array,
  order: Int32Array,
  resolution: number,
  breathe: () => Promise<void>,
): Promise<void> {
  const { numNodes, rowPtr, colIndex } = graph;
  const degree = weightedDegrees(graph);
  const total = degree.reduce((sum, value) => sum + value, 0);
  await breathe();
  if (total === 0) return;
  const communityDegree = sumBy(labels, degree);
  const choose = communityChooser(graph, labels, communityDegree, MIN_GAIN_RATIO * total);
  // A ring: no node waits twice, so it never overflows.
  const queue = order;
  const isWaiting = new Uint8Array(numNodes).fill(1);
  let work = 0;
  for (let head = 0, numWaiting = numNodes; numWaiting > 0; head = (head + 1) % numNodes) {
    const node = queue[head] as number;
    isWaiting[node] = 0;
    numWaiting--;
    const own = labels[node] as number;
    const nodeDegree = degree[node] as number;
    communityDegree[own] = (communityDegree[own] as number) - nodeDegree;
    const chosen = choose(node, (resolution * nodeDegree) / total);
    communityDegree[chosen] = (communityDegree[chosen] as number) + nodeDegree;
    work += 1 + (rowPtr[node + 1] as number) - (rowPtr[node] as number);
    if (chosen !== own) {
      labels[node] = chosen;
      for (let at = rowPtr[node] as number; at < (rowPtr[node + 1] as number); at++) {
        const neighbour = colIndex[at] as number;
        if (isWaiting[neighbour] === 1 || neighbour === node || labels[neighbour] === chosen) continue;
        queue[(head + 1 + numWaiting++) % numNodes] = neighbour;
        isWaiting[neighbour] = 1;
      }
    }
    if (work < WORK_PER_SLICE) continue;
    work = 0;
    await breathe();
  }
}

/** Sum of the values of each group's members, [N]. */
function sumBy(group: Int32Array, values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length);
  group.forEach((label, at) => {
    sums[label] = (sums[label] as number) + (values[at] as number);
  });
  return sums;
}

/**
 * Splits every community S into connected parts: each node starts alone and may join a part T of S that it has edges
 * to, while both are well connected to the rest of S: w(T, S − T) ≥ γ K_T (K_S − K_T) / 2m.
 * Returns the part of each node, labels < N.
 */
function refine(
  graph: UndirectedAdjacency,
  community: Int32Array,
  resolution: number,
  random: RandomSequence,
): Int32Array {
  const { numNodes } = graph;
  const degree = weightedDegrees(graph);
  const total = degree.reduce((sum, value) => sum + value, 0);
  const part = Int32Array.from({ length: numNodes }, (_, node) => node);
  if (total === 0) return part;
  const penalty = resolution / total;
  const communityDegree = sumBy(community, degree);
  const partDegree = degree.slice();
  const partSize = new Int32Array(numNodes).fill(1);
  // w(T, S − T) of each part.
  const partLinks = linksWithinCommunity(graph, community);
  const nodeLinks = partLinks.slice();
  const isWellConnected = (links: number, own: number, whole: number): boolean =>
    links >= penalty * own * (whole - own);
  const linksToParts = createLinkCounter(graph, community, part);
  const pick = createPicker(random, (RANDOMNESS * total) / Math.max(1, graph.colIndex.length));
  for (const node of shuffledNodes(graph, random)) {
    const whole = communityDegree[community[node] as number] as number;
    const own = degree[node] as number;
    const links = nodeLinks[node] as number;
    if (partSize[part[node] as number] !== 1 || !isWellConnected(links, own, whole)) continue;
    const chosen = pick(linksToParts(node), (candidate, link) => {
      const theirs = partDegree[candidate] as number;
      if (!isWellConnected(partLinks[candidate] as number, theirs, whole)) return 0;
      return link - penalty * own * theirs;
    });
    if (chosen === null) continue;
    const old = part[node] as number;
    part[node] = chosen.part;
    partSize[old] = 0;
    partSize[chosen.part] = (partSize[chosen.part] as number) + 1;
    partDegree[chosen.part] = (partDegree[chosen.part] as number) + own;
    partLinks[chosen.part] = (partLinks[chosen.part] as number) + links - 2 * chosen.link;
  }
  return part;
}

/** Weight from each node to the other nodes of its community, [N]. */
function linksWithinCommunity(graph: UndirectedAdjacency, community: Int32Array): Float64Array {
  return Float64Array.from({ length: graph.numNodes }, (_, node) => {
    let links = 0;
    for (let at = graph.rowPtr[node] as number; at < (graph.rowPtr[node + 1] as number); at++) {
      const neighbour = graph.colIndex[at] as number;
      if (neighbour !== node && community[neighbour] === community[node]) links += graph.weight[at] as number;
    }
    return links;
  });
}

interface PartLinks {
  readonly count: number;
  /** Parts next to a node, in the order of its edges; the first `count` are valid until the next call. */
  readonly parts: Int32Array;
  /** By part. */
  readonly link: Float64Array;
}

/** Returns the function that sums a node's weight to each other part of its community. */
function createLinkCounter(
  graph: UndirectedAdjacency,
  community: Int32Array,
  part: Int32Array,
): (node: number) => PartLinks {
  const link = new Float64Array(graph.numNodes);
  const parts = new Int32Array(graph.numNodes);
  let count = 0;
  return (node) => {
    for (let at = 0; at < count; at++) link[parts[at] as number] = 0;
    count = 0;
    for (let at = graph.rowPtr[node] as number; at < (graph.rowPtr[node + 1] as number); at++) {
      const neighbour = graph.colIndex[at] as number;
      const value = graph.weight[at] as number;
      if (neighbour === node || value === 0 || community[neighbour] !== community[node]) continue;
      const label = part[neighbour] as number;
      if (link[label] === 0) parts[count++] = label;
      link[label] = (link[label] as number) + value;
    }
    return { count, parts, link };
  };
}

/** Returns the function that draws a part with probability ∝ exp(gain / temperature) among those of positive gain. */
function createPicker(random: RandomSequence, temperature: number) {
  return (
    { count, parts, link }: PartLinks,
    gainOf: (part: number, link: number) => number,
  ): { part: number; link: number } | null => {
    const candidates: { part: number; link: number; gain: number }[] = [];
    let largest = 0;
    for (let at = 0; at < count; at++) {
      const part = parts[at] as number;
      const gain = gainOf(part, link[part] as number);
      if (gain <= 0) continue;
      candidates.push({ part, link: link[part] as number, gain });
      largest = Math.max(largest, gain);
    }
    // Relative to the largest gain, so that no exponential overflows.
    const chances = candidates.map(({ gain }) => Math.exp((gain - largest) / temperature));
    let left = random.uniform() * chances.reduce((sum, chance) => sum + chance, 0);
    const drawn = candidates.find((_, at) => (left -= chances[at] as number) < 0);
    return drawn ?? candidates.at(-1) ?? null;
  };
}

/** Splits each community into its connected components, which never lowers the modularity. */
function connectedParts(graph: UndirectedAdjacency, community: Int32Array) {
  const from = new Int32Array(graph.colIndex.length);
  const to = new Int32Array(graph.colIndex.length);
  let inside = 0;
  for (let node = 0; node < graph.numNodes; node++) {
    for (let at = graph.rowPtr[node] as number; at < (graph.rowPtr[node + 1] as number); at++) {
      const neighbour = graph.colIndex[at] as number;
      const joins = neighbour > node && community[neighbour] === community[node];
      if (!joins || graph.weight[at] === 0) continue;
      from[inside] = node;
      to[inside++] = neighbour;
    }
  }
  return connectedComponents(graph.numNodes, from.subarray(0, inside), to.subarray(0, inside));
}
