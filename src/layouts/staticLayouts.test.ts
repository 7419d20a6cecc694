/** Where the layouts of one step put nodes: by hand on small graphs. */
import { describe, expect, it } from 'vitest';
import { ParameterError } from '../core/errors.ts';
import { byColumns } from './byColumns.ts';
import { byEmbedding } from './byEmbedding.ts';
import { circular } from './circular.ts';
import { bandEnds, concentric } from './concentric.ts';
import { grid } from './grid.ts';
import { type LayoutDescriptor, type LayoutInput, NODE_SPACING } from './layoutTypes.ts';

function places(layout: LayoutDescriptor, input: Partial<LayoutInput> & { numNodes: number }): number[][] {
  const ends = { source: new Int32Array(), target: new Int32Array() };
  const { positions } = layout.create({ ...ends, initial: null, seed: 1, ...input });
  return Array.from({ length: input.numNodes }, (_, node) =>
    Array.from(positions.subarray(2 * node, 2 * node + 2)),
  );
}

const radius = ([x = 0, y = 0]: number[] = []): number => Math.hypot(x, y);

/** A hub, node 3, with five leaves, one of which goes on to node 6; node 7 alone. */
const star = {
  numNodes: 8,
  source: Int32Array.of(3, 3, 3, 3, 3, 5),
  target: Int32Array.of(0, 1, 2, 4, 5, 6),
};

describe('concentric', () => {
  it('puts the hub in the middle and nodes of lower degree further out', () => {
    const found = places(concentric, star);
    const middle = found[3] as number[];
    const distance = found.map(([x = 0, y = 0]) => radius([x - (middle[0] ?? 0), y - (middle[1] ?? 0)]));
    expect(distance[3]).toBe(0);
    const [second, leaf, alone] = [distance[5] as number, distance[0] as number, distance[7] as number];
    expect(second).toBeGreaterThanOrEqual(NODE_SPACING - 1e-3);
    expect(leaf).toBeGreaterThan(second);
    expect(alone).toBeGreaterThan(leaf);
  });

  it('follows a column, nodes without a value outermost', () => {
    const numbers = { value: Float64Array.of(1, 5, NaN, 3) };
    const found = places(concentric, { numNodes: 4, numbers });
    const middle = found[1] as number[];
    const distance = found.map(([x = 0, y = 0]) => radius([x - (middle[0] ?? 0), y - (middle[1] ?? 0)]));
    expect([1, 3, 0, 2].map((node) => distance[node])).toEqual([...distance].sort((a, b) => a - b));
  });

  it.each([2, 3, 7, 300])('keeps %i nodes at least a spacing apart', (numNodes) => {
    const found = places(concentric, { numNodes });
    for (let a = 0; a < numNodes; a++) {
      for (let b = 0; b < a; b++) {
        const [[ax = 0, ay = 0], [bx = 0, by = 0]] = [found[a] as number[], found[b] as number[]];
        expect(Math.hypot(ax - bx, ay - by)).toBeGreaterThan(0.999 * NODE_SPACING);
      }
    }
  });

  it('joins neighbouring values when there are more than bands, never equal ones', () => {
    const values = Int32Array.from({ length: 100 }, (_, at) => 99 - Math.floor(at / 2));
    const order = Int32Array.from({ length: 100 }, (_, at) => at);
    const ends = bandEnds(order, values, 5);
    expect(ends).toEqual([4, 16, 36, 64, 100]);
    expect(bandEnds(order, new Int32Array(100), 5)).toEqual([100]);
    expect(bandEnds(new Int32Array(), [], 5)).toEqual([]);
  });
});

describe('grid', () => {
  it('is filled row by row from the highest value, missing ones last', () => {
    const numbers = { order: Float64Array.of(2, NaN, 9, 5) };
    const found = places(grid, { numNodes: 4, numbers, parameters: { perRow: 2 } });
    const [x, y] = [found.map((place) => place[0]), found.map((place) => place[1])];
    expect(y[2]).toBe(y[3]);
    expect(y[0]).toBe(y[1]);
    expect((x[3] ?? 0) - (x[2] ?? 0)).toBeCloseTo(NODE_SPACING, 3);
    expect((y[0] ?? 0) - (y[2] ?? 0)).toBeCloseTo(NODE_SPACING, 3);
    expect(x[0]).toBe(x[2]);
  });

  it('refuses a width outside its limits', () => {
    expect(() => places(grid, { numNodes: 1, parameters: { perRow: -1 } })).toThrow(ParameterError);
  });
});

describe('circular', () => {
  it('starts at the top and goes round in order of a column', () => {
    const numbers = { order: Float64Array.of(1, 4, 3, 2) };
    const found = places(circular, { numNodes: 4, numbers });
    expect(found[1]?.[1]).toBeLessThan(-1);
    expect(found[2]?.[0]).toBeGreaterThan(1);
    expect(found[3]?.[1]).toBeGreaterThan(1);
    expect(found[0]?.[0]).toBeLessThan(-1);
  });
});

describe('by two columns', () => {
  const x = Float64Array.of(0, 10, 0, NaN);
  const y = Float64Array.of(0, 0, 20, 1);

  it('keeps the shape of the data, higher values further up', () => {
    const [a = [], b = [], c = []] = places(byColumns, { numNodes: 4, numbers: { x, y } });
    const [across, up] = [(b[0] ?? 0) - (a[0] ?? 0), (a[1] ?? 0) - (c[1] ?? 0)];
    expect(across).toBeGreaterThan(0);
    expect(up / across).toBeCloseTo(2, 4);
  });

  it('turns round, and fits each axis to its side', () => {
    const parameters = { direction: 'down', scale: 'each' };
    const [a = [], b = [], c = []] = places(byColumns, { numNodes: 4, numbers: { x, y }, parameters });
    const [across, down] = [(b[0] ?? 0) - (a[0] ?? 0), (c[1] ?? 0) - (a[1] ?? 0)];
    expect(down / across).toBeCloseTo(1, 4);
  });

  it('puts a node without a value below the plot', () => {
    const found = places(byColumns, { numNodes: 4, numbers: { x, y } });
    const lowest = Math.max(...found.slice(0, 3).map((place) => place[1] ?? 0));
    expect(found[3]?.[1]).toBeGreaterThan(lowest + NODE_SPACING);
  });

  it('shrinks longitudes on a map by the cosine of the mean latitude', () => {
    const numbers = { x: Float64Array.of(0, 1, 0, 1), y: Float64Array.of(60, 60, 60.5, 59.5) };
    const [a = [], b = [], c = []] = places(byColumns, {
      numNodes: 4,
      numbers,
      parameters: { scale: 'map' },
    });
    const [degreeEast, halfNorth] = [(b[0] ?? 0) - (a[0] ?? 0), (a[1] ?? 0) - (c[1] ?? 0)];
    expect(degreeEast / (2 * halfNorth)).toBeCloseTo(0.5, 4);
  });

  it('takes huge, equal and missing values without losing a node', () => {
    const huge = Float64Array.of(-1.7e308, 1.7e308, 5);
    const found = places(byColumns, { numNodes: 3, numbers: { x: huge, y: new Float64Array(3) } });
    expect(found.flat().every(Number.isFinite)).toBe(true);
    const none = new Float64Array(3).fill(NaN);
    expect(new Set(places(byColumns, { numNodes: 3, numbers: { x: none, y: none } }).map(String)).size).toBe(
      3,
    );
  });

  it('names the column it lacks', () => {
    expect(() => places(byColumns, { numNodes: 1, numbers: { x: Float64Array.of(1) } })).toThrow(
      "The layout by two columns has no column for 'Up and down'.",
    );
    expect(() => places(byEmbedding, { numNodes: 1 })).toThrow('The layout by embedding has no coordinates.');
  });
});
