/**
 * Correct & Smooth: two label propagations after any classifier. The first spreads the errors made on training nodes and
 * takes them off everywhere; the second smooths the corrected probabilities together with the true labels.
 *
 * Source: Huang, He, Singh, Lim & Benson 2021, "Combining Label Propagation and Simple Models Out-performs Graph Neural
 * Networks", https://arxiv.org/abs/2010.13993, with the authors' code for clamping and scaling.
 */
import { type Bitset, bitsetIndices } from '../../core/bitset.ts';
import type { MessageGraph } from '../../core/messageGraph.ts';
import { loopFreeNormalisation } from '../../core/transforms/loopFreeNormalisation.ts';
import { oneHotRows, spread } from './labelSpreading.ts';

export interface CorrectAndSmoothOptions {
  readonly correct: boolean;
  readonly smooth: boolean;
  /** α of the correction and of the smoothing. */
  readonly alpha1: number;
  readonly alpha2: number;
  readonly steps: number;
  /** `auto`: errors are rescaled row by row to the mean training error; `fixed`: multiplied by `scale`. */
  readonly scaling: 'auto' | 'fixed';
  readonly scale: number;
  readonly breathe: () => Promise<void>;
}

export interface CorrectAndSmoothResult {
  /** [N · classes]; rows need not sum to 1. */
  readonly scores: Float32Array;
  /** Largest factor of the automatic scaling; 1 where there is none. */
  readonly largestFactor: number;
  /** True when a factor exceeds 20: tiny smoothed errors were blown up, and the correction may do harm. */
  readonly isAmplified: boolean;
}

const AMPLIFIED = 20;
/** A factor beyond this, or infinite, is no scale: the error stays as it is. */
const LARGEST_FACTOR = 1000;

/**
 * Correct: E = spread(Y − Z on `train`, else 0; α1), Z′ = Z + s·E / ‖E_i‖₁ per row, s the mean ‖Y − Z‖₁ over `train`, or
 * Z′ = Z + scale·E with E put back on `train` after every step. Smooth: spread(Z′ with the true labels on `train`; α2),
 * clamped to [0, 1]. Both over S0 = D^(−1/2) A D^(−1/2) without self-loops.
 *
 * @param probabilities [N · classes] of the base model
 * @param codes         [N]; only `train` rows are read
 * O(steps · arcs · classes). Deterministic; the same bits on every backend.
 */
export async function correctAndSmooth(
  probabilities: Float32Array,
  codes: Int32Array,
  train: Bitset,
  messageGraph: MessageGraph,
  options: CorrectAndSmoothOptions,
): Promise<CorrectAndSmoothResult> {
  const rows = bitsetIndices(train);
  const width = probabilities.length / messageGraph.numNodes;
  const matrix = loopFreeNormalisation(messageGraph, 'symmetric');
  const known = oneHotRows(codes, rows, width);
  const { steps, breathe, alpha1, alpha2 } = options;
  let scores: Float32Array = probabilities.slice();
  let largestFactor = 1;
  if (options.correct) {
    const error = new Float32Array(scores.length);
    for (const row of rows)
      for (let at = row * width; at < (row + 1) * width; at++)
        error[at] = (known[at] as number) - (scores[at] as number);
    const afterStep =
      options.scaling === 'auto'
        ? (state: Float32Array) => clamp(state, -1, 1)
        : (state: Float32Array) => copyRows(error, state, rows, width);
    const smoothed = await spread(matrix, error, { width, alpha: alpha1, steps, afterStep, breathe });
    largestFactor = addErrors(scores, smoothed, width, {
      wanted: options.scaling === 'auto' ? meanRowNorm(error, rows, width) : null,
      scale: options.scale,
    });
  }
  if (options.smooth) {
    copyRows(known, scores, rows, width);
    const afterStep = (state: Float32Array): void => clamp(state, 0, 1);
    scores = await spread(matrix, scores, { width, alpha: alpha2, steps, afterStep, breathe });
  }
  return { scores, largestFactor, isAmplified: largestFactor > AMPLIFIED };
}

function clamp(state: Float32Array, low: number, high: number): void {
  for (let at = 0; at < state.length; at++) state[at] = Math.min(high, Math.max(low, state[at] as number));
}

function copyRows(from: Float32Array, into: Float32Array, rows: Int32Array, width: number): void {
  for (const row of rows) into.set(from.subarray(row * width, (row + 1) * width), row * width);
}

function rowNorm(values: Float32Array, row: number, width: number): number {
  let sum = 0;
  for (let at = row * width; at < (row + 1) * width; at++) sum += Math.abs(values[at] as number);
  return sum;
}

function meanRowNorm(values: Float32Array, rows: Int32Array, width: number): number {
  return rows.reduce((sum, row) => sum + rowNorm(values, row, width), 0) / rows.length;
}

/** Adds the scaled errors to the scores in place; `wanted` null = fixed scale. Returns the largest automatic factor. */
function addErrors(
  scores: Float32Array,
  errors: Float32Array,
  width: number,
  { wanted, scale }: { readonly wanted: number | null; readonly scale: number },
): number {
  let largest = 1;
  for (let row = 0; row * width < scores.length; row++) {
    let factor = scale;
    if (wanted !== null) {
      const automatic = wanted / rowNorm(errors, row, width);
      factor = automatic <= LARGEST_FACTOR ? automatic : 1;
      largest = Math.max(largest, factor);
    }
    for (let at = row * width; at < (row + 1) * width; at++)
      scores[at] = (scores[at] as number) + factor * (errors[at] as number);
  }
  return largest;
}
