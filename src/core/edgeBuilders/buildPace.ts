/** Pace of a long build: progress in steps a person can see, turns for the event loop, and cancellation. */
import { CancelledError } from '../errors.ts';
import { createBreather } from '../macrotask.ts';
import type { BuildContext } from './edgeBuilderTypes.ts';

/**
 * Call between units of work of about a millisecond with the share done.
 * @throws {CancelledError} the signal was aborted
 */
export type Pace = (fraction: number) => Promise<void>;

const SMALLEST_STEP = 0.01;

export function createPace({ signal, onProgress }: BuildContext, what: string): Pace {
  const breathe = createBreather();
  let reported = 0;
  const check = (): void => {
    if (signal?.aborted === true) throw new CancelledError(what);
  };
  return async (fraction) => {
    check();
    if (fraction >= reported + SMALLEST_STEP || (fraction >= 1 && reported < 1)) {
      reported = Math.min(1, fraction);
      onProgress?.(reported);
    }
    await breathe();
    check();
  };
}

/** Returns the pace of a part of the work, whose 0 to 1 is `from` to `to` of the whole. */
export function partOfPace(pace: Pace, from: number, to: number): Pace {
  return (fraction) => pace(from + (to - from) * fraction);
}
