/** The engine in a module worker of a real browser: WASM on one and two threads, nested kernel workers included. */
import { describe, expect, it } from 'vitest';
import type { BackendChoice } from '../engine/runTypes.ts';

function probe(request: { backend: string; threads?: number }): Promise<unknown> {
  const worker = new Worker(new URL('./__fixtures__/engineProbe.worker.ts', import.meta.url), {
    type: 'module',
  });
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', (event: MessageEvent<unknown>) => resolve(event.data));
    worker.addEventListener('error', (event) => reject(new Error(event.message)));
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}

describe('the engine in a browser worker', () => {
  it('runs WASM on one thread', async () => {
    expect(await probe({ backend: 'wasm', threads: 1 })).toEqual({
      label: 'WASM · SIMD',
      threads: 1,
      isSoftware: false,
      isRight: true,
    });
  });

  it('runs WASM on two threads over a shared heap where the page is isolated', async () => {
    expect(globalThis.crossOriginIsolated).toBe(true);
    expect(await probe({ backend: 'wasm', threads: 2 })).toEqual({
      label: 'WASM · SIMD · 2 threads',
      threads: 2,
      isSoftware: false,
      isRight: true,
    });
  });

  it('runs plain JavaScript', async () => {
    expect(await probe({ backend: 'cpu' })).toEqual({
      label: 'CPU · JavaScript',
      threads: 1,
      isSoftware: false,
      isRight: true,
    });
  });

  it('chooses by measurement and does not measure software adapters', async () => {
    const choice = (await probe({ backend: 'auto' })) as BackendChoice;
    expect(choice.considered.map(({ backend }) => backend)).toEqual(['wasm', 'webgpu', 'webgl']);
    for (const { backend, epochMs, note } of choice.considered) {
      if (epochMs !== null) expect(note).toBe(`${epochMs.toFixed(1)} ms per small epoch`);
      else if (backend === 'wasm') expect.fail(note);
      else expect(note).toMatch(/^software adapter, not measured$|^did not start \(.+\)$/);
    }
    const fastest = choice.considered
      .filter(({ epochMs }) => epochMs !== null)
      .toSorted((a, b) => (a.epochMs as number) - (b.epochMs as number));
    expect(choice.backend).toBe(fastest[0]?.backend);
  });
});
