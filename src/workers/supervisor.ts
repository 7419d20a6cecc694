/**
 * A worker that cannot hang its caller: calls made through `call` reject with a typed error when the worker crashes,
 * fails to load or does not come up in time, and the next call finds a fresh one. Around Comlink; no algorithms.
 */
import { type Remote, wrap } from 'comlink';
import { WorkerCrashError } from '../core/errors.ts';
import { installErrorTransfer } from './errorTransfer.ts';

export interface WorkerLike {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: string, listener: (event: Event) => void): void;
  removeEventListener(type: string, listener: (event: Event) => void): void;
  terminate(): void;
}

export interface Supervised<Service> {
  /** Runs one call; rejects with WorkerCrashError when the worker dies meanwhile. */
  call<Result>(use: (service: Remote<Service>) => Promise<Result>): Promise<Result>;
  /** Ends the worker now: pending calls reject, the next call starts a new one. */
  restart(reason: string): void;
  dispose(): void;
}

interface Running<Service> {
  readonly worker: WorkerLike;
  readonly service: Remote<Service>;
  readonly pending: Set<(error: Error) => void>;
}

/**
 * @param name    as shown to a person: 'training'
 * @param spawn   creates the worker
 * @param onCrash told once per death that nobody asked for, so that state kept in the worker can be set again
 */
export function supervise<Service>(
  name: string,
  spawn: () => WorkerLike,
  onCrash: (error: WorkerCrashError) => void,
): Supervised<Service> {
  installErrorTransfer();
  let running: Running<Service> | null = null;

  function start(): Running<Service> {
    const worker = spawn();
    const started: Running<Service> = { worker, service: wrap<Service>(worker as never), pending: new Set() };
    const died = (event: Event): void => {
      if (running !== started) return;
      const detail = event instanceof ErrorEvent ? event.message : event.type;
      const error = crashError(name, detail);
      end(error);
      onCrash(error);
    };
    worker.addEventListener('error', died);
    worker.addEventListener('messageerror', died);
    return started;
  }

  function end(error: Error): void {
    const ended = running;
    running = null;
    if (ended === null) return;
    ended.worker.terminate();
    for (const reject of ended.pending) reject(error);
    ended.pending.clear();
  }

  return {
    async call(use) {
      running ??= start();
      const { service, pending } = running;
      let reject: (error: Error) => void = () => undefined;
      const death = new Promise<never>((_, rejectDeath) => {
        reject = rejectDeath;
      });
      pending.add(reject);
      try {
        return await Promise.race([use(service), death]);
      } finally {
        pending.delete(reject);
      }
    },
    restart(reason) {
      end(crashError(name, reason));
    },
    dispose() {
      end(crashError(name, 'closed'));
    },
  };
}

function crashError(name: string, detail: string): WorkerCrashError {
  return new WorkerCrashError(`The ${name} worker stopped unexpectedly (${detail}).`, {
    code: 'worker-crash',
    remedy:
      'It is restarted on the next action; your data is still open. Try again, with a smaller model if it repeats.',
    details: { worker: name, detail },
  });
}
