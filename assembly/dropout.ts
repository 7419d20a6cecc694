/**
 * Counter-based dropout on elements [start, end): out[i] = drawUint32(key, i) < threshold ? 0 : x[i] · scale, four at a
 * time. `mix32` and the draw repeat src/core/random.ts bit for bit; any split of the range gives the same mask.
 */

export function mix32(value: u32): u32 {
  let x = value;
  x ^= x >>> 16;
  x *= 0x21f0aaad;
  x ^= x >>> 15;
  x *= 0xd35a2d97;
  x ^= x >>> 15;
  return x;
}

export function mix32x4(value: v128): v128 {
  let x = value;
  x = v128.xor(x, i32x4.shr_u(x, 16));
  x = i32x4.mul(x, i32x4.splat(0x21f0aaad));
  x = v128.xor(x, i32x4.shr_u(x, 15));
  x = i32x4.mul(x, i32x4.splat(<i32>0xd35a2d97));
  return v128.xor(x, i32x4.shr_u(x, 15));
}

export function dropout(
  x: usize,
  out: usize,
  key: u32,
  threshold: u32,
  scale: f32,
  start: i32,
  end: i32,
): void {
  const keys = i32x4.splat(key);
  const thresholds = i32x4.splat(threshold);
  const scales = f32x4.splat(scale);
  let elements = i32x4.add(i32x4.splat(start), i32x4(0, 1, 2, 3));
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const draws = mix32x4(i32x4.add(mix32x4(elements), keys));
    const dropped = i32x4.lt_u(draws, thresholds);
    const at = (<usize>i) << 2;
    v128.store(out + at, v128.andnot(f32x4.mul(v128.load(x + at), scales), dropped));
    elements = i32x4.add(elements, i32x4.splat(4));
  }
  for (; i < end; i++) {
    const at = (<usize>i) << 2;
    const isDropped = mix32(mix32(i) + key) < threshold;
    store<f32>(out + at, isDropped ? 0 : load<f32>(x + at) * scale);
  }
}
