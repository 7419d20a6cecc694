/**
 * The other side of threadPool.ts: what a kernel thread does with the messages it receives. It links the kernels to the
 * shared heap, then takes chunks of kernel calls for ever; the owner ends it with `terminate`.
 */
import { KERNEL_NAMES, linkKernels } from './kernelModule.ts';

/** First and only message to a thread. */
export interface KernelThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: SharedArrayBuffer;
}

/** Ticket numbers take the low bits of a word, so fewer than 256. */
export const MAX_CHUNKS = 128;
const MAX_ARGUMENTS = 16;
const CHUNK_BITS = 8;
const CHUNK_MASK = (1 << CHUNK_BITS) - 1;

/**
 * Polls of an idle thread before it sleeps, some tens of microseconds: calls of one epoch follow each other at such
 * distances, and a sleeper costs its owner 20 µs to wake and comes later still. Longer polling would take a core from
 * others.
 */
const IDLE_SPINS = 20_000;

/** Indices into the words of a control block. */
export const WORD = {
  /** Number of the call above, chunks not yet taken in the low byte; threads sleep on it while the low byte is 0. */
  ticket: 0,
  /** Chunks not yet finished; the owner sleeps on it. */
  pending: 1,
  kernel: 2,
  numArgs: 3,
  numChunks: 4,
} as const;

/** Views of the control block: what to run, and who has what. */
export interface ControlBlock {
  readonly words: Int32Array;
  /** [MAX_CHUNKS] ticket of the call in which each chunk was last finished. */
  readonly finished: Int32Array;
  /** [MAX_ARGUMENTS] */
  readonly args: Float64Array;
  /** [MAX_CHUNKS + 1] chunk c covers [bounds[c], bounds[c + 1]). */
  readonly bounds: Float64Array;
}

// The words have a cache line of their own: threads poll them.
const FINISHED_OFFSET = 64;
const ARGS_OFFSET = FINISHED_OFFSET + MAX_CHUNKS * 4;
const BOUNDS_OFFSET = ARGS_OFFSET + MAX_ARGUMENTS * 8;
export const CONTROL_BYTES = BOUNDS_OFFSET + (MAX_CHUNKS + 1) * 8;

export function controlBlock(control: SharedArrayBuffer): ControlBlock {
  return {
    words: new Int32Array(control, 0, FINISHED_OFFSET / 4),
    finished: new Int32Array(control, FINISHED_OFFSET, MAX_CHUNKS),
    args: new Float64Array(control, ARGS_OFFSET, MAX_ARGUMENTS),
    bounds: new Float64Array(control, BOUNDS_OFFSET, MAX_CHUNKS + 1),
  };
}

/** Ticket of call `call` with all its chunks to be taken. */
export const ticketOf = (call: number, numChunks: number): number => (call << CHUNK_BITS) | numChunks;

/** The part of a ticket that stays the same during a call. */
export const callOf = (ticket: number): number => ticket >> CHUNK_BITS;

/**
 * Takes the next chunk of the current call; −1 when none is left. What a chunk is may be read after it was taken only: the
 * owner starts no other call until it is finished. A ticket that comes round again after 2^24 calls does no harm for the
 * same reason.
 */
export function takeChunk({ words }: ControlBlock): number {
  for (;;) {
    const ticket = Atomics.load(words, WORD.ticket);
    const left = ticket & CHUNK_MASK;
    if (left === 0) return -1;
    if (Atomics.compareExchange(words, WORD.ticket, ticket, ticket - 1) === ticket)
      return (words[WORD.numChunks] as number) - left;
  }
}

/** Says that a taken chunk is done; the last one wakes the owner. */
export function finishChunk({ words, finished }: ControlBlock, chunk: number): void {
  Atomics.store(finished, chunk, callOf(Atomics.load(words, WORD.ticket)));
  if (Atomics.sub(words, WORD.pending, 1) === 1) Atomics.notify(words, WORD.pending);
}

/** Serves calls; settles only with a rejection, when linking or a kernel fails. `reply` announces readiness. */
export async function serveKernelThread(
  start: KernelThreadStart,
  reply: (message: 'ready') => void,
): Promise<never> {
  const kernels = await linkKernels(start.module, start.memory);
  const control = controlBlock(start.control);
  const { words, args, bounds } = control;
  reply('ready');
  for (;;) {
    const chunk = takeChunk(control);
    if (chunk < 0) {
      awaitCall(words);
      continue;
    }
    const kernel = kernels[KERNEL_NAMES[words[WORD.kernel] as number] as (typeof KERNEL_NAMES)[number]];
    const [from, to] = [bounds[chunk] as number, bounds[chunk + 1] as number];
    kernel(...args.subarray(0, words[WORD.numArgs]), from, to);
    finishChunk(control, chunk);
  }
}

/** Returns when there may be chunks to take. */
function awaitCall(words: Int32Array): void {
  for (let spin = 0; spin < IDLE_SPINS; spin++) {
    if ((Atomics.load(words, WORD.ticket) & CHUNK_MASK) !== 0) return;
  }
  const idle = Atomics.load(words, WORD.ticket);
  if ((idle & CHUNK_MASK) === 0) Atomics.wait(words, WORD.ticket, idle);
}
