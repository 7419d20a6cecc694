/** How far a picture can be trusted: whether points that lie together were neighbours before they were projected. */
import type { ProjectionRows } from './projectionTypes.ts';

export const TRUST_NEIGHBOURS = 15;
/** Rows judged; evenly spaced, so that the same picture has the same figure. */
const MAX_SAMPLED = 500;
const LEAST_SAMPLED = 50;
/** Multiply–adds that the figure is worth: about a second. */
const MAX_WORK = 1e9;

/**
 * Returns T(k) = 1 − 2 / (m k (2n − 3k − 1)) Σ_i Σ_j max(0, r(i, j) − k) over m rows i and their k nearest points j in the
 * picture, with r the rank of j by distance from i among the rows: 1 = all were among the k nearest, 0 = they were the
 * farthest. Equal distances rank by index. Above 500 rows it is the mean of 500 evenly spaced ones,
 * of fewer, but 50, where each has many others to compare with.
 *
 * Source: Venna & Kaski 2001, "Neighborhood preservation in nonlinear projection methods", doi:10.1007/3-540-44668-0_68.
 * NaN for fewer than 3 rows. k is lowered below n / 2, where the measure ends. O(m · n · (width + k)).
 * @param coordinates [2 n]
 */
export function trustworthiness(
  { values, n, width }: ProjectionRows,
  coordinates: Float32Array,
  neighbours = TRUST_NEIGHBOURS,
): number {
  const k = Math.min(neighbours, Math.ceil(n / 2) - 1);
  if (k < 1) return Number.NaN;
  const apart = new Float64Array(n);
  const nearest = new Int32Array(k);
  const affordable = Math.floor(MAX_WORK / (n * (width + k)));
  const stride = Math.max(1, n / Math.min(MAX_SAMPLED, Math.max(LEAST_SAMPLED, affordable)));
  let penalty = 0;
  let sampled = 0;
  for (let sample = 0; Math.floor(sample) < n; sample += stride) {
    const row = Math.floor(sample);
    sampled++;
    squaredDistances(coordinates, n, 2, row, apart);
    nearestOf(apart, row, nearest);
    squaredDistances(values, n, width, row, apart);
    for (const other of nearest) penalty += Math.max(0, rankOf(apart, row, other) - k);
  }
  return 1 - (2 * penalty) / (sampled * k * (2 * n - 3 * k - 1));
}

function squaredDistances(
  values: Float32Array,
  n: number,
  width: number,
  row: number,
  out: Float64Array,
): void {
  const own = row * width;
  for (let other = 0; other < n; other++) {
    let sum = 0;
    for (let at = 0; at < width; at++) {
      const difference = (values[own + at] as number) - (values[other * width + at] as number);
      sum += difference * difference;
    }
    out[other] = sum;
  }
}

/** Fills `out` with the indices of the smallest distances but the row's own, ascending. */
function nearestOf(distances: Float64Array, row: number, out: Int32Array): void {
  let used = 0;
  for (let other = 0; other < distances.length; other++) {
    if (other === row) continue;
    const distance = distances[other] as number;
    if (used === out.length && distance >= (distances[out[used - 1] as number] as number)) continue;
    let place = used < out.length ? used++ : used - 1;
    while (place > 0 && distance < (distances[out[place - 1] as number] as number)) {
      out[place] = out[place - 1] as number;
      place--;
    }
    out[place] = other;
  }
}

/** 1 = the nearest. */
function rankOf(distances: Float64Array, row: number, other: number): number {
  const distance = distances[other] as number;
  let before = 0;
  for (let each = 0; each < distances.length; each++) {
    const compared = distances[each] as number;
    if (each !== row && (compared < distance || (compared === distance && each < other))) before++;
  }
  return before + 1;
}
