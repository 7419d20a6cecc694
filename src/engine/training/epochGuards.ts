/** What every training loop does between two epochs: wait while paused, refuse a loss that is no number, know the end. */
import { DivergedError } from '../../core/errors.ts';
import type { ParameterValues } from '../../core/parameters.ts';
import type { RunEvent } from '../runTypes.ts';
import type { RunControlState } from './runControl.ts';

/** Says that the run waits, waits, and says that it goes on; a single granted step stays paused. */
export async function* pauseUntilResumed(
  control: RunControlState,
  stage: string,
): AsyncGenerator<RunEvent, void> {
  yield { kind: 'status', status: 'paused', stage: 'Paused' };
  await control.waitWhilePaused();
  if (!control.isStopping && !control.isPaused) yield { kind: 'status', status: 'running', stage };
}

/** @throws {DivergedError} naming epoch, loss and learning rate */
export function assertFinite(loss: number, epoch: number, learningRate: number): void {
  if (Number.isFinite(loss)) return;
  throw new DivergedError(`The loss became ${loss} in epoch ${epoch} (learning rate ${learningRate}).`, {
    code: 'diverged',
    remedy: 'Lower the learning rate, by a factor of ten to begin with, and train again.',
    details: { epoch, loss: String(loss), learningRate },
  });
}

/** Most epochs to run; models without the parameter (nothing to train) take one. */
export function epochLimit(values: ParameterValues): number {
  return typeof values.epochs === 'number' ? values.epochs : 1;
}
