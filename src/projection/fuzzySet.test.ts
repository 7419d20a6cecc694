import { describe, expect, it } from 'vitest';
import type { NeighbourLists } from '../core/edgeBuilders/neighbourLists.ts';
import { fuzzySimplicialSet, membershipStrengths } from './fuzzySet.ts';
import { nearestRows } from './nearestRows.ts';
import { clusteredRows, noPace } from './testRows.ts';
import { fitCurve } from './umapCurve.ts';

describe('membership strengths', () => {
  it('are those of the worked row: sigma 0.437346', () => {
    const distance = Float64Array.of(0.1, 0.3, 0.5, 0.9, 1);
    const lists: NeighbourLists = {
      size: 1,
      k: 5,
      index: Int32Array.of(1, 2, 3, 4, 5),
      distance,
      isFresh: new Uint8Array(5),
    };
    const expected = [1, 0.632988, 0.400674, 0.16054, 0.127726];
    membershipStrengths(lists).forEach((weight, at) => expect(weight).toBeCloseTo(expected[at] as number, 4));
  });

  it('lie in [0, 1] and sum to log2 k with a 1 in every row', async () => {
    const lists = await nearestRows(clusteredRows(120, 5, 3, 1), 10, 0, noPace);
    const weight = membershipStrengths(lists);
    for (let row = 0; row < 120; row++) {
      const own = [...weight.subarray(row * 10, (row + 1) * 10)];
      expect(Math.max(...own)).toBe(1);
      expect(Math.min(...own)).toBeGreaterThanOrEqual(0);
      expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(Math.log2(10), 3);
    }
  });
});

describe('fuzzy simplicial set', () => {
  it('is symmetric, in [0, 1], and the union a + b − ab of the directed weights', async () => {
    const lists = await nearestRows(clusteredRows(80, 4, 2, 2), 6, 0, noPace);
    const directed = membershipStrengths(lists);
    const dense = new Map<string, number>();
    lists.index.forEach((other, at) => dense.set(`${Math.floor(at / 6)} ${other}`, directed[at] as number));
    const { n, rowPtr, colIndex, weight } = fuzzySimplicialSet(lists);
    const found = new Map<string, number>();
    for (let row = 0; row < n; row++) {
      for (let at = rowPtr[row] as number; at < (rowPtr[row + 1] as number); at++) {
        found.set(`${row} ${colIndex[at]}`, weight[at] as number);
      }
    }
    expect(found.size).toBe(colIndex.length);
    for (const pair of dense.keys()) expect(found.has(pair)).toBe(true);
    for (const [pair, value] of found) {
      const back = pair.split(' ').reverse().join(' ');
      const [a, b] = [dense.get(pair) ?? 0, dense.get(back) ?? 0];
      expect(value).toBeCloseTo(a + b - a * b, 12);
      expect(found.get(back)).toBe(value);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
  });
});

describe('curve of closeness', () => {
  it.each([
    [0.1, 1.576943, 0.895061],
    [0.5, 0.58303, 1.334167],
    [0.01, 1.895606, 0.800638],
  ])('for min distance %d is that of the published implementation', (minDistance, a, b) => {
    const curve = fitCurve(minDistance);
    expect(curve.a).toBeCloseTo(a, 4);
    expect(curve.b).toBeCloseTo(b, 4);
  });
});
