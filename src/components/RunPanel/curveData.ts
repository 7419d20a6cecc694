/** Curves of a run as a plot takes them: thinned to the pixels there are, gaps as null, ranges that only grow. Pure. */
import type { RunCurves } from '../../state/types.ts';

/** About twice the widest chart in pixels. */
const MAX_POINTS = 1200;

export interface CurveData {
  readonly epoch: number[];
  readonly train: (number | null)[];
  readonly val: (number | null)[];
}

/** Every k-th epoch and always the last; k = 1 while the curve is short. O(points shown). */
export function curveData(curves: RunCurves, which: 'loss' | 'score'): CurveData {
  const [train, val] =
    which === 'loss' ? [curves.loss, curves.valLoss] : [curves.trainScore, curves.valScore];
  const data: CurveData = { epoch: [], train: [], val: [] };
  const stride = Math.max(1, Math.ceil(curves.length / MAX_POINTS));
  for (let at = 0; at < curves.length; at += stride) {
    // The newest point must not wait for its turn in the stride.
    const index = at + stride >= curves.length ? curves.length - 1 : at;
    data.epoch.push(curves.epoch[index] as number);
    data.train.push(known(train[index]));
    data.val.push(known(val[index]));
  }
  return data;
}

function known(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}

/** Upper end of a loss axis: a round number above the largest value, so that it rarely moves while the curve grows. */
export function lossCeiling(data: CurveData): number {
  let largest = 0;
  for (const value of [...data.train, ...data.val]) if (value !== null && value > largest) largest = value;
  if (largest === 0) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  return (Math.ceil((largest / power) * 2) / 2) * power;
}
