/**
 * Errors of GPU devices, which arrive outside any call: a faulty shader gives silent zeros, a lost device silence. They
 * are kept here until the engine asks at its next awaited point.
 */
import { BackendError } from '../../core/errors.ts';

/** Further errors are consequences of the first ones. */
const MAX_KEPT = 8;

let pending: BackendError[] = [];
const lossListeners = new Set<(error: BackendError) => void>();

export function recordDeviceError(code: 'device-error' | 'device-lost', message: string): void {
  if (pending.length >= MAX_KEPT) return;
  const remedy =
    code === 'device-lost'
      ? 'Choose WASM under Compute and train again.'
      : 'Choose WASM under Compute, and report the message with the diagnostics.';
  const error = new BackendError(message, { code, remedy });
  pending.push(error);
  if (code === 'device-lost') for (const listener of lossListeners) listener(error);
}

/**
 * Calls back when a device is lost, at once when that is already known and not yet taken. A read from a lost device may
 * never settle: whoever waits for one listens here too. Returns what ends listening.
 */
export function onDeviceLost(listener: (error: BackendError) => void): () => void {
  const known = pending.find(({ code }) => code === 'device-lost');
  if (known !== undefined) listener(known);
  lossListeners.add(listener);
  return () => lossListeners.delete(listener);
}

/** Returns the errors since the last call, oldest first, and forgets them. */
export function takeDeviceErrors(): BackendError[] {
  const taken = pending;
  pending = [];
  return taken;
}
