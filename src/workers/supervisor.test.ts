import { expose } from 'comlink';
import { describe, expect, it } from 'vitest';
import { ParseError, WorkerCrashError } from '../core/errors.ts';
import { supervise, type WorkerLike } from './supervisor.ts';

interface Service {
  double(value: number): Promise<number>;
  fail(): Promise<never>;
  hang(): Promise<never>;
}

/** A worker in this process: the same messages over a MessageChannel, and a way to die. */
function inProcessWorker(): WorkerLike & { crash(detail: string): void; terminated: boolean } {
  const { port1, port2 } = new MessageChannel();
  const service: Service = {
    double: (value) => Promise.resolve(2 * value),
    fail: () =>
      Promise.reject(
        new ParseError('a.csv line 3: bad.', { code: 'bad', remedy: 'Mend it.', details: { line: 3 } }),
      ),
    hang: () => new Promise(() => undefined),
  };
  expose(service, port2 as never);
  const deaths = new Set<(event: Event) => void>();
  port1.start();
  return {
    terminated: false,
    postMessage: (message, transfer = []) => port1.postMessage(message, transfer as never),
    addEventListener(type, listener) {
      if (type === 'error') deaths.add(listener);
      else if (type === 'message') port1.addEventListener(type, listener as never);
    },
    removeEventListener: (type, listener) => port1.removeEventListener(type, listener as never),
    terminate() {
      this.terminated = true;
      port1.close();
      port2.close();
    },
    crash(detail) {
      for (const listener of deaths) listener(Object.assign(new Event(detail), { message: detail }));
    },
  };
}

// Node 20 has no ErrorEvent; the supervisor asks for it by name.
globalThis.ErrorEvent ??= class ErrorEvent extends Event {} as never;

function supervised() {
  const workers: ReturnType<typeof inProcessWorker>[] = [];
  const crashes: WorkerCrashError[] = [];
  const handle = supervise<Service>(
    'test',
    () => {
      const worker = inProcessWorker();
      workers.push(worker);
      return worker;
    },
    (error) => crashes.push(error),
  );
  return { handle, workers, crashes };
}

describe('supervise', () => {
  it('answers calls and starts the worker on the first one', async () => {
    const { handle, workers } = supervised();
    expect(workers).toHaveLength(0);
    await expect(handle.call((service) => service.double(21))).resolves.toBe(42);
    expect(workers).toHaveLength(1);
    handle.dispose();
  });

  it('rebuilds the class of an error thrown on the other side', async () => {
    const { handle } = supervised();
    const error: unknown = await handle.call((service) => service.fail()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ParseError);
    expect(error).toMatchObject({
      code: 'bad',
      message: 'a.csv line 3: bad.',
      remedy: 'Mend it.',
      details: { line: 3 },
    });
    handle.dispose();
  });

  it('turns a crash into one typed error for every pending call, says so once, and starts afresh', async () => {
    const { handle, workers, crashes } = supervised();
    const pending = [handle.call((service) => service.hang()), handle.call((service) => service.hang())];
    const outcomes = Promise.allSettled(pending);
    workers[0]?.crash('out of memory');
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { name: 'WorkerCrashError', code: 'worker-crash' },
      });
    }
    expect(crashes).toHaveLength(1);
    expect(crashes[0]?.message).toMatch(/^The test worker stopped unexpectedly/);
    expect(workers[0]?.terminated).toBe(true);
    await expect(handle.call((service) => service.double(1))).resolves.toBe(2);
    expect(workers).toHaveLength(2);
    handle.dispose();
  });

  it('ends a hanging call on restart without calling it a crash', async () => {
    const { handle, crashes } = supervised();
    const pending = handle.call((service) => service.hang());
    handle.restart('it did not stop in time');
    await expect(pending).rejects.toBeInstanceOf(WorkerCrashError);
    expect(crashes).toHaveLength(0);
  });
});
