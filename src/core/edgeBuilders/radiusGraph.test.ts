import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LimitError, ParameterError } from '../errors.ts';
import { areStrangers, isUnusable, referenceDistance } from './metricReference.ts';
import type { MetricId } from './metrics.ts';
import { radiusGraph } from './radiusGraph.ts';
import { itemGraph, numberColumn, sparseColumn, triples, vectorColumn } from './testGraph.ts';

const choose = (...columns: string[]) => ({ nodeType: 'item', columns, relation: null });

/** All pairs within the radius, by looking at each. */
function slowPairs(
  rows: readonly (readonly number[])[],
  metric: MetricId,
  radius: number,
  isSparse: boolean,
): number[][] {
  return rows.flatMap((a, i) =>
    rows.flatMap((b, j) => {
      if (j <= i || isUnusable(metric, a) || isUnusable(metric, b)) return [];
      if (isSparse && areStrangers(metric, a, b)) return [];
      const distance = Math.max(0, referenceDistance(metric, a, b));
      return distance <= radius ? [[i, j, Math.fround(distance)]] : [];
    }),
  );
}

const wholeRows = (width: fc.Arbitrary<number>, span: number) =>
  width.chain((count) =>
    fc.array(
      fc.array(fc.oneof(fc.constant(0), fc.integer({ min: -span, max: span })), {
        minLength: count,
        maxLength: count,
      }),
      { minLength: 2, maxLength: 40 },
    ),
  );

describe.each([
  ['vector', 'euclidean'],
  ['vector', 'manhattan'],
  ['vector', 'cosine'],
  ['sparse', 'euclidean'],
  ['sparse', 'manhattan'],
  ['sparse', 'cosine'],
  ['sparse', 'jaccard'],
  ['sparse', 'hamming'],
] as const)('pairs of a %s column within a radius, %s', (kind, metric) => {
  it('are those found by looking at every pair', async () => {
    await fc.assert(
      fc.asyncProperty(
        wholeRows(fc.integer({ min: 1, max: 5 }), 4),
        fc.constantFrom(0.25, 0.5, 1, 2, 3.5, 20),
        async (rows, radius) => {
          fc.pre(rows.filter((row) => !isUnusable(metric, row)).length >= 2);
          const width = (rows[0] as number[]).length;
          const column = kind === 'vector' ? vectorColumn('x', rows, width) : sparseColumn('x', rows, width);
          const graph = itemGraph(rows.length, [column]);
          const built = await radiusGraph.build(
            graph,
            choose('x'),
            { radius, metric, weight: 'distance' },
            {},
          );
          expect(triples(built)).toEqual(slowPairs(rows, metric, radius, kind === 'sparse'));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the radius graph', () => {
  it('finds pairs in cells around the origin and far from it, in one to three columns', async () => {
    const cell = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const near = fc.double({ min: 0, max: 4, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.tuple(near, near, near), { minLength: 2, maxLength: 40 }),
        cell,
        async (width, points, shift) => {
          const rows = points.map((point, at) =>
            point.slice(0, width).map((value) => value + (at % 2 === 0 ? 0 : shift)),
          );
          const columns = Array.from({ length: width }, (_, at) =>
            numberColumn(
              `c${at}`,
              rows.map((row) => row[at] as number),
            ),
          );
          const built = await radiusGraph.build(
            itemGraph(rows.length, columns),
            choose(...columns.map((column) => column.name)),
            { radius: 0.7, standardise: 'off', weight: 'distance' },
            {},
          );
          expect(triples(built)).toEqual(slowPairs(rows, 'euclidean', 0.7, false));
        },
      ),
    );
  });

  it('visits each cell once where cells are too many to tell apart', async () => {
    const graph = itemGraph(3, [numberColumn('x', [0, 1e17, 1e17])]);
    const built = await radiusGraph.build(graph, choose('x'), { radius: 1e-9, weight: 'none' }, {});
    expect(triples(built)).toEqual([[1, 2]]);
  });

  it('measures kilometres, over the pole and the date line, up to the whole globe', async () => {
    const coordinate = fc.tuple(
      fc.oneof(fc.constantFrom(90, -90), fc.double({ min: -90, max: 90, noNaN: true })),
      fc.oneof(fc.constantFrom(180, -180), fc.double({ min: -180, max: 180, noNaN: true })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(coordinate, { minLength: 2, maxLength: 25 }),
        fc.constantFrom(50, 700, 5000, 12_000, 30_000),
        async (rows, radius) => {
          // The chord form and the textbook formula round differently: no pair may lie on the edge.
          const isClear = slowPairs(rows, 'haversine', Infinity, false).every(
            (pair) => Math.abs((pair[2] as number) - radius) > 0.01,
          );
          fc.pre(isClear);
          const graph = itemGraph(rows.length, [
            numberColumn(
              'lat',
              rows.map(([lat]) => lat),
            ),
            numberColumn(
              'lon',
              rows.map(([, lon]) => lon),
            ),
          ]);
          const values = { radius, metric: 'haversine', weight: 'none' };
          const built = await radiusGraph.build(graph, choose('lat', 'lon'), values, {});
          const expected = slowPairs(rows, 'haversine', radius, false);
          expect(triples(built)).toEqual(expected.map(([i, j]) => [i, j]));
        },
      ),
    );
  });

  it('stops above the limit on edges, naming both numbers and a radius that fits', async () => {
    const count = 400;
    const graph = itemGraph(count, [
      numberColumn(
        'x',
        Array.from({ length: count }, (_, row) => (row * 37) % count),
      ),
    ]);
    const build = (radius: number) => radiusGraph.build(graph, choose('x'), { radius, maxEdges: 1000 }, {});
    const thrown: unknown = await build(50).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(LimitError);
    const { message, remedy, details } = thrown as LimitError;
    expect(message).toMatch(/^A radius of 50 makes more than 1,000 edges \(about [\d,]+\)\.$/);
    expect(remedy).toBe(`Set Radius to ${String(details.smaller)} or less, or raise Most edges.`);
    const fitting = await build(details.smaller as number);
    expect(fitting.source.length).toBeGreaterThan(300);
  });

  it.each([0, -1, Number.NaN, 'wide'])('refuses a radius of %s', async (radius) => {
    const thrown: unknown = await radiusGraph
      .build(itemGraph(2, [numberColumn('x', [0, 1])]), choose('x'), { radius }, {})
      .catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(ParameterError);
    expect(thrown).toMatchObject({ remedy: expect.stringContaining('Set Radius to a number from') });
  });

  it('refuses wide rows too many to compare in pairs', async () => {
    const width = 300;
    const rows = 40_000;
    const column = {
      kind: 'vector',
      name: 'x',
      length: rows,
      validity: null,
      width,
      values: new Float32Array(rows * width),
    } as const;
    await expect(radiusGraph.build(itemGraph(rows, [column]), choose('x'), {}, {})).rejects.toMatchObject({
      code: 'edge-work',
      remedy: 'Use nearest neighbours instead, or at most three number columns, or fewer rows.',
    });
  });
});
