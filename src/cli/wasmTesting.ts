/**
 * Starts the WASM backend for the engine's unit tests and compares results. Here and not in engine/, which must not know
 * Node. Tests only.
 */
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type StartedBackend, startBackend } from '../engine/backend.ts';
import { nodeEngineHost } from './engineHost.ts';

/** Declares `cases` on the plain heap with one thread and on the shared heap with two. */
export function describeOnWasm(name: string, cases: () => void): void {
  describe.each([1, 2])(`${name} on wasm, %i thread(s)`, (threads) => {
    let backend: StartedBackend;
    beforeAll(async () => {
      backend = await startBackend('wasm', nodeEngineHost(), { threads });
      expect(backend.threads).toBe(threads);
    });
    afterAll(() => backend.dispose());
    cases();
  });
}

/** Runs `compute` with 1, 2 and 3 threads. */
export async function atThreadCounts(compute: () => Float32Array): Promise<Float32Array[]> {
  const results: Float32Array[] = [];
  for (const threads of [1, 2, 3]) {
    const backend = await startBackend('wasm', nodeEngineHost(), { threads });
    expect(backend.threads).toBe(threads);
    results.push(compute());
    backend.dispose();
  }
  return results;
}

/** Expects equal lengths and bits; vitest's own equality takes seconds on a million elements. */
export function expectSameBits(actual: Float32Array, expected: Float32Array): void {
  expect(actual.length).toBe(expected.length);
  const [left, right] = [new Uint32Array(actual.slice().buffer), new Uint32Array(expected.slice().buffer)];
  expect(left.findIndex((bits, at) => bits !== right[at])).toBe(-1);
}

/** Expects every element within `tolerance` of max(1, |expected|); NaN disagrees. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  let worst = { error: 0, at: -1 };
  for (let at = 0; at < expected.length; at++) {
    const wanted = expected[at] as number;
    const error = Math.abs((actual[at] as number) - wanted) / Math.max(1, Math.abs(wanted));
    if (!(error <= worst.error)) worst = { error, at };
  }
  expect(worst.error, `element ${worst.at}`).toBeLessThanOrEqual(tolerance);
}
