/**
 * What a run says about each node right now: predicted class, confidence, part of the split, true class, from the live
 * snapshot while it runs and from the result's scores afterwards. One reading for every view.
 */
import type { Graph } from '../../core/graph.ts';
import { numNodes } from '../../core/graph.ts';
import type { RunDescription, RunResult } from '../../engine/runTypes.ts';
import type { RunSlice, SetupSlice, WorkbenchState } from '../../state/types.ts';
import { classValues, type ClassScale, classScale } from './columnValues.ts';

/** The part of a run that colours depend on. */
export type RunView = Pick<RunSlice, 'description' | 'snapshot' | 'result'> & {
  readonly status: { readonly kind: RunSlice['status']['kind'] };
};

export interface Predictions {
  /** Global index of the first covered node. */
  readonly start: number;
  /** [n] predicted class. */
  readonly codes: ArrayLike<number>;
  /** [n] confidence 0..255. */
  readonly confidence: Uint8Array;
}

const finalPredictions = new WeakMap<RunResult, Omit<Predictions, 'start'>>();

function argmaxOf(result: RunResult, scores: Float32Array, numClasses: number): Omit<Predictions, 'start'> {
  const known = finalPredictions.get(result);
  if (known !== undefined) return known;
  const n = scores.length / numClasses;
  const codes = new Uint16Array(n);
  const confidence = new Uint8Array(n);
  for (let row = 0; row < n; row++) {
    let best = 0;
    for (let code = 1; code < numClasses; code++) {
      if ((scores[row * numClasses + code] as number) > (scores[row * numClasses + best] as number))
        best = code;
    }
    codes[row] = best;
    confidence[row] = Math.round(255 * (scores[row * numClasses + best] as number));
  }
  const made = { codes, confidence };
  finalPredictions.set(result, made);
  return made;
}

/** The run's description when the run is about this very graph; predictions of another version are not shown. */
export function descriptionFor(graph: Graph, run: RunView): RunDescription | null {
  return run.description?.graphVersion === graph.version ? run.description : null;
}

/** Returns the predictions to show, or null before the first snapshot. O(n · C) once per result, else O(1). */
export function currentPredictions(graph: Graph, run: RunView): Predictions | null {
  const description = descriptionFor(graph, run);
  if (description === null || description.classes.length === 0) return null;
  const start = description.nodeRange[0];
  const isOver = run.status.kind === 'finished' || run.status.kind === 'stopped';
  if (isOver && run.result !== null && run.result.scores !== null) {
    return { start, ...argmaxOf(run.result, run.result.scores, description.classes.length) };
  }
  return run.snapshot === null
    ? null
    : { start, codes: run.snapshot.codes, confidence: run.snapshot.confidence };
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

/** One node in words: `predicted Theory, 91 % sure`; null where nothing is predicted. For tooltips and announcements. */
export function predictionText(state: WorkbenchState, graph: Graph, node: number): string | null {
  const predictions = currentPredictions(graph, state.run);
  const scale = currentClassScale(graph, state.setup, state.run);
  const row = node - (predictions?.start ?? 0);
  if (predictions === null || scale === null || row < 0 || row >= predictions.codes.length) return null;
  const name = scale.names[predictions.codes[row] as number];
  if (name === undefined) return null;
  return `predicted ${name}, ${Math.round(((predictions.confidence[row] as number) / 255) * 100)}\u00a0% sure`;
}

/** True label of a node in the chosen target column; null where unlabelled. */
export function labelText(state: WorkbenchState, graph: Graph, node: number): string | null {
  const { target } = state.setup;
  const label = target === null ? null : classValues(graph, target);
  return label?.scale.names[label.codes[node] as number] ?? null;
}
