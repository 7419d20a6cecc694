/**
 * Sampled dense × dense product on entries [start, end): out[k, h] = Σ_d a[rowOf[k], h·D + d] · b[colIndex[k], h·D + d]
 * with D = width / heads. Four heads of a multiple of four columns are summed side by side, in four lanes each; any other
 * head in eight lanes, then the last D mod 4 columns. The order depends on D and the number of heads alone, so any split
 * of the entries gives the same bits.
 */

function sumOfLanes(lanes: v128): f32 {
  const pairs = f32x4.add(lanes, v128.shuffle<f32>(lanes, lanes, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

function dot(a: usize, b: usize, columns: i32): f32 {
  let s0 = f32x4.splat(0),
    s1 = s0;
  let d = 0;
  for (; d + 8 <= columns; d += 8) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(a), v128.load(b)));
    s1 = f32x4.add(s1, f32x4.mul(v128.load(a, 16), v128.load(b, 16)));
    a += 32;
    b += 32;
  }
  if (d + 4 <= columns) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(a), v128.load(b)));
    d += 4;
    a += 16;
    b += 16;
  }
  let sum = sumOfLanes(f32x4.add(s0, s1));
  for (; d < columns; d++) {
    sum += load<f32>(a) * load<f32>(b);
    a += 4;
    b += 4;
  }
  return sum;
}

/** Dot products of four adjacent heads, each of a multiple of four columns. */
function fourDots(a: usize, b: usize, headStride: usize): v128 {
  let s0 = f32x4.splat(0),
    s1 = s0,
    s2 = s0,
    s3 = s0;
  for (const end = a + headStride; a < end; a += 16, b += 16) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(a), v128.load(b)));
    s1 = f32x4.add(s1, f32x4.mul(v128.load(a + headStride), v128.load(b + headStride)));
    s2 = f32x4.add(s2, f32x4.mul(v128.load(a + 2 * headStride), v128.load(b + 2 * headStride)));
    s3 = f32x4.add(s3, f32x4.mul(v128.load(a + 3 * headStride), v128.load(b + 3 * headStride)));
  }
  const pairs01 = f32x4.add(v128.shuffle<f32>(s0, s1, 0, 4, 1, 5), v128.shuffle<f32>(s0, s1, 2, 6, 3, 7));
  const pairs23 = f32x4.add(v128.shuffle<f32>(s2, s3, 0, 4, 1, 5), v128.shuffle<f32>(s2, s3, 2, 6, 3, 7));
  return f32x4.add(
    v128.shuffle<f32>(pairs01, pairs23, 0, 1, 4, 5),
    v128.shuffle<f32>(pairs01, pairs23, 2, 3, 6, 7),
  );
}

export function sddmm(
  rowOf: usize,
  colIndex: usize,
  a: usize,
  b: usize,
  out: usize,
  width: i32,
  heads: i32,
  start: i32,
  end: i32,
): void {
  const stride = (<usize>width) << 2;
  const columns = width / heads;
  const headStride = (<usize>columns) << 2;
  let target = out + ((<usize>start * <usize>heads) << 2);
  for (let k = start; k < end; k++) {
    let left = a + <usize>load<i32>(rowOf + ((<usize>k) << 2)) * stride;
    let right = b + <usize>load<i32>(colIndex + ((<usize>k) << 2)) * stride;
    let h = 0;
    if ((columns & 3) == 0) {
      for (; h + 4 <= heads; h += 4) {
        v128.store(target, fourDots(left, right, headStride));
        left += 4 * headStride;
        right += 4 * headStride;
        target += 16;
      }
    }
    for (; h < heads; h++) {
      store<f32>(target, dot(left, right, columns));
      left += headStride;
      right += headStride;
      target += 4;
    }
  }
}
