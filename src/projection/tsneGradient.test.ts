import { describe, expect, it } from 'vitest';
import { createQuadtree } from '../core/quadtree.ts';
import { randomSequence } from '../core/random.ts';
import { conditionalProbabilities, jointProbabilities } from './affinities.ts';
import { nearestRows } from './nearestRows.ts';
import type { SymmetricWeights } from './symmetricWeights.ts';
import { clusteredRows, noPace } from './testRows.ts';
import { exactRepulsion, treeRepulsion, tsneGradient } from './tsneGradient.ts';

describe('conditional probabilities', () => {
  it('are those of the worked row', () => {
    const p = new Float64Array(5);
    const beta = conditionalProbabilities(Float64Array.of(0.1, 0.3, 0.5, 0.9, 1), 3, p);
    expect(beta).toBeCloseTo(4.522237, 5);
    const expected = [0.482525, 0.336048, 0.162991, 0.012952, 0.005485];
    p.forEach((value, at) => expect(value).toBeCloseTo(expected[at] as number, 5));
  });

  it('are equal where the distances are, and finite for distances of any unit', () => {
    const p = new Float64Array(4);
    conditionalProbabilities(Float64Array.of(0, 0, 0, 0), 3, p);
    expect([...p]).toEqual([0.25, 0.25, 0.25, 0.25]);
    for (const unit of [1e-9, 1e9]) {
      conditionalProbabilities(
        Float64Array.of(1, 2, 3, 9).map((d) => d * unit),
        2,
        p,
      );
      const entropy = p.reduce((sum, value) => sum - value * Math.log(Math.max(value, 1e-300)), 0);
      expect(Math.exp(entropy)).toBeCloseTo(2, 6);
    }
  });
});

describe('joint probabilities', () => {
  it('are symmetric and sum to 1', async () => {
    const { n, rowPtr, colIndex, weight } = jointProbabilities(
      await nearestRows(clusteredRows(60, 3, 2, 4), 15, 0, noPace),
      5,
    );
    expect(weight.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    const valueOf = (row: number, col: number): number | undefined => {
      for (let at = rowPtr[row] as number; at < (rowPtr[row + 1] as number); at++) {
        if (colIndex[at] === col) return weight[at];
      }
      return undefined;
    };
    for (let row = 0; row < n; row++) {
      for (let at = rowPtr[row] as number; at < (rowPtr[row + 1] as number); at++) {
        expect(valueOf(colIndex[at] as number, row)).toBe(weight[at]);
      }
    }
  });
});

/** KL(e P ‖ Q) up to a constant: Σ e p (−log w) + log Σ w, which has the gradient of the exaggerated form. */
function divergence(p: SymmetricWeights, x: Float64Array, y: Float64Array, exaggeration: number): number {
  let total = 0;
  let sum = 0;
  const closeness = (i: number, j: number): number =>
    1 / (1 + ((x[i] as number) - (x[j] as number)) ** 2 + ((y[i] as number) - (y[j] as number)) ** 2);
  for (let i = 0; i < p.n; i++) {
    for (let j = 0; j < p.n; j++) if (i !== j) total += closeness(i, j);
    for (let at = p.rowPtr[i] as number; at < (p.rowPtr[i + 1] as number); at++) {
      sum -= exaggeration * (p.weight[at] as number) * Math.log(closeness(i, p.colIndex[at] as number));
    }
  }
  return sum + Math.log(total);
}

function randomPlane(n: number): [Float64Array, Float64Array] {
  const random = randomSequence(7, 97);
  const axis = (): Float64Array => Float64Array.from({ length: n }, () => random.normal());
  return [axis(), axis()];
}

describe('gradient of t-SNE', () => {
  it.each([1, 12])('is that of finite differences on 10 points, exaggeration %d', async (exaggeration) => {
    const p = jointProbabilities(await nearestRows(clusteredRows(10, 3, 2, 5), 9, 0, noPace), 3);
    const [x, y] = randomPlane(10);
    const gradient: [Float64Array, Float64Array] = [new Float64Array(10), new Float64Array(10)];
    tsneGradient(p, x, y, exaggeration, exactRepulsion(x, y), ...gradient);
    const h = 1e-5;
    [x, y].forEach((axis, column) => {
      for (let row = 0; row < 10; row++) {
        const kept = axis[row] as number;
        axis[row] = kept + h;
        const above = divergence(p, x, y, exaggeration);
        axis[row] = kept - h;
        const below = divergence(p, x, y, exaggeration);
        axis[row] = kept;
        expect(gradient[column]?.[row]).toBeCloseTo((above - below) / (2 * h), 6);
      }
    });
  });

  it('by the tree is close to that over all pairs', async () => {
    const n = 500;
    const p = jointProbabilities(await nearestRows(clusteredRows(n, 5, 4, 6), 30, 0, noPace), 10);
    const [x, y] = randomPlane(n);
    x.forEach((value, at) => (x[at] = 20 * value));
    const of = (repulsion: Parameters<typeof tsneGradient>[4]): Float64Array => {
      const [gradientX, gradientY] = [new Float64Array(n), new Float64Array(n)];
      tsneGradient(p, x, y, 1, repulsion, gradientX, gradientY);
      return Float64Array.of(...gradientX, ...gradientY);
    };
    const exact = of(exactRepulsion(x, y));
    const tree = of(treeRepulsion(createQuadtree(x, y, new Float64Array(n).fill(1)), n, 0.5));
    const length = (values: Float64Array): number => Math.hypot(...values);
    expect(length(tree.map((value, at) => value - (exact[at] as number))) / length(exact)).toBeLessThan(0.02);
  });
});
