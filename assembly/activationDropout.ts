/**
 * Activation and counter-based dropout in one pass over elements [start, end): out = dropped ? 0 : act(x) · scale, with
 * the draws of assembly/dropout.ts; and its gradient from the output. A threshold of 0 drops nothing and draws nothing.
 */
import { mix32x4 } from './dropout';

/** All lanes set where the element is dropped. */
function droppedLanes(elements: v128, key: u32, threshold: u32): v128 {
  return i32x4.lt_u(mix32x4(i32x4.add(mix32x4(elements), i32x4.splat(key))), i32x4.splat(threshold));
}

/**
 * eˣ − 1 for x ≤ 0: x = n·ln 2 + r, 2ⁿ·(eʳ − 1) + (2ⁿ − 1), with eʳ − 1 = r + r²·P(r). Source of P and of the split of
 * ln 2: Moshier's Cephes library, expf. Within 2e-7 of the true value; NaN stays NaN.
 */
function expMinusOne(x: v128): v128 {
  const bounded = f32x4.max(x, f32x4.splat(-87));
  const n = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(1.4426950408889634)));
  let r = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.add(r, f32x4.mul(n, f32x4.splat(2.1219444e-4)));
  let p = f32x4.splat(1.98756915e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  const q = f32x4.add(r, f32x4.mul(f32x4.mul(r, r), p));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.add(f32x4.mul(power, q), f32x4.sub(power, f32x4.splat(1)));
}

function activated(x: v128, isElu: bool): v128 {
  const zero = f32x4.splat(0);
  if (!isElu) return f32x4.max(x, zero);
  return v128.bitselect(x, expMinusOne(f32x4.min(x, zero)), f32x4.gt(x, zero));
}

/** Slope times scale from the kept output y: relu 1 or 0; elu 1 or act(x) + 1 = y / scale + 1. */
function slopeOf(y: v128, scale: v128, isElu: bool): v128 {
  const isPositive = f32x4.gt(y, f32x4.splat(0));
  return isElu ? v128.bitselect(scale, f32x4.add(y, scale), isPositive) : v128.and(scale, isPositive);
}

/** Reads one to four elements; lanes without an element are 0. */
function loadSome(from: usize, count: i32): v128 {
  if (count >= 4) return v128.load(from);
  let lanes = v128.load32_zero(from);
  if (count > 1) lanes = f32x4.replace_lane(lanes, 1, load<f32>(from, 4));
  if (count > 2) lanes = f32x4.replace_lane(lanes, 2, load<f32>(from, 8));
  return lanes;
}

function storeSome(to: usize, lanes: v128, count: i32): void {
  if (count >= 4) {
    v128.store(to, lanes);
    return;
  }
  store<f32>(to, f32x4.extract_lane(lanes, 0));
  if (count > 1) store<f32>(to, f32x4.extract_lane(lanes, 1), 4);
  if (count > 2) store<f32>(to, f32x4.extract_lane(lanes, 2), 8);
}

export function activationDropout(
  x: usize,
  out: usize,
  isElu: bool,
  key: u32,
  threshold: u32,
  scale: f32,
  start: i32,
  end: i32,
): void {
  let elements = i32x4.add(i32x4.splat(start), i32x4(0, 1, 2, 3));
  for (let i = start; i < end; i += 4) {
    const at = (<usize>i) << 2;
    let y = f32x4.mul(activated(loadSome(x + at, end - i), isElu), f32x4.splat(scale));
    if (threshold != 0) y = v128.andnot(y, droppedLanes(elements, key, threshold));
    storeSome(out + at, y, end - i);
    elements = i32x4.add(elements, i32x4.splat(4));
  }
}

/** out = g · slope, 0 where dropped. For relu the output alone tells: it is positive exactly where the slope is. */
export function activationDropoutGradient(
  y: usize,
  gradient: usize,
  out: usize,
  isElu: bool,
  key: u32,
  threshold: u32,
  scale: f32,
  start: i32,
  end: i32,
): void {
  let elements = i32x4.add(i32x4.splat(start), i32x4(0, 1, 2, 3));
  for (let i = start; i < end; i += 4) {
    const at = (<usize>i) << 2;
    const slope = slopeOf(loadSome(y + at, end - i), f32x4.splat(scale), isElu);
    let g = f32x4.mul(loadSome(gradient + at, end - i), slope);
    if (isElu && threshold != 0) g = v128.andnot(g, droppedLanes(elements, key, threshold));
    storeSome(out + at, g, end - i);
    elements = i32x4.add(elements, i32x4.splat(4));
  }
}
