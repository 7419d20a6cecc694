/**
 * exp and log without tables, because kernels own no data. `exponential` is Cephes' expf, four at a time: exact at 0,
 * else within 2 units in the last place; 0 below −87.33, where float32 would go subnormal. `logarithm` is FreeBSD's log.
 */

const LOWEST: f32 = -87.33654;
const HIGHEST: f32 = 88.37626;

export function exponential(value: v128): v128 {
  const x = f32x4.min(f32x4.max(value, f32x4.splat(LOWEST)), f32x4.splat(HIGHEST));
  const power = f32x4.floor(f32x4.add(f32x4.mul(x, f32x4.splat(1.44269504)), f32x4.splat(0.5)));
  // ln 2 in two parts, so that the remainder keeps its last bits.
  let rest = f32x4.sub(x, f32x4.mul(power, f32x4.splat(0.693359375)));
  rest = f32x4.sub(rest, f32x4.mul(power, f32x4.splat(-2.1219444e-4)));
  let sum = f32x4.splat(1.98756915e-4);
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1.3981999507e-3));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(8.3334519073e-3));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(4.1665795894e-2));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1.6666665459e-1));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(5.0000001201e-1));
  sum = f32x4.add(f32x4.mul(sum, f32x4.mul(rest, rest)), f32x4.add(rest, f32x4.splat(1)));
  const bits = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(power), i32x4.splat(127)), 23);
  return v128.andnot(f32x4.mul(sum, bits), f32x4.lt(value, f32x4.splat(LOWEST)));
}

/** ln x of a positive normal double. */
export function logarithm(value: f64): f64 {
  const bits = reinterpret<u64>(value);
  // Shifted so that the mantissa lies in [√½, √2).
  const high = <u32>(bits >>> 32) + (0x3ff00000 - 0x3fe6a09e);
  const power = <f64>(<i32>(high >>> 20) - 0x3ff);
  const mantissa = ((<u64>((high & 0xfffff) + 0x3fe6a09e)) << 32) | (bits & 0xffffffff);
  const f = reinterpret<f64>(mantissa) - 1;
  const halfSquare = 0.5 * f * f;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const ln2High: f64 = 0.6931471803691238;
  const ln2Low: f64 = 1.9082149292705877e-10;
  return s * (halfSquare + even + odd) + power * ln2Low - halfSquare + f + power * ln2High;
}

export function largestLane(value: v128): f32 {
  const a = max(f32x4.extract_lane(value, 0), f32x4.extract_lane(value, 1));
  return max(a, max(f32x4.extract_lane(value, 2), f32x4.extract_lane(value, 3)));
}

export function sumOfLanes(value: v128): f32 {
  const a = f32x4.extract_lane(value, 0) + f32x4.extract_lane(value, 1);
  return a + (f32x4.extract_lane(value, 2) + f32x4.extract_lane(value, 3));
}

function loadFew(from: usize, count: i32, filler: f32): v128 {
  let value = f32x4.replace_lane(f32x4.splat(filler), 0, load<f32>(from));
  if (count > 1) value = f32x4.replace_lane(value, 1, load<f32>(from, 4));
  if (count > 2) value = f32x4.replace_lane(value, 2, load<f32>(from, 8));
  return value;
}

/** Loads `count` floats, 1 or more, at most 4; the other lanes hold `filler`. Never reads beyond them. */
export function loadPart(from: usize, count: i32, filler: f32): v128 {
  return count >= 4 ? v128.load(from) : loadFew(from, count, filler);
}

function storeFew(to: usize, value: v128, count: i32): void {
  store<f32>(to, f32x4.extract_lane(value, 0));
  if (count > 1) store<f32>(to, f32x4.extract_lane(value, 1), 4);
  if (count > 2) store<f32>(to, f32x4.extract_lane(value, 2), 8);
}

/** Stores the first `count` lanes, 1 or more, at most 4. */
export function storePart(to: usize, value: v128, count: i32): void {
  if (count >= 4) v128.store(to, value);
  else storeFew(to, value, count);
}
