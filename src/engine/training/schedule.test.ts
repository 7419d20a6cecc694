import { describe, expect, it } from 'vitest';
import { createSchedule } from './schedule.ts';

const factors = (kind: string, epochs: number): number[] => {
  const schedule = createSchedule(kind, epochs, 0);
  return Array.from({ length: epochs }, (_, index) => schedule.factor(index + 1));
};

describe('createSchedule', () => {
  it('keeps a constant rate', () => {
    expect(new Set(factors('constant', 10))).toEqual(new Set([1]));
  });

  it('falls along half a cosine from 1 towards 0', () => {
    const values = factors('cosine', 4);
    expect(values).toEqual([
      1,
      expect.closeTo(0.853553, 6),
      expect.closeTo(0.5, 12),
      expect.closeTo(0.146447, 6),
    ]);
  });

  it('falls to a tenth after each third', () => {
    expect(factors('step', 6)).toEqual([1, 1, 0.1, 0.1, 0.01, 0.01]);
  });

  it('halves on a plateau, counts anew, and goes on from a saved state', () => {
    const schedule = createSchedule('plateau', 100, 25);
    const observe = (scores: readonly (number | null)[]): void =>
      scores.forEach((score) => schedule.observe(score));
    observe([0.5, 0.6, 0.6, 0.6, 0.6, 0.6]);
    expect(schedule.factor(7)).toBe(1);
    observe([0.6]);
    expect(schedule.factor(8)).toBe(0.5);
    observe([0.7, null, 0.7, 0.7, 0.7, 0.7]);
    const resumed = createSchedule('plateau', 100, 25);
    resumed.state = schedule.state;
    schedule.observe(0.7);
    resumed.observe(0.7);
    expect([schedule.factor(15), resumed.factor(15)]).toEqual([0.25, 0.25]);
  });
});
