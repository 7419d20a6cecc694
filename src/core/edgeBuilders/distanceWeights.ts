/** Edge weights from distances, for the builders that measure them, and the parameters they share. */
import { allocateFloat32 } from '../buffers.ts';
import type { ParameterSpec } from '../parameters.ts';
import { countOf } from './chosenColumns.ts';
import { METRICS, type MetricId } from './metrics.ts';

export const METRIC_SPEC = {
  kind: 'choice',
  id: 'metric',
  name: 'Metric',
  help: 'How far apart two rows are. Cosine ignores length; Jaccard and Hamming compare sets; haversine takes latitude, then longitude.',
  options: METRICS,
  default: 'euclidean',
} as const satisfies ParameterSpec;

export const STANDARDISE_SPEC = {
  kind: 'choice',
  id: 'standardise',
  name: 'Standardise columns',
  help: 'Scales number columns to mean 0 and standard deviation 1, so that none counts more for its unit. Automatic: when there are several.',
  options: [
    { id: 'auto', name: 'Automatic' },
    { id: 'on', name: 'Yes' },
    { id: 'off', name: 'No' },
  ],
  default: 'auto',
} as const satisfies ParameterSpec;

export const WEIGHT_SPEC = {
  kind: 'choice',
  id: 'weight',
  name: 'Edge weight',
  help: 'Similarity is 1 − distance for cosine and Jaccard (never below 0), else exp(−d² ∕ σ²). Models read a weight as closeness: choose distance for other uses.',
  options: [
    { id: 'similarity', name: 'Similarity' },
    { id: 'distance', name: 'Distance' },
    { id: 'none', name: 'None' },
  ],
  default: 'similarity',
} as const satisfies ParameterSpec;

export const SIGMA_SPEC = {
  kind: 'number',
  id: 'sigma',
  name: 'σ of the similarity',
  help: 'Distance at which the similarity falls to 0.37. 0 = the mean distance of the edges.',
  min: 0,
  max: 1e18,
  step: 0.1,
  default: 0,
  isAdvanced: true,
} as const satisfies ParameterSpec;

export const MAX_EDGES_SPEC = {
  kind: 'integer',
  id: 'maxEdges',
  name: 'Most edges',
  help: 'The build stops with a message when it would make more.',
  min: 1,
  max: 50_000_000,
  step: 1,
  default: 5_000_000,
  scale: 'log',
  isAdvanced: true,
} as const satisfies ParameterSpec;

export interface WeightChoice {
  readonly weight: 'similarity' | 'distance' | 'none';
  readonly sigma: number;
}

/**
 * Returns [E] weights of the distances, or null for none. Notes say which σ was taken and how many weights became 0.
 *
 * Source of exp(−d² ∕ σ²): heat kernel of Belkin & Niyogi 2003, "Laplacian Eigenmaps for Dimensionality Reduction and
 * Data Representation", §2, doi:10.1162/089976603321780317, with t = σ². O(E).
 */
export function distanceWeights(
  distance: Float64Array,
  metric: MetricId,
  { weight, sigma }: WeightChoice,
  notes: string[],
): Float32Array | null {
  if (weight === 'none') return null;
  const weights = allocateFloat32(distance.length);
  if (weight === 'distance') {
    weights.set(distance);
    return weights;
  }
  if (metric === 'cosine' || metric === 'jaccard') {
    let opposed = 0;
    for (let edge = 0; edge < distance.length; edge++) {
      const similarity = 1 - (distance[edge] as number);
      if (similarity < 0) opposed++;
      weights[edge] = Math.max(0, similarity);
    }
    if (opposed > 0) {
      notes.push(
        `Weight 0 for ${countOf(opposed, 'edge')} of negative similarity: models take no negative weights.`,
      );
    }
    return weights;
  }
  const width = sigma > 0 ? sigma : meanOf(distance);
  if (sigma === 0 && width > 0) notes.push(`σ is ${width.toPrecision(4)}, the mean distance of the edges.`);
  for (let edge = 0; edge < distance.length; edge++) {
    // All distances are 0 when their mean is.
    const ratio = width > 0 ? (distance[edge] as number) / width : 0;
    weights[edge] = Math.exp(-ratio * ratio);
  }
  return weights;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}
