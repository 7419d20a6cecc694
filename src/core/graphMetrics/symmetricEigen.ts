/** All eigenpairs of a small dense symmetric matrix: the inner step of the large solver, and its reference in tests. */

export interface SymmetricEigen {
  /** [n] descending. */
  readonly values: Float64Array;
  /** [n · n] row-major; column j is the unit eigenvector of values[j]. */
  readonly vectors: Float64Array;
}

const MAX_SWEEPS = 60;

/**
 * Returns the eigenvalues and orthonormal eigenvectors of a symmetric matrix by cyclic Jacobi rotations.
 *
 * Source: Golub & Van Loan 2013, "Matrix Computations", 4th ed., alg. 8.5.3.
 * @param matrix [n · n] row-major; only its symmetric part has a meaning
 * Deterministic. O(n³) per sweep, about ten sweeps; meant for n up to a few hundred.
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const a = matrix.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  let norm = 0;
  for (const value of a) norm += value * value;
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += (a[p * n + q] as number) ** 2;
    // Relative 1e-30 on squares is 1e-15 on entries: rounding of the input itself.
    if (off <= norm * 1e-30) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }
  const order = Array.from({ length: n }, (_, j) => j).sort(
    (i, j) => (a[j * n + j] as number) - (a[i * n + i] as number) || i - j,
  );
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    for (let i = 0; i < n; i++) vectors[i * n + to] = v[i * n + from] as number;
  });
  return { values: Float64Array.from(order, (j) => a[j * n + j] as number), vectors };
}

/** Makes a[p, q] zero by the rotation J: a ← Jᵀ a J, v ← v J. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q] as number;
  if (apq === 0) return;
  const theta = ((a[q * n + q] as number) - (a[p * n + p] as number)) / (2 * apq);
  // The smaller root of t² + 2θt − 1 = 0, which keeps the rotation below 45°.
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let i = 0; i < n; i++) turn(a, i * n + p, i * n + q, c, s);
  for (let i = 0; i < n; i++) turn(a, p * n + i, q * n + i, c, s);
  a[p * n + q] = 0;
  a[q * n + p] = 0;
  for (let i = 0; i < n; i++) turn(v, i * n + p, i * n + q, c, s);
}

function turn(values: Float64Array, at: number, other: number, c: number, s: number): void {
  const x = values[at] as number;
  const y = values[other] as number;
  values[at] = c * x - s * y;
  values[other] = s * x + c * y;
}
