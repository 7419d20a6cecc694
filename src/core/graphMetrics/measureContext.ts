/** What a long measure is given besides the graph: a signal to stop at, and somebody to tell how far it is. */
import { CancelledError } from '../errors.ts';
import { createBreather } from '../macrotask.ts';

export interface MeasureContext {
  readonly signal?: AbortSignal | undefined;
  /** Receives the share of the work done, in [0, 1], never falling. */
  readonly report?: ((doneRatio: number) => void) | undefined;
}

/**
 * Returns a function to call between units of work of about a millisecond: it reports, lets messages of the worker
 * through, and notices cancellation.
 * @param what the measure, as it begins a sentence: 'Betweenness'
 * @throws {CancelledError} (from the returned function) the signal was aborted
 */
export function createMeasurePacer(
  context: MeasureContext,
  what: string,
): (doneRatio: number) => Promise<void> {
  const breathe = createBreather();
  const stopIfAborted = (): void => {
    if (context.signal?.aborted === true) throw new CancelledError(what);
  };
  return async (doneRatio) => {
    stopIfAborted();
    context.report?.(Math.min(1, doneRatio));
    await breathe();
    stopIfAborted();
  };
}
