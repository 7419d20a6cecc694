/**
 * Long loops of the io worker give way to messages: a pacer says when a slice of time is used up, hands the thread
 * back for one macrotask (so that `cancel` and progress get through) and notices cancellation.
 */
import { CancelledError } from '../../core/errors.ts';
import { nextMacrotask } from '../../core/macrotask.ts';

/** Half a frame: a cancel or a progress message waits at most this long plus one unit of work. */
const SLICE_MS = 10;

/** @throws {CancelledError} the signal was aborted */
export function throwIfCancelled(signal: AbortSignal | undefined, what: string): void {
  if (signal?.aborted === true) throw new CancelledError(what);
}

export interface Pacer {
  /**
   * Call between units of work of about a millisecond; waits for a macrotask when the slice is used up.
   * @throws {CancelledError} the signal was aborted
   */
  breathe(): Promise<void>;
}

export function createPacer(signal: AbortSignal | undefined, what: string): Pacer {
  let sliceStart = performance.now();
  return {
    async breathe() {
      throwIfCancelled(signal, what);
      if (performance.now() - sliceStart < SLICE_MS) return;
      await nextMacrotask();
      throwIfCancelled(signal, what);
      sliceStart = performance.now();
    },
  };
}
