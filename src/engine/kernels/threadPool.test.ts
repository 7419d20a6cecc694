/** The thread pool: real threads under many short calls, and threads that fail: never start, never come, die in a call. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import type { KernelThread } from '../host.ts';
import { type KernelFunctions, linkKernels } from './kernelModule.ts';
import { type ControlBlock, controlBlock, type KernelThreadStart, takeChunk } from './kernelThread.ts';
import { startThreadPool, type ThreadPool } from './threadPool.ts';

/** A thread that answers the first message with `answer` and nothing after it. */
function deadThread(answer: unknown): KernelThread & { terminate: ReturnType<typeof vi.fn<() => void>> } {
  return {
    postMessage: () => undefined,
    listen: (listener) => queueMicrotask(() => listener(answer)),
    terminate: vi.fn<() => void>(),
  };
}

/** A hundred threes, and as many places for results. */
function vectors({ buffer }: WebAssembly.Memory): [Float32Array, Float32Array] {
  return [new Float32Array(buffer, 1024, 100).fill(3), new Float32Array(buffer, 2048, 100)];
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

  it('does everything itself when no thread comes', async () => {
    const { module, memory, kernels } = await linked();
    const thread = deadThread('ready');
    const pool = await startThreadPool(() => thread, module, memory, kernels, 2);
    const [x, out] = vectors(memory);
    const startedMs = performance.now();
    pool?.run('dropout', [x.byteOffset, out.byteOffset, 1, 0, 2], [0, 50, 100]);
    expect(Array.from(out)).toEqual(Array.from({ length: 100 }, () => 6));
    expect(performance.now() - startedMs).toBeLessThan(1000);
    expect(pool?.threads).toBe(2);
  });

  it('does the chunk of a thread that dies over it, and goes on without threads', async () => {
    const { module, memory, kernels } = await linked();
    let control: ControlBlock | null = null;
    const thread = {
      ...deadThread('ready'),
      postMessage: (message: unknown) => {
        control = controlBlock((message as KernelThreadStart).control);
      },
    };
    let calls = 0;
    const robbed: KernelFunctions = {
      ...kernels,
      // During the owner's first chunk the thread takes the second, and is never heard of again.
      dropout: (...args) => {
        if (calls++ === 0) expect(takeChunk(control as unknown as ControlBlock)).toBe(1);
        kernels.dropout(...args);
      },
    };
    const pool = await startThreadPool(() => thread, module, memory, robbed, 2);
    const [x, out] = vectors(memory);
    const startedMs = performance.now();
    pool?.run('dropout', [x.byteOffset, out.byteOffset, 1, 0, 2], [0, 30, 60, 100]);
    expect(Array.from(out)).toEqual(Array.from({ length: 100 }, () => 6));
    expect(performance.now() - startedMs).toBeLessThan(4000);
    expect(calls).toBe(3);
    expect(pool?.threads).toBe(1);
    expect(thread.terminate).toHaveBeenCalledOnce();
  });

  it('runs every element of many calls exactly once over real threads', async () => {
    const { module, memory, kernels } = await linked();
    const host = nodeEngineHost();
    const spawn = host.spawnKernelThread?.bind(host) as () => KernelThread;
    const pool = (await startThreadPool(spawn, module, memory, kernels, 3)) as ThreadPool;
    expect(pool.threads).toBe(3);
    const [x, velocity, zero, out] = Array.from(
      { length: 4 },
      (_, at) => new Float32Array(memory.buffer, 1024 + at * 8192, 2000),
    ) as [Float32Array, Float32Array, Float32Array, Float32Array];
    const args = [x, velocity, zero, out].map(({ byteOffset }) => byteOffset);
    const chunks = 37;
    const bounds = Array.from({ length: chunks + 1 }, (_, at) => Math.floor((2000 * at) / chunks));
    // v ← v + θ with θ = 1: an element done twice, or not at all, shows in the count.
    x.fill(1);
    for (let call = 1; call <= 3000; call++) pool.run('momentumStep', [...args, 0, 1, 1], bounds);
    expect(velocity.every((count) => count === 3000)).toBe(true);
    expect(pool.threads).toBe(3);
    pool.dispose();
  });

  it('goes on without a thread that fails to start', async () => {
    const { module, memory, kernels } = await linked();
    const thread = deadThread(new Error('no such file'));
    expect(await startThreadPool(() => thread, module, memory, kernels, 2)).toBeNull();
    expect(thread.terminate).toHaveBeenCalledOnce();
  });

  it('keeps the threads that started', async () => {
    const { module, memory, kernels } = await linked();
    const threads = [deadThread('ready'), deadThread('broken'), deadThread('ready')];
    let next = 0;
    const pool = await startThreadPool(() => threads[next++] as KernelThread, module, memory, kernels, 4);
    expect(pool?.threads).toBe(3);
    expect(threads.map(({ terminate }) => terminate.mock.calls.length)).toEqual([0, 1, 0]);
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
