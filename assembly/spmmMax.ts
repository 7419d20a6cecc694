/**
 * Largest values[k] · x[colIndex[k], f] over the entries k of each row in [rowStart, rowEnd), and the entry it came from:
 * the first in stored order among equals, a NaN before any number; 0 and −1 for an empty row. The last vector of a row is
 * moved left to end at the last column; it overlaps its neighbour, and both write equal values.
 * `spmmMaxScatter` sends gradients back to those entries.
 */

/** Lanes in which a later product takes the place of the best so far: it is not ≤ it, and no NaN came before. */
function isBetter(product: v128, best: v128): v128 {
  return v128.andnot(f32x4.eq(best, best), f32x4.le(product, best));
}

function fourVectors(
  colIndex: usize,
  values: usize,
  x: usize,
  stride: usize,
  out: usize,
  argmax: usize,
  first: i32,
  end: i32,
): void {
  let value = v128.load32_splat(values + ((<usize>first) << 2));
  let row = x + <usize>load<i32>(colIndex + ((<usize>first) << 2)) * stride;
  let b0 = f32x4.mul(value, v128.load(row)),
    b1 = f32x4.mul(value, v128.load(row, 16)),
    b2 = f32x4.mul(value, v128.load(row, 32)),
    b3 = f32x4.mul(value, v128.load(row, 48));
  let a0 = i32x4.splat(first),
    a1 = a0,
    a2 = a0,
    a3 = a0;
  for (let k = first + 1; k < end; k++) {
    const entry = i32x4.splat(k);
    value = v128.load32_splat(values + ((<usize>k) << 2));
    row = x + <usize>load<i32>(colIndex + ((<usize>k) << 2)) * stride;
    let product = f32x4.mul(value, v128.load(row));
    let better = isBetter(product, b0);
    b0 = v128.bitselect(product, b0, better);
    a0 = v128.bitselect(entry, a0, better);
    product = f32x4.mul(value, v128.load(row, 16));
    better = isBetter(product, b1);
    b1 = v128.bitselect(product, b1, better);
    a1 = v128.bitselect(entry, a1, better);
    product = f32x4.mul(value, v128.load(row, 32));
    better = isBetter(product, b2);
    b2 = v128.bitselect(product, b2, better);
    a2 = v128.bitselect(entry, a2, better);
    product = f32x4.mul(value, v128.load(row, 48));
    better = isBetter(product, b3);
    b3 = v128.bitselect(product, b3, better);
    a3 = v128.bitselect(entry, a3, better);
  }
  v128.store(out, b0);
  v128.store(out, b1, 16);
  v128.store(out, b2, 32);
  v128.store(out, b3, 48);
  v128.store(argmax, a0);
  v128.store(argmax, a1, 16);
  v128.store(argmax, a2, 32);
  v128.store(argmax, a3, 48);
}

function oneVector(
  colIndex: usize,
  values: usize,
  x: usize,
  stride: usize,
  out: usize,
  argmax: usize,
  first: i32,
  end: i32,
): void {
  let best = f32x4.mul(
    v128.load32_splat(values + ((<usize>first) << 2)),
    v128.load(x + <usize>load<i32>(colIndex + ((<usize>first) << 2)) * stride),
  );
  let entry = i32x4.splat(first);
  for (let k = first + 1; k < end; k++) {
    const value = v128.load32_splat(values + ((<usize>k) << 2));
    const row = x + <usize>load<i32>(colIndex + ((<usize>k) << 2)) * stride;
    const product = f32x4.mul(value, v128.load(row));
    const better = isBetter(product, best);
    best = v128.bitselect(product, best, better);
    entry = v128.bitselect(i32x4.splat(k), entry, better);
  }
  v128.store(out, best);
  v128.store(argmax, entry);
}

function oneColumn(
  colIndex: usize,
  values: usize,
  x: usize,
  stride: usize,
  out: usize,
  argmax: usize,
  first: i32,
  end: i32,
): void {
  let best: f32 =
    load<f32>(values + ((<usize>first) << 2)) *
    load<f32>(x + <usize>load<i32>(colIndex + ((<usize>first) << 2)) * stride);
  let entry = first;
  for (let k = first + 1; k < end; k++) {
    const product: f32 =
      load<f32>(values + ((<usize>k) << 2)) *
      load<f32>(x + <usize>load<i32>(colIndex + ((<usize>k) << 2)) * stride);
    if (!(product <= best) && best == best) {
      best = product;
      entry = k;
    }
  }
  store<f32>(out, best);
  store<i32>(argmax, entry);
}

export function spmmMax(
  rowPtr: usize,
  colIndex: usize,
  values: usize,
  x: usize,
  out: usize,
  argmax: usize,
  width: i32,
  rowStart: i32,
  rowEnd: i32,
): void {
  const stride = (<usize>width) << 2;
  for (let r = rowStart; r < rowEnd; r++) {
    const first = load<i32>(rowPtr + ((<usize>r) << 2));
    const end = load<i32>(rowPtr + ((<usize>r) << 2), 4);
    const at = <usize>r * stride;
    if (first == end) {
      memory.fill(out + at, 0, stride);
      memory.fill(argmax + at, 0xff, stride);
      continue;
    }
    let f = 0;
    for (; f + 16 <= width; f += 16) {
      const offset = (<usize>f) << 2;
      fourVectors(colIndex, values, x + offset, stride, out + at + offset, argmax + at + offset, first, end);
    }
    if (width < 4) {
      for (; f < width; f++) {
        const offset = (<usize>f) << 2;
        oneColumn(colIndex, values, x + offset, stride, out + at + offset, argmax + at + offset, first, end);
      }
      continue;
    }
    for (; f < width; f += 4) {
      const offset = (<usize>min(f, width - 4)) << 2;
      oneVector(colIndex, values, x + offset, stride, out + at + offset, argmax + at + offset, first, end);
    }
  }
}

/**
 * Columns [columnStart, columnEnd) of out [cols, width]: out[colIndex[e], f] += values[e] · g[r, f] for e = argmax[r, f] ≥ 0,
 * rows r ascending. Threads split the columns, so each element has one writer and one order of additions.
 */
export function spmmMaxScatter(
  colIndex: usize,
  values: usize,
  argmax: usize,
  g: usize,
  out: usize,
  rows: i32,
  cols: i32,
  width: i32,
  columnStart: i32,
  columnEnd: i32,
): void {
  const stride = (<usize>width) << 2;
  const from = (<usize>columnStart) << 2;
  const bytes = (<usize>(columnEnd - columnStart)) << 2;
  for (let c = 0; c < cols; c++) memory.fill(out + <usize>c * stride + from, 0, bytes);
  for (let r = 0; r < rows; r++) {
    const row = <usize>r * stride;
    for (let f = columnStart; f < columnEnd; f++) {
      const column = (<usize>f) << 2;
      const entry = load<i32>(argmax + row + column);
      if (entry < 0) continue;
      const target = out + <usize>load<i32>(colIndex + ((<usize>entry) << 2)) * stride + column;
      const value = load<f32>(values + ((<usize>entry) << 2));
      store<f32>(target, load<f32>(target) + value * load<f32>(g + row + column));
    }
  }
}
