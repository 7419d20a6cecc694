/**
 * Comlink's own `throw` handler flattens errors to message and stack. This one carries our error classes across: what
 * is thrown in a worker is rebuilt as the same class on the other side. Installed by every worker and every client.
 */
import { transferHandlers } from 'comlink';
import { deserialiseError, type SerialisedError, serialiseError } from '../core/errors.ts';

interface Thrown {
  readonly value: unknown;
}

let isInstalled = false;

export function installErrorTransfer(): void {
  if (isInstalled) return;
  isInstalled = true;
  const original = transferHandlers.get('throw');
  if (original === undefined) throw new Error('Comlink has no throw handler');
  transferHandlers.set('throw', {
    canHandle: original.canHandle,
    serialize: (thrown: unknown) => [serialiseError((thrown as Thrown).value), []],
    deserialize: (plain: unknown) => {
      throw deserialiseError(plain as SerialisedError);
    },
  });
}
