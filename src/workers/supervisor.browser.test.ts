import { describe, expect, it } from 'vitest';
import type { WorkerCrashError } from '../core/errors.ts';
import { supervise } from './supervisor.ts';

interface Service {
  double(value: number): Promise<number>;
  die(): Promise<never>;
}

describe('supervise with a real worker', () => {
  it('turns an uncaught error into a typed one for the caller and answers again from a fresh worker', async () => {
    const crashes: WorkerCrashError[] = [];
    const handle = supervise<Service>(
      'fixture',
      () => new Worker(new URL('./__fixtures__/crash.worker.ts', import.meta.url), { type: 'module' }),
      (error) => crashes.push(error),
    );
    await expect(handle.call((service) => service.double(2))).resolves.toBe(4);
    await expect(handle.call((service) => service.die())).rejects.toMatchObject({
      name: 'WorkerCrashError',
      code: 'worker-crash',
      message: expect.stringContaining('boom') as string,
    });
    expect(crashes).toHaveLength(1);
    await expect(handle.call((service) => service.double(3))).resolves.toBe(6);
    handle.dispose();
  });

  it('does not wait for a worker whose script cannot be loaded', async () => {
    const handle = supervise<Service>(
      'missing',
      () => new Worker(new URL(`${location.origin}/no-such-worker.js`), { type: 'module' }),
      () => undefined,
    );
    await expect(handle.call((service) => service.double(2))).rejects.toMatchObject({ code: 'worker-crash' });
    handle.dispose();
  });
});
