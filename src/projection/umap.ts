/**
 * UMAP: rows that are neighbours pull each other in the plane, drawn ones push each other away, until the plane's
 * neighbourhoods look like those of the rows.
 */
import { type ParameterSpec, resolveValues, type ValuesOf } from '../core/parameters.ts';
import { drawKey, drawUint32, STREAM } from '../core/random.ts';
import { fuzzySimplicialSet } from './fuzzySet.ts';
import { initialCoordinates } from './initialCoordinates.ts';
import { checkRows, fittedCount, nearestRows } from './nearestRows.ts';
import { type ProjectionDescriptor, SEED_SPEC } from './projectionTypes.ts';
import type { SymmetricWeights } from './symmetricWeights.ts';
import { fitCurve, type UmapCurve } from './umapCurve.ts';

const PARAMETERS = [
  {
    kind: 'integer',
    id: 'neighbours',
    name: 'Neighbours',
    help: 'How many nearest rows a row is held together with: few show fine detail, many the large shape.',
    min: 2,
    max: 200,
    step: 1,
    default: 15,
  },
  {
    kind: 'number',
    id: 'minDistance',
    name: 'Min distance',
    help: 'How close points may lie in the picture: small makes tight clumps, large spreads them evenly.',
    min: 0,
    max: 0.99,
    step: 0.05,
    default: 0.1,
  },
  SEED_SPEC,
] as const satisfies readonly ParameterSpec[];

type Values = ValuesOf<typeof PARAMETERS>;

/** Fewer rows need more rounds to come to rest. */
const MANY_ROWS = 10_000;
const EPOCHS = 500;
const EPOCHS_OF_MANY = 200;
const NEGATIVES = 5;
const MAX_GRADIENT = 4;
/** Keeps the push between points on one place finite; umap-learn's value. */
const SOFTENING = 0.001;
/** Standard deviation of the start along its first axis: about that of umap-learn, whose start fills [−10, 10]. */
const INITIAL_DEVIATION = 5;

export const umap: ProjectionDescriptor = {
  id: 'umap',
  name: 'UMAP',
  summary: 'Keeps neighbourhoods together and much of the large shape; fast.',
  source:
    'McInnes, Healy & Melville 2018, "UMAP: Uniform Manifold Approximation and Projection", https://arxiv.org/abs/1802.03426',
  parameters: PARAMETERS,
  async prepare(rows, given, pace) {
    const values = resolveValues(PARAMETERS, given) as Values;
    checkRows(rows);
    const { n } = rows;
    const k = fittedCount('Neighbours', given['neighbours'], values.neighbours, n - 1, n);
    const neighbours = await nearestRows(rows, k, values.projectionSeed, pace);
    const numIterations = n < MANY_ROWS ? EPOCHS : EPOCHS_OF_MANY;
    const edges = sampledEdges(fuzzySimplicialSet(neighbours), numIterations);
    const coordinates = initialCoordinates(rows, INITIAL_DEVIATION, values.projectionSeed);
    const curve = fitCurve(values.minDistance);
    let iteration = 0;
    return {
      coordinates,
      neighbours,
      numIterations,
      settings: `${k} neighbours, min distance ${values.minDistance}`,
      get iteration() {
        return iteration;
      },
      step() {
        if (iteration === numIterations) return;
        const rate = 1 - iteration / numIterations;
        iteration++;
        runEpoch(
          coordinates,
          edges,
          curve,
          rate,
          iteration,
          drawKey(values.projectionSeed, STREAM.projection, iteration),
        );
      },
    };
  },
};

/** Entries of the symmetric matrix that are sampled at least once, each every `period` epochs. */
interface SampledEdges {
  readonly head: Int32Array;
  readonly tail: Int32Array;
  readonly period: Float64Array;
  /** Epoch at which the edge is sampled next; changes. */
  readonly due: Float64Array;
}

/** An edge is sampled in proportion to its weight, the strongest in every epoch. */
function sampledEdges({ n, rowPtr, colIndex, weight }: SymmetricWeights, epochs: number): SampledEdges {
  let strongest = 0;
  for (const value of weight) strongest = Math.max(strongest, value);
  const least = strongest / epochs;
  let count = 0;
  for (const value of weight) if (value >= least) count++;
  const edges = {
    head: new Int32Array(count),
    tail: new Int32Array(count),
    period: new Float64Array(count),
    due: new Float64Array(count),
  };
  let used = 0;
  for (let row = 0; row < n; row++) {
    for (let at = rowPtr[row] as number; at < (rowPtr[row + 1] as number); at++) {
      const value = weight[at] as number;
      if (value < least) continue;
      edges.head[used] = row;
      edges.tail[used] = colIndex[at] as number;
      edges.period[used] = strongest / value;
      edges.due[used] = strongest / value;
      used++;
    }
  }
  return edges;
}

const clipped = (value: number): number =>
  value > MAX_GRADIENT ? MAX_GRADIENT : value < -MAX_GRADIENT ? -MAX_GRADIENT : value;

/**
 * One epoch of stochastic gradient descent on the fuzzy cross entropy: every edge that is due pulls both ends, then pushes
 * its head away from five drawn rows. Draws are functions of (key, edge, number).
 */
function runEpoch(
  at: Float32Array,
  { head, tail, period, due }: SampledEdges,
  { a, b }: UmapCurve,
  rate: number,
  epoch: number,
  key: number,
): void {
  // Products of floats, where a remainder of large integers would cost more than the forces.
  const perDraw = at.length / 2 / 2 ** 32;
  for (let edge = 0; edge < head.length; edge++) {
    if ((due[edge] as number) > epoch) continue;
    due[edge] = (due[edge] as number) + (period[edge] as number);
    const from = 2 * (head[edge] as number);
    const to = 2 * (tail[edge] as number);
    let x = at[from] as number;
    let y = at[from + 1] as number;
    const dx = x - (at[to] as number);
    const dy = y - (at[to + 1] as number);
    const squared = dx * dx + dy * dy;
    if (squared > 0) {
      const power = Math.exp(b * Math.log(squared));
      const pull = (-2 * a * b * (power / squared)) / (a * power + 1);
      const moveX = rate * clipped(pull * dx);
      const moveY = rate * clipped(pull * dy);
      x += moveX;
      y += moveY;
      at[to] = (at[to] as number) - moveX;
      at[to + 1] = (at[to + 1] as number) - moveY;
    }
    for (let negative = 0; negative < NEGATIVES; negative++) {
      const other = 2 * Math.floor(drawUint32(key, NEGATIVES * edge + negative) * perDraw);
      const awayX = x - (at[other] as number);
      const awayY = y - (at[other + 1] as number);
      const apart = awayX * awayX + awayY * awayY;
      if (other === from || other === to || apart === 0) continue;
      const push = (2 * b) / ((SOFTENING + apart) * (a * Math.exp(b * Math.log(apart)) + 1));
      x += rate * clipped(push * awayX);
      y += rate * clipped(push * awayY);
    }
    at[from] = x;
    at[from + 1] = y;
  }
}
