/** t-SNE: points lie so that picking a neighbour in the plane is as likely as among the rows; shows fine clusters. */
import { type ParameterSpec, resolveValues, type ValuesOf } from '../core/parameters.ts';
import { createQuadtree } from '../core/quadtree.ts';
import { jointProbabilities } from './affinities.ts';
import { initialCoordinates } from './initialCoordinates.ts';
import { checkRows, fittedCount, nearestRows } from './nearestRows.ts';
import { type ProjectionDescriptor, SEED_SPEC } from './projectionTypes.ts';
import type { SymmetricWeights } from './symmetricWeights.ts';
import { exactRepulsion, treeRepulsion, tsneGradient } from './tsneGradient.ts';

const PARAMETERS = [
  {
    kind: 'integer',
    id: 'perplexity',
    name: 'Perplexity',
    help: 'About how many neighbours a row has: at most a third of the rows.',
    min: 1,
    max: 200,
    step: 1,
    default: 30,
  },
  SEED_SPEC,
] as const satisfies readonly ParameterSpec[];

type Values = ValuesOf<typeof PARAMETERS>;

/** Neighbours per unit of perplexity; those farther away have next to no probability. */
const LISTED_PER_PERPLEXITY = 3;
const ITERATIONS = 1000;
const EXAGGERATION = 12;
const EXAGGERATED_ITERATIONS = 250;
/** Below, all pairs cost less than a tree. */
const MAX_EXACT_ROWS = 1000;
const THETA = 0.5;
const INITIAL_DEVIATION = 1e-4;
const [MOMENTUM_BEFORE, MOMENTUM_AFTER] = [0.5, 0.8];
const LEAST_RATE = 50;
const LEAST_GAIN = 0.01;

export const tsne: ProjectionDescriptor = {
  id: 't-sne',
  name: 't-SNE',
  summary: 'Shows fine clusters; distances between them mean little.',
  source:
    'van der Maaten 2014, "Accelerating t-SNE using Tree-Based Algorithms", https://jmlr.org/papers/v15/vandermaaten14a.html',
  parameters: PARAMETERS,
  async prepare(rows, given, pace) {
    const values = resolveValues(PARAMETERS, given) as Values;
    checkRows(rows);
    const { n } = rows;
    const most = Math.max(1, Math.floor((n - 1) / LISTED_PER_PERPLEXITY));
    const perplexity = fittedCount('Perplexity', given['perplexity'], values.perplexity, most, n);
    const k = Math.min(n - 1, LISTED_PER_PERPLEXITY * perplexity);
    const neighbours = await nearestRows(rows, k, values.projectionSeed, pace);
    const start = initialCoordinates(rows, INITIAL_DEVIATION, values.projectionSeed);
    const descent = createDescent(jointProbabilities(neighbours, perplexity), start);
    return {
      coordinates: start,
      neighbours,
      numIterations: ITERATIONS,
      settings: `perplexity ${perplexity}`,
      get iteration() {
        return descent.iteration;
      },
      step: descent.step,
    };
  },
};

interface Axis {
  readonly at: Float64Array;
  readonly gradient: Float64Array;
  readonly velocity: Float64Array;
  readonly gain: Float64Array;
}

function createAxis(start: Float32Array, axis: number): Axis {
  const n = start.length / 2;
  return {
    at: Float64Array.from({ length: n }, (_, row) => start[2 * row + axis] as number),
    gradient: new Float64Array(n),
    velocity: new Float64Array(n),
    gain: new Float64Array(n).fill(1),
  };
}

/** Gradient descent with momentum and a gain per coordinate; writes the centred points back into `coordinates`. */
function createDescent(
  p: SymmetricWeights,
  coordinates: Float32Array,
): { readonly iteration: number; step(): void } {
  const { n } = p;
  const axes = [createAxis(coordinates, 0), createAxis(coordinates, 1)] as const;
  const [{ at: x }, { at: y }] = axes;
  const repulsion =
    n < MAX_EXACT_ROWS
      ? exactRepulsion(x, y)
      : treeRepulsion(createQuadtree(x, y, new Float64Array(n).fill(1)), n, THETA);
  // Belkina et al. 2019, doi:10.1038/s41467-019-13055-y: n / exaggeration; the factor 4 is in the gradient here.
  const rate = Math.max(n / EXAGGERATION / 4, LEAST_RATE);
  let iteration = 0;
  return {
    get iteration() {
      return iteration;
    },
    step() {
      if (iteration === ITERATIONS) return;
      const isEarly = iteration < EXAGGERATED_ITERATIONS;
      tsneGradient(p, x, y, isEarly ? EXAGGERATION : 1, repulsion, axes[0].gradient, axes[1].gradient);
      axes.forEach((axis, column) => {
        descend(axis, rate, isEarly ? MOMENTUM_BEFORE : MOMENTUM_AFTER);
        for (let row = 0; row < n; row++) coordinates[2 * row + column] = axis.at[row] as number;
      });
      iteration++;
    },
  };
}

/** Gains grow while gradient and velocity disagree in sign (the point goes downhill) and shrink where it swings. */
function descend({ at, gradient, velocity, gain }: Axis, rate: number, momentum: number): void {
  let sum = 0;
  for (let row = 0; row < at.length; row++) {
    const slope = gradient[row] as number;
    const speed = velocity[row] as number;
    const goesDown = slope > 0 !== speed > 0;
    const own = Math.max(LEAST_GAIN, goesDown ? (gain[row] as number) + 0.2 : (gain[row] as number) * 0.8);
    const next = momentum * speed - rate * own * slope;
    gain[row] = own;
    velocity[row] = next;
    at[row] = (at[row] as number) + next;
    sum += at[row] as number;
  }
  const mean = sum / at.length;
  for (let row = 0; row < at.length; row++) at[row] = (at[row] as number) - mean;
}
