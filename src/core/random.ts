/**
 * Counter-based random numbers: a draw is a pure function of (seed, stream, step, element). The same masks appear on
 * every backend and thread count, and resuming a run needs only the step. The only source of randomness outside `app`.
 *
 * Mixer: the two-round 32-bit finaliser "lowbias32" found by C. Wellons' hash prospector (constants 0x21f0aaad,
 * 0xd35a2d97), bias 0.107. https://github.com/skeeto/hash-prospector. Every kernel language repeats `mix32` and
 * `drawUint32` exactly; `random.test.ts` pins their values.
 */

/** Named streams, so that two uses of one seed never share draws. Numbers are part of saved runs: never reuse one. */
export const STREAM = {
  initialisation: 1,
  dropout: 2,
  split: 3,
  walks: 4,
  generator: 5,
  layout: 6,
  shuffle: 7,
  deepDropout: 8,
  sampling: 9,
  search: 10,
  projection: 11,
} as const;

export function mix32(value: number): number {
  let x = value | 0;
  x ^= x >>> 16;
  x = Math.imul(x, 0x21f0aaad);
  x ^= x >>> 15;
  x = Math.imul(x, 0xd35a2d97);
  x ^= x >>> 15;
  return x >>> 0;
}

/** Folds seed, stream and step into the 32-bit key that a kernel receives; computed once per kernel call. */
export function drawKey(seed: number, stream: number, step: number): number {
  return mix32(mix32(mix32(seed + 0x9e3779b9) ^ Math.imul(stream, 0x85ebca6b)) ^ Math.imul(step, 0xc2b2ae35));
}

/** The draw of one element under a key: mix32(mix32(element) + key). Uniform on [0, 2^32). */
export function drawUint32(key: number, element: number): number {
  return mix32((mix32(element) + key) | 0);
}

/** Uniform on [0, 1) with 24 bits, exactly representable in float32. */
export function drawUniform(key: number, element: number): number {
  return (drawUint32(key, element) >>> 8) / 16777216;
}

/** Standard normal by Box–Muller from elements 2·element and 2·element + 1. */
export function drawNormal(key: number, element: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - drawUniform(key, 2 * element)));
  return radius * Math.cos(2 * Math.PI * drawUniform(key, 2 * element + 1));
}

/** Threshold t such that drawUint32(...) < t happens with the given probability; 2^32 is clamped to 2^32 − 1. */
export function probabilityThreshold(probability: number): number {
  return Math.min(0xffffffff, Math.max(0, Math.round(probability * 4294967296)));
}

export interface RandomSequence {
  uint32(): number;
  uniform(): number;
  normal(): number;
  /** Uniform integer in [0, bound). */
  below(bound: number): number;
  /** Fisher–Yates in place. */
  shuffle(values: Int32Array): void;
}

/** Sequential view of one (seed, stream): generators, splits and walks draw from it one after another. */
export function randomSequence(seed: number, stream: number, step = 0): RandomSequence {
  const key = drawKey(seed, stream, step);
  let element = 0;
  const uniform = (): number => drawUniform(key, element++);
  const below = (bound: number): number => Math.min(bound - 1, Math.floor(uniform() * bound));
  return {
    uint32: () => drawUint32(key, element++),
    uniform,
    normal: () => {
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      return radius * Math.cos(2 * Math.PI * uniform());
    },
    below,
    shuffle(values) {
      for (let last = values.length - 1; last > 0; last--) {
        const other = below(last + 1);
        const kept = values[last] as number;
        values[last] = values[other] as number;
        values[other] = kept;
      }
    },
  };
}
