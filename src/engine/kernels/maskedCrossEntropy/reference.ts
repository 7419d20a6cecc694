/** Plain-loop oracles of the weighted (focal) cross-entropy and its gradient, in double precision. */

interface RowTerms {
  readonly probabilities: Float64Array;
  /** 1 − p of the true class, added up from the others so that it does not cancel. */
  readonly missing: number;
  /** −log p of the true class. */
  readonly loss: number;
}

function termsOf(logits: ArrayLike<number>, row: number, classes: number, code: number): RowTerms {
  const z = Float64Array.from({ length: classes }, (_, c) => logits[row * classes + c] as number);
  const largest = Math.max(...z);
  const weights = z.map((value) => Math.exp(value - largest));
  const others = weights.reduce((sum, weight, c) => (c === code ? sum : sum + weight), 0);
  const own = (z[code] as number) - largest;
  const total = others + Math.exp(own);
  const missing = others / total;
  const loss = missing < 0.5 ? -Math.log1p(-missing) : Math.log(total) - own;
  return { probabilities: weights.map((weight) => weight / total), missing, loss };
}

/** Returns Σ_i weights_i · (1 − p_i)^gamma · (−log p_i). */
export function maskedCrossEntropyReference(
  logits: ArrayLike<number>,
  codes: ArrayLike<number>,
  weights: ArrayLike<number>,
  classes: number,
  gamma: number,
): number {
  let sum = 0;
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row] as number;
    if (weight === 0) continue;
    const { missing, loss } = termsOf(logits, row, classes, codes[row] as number);
    sum += weight * missing ** gamma * loss;
  }
  return sum;
}

/** Returns its gradient for the logits, [N, classes], times `upstream`. */
export function maskedCrossEntropyGradientReference(
  logits: ArrayLike<number>,
  codes: ArrayLike<number>,
  weights: ArrayLike<number>,
  classes: number,
  gamma: number,
  upstream: number,
): Float64Array {
  const out = new Float64Array(logits.length);
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row] as number;
    if (weight === 0) continue;
    const code = codes[row] as number;
    const { probabilities, missing, loss } = termsOf(logits, row, classes, code);
    // −log(p)/(1 − p) → 1 as p → 1.
    const ratio = missing === 0 ? 1 : loss / missing;
    const focal = missing ** gamma * (1 + gamma * (probabilities[code] as number) * ratio);
    const factor = weight * upstream * focal;
    for (let c = 0; c < classes; c++) out[row * classes + c] = factor * (probabilities[c] as number);
    out[row * classes + code] = -factor * missing;
  }
  return out;
}
