/**
 * What a run that predicts numbers says about each node right now, beside the true number: from the live snapshot's steps
 * while it runs and from the result afterwards. One reading for every view, on one scale for true and predicted.
 */
import type { Graph } from '../../core/graph.ts';
import type { RunDescription, RunResult } from '../../engine/runTypes.ts';
import { predictsNumbers } from '../../state/targets.ts';
import type { SetupSlice } from '../../state/types.ts';
import type { LiveSnapshot } from '../../workers/protocol.ts';
import { columnValues, type NumericValues } from './columnValues.ts';
import { descriptionFor, type RunView } from './predictions.ts';

/** Snapshot codes are steps 0 … 255 of the run's value range. */
const LAST_STEP = 255;

export interface NumberPredictions {
  /** Global node index range that the run predicts for. */
  readonly start: number;
  readonly end: number;
  /** [n] in the target's unit. */
  readonly values: Float32Array;
  /** False while the run goes on: values are rounded to a step of the training range. */
  readonly isExact: boolean;
  /** [n] index into PART_NAMES; null while the run goes on. */
  readonly parts: Uint8Array | null;
}

const bySource = new WeakMap<LiveSnapshot | RunResult, NumberPredictions>();

/** Null before the first snapshot, for runs of another graph and for runs that predict no numbers. O(n) once a source. */
export function currentNumbers(graph: Graph, run: RunView): NumberPredictions | null {
  const description = descriptionFor(graph, run);
  if (description === null || description.outputKind !== 'value') return null;
  const { snapshot, result } = run;
  const source = result !== null && result.predictedValues !== null ? result : snapshot;
  if (source === null) return null;
  const known = bySource.get(source);
  if (known !== undefined) return known;
  const [start, end] = description.nodeRange;
  const exact = 'predictedValues' in source ? source.predictedValues : null;
  const made: NumberPredictions = {
    start,
    end,
    values: exact ?? steps((source as LiveSnapshot).codes, description),
    isExact: exact !== null,
    parts: result?.parts ?? null,
  };
  bySource.set(source, made);
  return made;
}

function steps(codes: Uint16Array, { valueRange }: RunDescription): Float32Array {
  const [min, max] = valueRange ?? [0, 1];
  return Float32Array.from(codes, (code) => min + (code / LAST_STEP) * (max - min));
}

/** Predicted number of a node; null where the run does not cover it. */
export function predictedNumber(predictions: NumberPredictions | null, node: number): number | null {
  if (predictions === null || node < predictions.start || node >= predictions.end) return null;
  const value = predictions.values[node - predictions.start];
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** The numbers of a target column, for tasks that predict them; null when it holds none. */
export function targetNumbers(graph: Graph, target: string | null): NumericValues | null {
  const values = target === null ? null : columnValues(graph, target);
  return values?.kind === 'numeric' ? values : null;
}

/** The column that numbers are compared with: the run's own, else the chosen one of a task that predicts numbers. */
export function comparedTarget(graph: Graph, setup: SetupSlice, run: RunView): string | null {
  const description = descriptionFor(graph, run);
  if (description?.outputKind === 'value') return description.config.target;
  return predictsNumbers(setup.task) ? setup.target : null;
}

/** True number of a node; null where it is missing. */
export function trueNumber(numbers: NumericValues | null, node: number): number | null {
  const value = numbers?.values[node];
  return value === undefined || Number.isNaN(value) ? null : value;
}

export interface NumberScale {
  readonly min: number;
  readonly max: number;
  /** Errors of this size and more take the strongest colour: the standard deviation of the target. */
  readonly errorLimit: number;
}

const scales = new WeakMap<NumericValues, NumberScale>();

/** Position of a number between the least and the largest of its column, for `rampColour`. */
export const shareOf = ({ min, max }: Pick<NumberScale, 'min' | 'max'>, value: number): number =>
  max > min ? (value - min) / (max - min) : 0.5;

/**
 * One scale for true and predicted numbers of a run: the target column's, so that colours stay when the view turns from
 * one to the other; without the column the training range. O(N) once per column.
 */
export function numberScale(graph: Graph, description: RunDescription): NumberScale {
  const numbers = targetNumbers(graph, description.config.target);
  if (numbers === null || numbers.min > numbers.max) {
    const [min, max] = description.valueRange ?? [0, 1];
    return { min, max, errorLimit: (max - min) / 4 };
  }
  const known = scales.get(numbers);
  if (known !== undefined) return known;
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (const value of numbers.values) {
    if (Number.isNaN(value)) continue;
    const centred = value - numbers.min;
    count++;
    sum += centred;
    squares += centred * centred;
  }
  const variance = count === 0 ? 0 : Math.max(0, squares / count - (sum / count) ** 2);
  const made = { min: numbers.min, max: numbers.max, errorLimit: Math.sqrt(variance) };
  scales.set(numbers, made);
  return made;
}
