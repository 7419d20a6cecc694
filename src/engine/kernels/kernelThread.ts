/**
 * The other side of threadPool.ts: what a kernel thread does with the messages it receives. It links the kernels to the
 * shared heap, then serves parts of kernel calls for ever; the owner ends it with `terminate`.
 */
import { KERNEL_NAMES, linkKernels } from './kernelModule.ts';

/** First and only message to a thread. */
export interface KernelThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: SharedArrayBuffer;
  /** Part of each call that this thread does; part 0 is the owner's. */
  readonly part: number;
}

export const MAX_THREADS = 16;
const MAX_ARGUMENTS = 16;

/** Views of the control block: what to run, over which ranges, and which call each part has finished. */
export interface ControlBlock {
  /** [0] number of the current call; threads wait for it to change. [1] kernel. [2] number of arguments. */
  readonly call: Int32Array;
  /** [MAX_THREADS] number of the last call each part finished. */
  readonly finished: Int32Array;
  /** [MAX_ARGUMENTS] */
  readonly args: Float64Array;
  /** [MAX_THREADS + 1] part p covers [bounds[p], bounds[p + 1]). */
  readonly bounds: Float64Array;
}

const CALL_WORDS = 4;
const ARGS_OFFSET = (CALL_WORDS + MAX_THREADS) * 4;
const BOUNDS_OFFSET = ARGS_OFFSET + MAX_ARGUMENTS * 8;
export const CONTROL_BYTES = BOUNDS_OFFSET + (MAX_THREADS + 1) * 8;

export function controlBlock(control: SharedArrayBuffer): ControlBlock {
  return {
    call: new Int32Array(control, 0, CALL_WORDS),
    finished: new Int32Array(control, CALL_WORDS * 4, MAX_THREADS),
    args: new Float64Array(control, ARGS_OFFSET, MAX_ARGUMENTS),
    bounds: new Float64Array(control, BOUNDS_OFFSET, MAX_THREADS + 1),
  };
}

/** Serves calls; settles only with a rejection, when linking or a kernel fails. `reply` announces readiness. */
export async function serveKernelThread(
  start: KernelThreadStart,
  reply: (message: 'ready') => void,
): Promise<never> {
  const kernels = await linkKernels(start.module, start.memory);
  const { call, finished, args, bounds } = controlBlock(start.control);
  let seen = Atomics.load(call, 0);
  reply('ready');
  for (;;) {
    Atomics.wait(call, 0, seen);
    const current = Atomics.load(call, 0);
    if (current === seen) continue;
    seen = current;
    const kernel = kernels[KERNEL_NAMES[call[1] as number] as (typeof KERNEL_NAMES)[number]];
    kernel(...args.subarray(0, call[2]), bounds[start.part] as number, bounds[start.part + 1] as number);
    Atomics.store(finished, start.part, current);
    Atomics.notify(finished, start.part);
  }
}
