/**
 * Random-walk positional encoding: how likely a walk of t steps is back where it began, for t = 1..k. It tells nodes
 * apart by the cycles around them, and does not depend on the numbering. Exact on small graphs, estimated on large.
 */
import { LimitError } from '../errors.ts';
import type { MessageGraph } from '../messageGraph.ts';
import { drawKey, drawUniform, STREAM } from '../random.ts';

export type WalkGraph = Pick<MessageGraph, 'numNodes' | 'rowPtr' | 'colIndex' | 'weight' | 'isSymmetric'>;

export interface RandomWalkOptions {
  /** k ≥ 1 */
  readonly steps: number;
  readonly seed: number;
  /** Arcs that the exact way may visit before walks are drawn instead; the default takes about two seconds. */
  readonly exactWork?: number;
  /** Walks per node of the estimate. */
  readonly walks?: number;
}

export interface RandomWalkEncoding {
  /** [N · k] row-major: value (v, t − 1) is (P^t)[v, v]. */
  readonly values: Float32Array;
  /** 0 = exact; else walks per node. The standard error of a value p is √(p(1 − p) / walks), at most 0.5 / √walks. */
  readonly walks: number;
}

const EXACT_WORK = 4e8;
/** Standard error at most 0.044. */
const WALKS = 128;
/** About a minute. */
const MAX_WALK_STEPS = 1e9;
/** Keeps these draws apart from the training walks of the same seed, whose steps are epochs. */
const FIRST_STEP = 0x40000000;

/**
 * Returns diag(P^t) for t = 1..k, P = D⁻¹A the transition matrix by receiver: a walker at v goes to the sender of one of
 * v's arcs, chosen in proportion to its weight (parallel arcs each). A node without arcs, or whose weights sum to 0,
 * ends the walk; its values are 0.
 *
 * Source: Dwivedi et al. 2022, "Graph Neural Networks with Learnable Structural and Positional Representations",
 * eq. 6, https://arxiv.org/abs/2110.07875.
 * Exact by propagating one row of P^t at a time (half the steps on a symmetric graph), O(Σ_v arcs within k steps of v),
 * while that stays within `exactWork` arc visits; then estimated by seeded walks, O(N · walks · k). Memory O(N · k + arcs). Deterministic in (graph, seed).
 * @throws {LimitError} N · walks · k exceeds 10⁹
 */
export function randomWalkEncoding(graph: WalkGraph, options: RandomWalkOptions): RandomWalkEncoding {
  const { steps, seed, exactWork = EXACT_WORK, walks = WALKS } = options;
  const exact = exactDiagonals(graph, steps, exactWork);
  if (exact !== null) return { values: exact, walks: 0 };
  const perStep = graph.numNodes * walks;
  if (perStep * steps > MAX_WALK_STEPS) {
    const possible = Math.floor(MAX_WALK_STEPS / perStep);
    throw new LimitError(
      `A random-walk encoding of ${steps} steps is too much work for ${graph.numNodes.toLocaleString('en')} nodes.`,
      {
        code: 'random-walk-size',
        remedy:
          possible === 0
            ? 'Set random-walk steps to 0, or use a smaller graph.'
            : `Set random-walk steps to at most ${possible}.`,
        details: { numNodes: graph.numNodes, steps, possible },
      },
    );
  }
  return { values: estimatedDiagonals(graph, steps, seed, walks), walks };
}

/** The nodes a walk can be at, and with which chance. */
interface Front {
  readonly mass: Float64Array;
  /** [N] visit in which the node's mass was written; older entries of `mass` have no meaning. */
  readonly writtenAt: Int32Array;
  readonly nodes: Int32Array;
  size: number;
  visit: number;
}

/** Returns null as soon as more than `budget` arcs were visited. */
function exactDiagonals(graph: WalkGraph, steps: number, budget: number): Float32Array | null {
  const { numNodes } = graph;
  const total = rowTotals(graph);
  const chance = transitionChances(graph, total);
  const diagonal = new Float32Array(numNodes * steps);
  const newFront = (): Front => ({
    mass: new Float64Array(numNodes),
    writtenAt: new Int32Array(numNodes),
    nodes: new Int32Array(numNodes),
    size: 0,
    visit: 0,
  });
  let here = newFront();
  let next = newFront();
  let visit = 0;
  let work = 0;
  // Weights w_uv = w_vu make the walk reversible: total_v (P^a)[v, u] = total_u (P^a)[u, v], hence
  // (P^(a+b))[v, v] = Σ_u (P^a)[v, u] (P^b)[v, u] total_v / total_u, and half the steps are enough.
  const moves = graph.isSymmetric ? Math.ceil(steps / 2) : steps;
  for (let start = 0; start < numNodes; start++) {
    const row = diagonal.subarray(start * steps, (start + 1) * steps);
    here.visit = ++visit;
    here.size = 1;
    here.nodes[0] = start;
    here.mass[start] = 1;
    here.writtenAt[start] = visit;
    for (let move = 1; move <= moves; move++) {
      next.visit = ++visit;
      work += advance(graph, chance, here, next);
      if (work > budget) return null;
      if (graph.isSymmetric) {
        row[2 * move - 2] = meeting(next, here, total, start);
        if (2 * move <= steps) row[2 * move - 1] = meeting(next, next, total, start);
      } else if (next.writtenAt[start] === visit) row[move - 1] = next.mass[start] as number;
      [here, next] = [next, here];
    }
  }
  return diagonal;
}

/** next ← here · P; returns the arcs visited. */
function advance(graph: WalkGraph, chance: Float64Array, here: Front, next: Front): number {
  const { rowPtr, colIndex } = graph;
  const { mass, writtenAt, nodes, visit } = next;
  let size = 0;
  let work = 0;
  for (let k = 0; k < here.size; k++) {
    const node = here.nodes[k] as number;
    const share = here.mass[node] as number;
    const end = rowPtr[node + 1] as number;
    work += end - (rowPtr[node] as number);
    for (let arc = rowPtr[node] as number; arc < end; arc++) {
      const other = colIndex[arc] as number;
      const moved = share * (chance[arc] as number);
      if (moved === 0) continue;
      if (writtenAt[other] === visit) mass[other] = (mass[other] as number) + moved;
      else {
        writtenAt[other] = visit;
        mass[other] = moved;
        nodes[size++] = other;
      }
    }
  }
  next.size = size;
  return work;
}

/** Σ_u a[u] b[u] total_start / total_u */
function meeting(a: Front, b: Front, total: Float64Array, start: number): number {
  let sum = 0;
  for (let k = 0; k < a.size; k++) {
    const node = a.nodes[k] as number;
    if (b.writtenAt[node] !== b.visit) continue;
    sum += ((a.mass[node] as number) * (b.mass[node] as number)) / (total[node] as number);
  }
  return sum * (total[start] as number);
}

/** [N] summed weight of each row, float64. */
function rowTotals({ numNodes, rowPtr, weight }: WalkGraph): Float64Array {
  return Float64Array.from({ length: numNodes }, (_, node) => {
    const start = rowPtr[node] as number;
    const end = rowPtr[node + 1] as number;
    if (weight === null) return end - start;
    let total = 0;
    for (let arc = start; arc < end; arc++) total += weight[arc] as number;
    return total;
  });
}

/** [arcs] probability of each arc among those of its row, float64. */
function transitionChances({ numNodes, rowPtr, weight }: WalkGraph, total: Float64Array): Float64Array {
  const chance = new Float64Array(rowPtr[numNodes] as number);
  for (let node = 0; node < numNodes; node++) {
    if (total[node] === 0) continue;
    for (let arc = rowPtr[node] as number; arc < (rowPtr[node + 1] as number); arc++)
      chance[arc] = (weight === null ? 1 : (weight[arc] as number)) / (total[node] as number);
  }
  return chance;
}

function estimatedDiagonals(graph: WalkGraph, steps: number, seed: number, walks: number): Float32Array {
  const { numNodes, rowPtr, colIndex, weight } = graph;
  const reach = weight === null ? null : cumulativeChances(graph);
  const diagonal = new Float32Array(numNodes * steps);
  const keys = Uint32Array.from({ length: walks }, (_, walk) =>
    drawKey(seed, STREAM.walks, FIRST_STEP + walk),
  );
  // All walks of a node one after another: they stay among neighbours that are in the cache.
  for (let start = 0; start < numNodes; start++) {
    for (const key of keys) {
      let node = start;
      for (let step = 0; step < steps; step++) {
        const from = rowPtr[node] as number;
        const end = rowPtr[node + 1] as number;
        if (from === end || (reach !== null && reach[end - 1] === 0)) break;
        const draw = drawUniform(key, start * steps + step);
        const arc =
          reach === null ? from + Math.floor(draw * (end - from)) : drawnArc(reach, from, end, draw);
        node = colIndex[arc] as number;
        if (node === start) diagonal[start * steps + step] = (diagonal[start * steps + step] as number) + 1;
      }
    }
  }
  return diagonal.map((returns) => returns / walks);
}

function cumulativeChances(graph: WalkGraph): Float64Array {
  const reach = transitionChances(graph, rowTotals(graph));
  for (let node = 0; node < graph.numNodes; node++) {
    for (let arc = (graph.rowPtr[node] as number) + 1; arc < (graph.rowPtr[node + 1] as number); arc++)
      reach[arc] = (reach[arc] as number) + (reach[arc - 1] as number);
  }
  return reach;
}

/** First arc whose cumulative chance exceeds the draw; the last with weight when rounding leaves none. */
function drawnArc(reach: Float64Array, start: number, end: number, draw: number): number {
  const scaled = draw * (reach[end - 1] as number);
  let low = start;
  let high = end - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((reach[middle] as number) > scaled) high = middle;
    else low = middle + 1;
  }
  return low;
}
