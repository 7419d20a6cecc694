/** The shape of closeness in UMAP's plane, fitted to the wished least distance. */

export interface UmapCurve {
  readonly a: number;
  readonly b: number;
}

const SAMPLES = 300;
/** In units of the spread, 1: beyond, closeness is as good as 0. */
const RANGE = 3;
const MAX_ITERATIONS = 100;
const LEAST_STEP = 1e-12;

/**
 * Returns a, b of 1 / (1 + a x^{2b}) nearest by least squares, at 300 points of [0, 3], to 1 for x < minDistance and
 * exp(minDistance − x) above: Levenberg–Marquardt from a = b = 1.
 *
 * Source: McInnes, Healy & Melville 2018, "UMAP", §3.2 definition 11, https://arxiv.org/abs/1802.03426.
 */
export function fitCurve(minDistance: number): UmapCurve {
  let a = 1;
  let b = 1;
  let damping = 1e-3;
  let error = squaredError(a, b, minDistance);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const [stepA, stepB] = dampedStep(a, b, minDistance, damping);
    const tried = squaredError(a + stepA, b + stepB, minDistance);
    if (!(tried < error)) {
      damping *= 10;
      if (damping > 1e12) break;
      continue;
    }
    a += stepA;
    b += stepB;
    error = tried;
    damping /= 10;
    if (Math.abs(stepA) + Math.abs(stepB) < LEAST_STEP) break;
  }
  return { a, b };
}

const sampleAt = (at: number): number => (RANGE * at) / (SAMPLES - 1);
const wished = (x: number, minDistance: number): number => (x < minDistance ? 1 : Math.exp(minDistance - x));

function squaredError(a: number, b: number, minDistance: number): number {
  let sum = 0;
  for (let at = 0; at < SAMPLES; at++) {
    const x = sampleAt(at);
    sum += (1 / (1 + a * x ** (2 * b)) - wished(x, minDistance)) ** 2;
  }
  return sum;
}

/** Solves (JᵀJ + damping · diag JᵀJ) step = −Jᵀr for two unknowns. */
function dampedStep(a: number, b: number, minDistance: number, damping: number): readonly [number, number] {
  let [aa, ab, bb, ra, rb] = [0, 0, 0, 0, 0];
  // At x = 0 the curve is 1 whatever a and b are.
  for (let at = 1; at < SAMPLES; at++) {
    const x = sampleAt(at);
    const power = x ** (2 * b);
    const value = 1 / (1 + a * power);
    const byA = -value * value * power;
    const byB = -value * value * a * power * 2 * Math.log(x);
    const residual = value - wished(x, minDistance);
    aa += byA * byA;
    ab += byA * byB;
    bb += byB * byB;
    ra += byA * residual;
    rb += byB * residual;
  }
  aa *= 1 + damping;
  bb *= 1 + damping;
  const determinant = aa * bb - ab * ab;
  return [(ab * rb - bb * ra) / determinant, (ab * ra - aa * rb) / determinant];
}
