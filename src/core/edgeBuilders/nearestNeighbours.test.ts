import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidGraphError, LimitError, ParameterError, TaskError } from '../errors.ts';
import { numNodes } from '../graph.ts';
import { randomSequence, STREAM } from '../random.ts';
import { areStrangers, isUnusable, referenceDistance } from './metricReference.ts';
import type { MetricId } from './metrics.ts';
import { nearestNeighbours } from './nearestNeighbours.ts';
import {
  boolColumn,
  categoryColumn,
  FIRST_ITEM,
  itemGraph,
  numberColumn,
  sparseColumn,
  triples,
  vectorColumn,
} from './testGraph.ts';

const choose = (...columns: string[]) => ({ nodeType: 'item', columns, relation: null });

/** Neighbours of every row by sorting all others: distance, then index. */
function slowLists(
  rows: readonly (readonly number[])[],
  k: number,
  metric: MetricId,
  isSparse: boolean,
): { other: number; distance: number }[][] {
  return rows.map((row, own) =>
    rows
      .map((other, index) => ({ other: index, distance: referenceDistance(metric, row, other) }))
      .filter(({ other }) => {
        const theirs = rows[other] as readonly number[];
        if (other === own || isUnusable(metric, row) || isUnusable(metric, theirs)) return false;
        return !isSparse || !areStrangers(metric, row, theirs);
      })
      .sort((a, b) => a.distance - b.distance || a.other - b.other)
      .slice(0, k),
  );
}

const directedTriples = (lists: ReturnType<typeof slowLists>): number[][] =>
  lists.flatMap((list, row) =>
    list
      .map(({ other, distance }) => [row, other, Math.fround(Math.max(0, distance))])
      .sort((a, b) => (a[1] as number) - (b[1] as number)),
  );

/** Whole numbers, so that sums are exact and ties are ties in every order of summation. */
const wholeRows = fc.integer({ min: 1, max: 5 }).chain((width) =>
  fc.array(
    fc.array(fc.oneof(fc.constant(0), fc.integer({ min: -3, max: 3 })), {
      minLength: width,
      maxLength: width,
    }),
    { minLength: 2, maxLength: 24 },
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
] as const)('nearest neighbours of a %s column, %s', (kind, metric) => {
  it('are those of sorting all others by distance, then index', async () => {
    await fc.assert(
      fc.asyncProperty(wholeRows, fc.integer({ min: 1, max: 5 }), async (rows, wanted) => {
        const usable = rows.filter((row) => !isUnusable(metric, row)).length;
        fc.pre(usable >= 2);
        const k = Math.min(wanted, usable - 1);
        const width = (rows[0] as number[]).length;
        const column = kind === 'vector' ? vectorColumn('x', rows, width) : sparseColumn('x', rows, width);
        const built = await nearestNeighbours.build(
          itemGraph(rows.length, [column]),
          choose('x'),
          { k, metric, symmetrise: 'directed', weight: 'distance' },
          {},
        );
        expect(triples(built)).toEqual(directedTriples(slowLists(rows, k, metric, kind === 'sparse')));
        expect(built.directed).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('nearest neighbours', () => {
  it('are the same when the rows need several tiles', async () => {
    const random = randomSequence(3, STREAM.generator);
    const rows = Array.from({ length: 300 }, () => [random.below(40), random.below(40), random.below(40)]);
    const built = await nearestNeighbours.build(
      itemGraph(rows.length, [vectorColumn('x', rows, 3)]),
      choose('x'),
      { k: 7, symmetrise: 'directed', weight: 'distance', search: 'exact' },
      {},
    );
    expect(triples(built)).toEqual(directedTriples(slowLists(rows, 7, 'euclidean', false)));
  });

  it('take kilometres on the sphere, across the date line too', async () => {
    const coordinate = fc.tuple(
      fc.double({ min: -90, max: 90, noNaN: true }),
      fc.double({ min: -180, max: 180, noNaN: true }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(coordinate, { minLength: 3, maxLength: 12 }), async (rows) => {
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
        const built = await nearestNeighbours.build(
          graph,
          choose('lat', 'lon'),
          { k: 2, metric: 'haversine', symmetrise: 'directed', weight: 'distance' },
          {},
        );
        const expected = slowLists(rows, 2, 'haversine', false);
        for (const [row, list] of expected.entries()) {
          const own = triples(built).filter(([from]) => from === row);
          const found = own.map((edge) => edge[2] as number).sort((a, b) => a - b);
          found.forEach((distance, at) =>
            expect(Math.abs(distance - (list[at]?.distance ?? -1))).toBeLessThan(0.01),
          );
        }
      }),
    );
    const fiji = itemGraph(3, [
      numberColumn('lat', [-17, -17, -17]),
      numberColumn('lon', [179.9, -179.9, 178]),
    ]);
    const built = await nearestNeighbours.build(
      fiji,
      choose('lat', 'lon'),
      { k: 1, metric: 'haversine', symmetrise: 'mutual', weight: 'none' },
      {},
    );
    expect(triples(built)).toEqual([[0, 1]]);
  });

  it('are joined where either, both or one side chose', async () => {
    // 0 and 1 choose each other; 2 and 3 choose 1 and 2.
    const graph = itemGraph(4, [numberColumn('x', [0, 1, 3, 7])]);
    const edges = async (symmetrise: string) =>
      triples(await nearestNeighbours.build(graph, choose('x'), { k: 1, symmetrise, weight: 'none' }, {}));
    expect(await edges('directed')).toEqual([
      [0, 1],
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
    expect(await edges('union')).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    expect(await edges('mutual')).toEqual([[0, 1]]);
  });

  it('weigh exp(−d² ∕ σ²), with the mean distance for σ unless one is given', async () => {
    const graph = itemGraph(3, [numberColumn('x', [0, 1, 4])]);
    const build = (sigma: number) => nearestNeighbours.build(graph, choose('x'), { k: 1, sigma }, {});
    const [automatic, given] = [await build(0), await build(3)];
    expect(triples(automatic)).toEqual([
      [0, 1, Math.fround(Math.exp(-1 / 4))],
      [1, 2, Math.fround(Math.exp(-9 / 4))],
    ]);
    expect(automatic.notes).toEqual(['σ is 2.000, the mean distance of the edges.']);
    expect(given.weight?.[1]).toBeCloseTo(Math.exp(-1));
    expect(given.notes).toEqual([]);
  });

  it('weigh 1 where all rows are equal', async () => {
    const built = await nearestNeighbours.build(
      itemGraph(3, [numberColumn('x', [5, 5, 5])]),
      choose('x'),
      { k: 1 },
      {},
    );
    expect(triples(built)).toEqual([
      [0, 1, 1],
      [0, 2, 1],
    ]);
  });

  it('give opposed directions weight 0 and say so', async () => {
    const rows = [
      [1, 0],
      [-1, 0],
    ];
    const built = await nearestNeighbours.build(
      itemGraph(2, [vectorColumn('x', rows, 2)]),
      choose('x'),
      { k: 1, metric: 'cosine' },
      {},
    );
    expect(triples(built)).toEqual([[0, 1, 0]]);
    expect(built.notes).toEqual([
      'Weight 0 for 1 edge of negative similarity: models take no negative weights.',
    ]);
  });

  it('standardise several number columns, but not one', async () => {
    // Unscaled, the metres decide; scaled, row 0 is nearer to row 2.
    const graph = itemGraph(4, [
      numberColumn('metres', [0, 10, 300, 1000]),
      numberColumn('ratio', [0, 1, 0, 0.5]),
    ]);
    const firstChoice = async (standardise: string) =>
      triples(
        await nearestNeighbours.build(
          graph,
          choose('metres', 'ratio'),
          { k: 1, symmetrise: 'directed', weight: 'none', standardise },
          {},
        ),
      )[0];
    expect(await firstChoice('off')).toEqual([0, 1]);
    expect(await firstChoice('on')).toEqual([0, 2]);
    expect(await firstChoice('auto')).toEqual([0, 2]);
  });

  it('compare yes/no and category columns as sets', async () => {
    const graph = itemGraph(3, [
      boolColumn('wings', [true, true, false]),
      boolColumn('fins', [false, false, true]),
      categoryColumn('food', ['seed', 'fish', 'fish']),
    ]);
    const built = await nearestNeighbours.build(
      graph,
      choose('wings', 'fins', 'food'),
      { k: 2, metric: 'jaccard', weight: 'distance' },
      {},
    );
    expect(triples(built)).toEqual([
      [0, 1, Math.fround(2 / 3)],
      [1, 2, Math.fround(2 / 3)],
    ]);
  });

  it('leave out rows without a value, rows without direction and deleted nodes, and count them', async () => {
    const graph = itemGraph(6, [
      numberColumn('x', [0, null, 1, 2, 0, 3]),
      numberColumn('y', [1, 1, null, 1, 0, 1]),
    ]);
    const built = await nearestNeighbours.build(
      graph,
      choose('x', 'y'),
      { k: 1, metric: 'cosine', standardise: 'off', weight: 'none' },
      {},
    );
    expect(triples(built)).toEqual([
      [0, 3],
      [3, 5],
    ]);
    expect(built.notes).toEqual([
      "2 nodes without a value in 'x', 'y' got no edges.",
      '1 node whose row is all zeros got no edges.',
    ]);
    const bits = new Uint8Array(1);
    bits[0] = 1 << (FIRST_ITEM + 3);
    const edited = { ...graph, deletedNodes: { length: numNodes(graph), bits } };
    const rest = await nearestNeighbours.build(edited, choose('x'), { k: 1, weight: 'none' }, {});
    expect(triples(rest).flat()).not.toContain(3);
  });
});

describe('the approximate search', () => {
  const random = randomSequence(11, STREAM.generator);
  const NUM_CLUSTERS = 20;
  const centres = Array.from({ length: NUM_CLUSTERS * 16 }, () => 4 * random.normal());
  const rows = Array.from({ length: 3000 }, (_, row) =>
    Array.from(
      { length: 16 },
      (__, at) => (centres[(row % NUM_CLUSTERS) * 16 + at] as number) + random.normal(),
    ),
  );
  const graph = itemGraph(rows.length, [vectorColumn('x', rows, 16)]);
  const build = (metric: string, search: string, seed = 0) =>
    nearestNeighbours.build(
      graph,
      choose('x'),
      { k: 10, metric, search, seed, symmetrise: 'directed', weight: 'distance' },
      {},
    );

  it.each(['euclidean', 'cosine', 'manhattan'])(
    'finds at least 0.9 of the true neighbours, %s',
    async (metric) => {
      const [exact, approximate] = [await build(metric, 'exact'), await build(metric, 'approximate')];
      const truth = new Set(triples(exact).map(([from, to]) => `${from} ${to}`));
      const hits = triples(approximate).filter(([from, to]) => truth.has(`${from} ${to}`)).length;
      expect(hits / truth.size).toBeGreaterThanOrEqual(0.9);
      expect(approximate.source.length).toBe(exact.source.length);
      expect(approximate.notes).toEqual([
        'The search was approximate: a few neighbours may be next-best ones.',
      ]);
    },
  );

  it('gives the same edges for the same seed', async () => {
    expect(await build('euclidean', 'approximate', 5)).toEqual(await build('euclidean', 'approximate', 5));
  });

  it('makes no loop, no pair twice and at most k edges a node, also of equal rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })), {
          minLength: 5,
          maxLength: 200,
        }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom('euclidean', 'manhattan'),
        async (points, k, metric) => {
          const built = await nearestNeighbours.build(
            itemGraph(points.length, [vectorColumn('x', points, 2)]),
            choose('x'),
            { k, metric, search: 'approximate', symmetrise: 'directed' },
            {},
          );
          const pairs = triples(built);
          expect(pairs.every(([from, to]) => from !== to)).toBe(true);
          expect(new Set(pairs.map(([from, to]) => `${from} ${to}`)).size).toBe(pairs.length);
          const perNode = new Map<number, number>();
          for (const [from] of pairs) perNode.set(from as number, (perNode.get(from as number) ?? 0) + 1);
          expect(Math.max(...perNode.values())).toBeLessThanOrEqual(k);
          expect(built.weight?.every((weight) => weight >= 0 && weight <= 1)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('nearest neighbours refuse', () => {
  const numbers = itemGraph(3, [
    numberColumn('x', [1, 2, 3]),
    numberColumn('y', [1, 2, Number.NaN]),
    numberColumn('none', [null, null, null]),
    categoryColumn('c', ['a', 'b', 'a']),
    vectorColumn('v', [[1], [Infinity], [2]], 1),
  ]);
  const attempt = (columns: string[], values: Record<string, unknown> = { k: 1 }) =>
    nearestNeighbours.build(numbers, choose(...columns), values, {});

  it.each([
    [['x'], { k: 3 }, TaskError, 'edge-neighbours', 'Set Neighbours to at most 2.'],
    [['x'], { k: 0 }, ParameterError, 'parameter-value', 'Set Neighbours to a whole number from 1 to 1000.'],
    [['y'], { k: 1 }, InvalidGraphError, 'edge-value', /finite numbers/],
    [['v'], { k: 1 }, InvalidGraphError, 'edge-value', /finite numbers/],
    [['none'], { k: 1 }, TaskError, 'edge-rows', /at least two nodes/],
    [[], { k: 1 }, TaskError, 'edge-columns', /'x', 'y'/],
    [['z'], { k: 1 }, TaskError, 'edge-column', /Did you mean/],
    [['x', 'c'], { k: 1 }, TaskError, 'edge-column-mixture', /Choose one vector column/],
    [['x'], { k: 1, metric: 'jaccard' }, TaskError, 'edge-metric', /sparse column/],
    [['c'], { k: 1, metric: 'haversine' }, TaskError, 'edge-metric', /latitude/],
    [['x'], { k: 1, metric: 'haversine' }, TaskError, 'edge-coordinates', /latitude column, then/],
    [
      ['x'],
      { k: 2, maxEdges: 2 },
      LimitError,
      'edge-limit',
      'Set Neighbours to at most 1, or raise Most edges.',
    ],
  ] as const)('%j with %j', async (columns, values, kind, code, remedy) => {
    const thrown: unknown = await attempt([...columns], values).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(kind);
    expect(thrown).toMatchObject({
      code,
      remedy: typeof remedy === 'string' ? remedy : expect.stringMatching(remedy),
    });
  });

  it('a latitude beyond the pole, naming node and columns', async () => {
    const graph = itemGraph(2, [numberColumn('lon', [120, 10]), numberColumn('lat', [5, 5])]);
    await expect(
      nearestNeighbours.build(graph, choose('lon', 'lat'), { k: 1, metric: 'haversine' }, {}),
    ).rejects.toMatchObject({
      message: "Node 'i0' has latitude 120 and longitude 5.",
      remedy:
        "Give degrees; 'lon' is read as latitude and 'lat' as longitude: change their order if need be.",
    });
  });

  it('a table without any column that could serve', async () => {
    await expect(nearestNeighbours.build(itemGraph(3, []), choose('x'), {}, {})).rejects.toThrow(TaskError);
  });
});
