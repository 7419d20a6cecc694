/** The words of the run state; tests and screen readers rely on how each begins. Pure. */
import type { RunStatus } from '../../state/types.ts';

/** @param epochs  how many the run was asked for; null before it is known */
export function statusText(status: RunStatus, epochs: number | null): string {
  switch (status.kind) {
    case 'idle':
      return 'Idle';
    case 'loading':
      return status.what === 'graph' ? 'Loading the graph into the engine' : 'Loading, preparing the run';
    case 'running':
      return `${isOnBaselines(status) ? 'Training baselines' : 'Training'}, ${epochText(status.epoch, epochs)}`;
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

/** The model itself is done; what it is compared with is being trained. */
export function isOnBaselines(status: RunStatus): boolean {
  return status.kind === 'running' && status.stage === 'Training baselines';
}

/** What is said at once: the text without the epoch, which may wait. */
export function stateOf(text: string): string {
  return text.split(/, epoch| at epoch/, 1)[0] ?? '';
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
