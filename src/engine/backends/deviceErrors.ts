/**
 * Errors of GPU devices, which arrive outside any call: a faulty shader gives silent zeros, a lost device silence. They
 * are kept here until the engine asks at its next awaited point.
 */
import { BackendError } from '../../core/errors.ts';

/** Further errors are consequences of the first ones. */
const MAX_KEPT = 8;

let pending: BackendError[] = [];

export function recordDeviceError(code: 'device-error' | 'device-lost', message: string): void {
  if (pending.length >= MAX_KEPT) return;
  const remedy =
    code === 'device-lost'
      ? 'Choose WASM under Compute and train again.'
      : 'Choose WASM under Compute, and report the message with the diagnostics.';
  pending.push(new BackendError(message, { code, remedy }));
}

/** Returns the errors since the last call, oldest first, and forgets them. */
export function takeDeviceErrors(): BackendError[] {
  const taken = pending;
  pending = [];
  return taken;
}
