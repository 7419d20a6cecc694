/**
 * The few largest eigenpairs of a large sparse symmetric matrix with spectrum in [−1, 1], by subspace iteration: a block
 * of vectors is filtered by a Chebyshev polynomial that damps the unwanted part of the spectrum, made orthonormal and
 * rotated to eigenvector estimates (Rayleigh–Ritz). A block finds multiple eigenvalues, which a single Lanczos run misses.
 */
import { drawNormal } from '../random.ts';
import type { SquareMatrix } from './normalisedAdjacency.ts';
import { symmetricEigen } from './symmetricEigen.ts';

export interface EigenRequest {
  /** Eigenpairs wanted. */
  readonly count: number;
  /** Vectors iterated together, count < block ≤ size − 1; the surplus speeds convergence. */
  readonly block: number;
  /** Key of the random start. */
  readonly key: number;
  /** Stop when ‖S x − λ x‖ of every wanted pair is below. */
  readonly tolerance: number;
  /** Multiply–adds after which the best estimate is returned as it is. */
  readonly maxWork: number;
}

export interface Eigenpairs {
  /** [block] descending; the first `count` are the result. */
  readonly values: Float64Array;
  /** [size · block] row-major, orthonormal columns. */
  readonly vectors: Float64Array;
  /** Largest ‖S x − λ x‖ of the wanted pairs; above the tolerance when the work ran out. */
  readonly residual: number;
}

/** One filter may blow the wanted directions up by this much against each other; more would cost digits. */
const MAX_GROWTH = 1e6;
const MAX_DEGREE = 300;

/**
 * Returns the largest eigenpairs orthogonal to the known eigenvector `kept`.
 *
 * Source: Zhou et al. 2006, "Self-consistent-field calculations using Chebyshev-filtered subspace iteration",
 * doi:10.1016/j.jcp.2006.03.017, alg. 4.3. Deterministic in the key. A round of d products costs
 * O(d · entries · block + size · block²).
 */
export function largestEigenpairs(
  matrix: SquareMatrix,
  kept: Float64Array,
  request: EigenRequest,
): Eigenpairs {
  const { count, block, key, tolerance, maxWork } = request;
  const { size } = matrix;
  let x = Float64Array.from({ length: size * block }, (_, at) => drawNormal(key, at));
  let y = new Float64Array(size * block);
  let z = new Float64Array(size * block);
  const productWork = matrix.colIndex.length * block;
  // Gram–Schmidt twice 2·block²/2 on each side, projection and rotations another 3·block², per row.
  const roundWork = productWork + 7 * size * block * block;
  let work = 0;
  for (;;) {
    orthonormalise(x, block, kept, key);
    multiply(matrix, x, block, y);
    work += roundWork;
    const values = rotateToRitz(x, y, size, block);
    const residual = largestResidual(x, y, values, block, count);
    if (residual <= tolerance || work >= maxWork) return { values, vectors: x, residual };
    const top = values[0] as number;
    const cut = Math.max(-0.999, Math.min(values[block - 1] as number, top - 1e-9));
    // The filter maps [−1, cut] to [−1, 1], where Chebyshev polynomials stay small.
    const centre = (cut - 1) / 2;
    const half = (cut + 1) / 2;
    const degree = filterDegree((top - centre) / half);
    for (let at = 0; at < x.length; at++) y[at] = ((y[at] as number) - centre * (x[at] as number)) / half;
    for (let step = 2; step <= degree; step++) {
      multiply(matrix, y, block, z);
      // T_{m+1} = 2 (S − centre)/half · T_m − T_{m−1}
      for (let at = 0; at < z.length; at++)
        z[at] = (2 * ((z[at] as number) - centre * (y[at] as number))) / half - (x[at] as number);
      [x, y, z] = [y, z, x];
    }
    [x, y] = [y, x];
    work += degree * productWork;
  }
}

/** T_m(x) = cosh(m · acosh x) outside [−1, 1]. */
function filterDegree(top: number): number {
  const degree = Math.floor(Math.acosh(MAX_GROWTH) / Math.acosh(Math.max(top, 1 + 1e-12)));
  return Math.max(2, Math.min(MAX_DEGREE, degree));
}

function multiply(matrix: SquareMatrix, x: Float64Array, block: number, out: Float64Array): void {
  const { size, rowPtr, colIndex, values } = matrix;
  out.fill(0);
  for (let row = 0; row < size; row++) {
    const to = row * block;
    for (let k = rowPtr[row] as number; k < (rowPtr[row + 1] as number); k++) {
      const from = (colIndex[k] as number) * block;
      const value = values[k] as number;
      for (let j = 0; j < block; j++) out[to + j] = (out[to + j] as number) + value * (x[from + j] as number);
    }
  }
}

/** Gram–Schmidt, each column twice against `kept` and the columns before it; a column that vanishes is drawn anew. */
function orthonormalise(x: Float64Array, block: number, kept: Float64Array, key: number): void {
  const size = kept.length;
  for (let j = 0; j < block; j++) {
    for (let attempt = 1; ; attempt++) {
      const before = columnNorm(x, block, j, size);
      project(x, block, j, kept);
      project(x, block, j, kept);
      const norm = columnNorm(x, block, j, size);
      if (norm > 1e-10 * before && norm > 0) {
        for (let row = 0; row < size; row++) x[row * block + j] = (x[row * block + j] as number) / norm;
        break;
      }
      for (let row = 0; row < size; row++)
        x[row * block + j] = drawNormal(key, (attempt * block + j) * size + row);
    }
  }
}

function columnNorm(x: Float64Array, block: number, j: number, size: number): number {
  let sum = 0;
  for (let row = 0; row < size; row++) sum += (x[row * block + j] as number) ** 2;
  return Math.sqrt(sum);
}

/** x_j ← x_j − t (tᵀx_j) − Σ_{i<j} x_i (x_iᵀx_j), one pass over the rows each for products and subtraction. */
function project(x: Float64Array, block: number, j: number, kept: Float64Array): void {
  const dots = new Float64Array(j);
  let keptDot = 0;
  for (let row = 0; row < kept.length; row++) {
    const base = row * block;
    const value = x[base + j] as number;
    keptDot += (kept[row] as number) * value;
    for (let i = 0; i < j; i++) dots[i] = (dots[i] as number) + (x[base + i] as number) * value;
  }
  for (let row = 0; row < kept.length; row++) {
    const base = row * block;
    let value = (x[base + j] as number) - (kept[row] as number) * keptDot;
    for (let i = 0; i < j; i++) value -= (x[base + i] as number) * (dots[i] as number);
    x[base + j] = value;
  }
}

/** Solves the small problem H = XᵀSX and turns X and Y = SX into its eigenvector basis; returns its eigenvalues. */
function rotateToRitz(x: Float64Array, y: Float64Array, size: number, block: number): Float64Array {
  const projected = new Float64Array(block * block);
  for (let row = 0; row < size; row++) {
    for (let i = 0; i < block; i++) {
      const value = x[row * block + i] as number;
      for (let j = 0; j < block; j++)
        projected[i * block + j] =
          (projected[i * block + j] as number) + value * (y[row * block + j] as number);
    }
  }
  for (let i = 0; i < block; i++) {
    for (let j = 0; j < i; j++) {
      const mean = ((projected[i * block + j] as number) + (projected[j * block + i] as number)) / 2;
      projected[i * block + j] = mean;
      projected[j * block + i] = mean;
    }
  }
  const { values, vectors } = symmetricEigen(projected, block);
  const turned = new Float64Array(block);
  for (const target of [x, y]) {
    for (let base = 0; base < target.length; base += block) {
      turned.fill(0);
      for (let i = 0; i < block; i++) {
        const value = target[base + i] as number;
        for (let j = 0; j < block; j++)
          turned[j] = (turned[j] as number) + value * (vectors[i * block + j] as number);
      }
      target.set(turned, base);
    }
  }
  return values;
}

function largestResidual(
  x: Float64Array,
  y: Float64Array,
  values: Float64Array,
  block: number,
  count: number,
): number {
  const squares = new Float64Array(count);
  for (let base = 0; base < x.length; base += block) {
    for (let j = 0; j < count; j++) {
      const error = (y[base + j] as number) - (values[j] as number) * (x[base + j] as number);
      squares[j] = (squares[j] as number) + error * error;
    }
  }
  return Math.sqrt(squares.reduce((a, b) => Math.max(a, b), 0));
}
