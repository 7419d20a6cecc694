/**
 * Approximate nearest neighbours of many dense points: lists started from random projection trees improve themselves,
 * because a neighbour of a neighbour is likely a neighbour.
 */
import { drawKey, drawUint32, STREAM } from '../random.ts';
import { type Pace, partOfPace } from './buildPace.ts';
import { toDistances } from './exactNeighbours.ts';
import type { DenseMeasure } from './metrics.ts';
import { createNeighbourLists, type NeighbourLists, offer } from './neighbourLists.ts';
import { projectionTree } from './projectionTrees.ts';

/** Shorter lists find fewer ways to improve; the surplus is cut off at the end. */
const LEAST_LIST = 20;
const MAX_CANDIDATES = 30;
/** The leaves of one tree are closed groups that descent cannot leave; those of several overlap. */
const NUM_TREES = 6;
/** δ of the paper: an iteration that changes less than this share of the entries is the last. */
const LEAST_CHANGE_RATIO = 0.001;
const MAX_ITERATIONS = 20;
/** Keeps these draws apart from the other uses of the stream. */
const DRAW_STEP = 0x51000000;
/** Share of the work that starting the lists takes, for progress only. */
const START_RATIO = 0.2;

/**
 * Returns lists of the k nearest, of which on real data well over 0.9 are the true ones; distances are exact.
 * Lists are longer (20) while searching; candidates of a join are drawn uniformly, at most 30 new and 30 old ones.
 *
 * Source: Dong, Moses & Li 2011, "Efficient k-nearest neighbor graph construction for generic similarity measures",
 * algorithm 2, doi:10.1145/1963405.1963487. Deterministic in the seed. Empirically O(n^1.14 · width).
 */
export async function descendToNeighbours(
  measure: DenseMeasure,
  k: number,
  seed: number,
  pace: Pace,
): Promise<NeighbourLists> {
  const size = measure.points.nodes.length;
  const lists = createNeighbourLists(size, Math.min(size - 1, Math.max(k, LEAST_LIST)));
  await startFromTrees(measure, lists, seed, partOfPace(pace, 0, START_RATIO));
  const key = drawKey(seed, STREAM.sampling, DRAW_STEP);
  let draws = 0;
  const draw = (bound: number): number => drawUint32(key, draws++) % bound;
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    // Half of what is left each time: nobody knows how many iterations it takes.
    const done = START_RATIO + (1 - START_RATIO) * (1 - 0.5 ** iteration);
    const next = START_RATIO + (1 - START_RATIO) * (1 - 0.5 ** (iteration + 1));
    const changes = await improve(measure, lists, draw, partOfPace(pace, done, next));
    if (changes <= LEAST_CHANGE_RATIO * size * lists.k) break;
  }
  await pace(1);
  return toDistances(firstOf(lists, k), measure.distance);
}

async function startFromTrees(
  measure: DenseMeasure,
  lists: NeighbourLists,
  seed: number,
  pace: Pace,
): Promise<void> {
  for (let tree = 0; tree < NUM_TREES; tree++) {
    const { order, ptr } = projectionTree(measure, 2 * lists.k, seed, tree);
    for (let leaf = 0; leaf + 1 < ptr.length; leaf++) {
      const end = ptr[leaf + 1] as number;
      for (let a = ptr[leaf] as number; a < end; a++) {
        for (let b = a + 1; b < end; b++) offerPair(measure, lists, order[a] as number, order[b] as number);
      }
      await pace((tree + leaf / ptr.length) / NUM_TREES);
    }
  }
}

/** Offers a pair to both lists; returns how many entries changed. */
function offerPair({ compare }: DenseMeasure, lists: NeighbourLists, a: number, b: number): number {
  const compared = compare(a, b);
  return Number(offer(lists, a, b, compared)) + Number(offer(lists, b, a, compared));
}

/** Uniform samples of the points that list a point or are listed by it. */
interface Candidates {
  readonly index: Int32Array;
  /** [n] offered so far; the first min(offered, MAX_CANDIDATES) places of a point are used. */
  readonly offered: Int32Array;
}

function createCandidates(size: number): Candidates {
  return { index: new Int32Array(size * MAX_CANDIDATES), offered: new Int32Array(size) };
}

/** Reservoir sampling (Vitter 1985, algorithm R, doi:10.1145/3147.3165). */
function addCandidate(
  { index, offered }: Candidates,
  point: number,
  candidate: number,
  draw: (bound: number) => number,
): void {
  const before = offered[point] as number;
  offered[point] = before + 1;
  const place = before < MAX_CANDIDATES ? before : draw(before + 1);
  if (place < MAX_CANDIDATES) index[point * MAX_CANDIDATES + place] = candidate;
}

function candidatesOf({ index, offered }: Candidates, point: number): Int32Array {
  const start = point * MAX_CANDIDATES;
  return index.subarray(start, start + Math.min(MAX_CANDIDATES, offered[point] as number));
}

/** One iteration: joins new with new and old candidates around every point; returns how many entries changed. */
async function improve(
  measure: DenseMeasure,
  lists: NeighbourLists,
  draw: (bound: number) => number,
  pace: Pace,
): Promise<number> {
  const fresh = createCandidates(lists.size);
  const old = createCandidates(lists.size);
  for (let point = 0; point < lists.size; point++) {
    for (let at = point * lists.k; at < (point + 1) * lists.k; at++) {
      const neighbour = lists.index[at] as number;
      if (neighbour < 0) break;
      const into = lists.isFresh[at] === 1 ? fresh : old;
      addCandidate(into, point, neighbour, draw);
      addCandidate(into, neighbour, point, draw);
    }
  }
  for (let point = 0; point < lists.size; point++) markSeen(lists, point, candidatesOf(fresh, point));
  let changes = 0;
  for (let point = 0; point < lists.size; point++) {
    const news = candidatesOf(fresh, point);
    const olds = candidatesOf(old, point);
    for (let a = 0; a < news.length; a++) {
      const one = news[a] as number;
      for (let b = a + 1; b < news.length; b++) {
        if (news[b] !== one) changes += offerPair(measure, lists, one, news[b] as number);
      }
      for (const other of olds) if (other !== one) changes += offerPair(measure, lists, one, other);
    }
    await pace(point / lists.size);
  }
  return changes;
}

/** Entries that the sample took are no longer new; those it left out get another chance. */
function markSeen({ index, isFresh, k }: NeighbourLists, point: number, sampled: Int32Array): void {
  for (let at = point * k; at < (point + 1) * k; at++) {
    if (isFresh[at] === 1 && sampled.includes(index[at] as number)) isFresh[at] = 0;
  }
}

function firstOf(lists: NeighbourLists, k: number): NeighbourLists {
  const cut = createNeighbourLists(lists.size, k);
  for (let row = 0; row < lists.size; row++) {
    const start = row * lists.k;
    cut.index.set(lists.index.subarray(start, start + k), row * k);
    cut.distance.set(lists.distance.subarray(start, start + k), row * k);
  }
  return cut;
}
