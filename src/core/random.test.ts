import { describe, expect, it } from 'vitest';
import { drawKey, drawUint32, drawUniform, mix32, probabilityThreshold, randomSequence } from './random.ts';

describe('counter-based random', () => {
  it('keeps its values for ever: saved runs and every kernel language depend on them', () => {
    expect([mix32(0), mix32(1), mix32(0xffffffff)]).toEqual([0, 114555507, 3652544131]);
    expect(drawKey(0, 2, 1)).toBe(4105912389);
    expect([0, 1, 2].map((element) => drawUint32(4105912389, element))).toEqual([
      2458029444, 704734631, 2916305702,
    ]);
  });

  it('is uniform: mean and variance of 100,000 draws, and no correlation between steps', () => {
    const key = drawKey(7, 1, 1);
    const next = drawKey(7, 1, 2);
    let sum = 0;
    let squares = 0;
    let product = 0;
    const count = 100_000;
    for (let element = 0; element < count; element++) {
      const u = drawUniform(key, element);
      sum += u;
      squares += u * u;
      product += (u - 0.5) * (drawUniform(next, element) - 0.5);
    }
    expect(Math.abs(sum / count - 0.5)).toBeLessThan(0.004);
    expect(Math.abs(squares / count - 1 / 3)).toBeLessThan(0.004);
    expect(Math.abs((12 * product) / count)).toBeLessThan(0.015);
  });

  it('drops at the asked rate', () => {
    const key = drawKey(1, 2, 3);
    const threshold = probabilityThreshold(0.3);
    let dropped = 0;
    for (let element = 0; element < 50_000; element++) if (drawUint32(key, element) < threshold) dropped++;
    expect(Math.abs(dropped / 50_000 - 0.3)).toBeLessThan(0.01);
  });

  it('shuffles into a permutation, the same one for the same seed', () => {
    const shuffled = (seed: number): number[] => {
      const values = Int32Array.from({ length: 50 }, (_, index) => index);
      randomSequence(seed, 3).shuffle(values);
      return [...values];
    };
    expect(shuffled(1)).toEqual(shuffled(1));
    expect(shuffled(1)).not.toEqual(shuffled(2));
    expect(shuffled(1).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });
});
