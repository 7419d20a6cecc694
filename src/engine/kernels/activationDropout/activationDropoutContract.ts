/**
 * What activation with dropout must do on a device, as vitest cases on the current tfjs backend. Call inside a `describe`
 * whose `beforeAll` has set the backend. Tests only.
 */
import { elu, grad, memory, relu, type Tensor, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { drawNormal, drawUint32, probabilityThreshold } from '../../../core/random.ts';
import { counterDropout } from '../dropout/op.ts';
import { activationDropout, type FusedActivation } from './op.ts';
import { activationDropoutReference, activationSlope } from './reference.ts';

const KEY = 0x9e3779b9;
const RATES = [0, 0.3, 0.9];
const SIZES = [0, 1, 3, 4, 5, 1023];
const ACTIVATIONS: readonly FusedActivation[] = ['none', 'relu', 'elu'];

const CASES = ACTIVATIONS.flatMap((activation) => RATES.map((rate) => [activation, rate] as const));

/** Normal draws with the values at which activations bend or overflow. */
export function activationInput(size: number): Float32Array {
  const special = [0, 1e-7, -1e-7, -1e-3, -20, -88, -200, 100, -0.5, 0.5];
  return Float32Array.from(
    { length: size },
    (_, element) => special[element - 100] ?? 2 * drawNormal(5, element),
  );
}

async function readAndDispose(tensor: Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values;
}

/** Returns the first element beyond 1e-6 (relative above 1), or that is zero in one only; in words, or null. */
function disagreement(actual: Float32Array, expected: Float32Array): string | null {
  if (actual.length !== expected.length) return `length ${actual.length}, expected ${expected.length}`;
  const at = expected.findIndex((value, element) => {
    const given = actual[element] as number;
    // Tiny results may be flushed to 0 by a device; masks are held bit for bit against counterDropout below.
    return !(Math.abs(given - value) <= 2e-6 * Math.max(1, Math.abs(value)));
  });
  return at < 0 ? null : `element ${at}: ${actual[at]}, expected ${expected[at]}`;
}

async function agrees(activation: FusedActivation, rate: number): Promise<void> {
  const scale = 1 / (1 - rate);
  const threshold = rate === 0 ? 0 : probabilityThreshold(rate);
  for (const size of SIZES) {
    const values = activationInput(size);
    const incoming = values.map((_, element) => drawNormal(6, element));
    const [x, g] = [tensor1d(values), tensor1d(incoming)];
    const apply = (input: Tensor): Tensor => activationDropout(input, activation, rate, KEY);
    const output = await readAndDispose(apply(x));
    const gradient = await readAndDispose(tidy(() => grad(apply)(x, g)));
    const expected = activationDropoutReference(values, activation, KEY, threshold, scale);
    expect(disagreement(output, expected)).toBeNull();
    const slopes = values.map((value, element) =>
      drawUint32(KEY, element) < threshold
        ? 0
        : scale * (incoming[element] as number) * activationSlope(value, activation),
    );
    expect(disagreement(gradient, slopes)).toBeNull();
    x.dispose();
    g.dispose();
  }
}

/** Declares the cases on the current backend. */
export function activationDropoutContract(): void {
  it.each(CASES)('agrees with the reference, forward and backward: %s at rate %d', agrees);

  it('drops the same elements as dropout of the activation', async () => {
    const x = tensor1d(activationInput(5000));
    for (const rate of [0, 0.5]) {
      const fused = await readAndDispose(activationDropout(x, 'relu', rate, KEY));
      const composed = await readAndDispose(tidy(() => counterDropout(relu(x), rate, KEY)));
      expect(fused).toEqual(composed);
      const fusedElu = await readAndDispose(activationDropout(x, 'elu', rate, KEY));
      const composedElu = await readAndDispose(tidy(() => counterDropout(elu(x), rate, KEY)));
      expect(disagreement(fusedElu, composedElu)).toBeNull();
      expect(fusedElu.map((value) => (value === 0 ? 0 : 1))).toEqual(
        composedElu.map((value) => (value === 0 ? 0 : 1)),
      );
    }
    x.dispose();
  });

  it('keeps no tensor and no buffer', async () => {
    const before = memory();
    for (const activation of ACTIVATIONS) await agrees(activation, 0.5);
    const { numTensors, numDataBuffers } = memory();
    expect({ numTensors, numDataBuffers }).toEqual({
      numTensors: before.numTensors,
      numDataBuffers: before.numDataBuffers,
    });
  });
}
