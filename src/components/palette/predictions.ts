/**
 * What a run says about each node right now: predicted class, confidence, part of the split, true class, from the live
 * snapshot while it runs and from the result's scores afterwards. One reading for every view.
 */
import type { Graph } from '../../core/graph.ts';
import { numNodes } from '../../core/graph.ts';
import type { RunDescription, RunResult } from '../../engine/runTypes.ts';
import type { RunSlice, SetupSlice } from '../../state/types.ts';
import type { LiveSnapshot } from '../../workers/protocol.ts';
import { classValues, type ClassScale, classScale } from './columnValues.ts';

/** The part of a run that colours depend on. */
export type RunView = Pick<RunSlice, 'description' | 'snapshot' | 'result'>;

/** Words for `Predictions.parts`. */
export const PART_NAMES = ['not used', 'train', 'validation', 'test'] as const;

export interface Predictions {
  readonly classes: readonly string[];
  /** Global node index range that the run predicts for. */
  readonly start: number;
  readonly end: number;
  /** [n] predicted class. */
  readonly codes: ArrayLike<number>;
  /** [n] confidence 0..255 while the run goes on; null once there are scores, which tell it exactly. */
  readonly liveConfidence: Uint8Array | null;
  /** [n · classes] probabilities; null while the run goes on. */
  readonly scores: Float32Array | null;
  /** [n] index into PART_NAMES; null while the run goes on. */
  readonly parts: Uint8Array | null;
}

const bySource = new WeakMap<LiveSnapshot | RunResult, Predictions>();

/** Largest score per row; ties go to the earlier class. O(n · C). */
function bestClasses(scores: Float32Array, numClasses: number): Uint16Array {
  const codes = new Uint16Array(scores.length / numClasses);
  for (let row = 0; row < codes.length; row++) {
    let best = 0;
    for (let code = 1; code < numClasses; code++) {
      if ((scores[row * numClasses + code] as number) > (scores[row * numClasses + best] as number))
        best = code;
    }
    codes[row] = best;
  }
  return codes;
}

/** The run's description when the run is about this very graph; predictions of another version are not shown. */
export function descriptionFor(graph: Graph, run: RunView): RunDescription | null {
  return run.description?.graphVersion === graph.version ? run.description : null;
}

/**
 * Returns the predictions to show: the result's when it has scores, else the latest snapshot's (communities have none);
 * null before the first snapshot. The same object for the same source. O(n · C) once per result, else O(1).
 */
export function currentPredictions(graph: Graph, run: RunView): Predictions | null {
  const description = descriptionFor(graph, run);
  if (description === null || description.classes.length === 0) return null;
  const { snapshot, result } = run;
  const source = result !== null && result.scores !== null ? result : snapshot;
  if (source === null) return null;
  const known = bySource.get(source);
  if (known !== undefined) return known;
  const { classes } = description;
  const [start, end] = description.nodeRange;
  const scores = 'scores' in source ? source.scores : null;
  const made: Predictions = {
    classes,
    start,
    end,
    codes: 'codes' in source ? source.codes : bestClasses(scores as Float32Array, classes.length),
    liveConfidence: 'confidence' in source ? source.confidence : null,
    scores,
    parts: result?.parts ?? null,
  };
  bySource.set(source, made);
  return made;
}

/** Row of a node within the predictions; -1 when the run does not cover it. */
export function predictionRow(predictions: Predictions, node: number): number {
  return node >= predictions.start && node < predictions.end ? node - predictions.start : -1;
}

/** Probability of a row's predicted class, 0 to 1. */
export function confidenceAt({ classes, codes, scores, liveConfidence }: Predictions, row: number): number {
  return scores === null
    ? (liveConfidence?.[row] ?? 0) / 255
    : (scores[row * classes.length + (codes[row] as number)] as number);
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

/**
 * The classes in play and their colours: those of the current run, else of the chosen target. A run's class takes the
 * colour of the equally named class of its target, so that label and prediction match; null when there are none.
 */
export function currentClassScale(graph: Graph, setup: SetupSlice, run: RunView): ClassScale | null {
  const description = descriptionFor(graph, run);
  if (description === null || description.classes.length === 0) {
    return setup.target === null ? null : (classValues(graph, setup.target)?.scale ?? null);
  }
  return runScale(graph, description);
}

const runScales = new WeakMap<RunDescription, ClassScale>();

export function runScale(graph: Graph, description: RunDescription): ClassScale {
  const known = runScales.get(description);
  if (known !== undefined) return known;
  const target = description.config.target;
  const label = target === null ? null : (classValues(graph, target)?.scale ?? null);
  const { classes } = description;
  const codes = classes.map((name) => label?.names.indexOf(name) ?? -1);
  const counts = Int32Array.from(codes, (code) => label?.counts[code] ?? 0);
  const made: ClassScale =
    label !== null && codes.every((code) => code >= 0)
      ? {
          names: classes,
          counts,
          css: codes.map((code) => label.css[code] as string),
          rgba: codes.map((code) => label.rgba[code] as number),
        }
      : classScale(classes, counts);
  runScales.set(description, made);
  return made;
}

const truths = new WeakMap<RunDescription, Int32Array>();

/** True class of every node in the run's codes, [N], -1 = unlabelled or not covered; null without a target. */
export function trueCodes(graph: Graph, description: RunDescription): Int32Array | null {
  const target = description.config.target;
  const label = target === null ? null : classValues(graph, target);
  if (label === null) return null;
  const known = truths.get(description);
  if (known !== undefined) return known;
  const runCode = label.scale.names.map((name) => description.classes.indexOf(name));
  const [start, end] = description.nodeRange;
  const made = new Int32Array(numNodes(graph)).fill(-1);
  for (let node = start; node < end; node++) {
    const code = label.codes[node] as number;
    if (code >= 0) made[node] = runCode[code] as number;
  }
  truths.set(description, made);
  return made;
}

const labelsRight = new WeakMap<RunResult, Int8Array>();

/** Of several labels a node: 1 = every known one is told right, 0 = not, -1 = none is known; [n]. Null without labels. */
export function severalLabelsRight(result: RunResult | null, numLabels: number): Int8Array | null {
  if (result === null || result.outputKind !== 'labels') return null;
  const { scores, trueValues } = result;
  if (scores === null || trueValues === null) return null;
  const known = labelsRight.get(result);
  if (known !== undefined) return known;
  const made = new Int8Array(trueValues.length / numLabels).fill(-1);
  trueValues.forEach((truth, at) => {
    if (Number.isNaN(truth)) return;
    const row = Math.floor(at / numLabels);
    const isRight = isLabelPredicted(scores[at] as number) === (truth === 1);
    if (made[row] !== 0) made[row] = isRight ? 1 : 0;
  });
  labelsRight.set(result, made);
  return made;
}

/** A label is given from even odds on. */
export const isLabelPredicted = (probability: number): boolean => probability >= 0.5;
