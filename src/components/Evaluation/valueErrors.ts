/** How far predicted numbers are off on one part of the split: points of the scatter, quantiles, errors by range. Pure. */
import type { RunResult } from '../../engine/runTypes.ts';
import type { Part } from './metricRows.ts';

const PART_CODES: Record<Part, number> = { train: 1, val: 2, test: 3 };
/** The true values in this many equally full ranges. */
const NUM_RANGES = 5;

export interface ValuePoints {
  /** [m] row of the run's node range, true and predicted number. */
  readonly rows: Int32Array;
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
}

/** Nodes of the part whose true number is known. O(n). */
export function valuePoints(
  { parts, trueValues, predictedValues }: Pick<RunResult, 'parts' | 'trueValues' | 'predictedValues'>,
  part: Part,
): ValuePoints {
  const rows: number[] = [];
  for (let row = 0; row < parts.length; row++) {
    const isKnown = !Number.isNaN(trueValues?.[row] ?? Number.NaN);
    if (parts[row] === PART_CODES[part] && isKnown) rows.push(row);
  }
  return {
    rows: Int32Array.from(rows),
    truth: Float64Array.from(rows, (row) => trueValues?.[row] as number),
    predicted: Float64Array.from(rows, (row) => predictedValues?.[row] as number),
  };
}

export interface ErrorSummary {
  readonly count: number;
  /** Half of the nodes are off by no more than this. */
  readonly median: number;
  readonly ninetieth: number;
  /** Mean of predicted − true: above 0 = too high. */
  readonly bias: number;
  /** Rows of the largest errors, worst first. */
  readonly worst: readonly WorstError[];
}

export interface WorstError {
  readonly row: number;
  readonly truth: number;
  readonly predicted: number;
}

/** Null without points. Quantiles are the smallest error that the share of nodes does not exceed. O(m log m). */
export function errorSummary({ rows, truth, predicted }: ValuePoints, numWorst: number): ErrorSummary | null {
  const count = rows.length;
  if (count === 0) return null;
  const errorOf = (at: number): number => (predicted[at] as number) - (truth[at] as number);
  const order = Array.from(rows.keys()).sort((a, b) => Math.abs(errorOf(b)) - Math.abs(errorOf(a)) || a - b);
  const quantile = (share: number): number => {
    const at = order[count - Math.max(1, Math.ceil(share * count))] as number;
    return Math.abs(errorOf(at));
  };
  let sum = 0;
  for (let at = 0; at < count; at++) sum += errorOf(at);
  return {
    count,
    median: quantile(0.5),
    ninetieth: quantile(0.9),
    bias: sum / count,
    worst: order.slice(0, numWorst).map((at) => ({
      row: rows[at] as number,
      truth: truth[at] as number,
      predicted: predicted[at] as number,
    })),
  };
}

export interface RangeErrors {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly meanPredicted: number;
  readonly meanError: number;
}

/** Errors by range of the true number: ranges hold about as many nodes each, equal numbers stay together. O(m log m). */
export function errorsByRange({ truth, predicted }: ValuePoints): readonly RangeErrors[] {
  const order = Array.from(truth.keys()).sort((a, b) => (truth[a] as number) - (truth[b] as number) || a - b);
  const ranges: RangeErrors[] = [];
  let begin = 0;
  for (let range = 1; range <= NUM_RANGES && begin < order.length; range++) {
    let end = Math.max(begin + 1, Math.round((range * order.length) / NUM_RANGES));
    while (end < order.length && truth[order[end] as number] === truth[order[end - 1] as number]) end++;
    const members = order.slice(begin, end);
    const mean = (of: (at: number) => number): number =>
      members.reduce((sum, at) => sum + of(at), 0) / members.length;
    ranges.push({
      from: truth[members[0] as number] as number,
      to: truth[members.at(-1) as number] as number,
      count: members.length,
      meanPredicted: mean((at) => predicted[at] as number),
      meanError: mean((at) => Math.abs((predicted[at] as number) - (truth[at] as number))),
    });
    begin = end;
  }
  return ranges;
}
