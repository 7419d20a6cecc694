/** Plain-loop oracles of the softmax per row and its gradient, in double precision; every device must agree. */
import { DENOMINATOR_TERM } from './op.ts';

/** Returns [E, heads]. */
export function segmentSoftmaxReference(
  rowPtr: ArrayLike<number>,
  scores: ArrayLike<number>,
  heads: number,
): Float64Array {
  const out = new Float64Array(scores.length);
  for (let row = 0; row + 1 < rowPtr.length; row++) {
    const [first, end] = [rowPtr[row] as number, rowPtr[row + 1] as number];
    for (let head = 0; head < heads; head++) {
      let largest = -Infinity;
      for (let k = first; k < end; k++) largest = Math.max(largest, scores[k * heads + head] as number);
      let sum = 0;
      for (let k = first; k < end; k++) sum += Math.exp((scores[k * heads + head] as number) - largest);
      for (let k = first; k < end; k++) {
        const weight = Math.exp((scores[k * heads + head] as number) - largest);
        out[k * heads + head] = weight / (sum + DENOMINATOR_TERM);
      }
    }
  }
  return out;
}

/** Returns [E, heads]: alpha · (gradient − Σ_row alpha · gradient). */
export function segmentSoftmaxGradientReference(
  rowPtr: ArrayLike<number>,
  alpha: ArrayLike<number>,
  gradient: ArrayLike<number>,
  heads: number,
): Float64Array {
  const out = new Float64Array(alpha.length);
  for (let row = 0; row + 1 < rowPtr.length; row++) {
    const [first, end] = [rowPtr[row] as number, rowPtr[row + 1] as number];
    for (let head = 0; head < heads; head++) {
      let mean = 0;
      for (let k = first; k < end; k++) {
        mean += (alpha[k * heads + head] as number) * (gradient[k * heads + head] as number);
      }
      for (let k = first; k < end; k++) {
        const at = k * heads + head;
        out[at] = (alpha[at] as number) * ((gradient[at] as number) - mean);
      }
    }
  }
  return out;
}
