/**
 * Sparse × dense product on rows [rowStart, rowEnd): out[r, :] = Σ_k values[perm ? perm[k] : k] · x[colIndex[k], :].
 * Columns are walked in groups of 8, 4, 2 and 1 vectors of four; the last vector of a row is moved left so that it ends
 * at the last column. It overlaps its neighbour, and both write equal values: no scalar tail for widths of 4 and more.
 * Entries of a row are added in stored order whatever the grouping, so any split of the rows gives the same bits.
 */

function entryValue(values: usize, perm: usize, k: i32): f32 {
  const at = perm == 0 ? k : load<i32>(perm + ((<usize>k) << 2));
  return load<f32>(values + ((<usize>at) << 2));
}

function accumulate(sum: v128, value: v128, x: usize): v128 {
  return f32x4.add(sum, f32x4.mul(value, v128.load(x)));
}

function eightVectors(
  colIndex: usize,
  values: usize,
  perm: usize,
  x: usize,
  stride: usize,
  out: usize,
  first: i32,
  end: i32,
  last: usize,
): void {
  let s0 = f32x4.splat(0),
    s1 = s0,
    s2 = s0,
    s3 = s0,
    s4 = s0,
    s5 = s0,
    s6 = s0,
    s7 = s0;
  for (let k = first; k < end; k++) {
    const value = f32x4.splat(entryValue(values, perm, k));
    const row = x + <usize>load<i32>(colIndex + ((<usize>k) << 2)) * stride;
    s0 = accumulate(s0, value, row);
    s1 = accumulate(s1, value, row + 16);
    s2 = accumulate(s2, value, row + 32);
    s3 = accumulate(s3, value, row + 48);
    s4 = accumulate(s4, value, row + 64);
    s5 = accumulate(s5, value, row + 80);
    s6 = accumulate(s6, value, row + 96);
    s7 = accumulate(s7, value, row + last);
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
  v128.store(out, s4, 64);
  v128.store(out, s5, 80);
  v128.store(out, s6, 96);
  v128.store(out + last, s7);
}

function fourVectors(
  colIndex: usize,
  values: usize,
  perm: usize,
  x: usize,
  stride: usize,
  out: usize,
  first: i32,
  end: i32,
  last: usize,
): void {
  let s0 = f32x4.splat(0),
    s1 = s0,
    s2 = s0,
    s3 = s0;
  for (let k = first; k < end; k++) {
    const value = f32x4.splat(entryValue(values, perm, k));
    const row = x + <usize>load<i32>(colIndex + ((<usize>k) << 2)) * stride;
    s0 = accumulate(s0, value, row);
    s1 = accumulate(s1, value, row + 16);
    s2 = accumulate(s2, value, row + 32);
    s3 = accumulate(s3, value, row + last);
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out + last, s3);
}

function twoVectors(
  colIndex: usize,
  values: usize,
  perm: usize,
  x: usize,
  stride: usize,
  out: usize,
  first: i32,
  end: i32,
  last: usize,
): void {
  let s0 = f32x4.splat(0),
    s1 = s0;
  for (let k = first; k < end; k++) {
    const value = f32x4.splat(entryValue(values, perm, k));
    const row = x + <usize>load<i32>(colIndex + ((<usize>k) << 2)) * stride;
    s0 = accumulate(s0, value, row);
    s1 = accumulate(s1, value, row + last);
  }
  v128.store(out, s0);
  v128.store(out + last, s1);
}

function oneVector(
  colIndex: usize,
  values: usize,
  perm: usize,
  x: usize,
  stride: usize,
  out: usize,
  first: i32,
  end: i32,
): void {
  let sum = f32x4.splat(0);
  for (let k = first; k < end; k++) {
    const value = f32x4.splat(entryValue(values, perm, k));
    sum = accumulate(sum, value, x + <usize>load<i32>(colIndex + ((<usize>k) << 2)) * stride);
  }
  v128.store(out, sum);
}

function oneColumn(
  colIndex: usize,
  values: usize,
  perm: usize,
  x: usize,
  stride: usize,
  out: usize,
  first: i32,
  end: i32,
): void {
  let sum: f32 = 0;
  for (let k = first; k < end; k++) {
    sum +=
      entryValue(values, perm, k) * load<f32>(x + <usize>load<i32>(colIndex + ((<usize>k) << 2)) * stride);
  }
  store<f32>(out, sum);
}

/** Byte offset of the last vector of a group of `vectors` that starts at column `at`: moved left to end at `width`. */
function lastVector(at: i32, vectors: i32, width: i32): usize {
  return (<usize>(min(at + 4 * (vectors - 1), width - 4) - at)) << 2;
}

export function spmm(
  rowPtr: usize,
  colIndex: usize,
  values: usize,
  perm: usize,
  x: usize,
  out: usize,
  width: i32,
  rowStart: i32,
  rowEnd: i32,
): void {
  const stride = (<usize>width) << 2;
  for (let r = rowStart; r < rowEnd; r++) {
    const first = load<i32>(rowPtr + ((<usize>r) << 2));
    const end = load<i32>(rowPtr + ((<usize>r) << 2), 4);
    const target = out + <usize>r * stride;
    if (width < 4) {
      for (let f = 0; f < width; f++) {
        const offset = (<usize>f) << 2;
        oneColumn(colIndex, values, perm, x + offset, stride, target + offset, first, end);
      }
      continue;
    }
    let at = 0;
    for (; width - at > 28; at += 32) {
      const offset = (<usize>at) << 2;
      eightVectors(
        colIndex,
        values,
        perm,
        x + offset,
        stride,
        target + offset,
        first,
        end,
        lastVector(at, 8, width),
      );
    }
    for (; width - at > 12; at += 16) {
      const offset = (<usize>at) << 2;
      fourVectors(
        colIndex,
        values,
        perm,
        x + offset,
        stride,
        target + offset,
        first,
        end,
        lastVector(at, 4, width),
      );
    }
    for (; width - at > 4; at += 8) {
      const offset = (<usize>at) << 2;
      twoVectors(
        colIndex,
        values,
        perm,
        x + offset,
        stride,
        target + offset,
        first,
        end,
        lastVector(at, 2, width),
      );
    }
    if (width > at) {
      const offset = (<usize>min(at, width - 4)) << 2;
      oneVector(colIndex, values, perm, x + offset, stride, target + offset, first, end);
    }
  }
}
