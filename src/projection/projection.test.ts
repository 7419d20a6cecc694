/** PCA against a full eigen-decomposition, alignment, and the degenerate frames of a training that just began. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShapeError } from '../core/errors.ts';
import { randomSequence } from '../core/random.ts';
import { alignToPrevious, applyRotation } from './alignToPrevious.ts';
import { createLiveProjection } from './pca.ts';
import { principalComponents } from './principalComponents.ts';
import { symmetricEigen } from '../core/graphMetrics/symmetricEigen.ts';

/** n rows of d columns with standard deviations 1, 1/2, 1/3, … in turned directions. */
function randomMatrix(n: number, d: number, seed: number): Float32Array {
  const random = randomSequence(seed, 77);
  const mixing = Float64Array.from({ length: d * d }, () => random.normal() / Math.sqrt(d));
  const matrix = new Float32Array(n * d);
  for (let row = 0; row < n; row++) {
    const draws = Array.from({ length: d }, (_, at) => random.normal() / (at + 1));
    for (let col = 0; col < d; col++) {
      matrix[row * d + col] =
        3 + draws.reduce((sum, value, at) => sum + value * (mixing[at * d + col] as number), 0);
    }
  }
  return matrix;
}

/** Straightforward covariance, divisor n. */
function covarianceOf(matrix: Float32Array, n: number, d: number): Float64Array {
  const out = new Float64Array(d * d);
  const at = (row: number, col: number): number => matrix[row * d + col] as number;
  const mean = (col: number): number =>
    Array.from({ length: n }, (_, row) => at(row, col)).reduce((a, b) => a + b) / n;
  const means = Array.from({ length: d }, (_, col) => mean(col));
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      let sum = 0;
      for (let row = 0; row < n; row++)
        sum += (at(row, i) - (means[i] as number)) * (at(row, j) - (means[j] as number));
      out[i * d + j] = sum / n;
    }
  }
  return out;
}

describe('symmetricEigen', () => {
  it('solves a matrix with known eigenvalues', () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 0, 1, 2, 0, 0, 0, 5), 3);
    [5, 3, 1].forEach((value, at) => expect(values[at]).toBeCloseTo(value, 12));
    expect(Math.abs(vectors[6] as number)).toBeCloseTo(1, 12);
  });

  it('gives A v = λ v and keeps the trace', () => {
    const matrix = covarianceOf(randomMatrix(40, 7, 3), 40, 7);
    const { values, vectors } = symmetricEigen(matrix, 7);
    for (let k = 0; k < 7; k++) {
      for (let i = 0; i < 7; i++) {
        let image = 0;
        for (let j = 0; j < 7; j++) image += (matrix[i * 7 + j] as number) * (vectors[j * 7 + k] as number);
        expect(image).toBeCloseTo((values[k] as number) * (vectors[i * 7 + k] as number), 10);
      }
    }
  });
});

describe('principalComponents', () => {
  it.each([
    [50, 2],
    [60, 5],
    [30, 16],
    [10, 40],
  ])(
    'of %i × %i has the leading eigenvalues, and its reconstruction error is the sum of the dropped ones',
    (n, d) => {
      const matrix = randomMatrix(n, d, n + d);
      const { values } = symmetricEigen(covarianceOf(matrix, n, d), d);
      const result = principalComponents(matrix, n, d, null);
      expect(result.variance[0]).toBeCloseTo(values[0] as number, 6);
      expect(result.variance[1]).toBeCloseTo(values[1] as number, 6);
      const dropped = values.slice(2).reduce((sum, value) => sum + value, 0);
      expect(reconstructionError(matrix, n, d, result.coordinates, result.basis)).toBeCloseTo(dropped, 5);
    },
  );

  it('fixes signs by the largest loading and starts from a former basis to the same result', () => {
    const matrix = randomMatrix(80, 12, 5);
    const cold = principalComponents(matrix, 80, 12, null);
    for (const axis of [0, 1]) {
      const loadings = [...cold.basis.subarray(axis * 12, (axis + 1) * 12)];
      expect(Math.max(...loadings)).toBe(Math.max(...loadings.map(Math.abs)));
    }
    const warm = principalComponents(matrix, 80, 12, cold.basis);
    warm.coordinates.forEach((value, at) => expect(value).toBeCloseTo(cold.coordinates[at] as number, 4));
  });

  it.each([
    ['one row', Float32Array.of(1, 2, 3), 1, 3],
    ['no rows', new Float32Array(0), 0, 4],
    ['no columns', new Float32Array(0), 3, 0],
    ['constant rows', new Float32Array(12).fill(7), 4, 3],
    ['a value that is not finite', Float32Array.of(1, NaN, 2, 3), 2, 2],
  ])('of %s is zero, not NaN', (_, matrix, n, d) => {
    const result = principalComponents(matrix, n, d, null);
    expect([...result.coordinates]).toEqual(Array(2 * n).fill(0));
    expect(result.variance).toEqual([0, 0]);
  });

  it('of one column has the centred column and a zero second axis', () => {
    const result = principalComponents(Float32Array.of(1, 2, 6), 3, 1, null);
    expect([...result.coordinates]).toEqual([-2, 0, -1, 0, 3, 0]);
    expect(result.variance[1]).toBe(0);
  });

  it('of points on a line has no noise on the second axis', () => {
    const line = Float32Array.from({ length: 30 }, (_, at) => Math.floor(at / 3) * ((at % 3) + 1));
    const result = principalComponents(line, 10, 3, null);
    expect([...result.coordinates].filter((_, at) => at % 2 === 1)).toEqual(Array(10).fill(0));
  });

  it('refuses a matrix of another size', () => {
    expect(() => principalComponents(new Float32Array(5), 2, 3, null)).toThrow(
      new ShapeError('PCA: a matrix of 2 × 3 has 6 values, received 5.', {
        code: 'pca-shape',
        remedy: 'Pass the embedding with its own row count and width.',
        details: { n: 2, d: 3, received: 5 },
      }),
    );
  });
});

function reconstructionError(
  matrix: Float32Array,
  n: number,
  d: number,
  coordinates: Float32Array,
  basis: Float64Array,
): number {
  let error = 0;
  for (let col = 0; col < d; col++) {
    let mean = 0;
    for (let row = 0; row < n; row++) mean += (matrix[row * d + col] as number) / n;
    for (let row = 0; row < n; row++) {
      const rebuilt =
        mean +
        (coordinates[2 * row] as number) * (basis[col] as number) +
        (coordinates[2 * row + 1] as number) * (basis[d + col] as number);
      error += ((matrix[row * d + col] as number) - rebuilt) ** 2 / n;
    }
  }
  return error;
}

describe('alignToPrevious', () => {
  const points = fc.array(fc.float({ min: -10, max: 10, noNaN: true, noDefaultInfinity: true }), {
    minLength: 6,
    maxLength: 40,
  });

  it('undoes any turn and reflection', () => {
    fc.assert(
      fc.property(
        points,
        fc.double({ min: 0, max: 7, noNaN: true }),
        fc.boolean(),
        (values, angle, mirrored) => {
          const previous = Float32Array.from(values.slice(0, values.length & ~1));
          const turned = previous.slice();
          const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
          applyRotation(turned, mirrored ? [cos, sin, sin, -cos] : [cos, sin, -sin, cos]);
          applyRotation(turned, alignToPrevious(turned, previous));
          turned.forEach((value, at) => expect(value).toBeCloseTo(previous[at] as number, 3));
        },
      ),
    );
  });

  it('is orthogonal and no worse than leaving the points', () => {
    fc.assert(
      fc.property(points, points, (first, second) => {
        const length = Math.min(first.length, second.length) & ~1;
        const [y, p] = [
          Float32Array.from(first.slice(0, length)),
          Float32Array.from(second.slice(0, length)),
        ];
        const [a, b, c, d] = alignToPrevious(y, p);
        expect(a * a + b * b).toBeCloseTo(1, 9);
        expect(a * c + b * d).toBeCloseTo(0, 9);
        const turned = y.slice();
        applyRotation(turned, [a, b, c, d]);
        const error = (points: Float32Array): number =>
          points.reduce((sum, value, at) => sum + (value - (p[at] as number)) ** 2, 0);
        expect(error(turned)).toBeLessThanOrEqual(error(y) * (1 + 1e-4) + 1e-3);
      }),
    );
  });

  it('leaves frames without extent alone', () => {
    expect(alignToPrevious(new Float32Array(4), Float32Array.of(1, 2, 3, 4))).toEqual([1, 0, 0, 1]);
  });
});

describe('live projection', () => {
  it('keeps points in place when the embedding only turns', () => {
    const n = 50;
    const plane = randomMatrix(n, 2, 8);
    const live = createLiveProjection();
    const first = live.project(plane, n, 2);
    const turned = plane.slice();
    applyRotation(turned, [Math.cos(2), Math.sin(2), -Math.sin(2), Math.cos(2)]);
    const second = live.project(turned, n, 2);
    second.coordinates.forEach((value, at) => expect(value).toBeCloseTo(first.coordinates[at] as number, 4));
    expect(second.explained[0]).toBeCloseTo(first.explained[0], 5);
    expect(first.explained[0] + first.explained[1]).toBeCloseTo(1, 6);
  });

  it('is the same for the same frames, and survives a frame of zeros', () => {
    const frames = [randomMatrix(20, 6, 1), new Float32Array(120), randomMatrix(20, 6, 2)];
    const runs = [createLiveProjection(), createLiveProjection()].map((live) =>
      frames.map((frame) => live.project(frame, 20, 6)),
    );
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[0]?.[1]?.explained).toEqual([0, 0]);
    expect(runs[0]?.[2]?.coordinates.every(Number.isFinite)).toBe(true);
  });

  it('starts anew when the number of nodes changes', () => {
    const live = createLiveProjection();
    live.project(randomMatrix(10, 3, 1), 10, 3);
    const frame = live.project(randomMatrix(12, 3, 2), 12, 3);
    expect(frame).toEqual(createLiveProjection().project(randomMatrix(12, 3, 2), 12, 3));
  });
});
