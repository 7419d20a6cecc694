/** Turns a new frame of points so that it lies as near as possible to the one before: a turn of the axes is not motion. */

/** Row-major 2 × 2 orthogonal matrix; a point becomes [x, y] · R. */
export type Rotation = readonly [number, number, number, number];

export const IDENTITY: Rotation = [1, 0, 0, 1];

/**
 * Returns the rotation or reflection R that minimises ‖Y R − P‖_F over the orthogonal 2 × 2 matrices: orthogonal
 * Procrustes. With M = Yᵀ P the best rotation reaches tr(Rᵀ M) = hypot(m11 + m22, m12 − m21), the best reflection
 * hypot(m11 − m22, m12 + m21); the larger one wins, a tie keeps the handedness.
 *
 * Source: Schönemann 1966, "A generalized solution of the orthogonal Procrustes problem", doi:10.1007/BF02289451; in two
 * dimensions its singular value decomposition has this closed form.
 * @param points   [2 n] Y, centred
 * @param previous [2 n] P, centred
 * Returns the identity when either frame is all zeros. O(n), summed in float64.
 */
export function alignToPrevious(points: Float32Array, previous: Float32Array): Rotation {
  let m11 = 0;
  let m12 = 0;
  let m21 = 0;
  let m22 = 0;
  for (let at = 0; at < points.length; at += 2) {
    const x = points[at] as number;
    const y = points[at + 1] as number;
    const toX = previous[at] as number;
    const toY = previous[at + 1] as number;
    m11 += x * toX;
    m12 += x * toY;
    m21 += y * toX;
    m22 += y * toY;
  }
  const rotated = Math.hypot(m11 + m22, m12 - m21);
  const reflected = Math.hypot(m11 - m22, m12 + m21);
  if (!(Math.max(rotated, reflected) > 0)) return IDENTITY;
  if (rotated >= reflected) {
    const cos = (m11 + m22) / rotated;
    const sin = (m12 - m21) / rotated;
    return [cos, sin, -sin, cos];
  }
  const cos = (m11 - m22) / reflected;
  const sin = (m12 + m21) / reflected;
  return [cos, sin, sin, -cos];
}

/** Turns the points in place. */
export function applyRotation(points: Float32Array, [a, b, c, d]: Rotation): void {
  for (let at = 0; at < points.length; at += 2) {
    const x = points[at] as number;
    const y = points[at + 1] as number;
    points[at] = x * a + y * c;
    points[at + 1] = x * b + y * d;
  }
}
