/** Growing columns of the run's curves: appended in place, republished as a new object, amortised O(1) an epoch. */
import type { EpochEvent } from '../engine/runTypes.ts';
import type { RunCurves } from './types.ts';

const FIRST_CAPACITY = 256;

function withCapacity(capacity: number, from: RunCurves | null): RunCurves {
  const grow = (values: Float64Array | undefined): Float64Array => {
    const grown = new Float64Array(capacity);
    if (values !== undefined) grown.set(values);
    return grown;
  };
  return {
    length: from?.length ?? 0,
    epoch: grow(from?.epoch),
    loss: grow(from?.loss),
    valLoss: grow(from?.valLoss),
    trainScore: grow(from?.trainScore),
    valScore: grow(from?.valScore),
  };
}

export function emptyCurves(): RunCurves {
  return withCapacity(FIRST_CAPACITY, null);
}

/**
 * Returns the curves with the epochs appended; buffers are shared with `curves` until they must grow. A run that went on
 * from a checkpoint repeats epochs: the repeated ones replace what was there.
 */
export function appendEpochs(recorded: RunCurves, epochs: readonly EpochEvent[]): RunCurves {
  const first = epochs[0]?.epoch ?? Infinity;
  let kept = recorded.length;
  while (kept > 0 && (recorded.epoch[kept - 1] as number) >= first) kept--;
  const curves = kept === recorded.length ? recorded : { ...recorded, length: kept };
  const needed = curves.length + epochs.length;
  const target =
    needed > curves.epoch.length ? withCapacity(Math.max(needed, curves.epoch.length * 2), curves) : curves;
  epochs.forEach((event, index) => {
    const at = curves.length + index;
    target.epoch[at] = event.epoch;
    target.loss[at] = event.loss;
    target.valLoss[at] = event.valLoss ?? Number.NaN;
    target.trainScore[at] = event.trainScore ?? Number.NaN;
    target.valScore[at] = event.valScore ?? Number.NaN;
  });
  return { ...target, length: needed };
}
