/** The words of the run state; tests and screen readers rely on how each begins. Pure. */
import type { RunStatus } from '../../state/types.ts';

/** @param epochs  how many the run was asked for; null before it is known */
export function statusText(status: RunStatus, epochs: number | null): string {
  switch (status.kind) {
    case 'idle':
      return 'Idle';
    case 'loading':
      return 'Loading the graph into the engine';
    case 'running':
      return `Training, ${epochText(status.epoch, epochs)}`;
    case 'paused':
      return `Paused at ${epochText(status.epoch, epochs)}`;
    case 'stopping':
      return `Stopping at ${epochText(status.epoch, epochs)}`;
    case 'finished':
      return `Finished at ${epochText(status.epoch, epochs)}`;
    case 'stopped':
      return `Stopped at ${epochText(status.epoch, epochs)}`;
    case 'failed':
      return `Failed at ${epochText(status.epoch, epochs)}`;
    default:
      return status satisfies never;
  }
}

/** Plain digits: other tools find `epoch N` in it. */
function epochText(epoch: number, epochs: number | null): string {
  return epochs === null ? `epoch ${epoch}` : `epoch ${epoch} of ${epochs}`;
}

/** Time left at the recent pace; null while it is 5 s or less, or nothing was measured. */
export function remainingMs(epoch: number, epochs: number, epochMs: number): number | null {
  const left = (epochs - epoch) * epochMs;
  return Number.isFinite(left) && left > 5000 ? left : null;
}
