/**
 * Weighted softmax cross-entropy Σ_i w_i · (1 − p)^γ · (−log p), p = softmax(z_i)[codes_i], on blocks [start, end) of
 * BLOCK rows, one float64 sum per block; and its gradient for the logits on rows [start, end). Rows of weight 0 are not
 * read. Blocks do not depend on the split, so any number of threads gives the same bits.
 */
import { exponential, largestLane, loadPart, logarithm, storePart, sumOfLanes } from './exponential';

const BLOCK: i32 = 256;
const LEAST: f32 = -3.4028234663852886e38;

function largestOf(z: usize, classes: i32): f32 {
  let largest = f32x4.splat(LEAST);
  for (let c = 0; c < classes; c += 4) {
    largest = f32x4.max(largest, loadPart(z + ((<usize>c) << 2), classes - c, LEAST));
  }
  return largestLane(largest);
}

/** Σ_{c ≠ code} exp(z_c − largest): without the true class, whose 1 would swallow what 1 − p is made of. */
function sumOfOthers(z: usize, classes: i32, code: i32, largest: f32): f64 {
  const shift = f32x4.splat(largest);
  const own = i32x4.splat(code);
  let columns = i32x4(0, 1, 2, 3);
  let sums = f32x4.splat(0);
  for (let c = 0; c < classes; c += 4) {
    const value = exponential(f32x4.sub(loadPart(z + ((<usize>c) << 2), classes - c, -Infinity), shift));
    sums = f32x4.add(sums, v128.andnot(value, i32x4.eq(columns, own)));
    columns = i32x4.add(columns, i32x4.splat(4));
  }
  return <f64>sumOfLanes(sums);
}

function exponentialOf(x: f32): f64 {
  return <f64>f32x4.extract_lane(exponential(f32x4.splat(x)), 0);
}

/** (1 − p)^γ */
function focus(missing: f64, gamma: f64): f64 {
  if (gamma == 0) return 1;
  return missing == 0 ? 0 : exponentialOf(<f32>(gamma * logarithm(missing)));
}

export function maskedCrossEntropy(
  logits: usize,
  codes: usize,
  weights: usize,
  sums: usize,
  rows: i32,
  classes: i32,
  gamma: f64,
  start: i32,
  end: i32,
): void {
  for (let block = start; block < end; block++) {
    let sum: f64 = 0;
    const last = min((block + 1) * BLOCK, rows);
    for (let i = block * BLOCK; i < last; i++) {
      const weight = load<f32>(weights + ((<usize>i) << 2));
      if (weight == 0) continue;
      const code = load<i32>(codes + ((<usize>i) << 2));
      const z = logits + ((<usize>i * <usize>classes) << 2);
      const largest = largestOf(z, classes);
      const others = sumOfOthers(z, classes, code, largest);
      const own = load<f32>(z + ((<usize>code) << 2)) - largest;
      const total = others + exponentialOf(own);
      const loss = logarithm(total) - <f64>own;
      sum += <f64>weight * focus(others / total, gamma) * loss;
    }
    store<f64>(sums + ((<usize>block) << 3), sum);
  }
}

export function maskedCrossEntropyGradient(
  logits: usize,
  codes: usize,
  weights: usize,
  upstream: usize,
  out: usize,
  classes: i32,
  gamma: f64,
  start: i32,
  end: i32,
): void {
  const stride = (<usize>classes) << 2;
  const scale = <f64>load<f32>(upstream);
  for (let i = start; i < end; i++) {
    const weight = load<f32>(weights + ((<usize>i) << 2));
    const target = out + <usize>i * stride;
    if (weight == 0) {
      memory.fill(target, 0, stride);
      continue;
    }
    const code = load<i32>(codes + ((<usize>i) << 2));
    const z = logits + <usize>i * stride;
    const largest = largestOf(z, classes);
    const others = sumOfOthers(z, classes, code, largest);
    const own = load<f32>(z + ((<usize>code) << 2)) - largest;
    const ownTerm = exponentialOf(own);
    const total = others + ownTerm;
    const missing = others / total;
    let factor = scale * <f64>weight;
    if (gamma != 0) {
      // −log(p)/(1 − p) → 1 as p → 1.
      const ratio = missing == 0 ? 1 : (logarithm(total) - <f64>own) / missing;
      factor *= focus(missing, gamma) * (1 + gamma * (ownTerm / total) * ratio);
    }
    const shift = f32x4.splat(largest);
    const share = f32x4.splat(<f32>(factor / total));
    for (let c = 0; c < classes; c += 4) {
      const at = (<usize>c) << 2;
      const value = exponential(f32x4.sub(loadPart(z + at, classes - c, -Infinity), shift));
      storePart(target + at, f32x4.mul(value, share), classes - c);
    }
    // p − 1 as −Σ of the others, which does not cancel.
    store<f32>(target + ((<usize>code) << 2), <f32>(-missing * factor));
  }
}
