/** What every projection must do. */
import { describe, expect, it } from 'vitest';
import { CancelledError } from '../core/errors.ts';
import { PROJECTIONS } from './index.ts';
import { principalComponents } from './principalComponents.ts';
import { clusteredRows, nearestAgreement, noPace, projected } from './testRows.ts';
import { trustworthiness } from './trustworthiness.ts';

const ROWS = clusteredRows(240, 10, 8, 11);

describe.each(PROJECTIONS.all)('$name', (method) => {
  it('keeps well-separated clusters apart and is more to be trusted than the principal components', async () => {
    const { coordinates } = await projected(method, ROWS);
    expect(coordinates.every(Number.isFinite)).toBe(true);
    expect(nearestAgreement(coordinates, 8)).toBe(1);
    const components = principalComponents(ROWS.values, ROWS.n, ROWS.width, null).coordinates;
    const trust = trustworthiness(ROWS, coordinates);
    expect(trust).toBeGreaterThan(trustworthiness(ROWS, components));
    expect(trust).toBeGreaterThan(0.95);
  });

  it('is the same for the same seed, however often it is looked at, and another for another', async () => {
    const rows = clusteredRows(60, 4, 3, 12);
    const [one, two, other] = await Promise.all(
      [1, 1, 2].map((projectionSeed) => method.prepare(rows, { projectionSeed }, noPace)),
    );
    for (let step = 0; step < 50; step++) {
      one?.step();
      one?.coordinates.slice();
    }
    for (let step = 0; step < 50; step++) two?.step();
    for (let step = 0; step < 50; step++) other?.step();
    expect(two?.coordinates).toEqual(one?.coordinates);
    expect(other?.coordinates).not.toEqual(one?.coordinates);
    expect(one?.iteration).toBe(50);
  });

  it('ends: steps beyond the last move nothing', async () => {
    const projection = await projected(method, clusteredRows(20, 3, 2, 13));
    const before = projection.coordinates.slice();
    projection.step();
    expect(projection.coordinates).toEqual(before);
    expect(projection.iteration).toBe(projection.numIterations);
  });

  it('takes few rows, one column and repeated rows by itself', async () => {
    const repeated = Float32Array.from({ length: 30 }, (_, row) => row % 3);
    for (const rows of [clusteredRows(4, 2, 2, 14), { values: repeated, n: 30, width: 1 }]) {
      const { coordinates } = await projected(method, rows);
      expect(coordinates.every(Number.isFinite)).toBe(true);
    }
  });

  it('refuses what has no picture in sentences', async () => {
    const rows = clusteredRows(20, 3, 2, 15);
    const count = method.parameters[0]?.id ?? '';
    await expect(method.prepare(rows, { [count]: 100 }, noPace)).rejects.toMatchObject({
      code: 'projection-neighbours',
      message: expect.stringContaining('20 rows') as string,
      remedy: expect.stringMatching(/at most \d+\.$/) as string,
    });
    const broken = { ...rows, values: rows.values.map((value, at) => (at === 31 ? Number.NaN : value)) };
    await expect(method.prepare(broken, {}, noPace)).rejects.toThrow(
      'Row 11 of the rows to project holds NaN',
    );
    const equal = { ...rows, values: new Float32Array(60).fill(7) };
    await expect(method.prepare(equal, {}, noPace)).rejects.toThrow('All 20 rows are the same');
    const few = { values: new Float32Array(6), n: 2, width: 3 };
    await expect(method.prepare(few, {}, noPace)).rejects.toThrow('There are 2 rows to project');
    await expect(method.prepare({ ...rows, n: 19 }, {}, noPace)).rejects.toMatchObject({
      code: 'projection-shape',
    });
    await expect(method.prepare(rows, { colour: 1 }, noPace)).rejects.toMatchObject({
      code: 'unknown-parameter',
    });
    const huge = { values: new Float32Array(200_001), n: 200_001, width: 1 };
    await expect(method.prepare(huge, {}, noPace)).rejects.toMatchObject({ code: 'projection-rows-limit' });
  });

  it('ends the search for neighbours when its pace is cancelled', async () => {
    const cancel = (): Promise<void> => Promise.reject(new CancelledError('Projecting'));
    await expect(method.prepare(ROWS, {}, cancel)).rejects.toBeInstanceOf(CancelledError);
  });
});
