/**
 * Principal components of an embedding, the two with the most variance: fast enough to run on every frame of a training,
 * because each call starts from the axes of the one before. Turning frames alike is `alignToPrevious.ts`.
 */
import { ShapeError } from '../core/errors.ts';
import { drawKey, drawNormal } from '../core/random.ts';
import { symmetricEigen } from '../core/graphMetrics/symmetricEigen.ts';

export interface PrincipalComponents {
  /** [2 · n] x0, y0, x1, y1, …: first and second component of each centred row. */
  readonly coordinates: Float32Array;
  /** Variance along both axes and over all columns (divisor n). */
  readonly variance: readonly [number, number];
  readonly totalVariance: number;
  /** [guard · d] orthonormal rows, the two axes first; the start of the next call. */
  readonly basis: Float64Array;
}

/**
 * Vectors iterated for two axes: convergence then depends on the gap below the sixth eigenvalue, not below the second,
 * where hidden layers often have none.
 */
const BLOCK = 6;
const MAX_ITERATIONS = 300;
/** Iteration ends when the sum of the two leading eigenvalues gains less than this share. */
const TOLERANCE = 1e-12;
/** The covariance is taken over at most this many evenly spaced rows; the projection is of all. */
const MAX_COVARIANCE_ROWS = 20_000;

/**
 * Returns the two leading principal components of the rows of an [n, d] row-major matrix.
 * Columns are centred in float64; the [d, d] covariance's leading eigenvectors come from orthogonal iteration with
 * Rayleigh–Ritz steps; signs are such that the largest loading of an axis is positive.
 *
 * Source: Halko, Martinsson & Tropp 2011, "Finding structure with randomness", §4.5, doi:10.1137/090771806 (block
 * iteration); Pearson 1901 (the components).
 * Deterministic in the matrix and `start`. An axis without variance (constant rows, d = 1, n = 1, a value that is not
 * finite) gives coordinates 0. O(min(n, 20,000) d² + n d + iterations · d²).
 * @param start `basis` of a former result of the same width, or null
 * @throws {ShapeError} the matrix has not n · d values
 */
export function principalComponents(
  matrix: Float32Array,
  n: number,
  d: number,
  start: Float64Array | null,
): PrincipalComponents {
  if (matrix.length !== n * d) {
    throw new ShapeError(`PCA: a matrix of ${n} × ${d} has ${n * d} values, received ${matrix.length}.`, {
      code: 'pca-shape',
      remedy: 'Pass the embedding with its own row count and width.',
      details: { n, d, received: matrix.length },
    });
  }
  const coordinates = new Float32Array(2 * n);
  const mean = columnMeans(matrix, n, d);
  const covariance = covarianceMatrix(matrix, mean, n, d);
  let totalVariance = 0;
  for (let at = 0; at < d; at++) totalVariance += covariance[at * d + at] as number;
  const block = Math.min(BLOCK, d);
  if (n < 2 || d === 0 || !(totalVariance > 0 && totalVariance < Infinity)) {
    return { coordinates, variance: [0, 0], totalVariance: 0, basis: seededBasis(block, d) };
  }
  const usable = start !== null && start.length === block * d ? start : seededBasis(block, d);
  const { basis, values } = leadingEigenvectors(covariance, d, block, usable);
  const variance: [number, number] = [0, 0];
  for (let axis = 0; axis < Math.min(2, block); axis++) {
    const value = values[axis] as number;
    // What rounding leaves of an axis without variance is noise that would look like data.
    if (!(value > 1e-12 * totalVariance)) continue;
    variance[axis] = value;
    projectRows(matrix, mean, basis.subarray(axis * d, (axis + 1) * d), axis, coordinates);
  }
  return { coordinates, variance, totalVariance, basis };
}

function columnMeans(matrix: Float32Array, n: number, d: number): Float64Array {
  const mean = new Float64Array(d);
  for (let row = 0; row < n; row++) {
    for (let col = 0; col < d; col++) mean[col] = (mean[col] as number) + (matrix[row * d + col] as number);
  }
  return mean.map((sum) => sum / Math.max(1, n));
}

function covarianceMatrix(matrix: Float32Array, mean: Float64Array, n: number, d: number): Float64Array {
  const covariance = new Float64Array(d * d);
  const centred = new Float64Array(d);
  const stride = Math.max(1, Math.ceil(n / MAX_COVARIANCE_ROWS));
  let rows = 0;
  for (let row = 0; row < n; row += stride) {
    rows++;
    for (let col = 0; col < d; col++)
      centred[col] = (matrix[row * d + col] as number) - (mean[col] as number);
    for (let i = 0; i < d; i++) {
      const value = centred[i] as number;
      // Hidden layers after a ReLU are half zeros before centring, whole columns of them are not rare.
      if (value === 0) continue;
      for (let j = i; j < d; j++) {
        covariance[i * d + j] = (covariance[i * d + j] as number) + value * (centred[j] as number);
      }
    }
  }
  for (let i = 0; i < d; i++) {
    for (let j = i; j < d; j++) {
      const value = (covariance[i * d + j] as number) / Math.max(1, rows);
      covariance[i * d + j] = value;
      covariance[j * d + i] = value;
    }
  }
  return covariance;
}

/** Rows that depend on the width alone; nearly orthogonal, which the first iteration makes exact. */
function seededBasis(block: number, d: number): Float64Array {
  const key = drawKey(0, 0, 0);
  return Float64Array.from({ length: block * d }, (_, at) => drawNormal(key, at));
}

function leadingEigenvectors(
  covariance: Float64Array,
  d: number,
  block: number,
  start: Float64Array,
): { readonly basis: Float64Array; readonly values: Float64Array } {
  let basis = orthonormalRows(start.slice(), block, d);
  let values = new Float64Array(block);
  let reached = 0;
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    basis = orthonormalRows(timesRows(covariance, basis, block, d), block, d);
    ({ basis, values } = rayleighRitz(covariance, basis, block, d));
    const sum = (values[0] as number) + (values[1] ?? 0);
    if (Math.abs(sum - reached) <= TOLERANCE * Math.abs(sum)) break;
    reached = sum;
  }
  for (let axis = 0; axis < block; axis++) fixSign(basis.subarray(axis * d, (axis + 1) * d));
  return { basis, values };
}

/** Returns each row times the symmetric matrix. */
function timesRows(matrix: Float64Array, rows: Float64Array, count: number, d: number): Float64Array {
  const out = new Float64Array(count * d);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < d; i++) {
      const value = rows[row * d + i] as number;
      for (let j = 0; j < d; j++) {
        out[row * d + j] = (out[row * d + j] as number) + value * (matrix[i * d + j] as number);
      }
    }
  }
  return out;
}

/** Modified Gram–Schmidt, twice for accuracy; a row that depends on the former ones becomes a unit vector that does not. */
function orthonormalRows(rows: Float64Array, count: number, d: number): Float64Array {
  for (let row = 0; row < count; row++) {
    const own = rows.subarray(row * d, (row + 1) * d);
    const before = norm(own);
    for (let attempt = 0; attempt <= d; attempt++) {
      for (let pass = 0; pass < 2; pass++) {
        for (let other = 0; other < row; other++)
          subtractProjection(own, rows.subarray(other * d, (other + 1) * d));
      }
      const length = norm(own);
      if (length > 1e-10 * (attempt === 0 ? before : 1) && length > 0) {
        for (let at = 0; at < d; at++) own[at] = (own[at] as number) / length;
        break;
      }
      own.fill(0);
      own[(row + attempt) % d] = 1;
    }
  }
  return rows;
}

function subtractProjection(vector: Float64Array, axis: Float64Array): void {
  let along = 0;
  for (let at = 0; at < vector.length; at++) along += (vector[at] as number) * (axis[at] as number);
  for (let at = 0; at < vector.length; at++)
    vector[at] = (vector[at] as number) - along * (axis[at] as number);
}

function norm(vector: Float64Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}

/** Best approximations of eigenvectors within the span of the rows, by descending eigenvalue. */
function rayleighRitz(
  covariance: Float64Array,
  basis: Float64Array,
  block: number,
  d: number,
): { readonly basis: Float64Array<ArrayBuffer>; readonly values: Float64Array<ArrayBuffer> } {
  const image = timesRows(covariance, basis, block, d);
  const small = new Float64Array(block * block);
  for (let i = 0; i < block; i++) {
    for (let j = 0; j < block; j++) {
      let sum = 0;
      for (let at = 0; at < d; at++) sum += (basis[i * d + at] as number) * (image[j * d + at] as number);
      small[i * block + j] = sum;
    }
  }
  const { values, vectors } = symmetricEigen(small, block);
  const turned = new Float64Array(block * d);
  for (let i = 0; i < block; i++) {
    for (let j = 0; j < block; j++) {
      const share = vectors[j * block + i] as number;
      for (let at = 0; at < d; at++) {
        turned[i * d + at] = (turned[i * d + at] as number) + share * (basis[j * d + at] as number);
      }
    }
  }
  return { basis: turned, values: Float64Array.from(values) };
}

function fixSign(axis: Float64Array): void {
  let largest = 0;
  for (const value of axis) if (Math.abs(value) > Math.abs(largest)) largest = value;
  if (largest < 0) for (let at = 0; at < axis.length; at++) axis[at] = -(axis[at] as number);
}

function projectRows(
  matrix: Float32Array,
  mean: Float64Array,
  axis: Float64Array,
  dimension: number,
  coordinates: Float32Array,
): void {
  const d = axis.length;
  let offset = 0;
  for (let col = 0; col < d; col++) offset += (axis[col] as number) * (mean[col] as number);
  for (let row = 0; 2 * row < coordinates.length; row++) {
    let sum = -offset;
    for (let col = 0; col < d; col++) sum += (matrix[row * d + col] as number) * (axis[col] as number);
    coordinates[2 * row + dimension] = sum;
  }
}
