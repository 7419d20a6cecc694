import { describe, expect, it } from 'vitest';
import type { RunDescription, RunResult } from '../engine/runTypes.ts';
import type { LiveSnapshot } from '../workers/protocol.ts';
import { classProbabilities, predictionRow, predictionsOf } from './predictions.ts';

const description = {
  graphVersion: 'v1',
  classes: ['a', 'b', 'c'],
  nodeRange: [5, 7],
} as unknown as RunDescription;
const snapshot: LiveSnapshot = {
  epoch: 3,
  codes: Uint16Array.of(2, 0),
  confidence: Uint8Array.of(255, 51),
  coordinates: null,
  explained: null,
};
const result = {
  scores: Float32Array.of(0.25, 0.5, 0.25, 0.5, 0, 0.5),
  parts: Uint8Array.of(1, 3),
} as unknown as RunResult;

describe('predictionsOf', () => {
  it('reads the snapshot while a run is under way', () => {
    const found = predictionsOf({ description, snapshot, result: null }, 'v1');
    expect(found).toMatchObject({ start: 5, end: 7, parts: null, scores: null });
    expect(Array.from(found?.codes ?? [])).toEqual([2, 0]);
    expect(Array.from(found?.confidence ?? [])).toEqual([1, Math.fround(0.2)]);
  });

  it('prefers the result; a tie goes to the earlier class', () => {
    const found = predictionsOf({ description, snapshot, result }, 'v1');
    expect(Array.from(found?.codes ?? [])).toEqual([1, 0]);
    expect(Array.from(found?.confidence ?? [])).toEqual([0.5, 0.5]);
    expect(found?.parts).toBe(result.parts);
  });

  it('is null for another graph version, before the first snapshot and for tasks without classes', () => {
    expect([
      predictionsOf({ description, snapshot, result: null }, 'v2'),
      predictionsOf({ description, snapshot: null, result: null }, 'v1'),
      predictionsOf({ description: { ...description, classes: [] }, snapshot, result: null }, 'v1'),
    ]).toEqual([null, null, null]);
  });

  it('orders the probabilities of one node and covers only the run’s range', () => {
    const found = predictionsOf({ description, snapshot, result }, 'v1');
    if (found === null) throw new Error('no predictions');
    expect(classProbabilities(found, 6)).toEqual([
      { code: 0, probability: 0.5 },
      { code: 2, probability: 0.5 },
      { code: 1, probability: 0 },
    ]);
    expect(classProbabilities(found, 4)).toEqual([]);
    expect([4, 5, 6, 7].map((node) => predictionRow(found, node))).toEqual([-1, 0, 1, -1]);
  });
});
