/** The thread pool when threads fail: one that never starts, one that dies during a run. Real threads: spmm.test.ts. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import type { KernelThread } from '../host.ts';
import { type KernelFunctions, linkKernels } from './kernelModule.ts';
import { startThreadPool } from './threadPool.ts';

/** A thread that answers the first message with `answer` and nothing after it. */
function deadThread(answer: unknown): KernelThread & { terminate: ReturnType<typeof vi.fn<() => void>> } {
  return {
    postMessage: () => undefined,
    listen: (listener) => queueMicrotask(() => listener(answer)),
    terminate: vi.fn<() => void>(),
  };
}

async function linked(): Promise<{
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  kernels: KernelFunctions;
}> {
  const module = await nodeEngineHost().loadKernelModule('shared');
  const memory = new WebAssembly.Memory({ initial: 16, maximum: 65536, shared: true });
  return { module, memory, kernels: await linkKernels(module, memory) };
}

describe('startThreadPool', () => {
  afterEach(() => vi.useRealTimers());

  it('does the part of a dead thread itself and goes on without threads', async () => {
    const { module, memory, kernels } = await linked();
    const thread = deadThread('ready');
    const pool = await startThreadPool(() => thread, module, memory, kernels, 2);
    expect(pool?.threads).toBe(2);
    const x = new Float32Array(memory.buffer, 1024, 100).fill(3);
    const out = new Float32Array(memory.buffer, 2048, 100);
    const startedMs = performance.now();
    pool?.run('dropout', [x.byteOffset, out.byteOffset, 1, 0, 2], [0, 50, 100]);
    expect(Array.from(out)).toEqual(Array.from({ length: 100 }, () => 6));
    expect(performance.now() - startedMs).toBeLessThan(4000);
    expect(pool?.threads).toBe(1);
    expect(thread.terminate).toHaveBeenCalledOnce();
  });

  it('goes on without a thread that fails to start', async () => {
    const { module, memory, kernels } = await linked();
    const thread = deadThread(new Error('no such file'));
    expect(await startThreadPool(() => thread, module, memory, kernels, 2)).toBeNull();
    expect(thread.terminate).toHaveBeenCalledOnce();
  });

  it('keeps the threads before the first that failed', async () => {
    const { module, memory, kernels } = await linked();
    const threads = [deadThread('ready'), deadThread('broken'), deadThread('ready')];
    let next = 0;
    const pool = await startThreadPool(() => threads[next++] as KernelThread, module, memory, kernels, 4);
    expect(pool?.threads).toBe(2);
    expect(threads.map(({ terminate }) => terminate.mock.calls.length)).toEqual([0, 1, 1]);
  });

  it('gives up a silent thread after three seconds', async () => {
    const { module, memory, kernels } = await linked();
    vi.useFakeTimers();
    const silent: KernelThread = {
      postMessage: () => undefined,
      listen: () => undefined,
      terminate: vi.fn<() => void>(),
    };
    const starting = startThreadPool(() => silent, module, memory, kernels, 2);
    await vi.advanceTimersByTimeAsync(3000);
    expect(await starting).toBeNull();
  });

  it('starts nothing for one thread', async () => {
    const { module, memory, kernels } = await linked();
    const spawn = vi.fn();
    expect(await startThreadPool(spawn, module, memory, kernels, 1)).toBeNull();
    expect(spawn).not.toHaveBeenCalled();
  });
});
