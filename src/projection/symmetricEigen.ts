/** Eigenvalues of small dense symmetric matrices, in float64. */

export interface SymmetricEigen {
  /** [n] descending. */
  readonly values: Float64Array;
  /** [n · n] row k is the unit eigenvector of value k. */
  readonly vectors: Float64Array;
}

const MAX_SWEEPS = 60;

/**
 * Returns all eigenvalues and eigenvectors of a symmetric [n · n] matrix by cyclic Jacobi rotations.
 * Source: Golub & Van Loan, "Matrix Computations", 4th ed., §8.5.
 * Signs of the vectors are not fixed. O(n³) per sweep, a handful of sweeps; meant for n ≤ 64.
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const a = matrix.slice();
  const basis = new Float64Array(n * n);
  for (let at = 0; at < n; at++) basis[at * n + at] = 1;
  const scale = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let offDiagonal = 0;
    for (let row = 0; row < n; row++) {
      for (let col = row + 1; col < n; col++) offDiagonal += (a[row * n + col] as number) ** 2;
    }
    if (offDiagonal <= 1e-30 * scale) break;
    for (let row = 0; row < n; row++) {
      for (let col = row + 1; col < n; col++) rotate(a, basis, n, row, col);
    }
  }
  const order = Int32Array.from({ length: n }, (_, at) => at).sort(
    (p, q) => (a[q * n + q] as number) - (a[p * n + p] as number) || p - q,
  );
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    vectors.set(basis.subarray(from * n, (from + 1) * n), to * n);
  });
  return { values: Float64Array.from(order, (at) => a[at * n + at] as number), vectors };
}

/** Annihilates a[p, q] from both sides and turns the rows of `basis` along. */
function rotate(a: Float64Array, basis: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q] as number;
  if (apq === 0) return;
  const theta = ((a[q * n + q] as number) - (a[p * n + p] as number)) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cos = 1 / Math.sqrt(t * t + 1);
  const sin = t * cos;
  for (let at = 0; at < n; at++) turn(a, at * n + p, at * n + q, cos, sin);
  for (let at = 0; at < n; at++) turn(a, p * n + at, q * n + at, cos, sin);
  for (let at = 0; at < n; at++) turn(basis, p * n + at, q * n + at, cos, sin);
}

function turn(values: Float64Array, i: number, j: number, cos: number, sin: number): void {
  const first = values[i] as number;
  const second = values[j] as number;
  values[i] = cos * first - sin * second;
  values[j] = sin * first + cos * second;
}
