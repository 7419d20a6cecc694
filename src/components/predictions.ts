/**
 * What the current run says about each node, read from its result when there is one and else from the latest snapshot.
 * Pure and cached per source, so that a table of a million rows and the inspector share the same arrays.
 */
import type { RunSlice } from '../state/types.ts';

export const PART_NAMES = ['none', 'train', 'validation', 'test'] as const;

export interface Predictions {
  readonly classes: readonly string[];
  /** Global node index range that the run predicts for. */
  readonly start: number;
  readonly end: number;
  /** [end - start] predicted class. */
  readonly codes: ArrayLike<number>;
  /** [end - start] probability of the predicted class, 0 to 1. */
  readonly confidence: ArrayLike<number>;
  /** [end - start] index into PART_NAMES; null while training. */
  readonly parts: Uint8Array | null;
  /** [(end - start) · classes] probabilities; null while training. */
  readonly scores: Float32Array | null;
}

type RunParts = Pick<RunSlice, 'description' | 'snapshot' | 'result'>;
const cache = new WeakMap<object, Predictions>();

/** Returns the predictions of the run for the graph version on screen; null when there are none or it has no classes. */
export function predictionsOf(run: RunParts, graphVersion: string): Predictions | null {
  const { description, snapshot, result } = run;
  if (description === null || description.graphVersion !== graphVersion) return null;
  if (description.classes.length === 0) return null;
  const source = result?.scores ? result : snapshot;
  if (source === null) return null;
  let found = cache.get(source);
  if (found === undefined) {
    const [start, end] = description.nodeRange;
    const base = { classes: description.classes, start, end };
    found =
      'codes' in source
        ? {
            ...base,
            codes: source.codes,
            confidence: Float32Array.from(source.confidence, (level) => level / 255),
            parts: result?.parts ?? null,
            scores: null,
          }
        : {
            ...base,
            ...bestClasses(source.scores as Float32Array, description.classes.length),
            parts: source.parts,
            scores: source.scores,
          };
    cache.set(source, found);
  }
  return found;
}

/** Largest score per row; ties go to the earlier class. O(rows · classes). */
function bestClasses(scores: Float32Array, numClasses: number): Pick<Predictions, 'codes' | 'confidence'> {
  const rows = scores.length / numClasses;
  const codes = new Uint16Array(rows);
  const confidence = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let best = 0;
    for (let code = 1; code < numClasses; code++) {
      if ((scores[row * numClasses + code] as number) > (scores[row * numClasses + best] as number))
        best = code;
    }
    codes[row] = best;
    confidence[row] = scores[row * numClasses + best] as number;
  }
  return { codes, confidence };
}

/** Row of a node within the predictions; -1 when the run does not cover it. */
export function predictionRow(predictions: Predictions, node: number): number {
  return node >= predictions.start && node < predictions.end ? node - predictions.start : -1;
}

/** Probabilities of one node, highest first; empty while there are no scores. */
export function classProbabilities(
  predictions: Predictions,
  node: number,
): readonly { readonly code: number; readonly probability: number }[] {
  const row = predictionRow(predictions, node);
  const { scores, classes } = predictions;
  if (scores === null || row < 0) return [];
  return classes
    .map((_, code) => ({ code, probability: scores[row * classes.length + code] as number }))
    .sort((a, b) => b.probability - a.probability || a.code - b.code);
}
