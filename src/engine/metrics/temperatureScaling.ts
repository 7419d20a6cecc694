/**
 * Temperature scaling: one number T that makes stated confidence honest without changing any decision. Fitted on
 * validation nodes only, never on test nodes. What it repairs is measured by `expectedCalibrationError`.
 * Source: Guo et al. 2017, "On Calibration of Modern Neural Networks", section 4.2. https://arxiv.org/abs/1706.04599
 */
const MIN_TEMPERATURE = 0.05;
const MAX_TEMPERATURE = 20;
const MAX_ITERATIONS = 200;
/** Relative change of 1/T at which the search ends. */
const TOLERANCE = 1e-12;

/** First and second derivative of the summed negative log-likelihood with respect to 1/T. */
interface Derivatives {
  readonly slope: number;
  readonly curvature: number;
}

/**
 * Returns T in [0.05, 20] that minimises Σ_rows −log softmax(z / T)[y]. With b = 1/T the loss is convex, its slope
 * Σ (E_p[z] − z_y) and its curvature Σ Var_p[z]; the root of the slope is found by Newton's method inside a shrinking
 * bracket. 1 without rows, or where the logits of each row are equal; 0.05 where every row is right,
 * since then no finite T is best.
 * Deterministic, float64. O(rows · C) per iteration, about 10 iterations.
 * @param logits [n · C] @param codes [n] class per node @param rows validation nodes, each with a class
 */
export function fitTemperature(
  logits: Float32Array,
  codes: Int32Array,
  rows: Int32Array,
  numClasses: number,
): number {
  return minimise((inverse) => {
    let [slope, curvature] = [0, 0];
    for (const row of rows) {
      const base = row * numClasses;
      let max = -Infinity;
      for (let c = 0; c < numClasses; c++) max = Math.max(max, logits[base + c] as number);
      let [mass, mean, square] = [0, 0, 0];
      for (let c = 0; c < numClasses; c++) {
        // Logits relative to the largest: shifting a row changes neither derivative, and squares stay small.
        const logit = (logits[base + c] as number) - max;
        const weight = Math.exp(logit * inverse);
        mass += weight;
        mean += weight * logit;
        square += weight * logit * logit;
      }
      mean /= mass;
      slope += mean - ((logits[base + (codes[row] as number)] as number) - max);
      curvature += Math.max(0, square / mass - mean * mean);
    }
    return { slope, curvature };
  });
}

/**
 * Returns T for yes/no outputs: minimises Σ −log σ(±z / T) over the known decisions of the rows, + for a truth of 1.
 * One T for all labels. Slope Σ z (σ(z b) − y), curvature Σ z² σ (1 − σ), b = 1/T; else as `fitTemperature`.
 * @param logits [n · L] @param truth [n · L] 1, 0, or -1 = missing
 */
export function fitBinaryTemperature(
  logits: Float32Array,
  truth: Int8Array | Uint8Array,
  rows: Int32Array,
  numLabels: number,
): number {
  return minimise((inverse) => {
    let [slope, curvature] = [0, 0];
    for (const row of rows) {
      for (let at = row * numLabels; at < (row + 1) * numLabels; at++) {
        const actual = truth[at] as number;
        if (actual < 0) continue;
        const logit = logits[at] as number;
        const probability = 1 / (1 + Math.exp(-logit * inverse));
        slope += logit * (probability - actual);
        curvature += logit * logit * probability * (1 - probability);
      }
    }
    return { slope, curvature };
  });
}

/** Returns z / T. No order among the logits of a row changes. */
export function applyTemperature(logits: Float32Array, temperature: number): Float32Array {
  return logits.map((logit) => logit / temperature);
}

/**
 * Root of an ascending slope over b = 1/T: the nearer bound where there is none between them, 1 where the slope is 0
 * there. Newton's step is taken while it is at most half as long as the step before the last; else, and where it leaves
 * the bracket, the bracket is halved on the log scale. Pure Newton creeps where the slope falls off like exp(−a·b).
 */
function minimise(derivativesAt: (inverse: number) => Derivatives): number {
  let low = 1 / MAX_TEMPERATURE;
  let high = 1 / MIN_TEMPERATURE;
  let inverse = 1;
  let current = derivativesAt(inverse);
  if (current.slope === 0) return 1;
  if (current.slope < 0 && derivativesAt(high).slope <= 0) return MIN_TEMPERATURE;
  if (current.slope > 0 && derivativesAt(low).slope >= 0) return MAX_TEMPERATURE;
  let [lastStep, stepBefore] = [high - low, high - low];
  for (let iteration = 0; iteration < MAX_ITERATIONS && current.slope !== 0; iteration++) {
    if (current.slope > 0) high = inverse;
    else low = inverse;
    const newton = inverse - current.slope / current.curvature;
    const isFast = Math.abs(2 * (newton - inverse)) <= stepBefore;
    const next = isFast && newton > low && newton < high ? newton : Math.sqrt(low * high);
    [stepBefore, lastStep] = [lastStep, Math.abs(next - inverse)];
    inverse = next;
    if (lastStep <= TOLERANCE * inverse) break;
    current = derivativesAt(inverse);
  }
  return 1 / inverse;
}
