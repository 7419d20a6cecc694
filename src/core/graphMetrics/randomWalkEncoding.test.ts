import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LimitError } from '../errors.ts';
import { groupBy } from '../sparseMatrix.ts';
import { inDegrees } from './degree.ts';
import { randomWalkEncoding, type WalkGraph } from './randomWalkEncoding.ts';

/** CSR by receiver of the given (sender, receiver, weight) arcs. */
function walkGraph(
  numNodes: number,
  arcs: readonly (readonly [number, number, number?])[],
  weighted = false,
  isSymmetric = false,
): WalkGraph {
  const { ptr, perm } = groupBy(
    Int32Array.from(arcs, ([, receiver]) => receiver),
    numNodes,
  );
  return {
    numNodes,
    rowPtr: ptr,
    colIndex: Int32Array.from(perm, (arc) => arcs[arc]?.[0] as number),
    weight: weighted ? Float32Array.from(perm, (arc) => arcs[arc]?.[2] ?? 1) : null,
    isSymmetric,
  };
}
const bothWays = (pairs: readonly (readonly [number, number])[]): [number, number][] =>
  pairs.flatMap(([a, b]): [number, number][] =>
    a === b
      ? [[a, b]]
      : [
          [a, b],
          [b, a],
        ],
  );
const ring = (n: number) =>
  walkGraph(n, bothWays(Array.from({ length: n }, (_, node) => [node, (node + 1) % n] as const)));

describe('randomWalkEncoding, exact', () => {
  it('gives the binomial return chances of a ring', () => {
    // Steps ±1 on a ring of 9: back after 2 steps with 2/4, after 4 with 6/16, after 6 with 20/64, never after odd < 9.
    for (const isSymmetric of [true, false]) {
      const { values, walks } = randomWalkEncoding({ ...ring(9), isSymmetric }, { steps: 6, seed: 1 });
      expect(walks).toBe(0);
      for (let node = 0; node < 9; node++)
        expect([...values.subarray(6 * node, 6 * node + 6)]).toEqual([0, 0.5, 0, 0.375, 0, 0.3125]);
    }
  });

  it('tells a triangle with a tail apart, follows weights and keeps isolated nodes at 0', () => {
    const graph = walkGraph(
      5,
      [
        [0, 1, 1],
        [1, 0, 1],
        [0, 2, 3],
        [2, 0, 3],
        [1, 2, 1],
        [2, 1, 1],
        [3, 3, 2],
      ],
      true,
    );
    // Row chances: 0 → {1: 1/4, 2: 3/4}; 1 → {0: 1/2, 2: 1/2}; 2 → {0: 3/4, 1: 1/4}; 3 → itself; 4 has no arcs.
    const expected = [
      [0, 1 / 8 + 9 / 16, (1 / 4) * (1 / 2) * (3 / 4) + (3 / 4) * (1 / 4) * (1 / 2)],
      [0, 1 / 8 + 1 / 8, (1 / 2) * (3 / 4) * (1 / 4) * 2],
      [0, 9 / 16 + 1 / 8, (3 / 4) * (1 / 4) * (1 / 2) + (1 / 4) * (1 / 2) * (3 / 4)],
      [1, 1, 1],
      [0, 0, 0],
    ];
    for (const isSymmetric of [true, false]) {
      const { values } = randomWalkEncoding({ ...graph, isSymmetric }, { steps: 3, seed: 1 });
      expect([...values]).toEqual(expected.flat().map(Math.fround));
    }
  });

  it('counts parallel arcs, follows one-way arcs and ends where all weights are 0', () => {
    const parallel = walkGraph(
      3,
      bothWays([
        [0, 1],
        [0, 1],
        [0, 2],
      ]),
    );
    // Node 0 goes to 1 with 2/3 and to 2 with 1/3; both return at once.
    expect([...randomWalkEncoding(parallel, { steps: 2, seed: 1 }).values]).toEqual(
      [0, 1, 0, 2 / 3, 0, 1 / 3].map(Math.fround),
    );
    const loop = walkGraph(3, [
      [0, 1],
      [1, 2],
      [2, 0],
    ]);
    expect([...randomWalkEncoding(loop, { steps: 3, seed: 1 }).values]).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 1]);
    const weightless = walkGraph(
      2,
      [
        [0, 1, 0],
        [1, 0, 0],
      ],
      true,
    );
    for (const exactWork of [1e9, 0])
      expect([...randomWalkEncoding(weightless, { steps: 2, seed: 1, exactWork }).values]).toEqual([
        0, 0, 0, 0,
      ]);
  });

  it.each([
    ['any graph', false],
    ['any symmetric graph', true],
  ])('equals the diagonal of dense matrix powers on %s', (_, isSymmetric) => {
    const steps = 5;
    const drawn = fc.array(fc.tuple(fc.nat(7), fc.nat(7), fc.integer({ min: 0, max: 4 })), { maxLength: 30 });
    fc.assert(
      fc.property(drawn, (oneWay) => {
        const reversed = oneWay
          .filter(([a, b]) => isSymmetric && a !== b)
          .map(([a, b, weight]): [number, number, number] => [b, a, weight]);
        const arcs = [...oneWay, ...reversed];
        const { values } = randomWalkEncoding(walkGraph(8, arcs, true, isSymmetric), { steps, seed: 1 });
        const step = Array.from({ length: 8 }, (__, row) => {
          const weights = new Array<number>(8).fill(0);
          for (const [sender, receiver, weight] of arcs)
            if (receiver === row) weights[sender] = (weights[sender] as number) + weight;
          const total = weights.reduce((a, b) => a + b, 0);
          return weights.map((weight) => (total === 0 ? 0 : weight / total));
        });
        let power = step;
        for (let t = 0; t < steps; t++) {
          for (let node = 0; node < 8; node++)
            expect(values[steps * node + t]).toBeCloseTo(power[node]?.[node] as number, 6);
          power = power.map((row) =>
            row.map((__, col) => row.reduce((sum, value, k) => sum + value * (step[k]?.[col] as number), 0)),
          );
        }
      }),
      { numRuns: 50, seed: 1 },
    );
  });
});

describe('randomWalkEncoding, estimated', () => {
  it.each([
    ['unweighted', ring(9)],
    ['weighted', { ...ring(9), weight: new Float32Array(18).fill(0.3) }],
  ])('is within the stated error of the exact values, %s', (_, graph) => {
    const exact = randomWalkEncoding(graph, { steps: 6, seed: 1 }).values;
    const estimate = randomWalkEncoding(graph, { steps: 6, seed: 1, exactWork: 0, walks: 400 });
    expect(estimate.walks).toBe(400);
    exact.forEach((p, at) => {
      // Four standard errors: 1 in 16,000 by chance, and the seed is fixed.
      const error = Math.sqrt((p * (1 - p)) / 400);
      expect(Math.abs((estimate.values[at] as number) - p)).toBeLessThanOrEqual(4 * error);
    });
    expect(randomWalkEncoding(graph, { steps: 6, seed: 1, exactWork: 0, walks: 400 })).toEqual(estimate);
    expect(randomWalkEncoding(graph, { steps: 6, seed: 2, exactWork: 0, walks: 400 })).not.toEqual(estimate);
  });

  it('refuses more walks than fit in a stated amount of work', () => {
    const numNodes = 2_000_000;
    const rowPtr = new Int32Array(numNodes + 1).fill(2);
    rowPtr[0] = 0;
    const graph = { numNodes, rowPtr, colIndex: Int32Array.of(0, 0), weight: null, isSymmetric: false };
    let thrown: unknown;
    try {
      randomWalkEncoding(graph, { steps: 20, seed: 1, exactWork: 1 });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(LimitError);
    expect(thrown).toMatchObject({
      code: 'random-walk-size',
      message: 'A random-walk encoding of 20 steps is too much work for 2,000,000 nodes.',
      remedy: 'Set random-walk steps to at most 3.',
      details: { numNodes, steps: 20, possible: 3 },
    });
  });
});

describe('inDegrees', () => {
  it('counts arcs in, parallel ones each and a self-loop once', () => {
    expect([
      ...inDegrees(
        walkGraph(4, [
          [0, 1],
          [0, 1],
          [2, 2],
          [1, 2],
        ]),
      ),
    ]).toEqual([0, 2, 2, 0]);
  });
});
