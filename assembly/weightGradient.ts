/**
 * Xᵀ·G for X [N, F] and G [N, H]. N is cut into blocks, whose partial results are added at the end, and each block into
 * chunks of 128 rows that stay in cache; within a chunk each element is summed in registers from 0, then added to its
 * partial result. The order of additions depends on N only, so any split of the blocks gives the same bits; summing in
 * stages also keeps rounding errors small for large N.
 */

const CHUNK: i32 = 128;

function add4(out: usize, sum: v128): void {
  v128.store(out, f32x4.add(v128.load(out), sum));
}

/** 4 rows × 8 columns. */
function tile4x8(x: usize, g: usize, out: usize, xStride: usize, gStride: usize, rows: i32): void {
  let a0 = f32x4.splat(0),
    a1 = a0,
    b0 = a0,
    b1 = a0,
    c0 = a0,
    c1 = a0,
    d0 = a0,
    d1 = a0;
  for (let n = 0; n < rows; n++) {
    const g0 = v128.load(g),
      g1 = v128.load(g, 16);
    const xa = v128.load32_splat(x),
      xb = v128.load32_splat(x, 4);
    const xc = v128.load32_splat(x, 8),
      xd = v128.load32_splat(x, 12);
    a0 = f32x4.add(a0, f32x4.mul(xa, g0));
    a1 = f32x4.add(a1, f32x4.mul(xa, g1));
    b0 = f32x4.add(b0, f32x4.mul(xb, g0));
    b1 = f32x4.add(b1, f32x4.mul(xb, g1));
    c0 = f32x4.add(c0, f32x4.mul(xc, g0));
    c1 = f32x4.add(c1, f32x4.mul(xc, g1));
    d0 = f32x4.add(d0, f32x4.mul(xd, g0));
    d1 = f32x4.add(d1, f32x4.mul(xd, g1));
    x += xStride;
    g += gStride;
  }
  add4(out, a0);
  add4(out + 16, a1);
  add4(out + gStride, b0);
  add4(out + gStride + 16, b1);
  add4(out + 2 * gStride, c0);
  add4(out + 2 * gStride + 16, c1);
  add4(out + 3 * gStride, d0);
  add4(out + 3 * gStride + 16, d1);
}

/** 4 rows × 4 columns; lanes outside `mask` belong to a neighbouring tile and are left alone. */
function tile4x4(
  x: usize,
  g: usize,
  out: usize,
  xStride: usize,
  gStride: usize,
  rows: i32,
  mask: v128,
): void {
  let a = f32x4.splat(0),
    b = a,
    c = a,
    d = a;
  for (let n = 0; n < rows; n++) {
    const g0 = v128.load(g);
    a = f32x4.add(a, f32x4.mul(v128.load32_splat(x), g0));
    b = f32x4.add(b, f32x4.mul(v128.load32_splat(x, 4), g0));
    c = f32x4.add(c, f32x4.mul(v128.load32_splat(x, 8), g0));
    d = f32x4.add(d, f32x4.mul(v128.load32_splat(x, 12), g0));
    x += xStride;
    g += gStride;
  }
  add4(out, v128.and(a, mask));
  add4(out + gStride, v128.and(b, mask));
  add4(out + 2 * gStride, v128.and(c, mask));
  add4(out + 3 * gStride, v128.and(d, mask));
}

function tile1x4(
  x: usize,
  g: usize,
  out: usize,
  xStride: usize,
  gStride: usize,
  rows: i32,
  mask: v128,
): void {
  let sum = f32x4.splat(0);
  for (let n = 0; n < rows; n++) {
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(x), v128.load(g)));
    x += xStride;
    g += gStride;
  }
  add4(out, v128.and(sum, mask));
}

/** 4 rows × 1 column, for fewer than four columns. */
function tile4x1(x: usize, g: usize, out: usize, xStride: usize, gStride: usize, rows: i32): void {
  let sum = f32x4.splat(0);
  for (let n = 0; n < rows; n++) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(x), v128.load32_splat(g)));
    x += xStride;
    g += gStride;
  }
  store<f32>(out, load<f32>(out) + f32x4.extract_lane(sum, 0));
  store<f32>(out + gStride, load<f32>(out + gStride) + f32x4.extract_lane(sum, 1));
  store<f32>(out + 2 * gStride, load<f32>(out + 2 * gStride) + f32x4.extract_lane(sum, 2));
  store<f32>(out + 3 * gStride, load<f32>(out + 3 * gStride) + f32x4.extract_lane(sum, 3));
}

function tile1x1(x: usize, g: usize, out: usize, xStride: usize, gStride: usize, rows: i32): void {
  let sum: f32 = 0;
  for (let n = 0; n < rows; n++) {
    sum += load<f32>(x) * load<f32>(g);
    x += xStride;
    g += gStride;
  }
  store<f32>(out, load<f32>(out) + sum);
}

/** Lanes of the vector that ends at the last column and are not covered by the whole vectors before it. */
function tailMask(columns: i32): v128 {
  return i32x4.gt_s(i32x4(1, 2, 3, 4), i32x4.splat(4 - (columns & 3)));
}

function fourRows(x: usize, g: usize, out: usize, xStride: usize, columns: i32, rows: i32): void {
  const gStride = (<usize>columns) << 2;
  const whole = columns & ~3;
  let h = 0;
  for (; h + 8 <= whole; h += 8) {
    tile4x8(x, g + ((<usize>h) << 2), out + ((<usize>h) << 2), xStride, gStride, rows);
  }
  if (h < whole) {
    tile4x4(x, g + ((<usize>h) << 2), out + ((<usize>h) << 2), xStride, gStride, rows, i32x4.splat(-1));
  }
  if (whole == columns) return;
  if (columns > 4) {
    const tail = (<usize>(columns - 4)) << 2;
    tile4x4(x, g + tail, out + tail, xStride, gStride, rows, tailMask(columns));
    return;
  }
  for (h = 0; h < columns; h++) {
    tile4x1(x, g + ((<usize>h) << 2), out + ((<usize>h) << 2), xStride, gStride, rows);
  }
}

function oneRow(x: usize, g: usize, out: usize, xStride: usize, columns: i32, rows: i32): void {
  const gStride = (<usize>columns) << 2;
  const whole = columns & ~3;
  let h = 0;
  for (; h < whole; h += 4) {
    tile1x4(x, g + ((<usize>h) << 2), out + ((<usize>h) << 2), xStride, gStride, rows, i32x4.splat(-1));
  }
  for (; h < columns; h++) {
    tile1x1(x, g + ((<usize>h) << 2), out + ((<usize>h) << 2), xStride, gStride, rows);
  }
}

/**
 * Blocks [blockStart, blockEnd) of `blockRows` rows each: partials[b] = Xᵀ·G over the rows of block b, [F, H].
 */
export function weightGradient(
  x: usize,
  g: usize,
  partials: usize,
  rows: i32,
  inputs: i32,
  columns: i32,
  blockRows: i32,
  blockStart: i32,
  blockEnd: i32,
): void {
  const xStride = (<usize>inputs) << 2;
  const gStride = (<usize>columns) << 2;
  const outSize = <usize>inputs * gStride;
  for (let block = blockStart; block < blockEnd; block++) {
    const out = partials + <usize>block * outSize;
    memory.fill(out, 0, outSize);
    const end = min((block + 1) * blockRows, rows);
    for (let n = block * blockRows; n < end; n += CHUNK) {
      const chunk = min(CHUNK, end - n);
      const xChunk = x + <usize>n * xStride;
      const gChunk = g + <usize>n * gStride;
      let f = 0;
      for (; f + 4 <= inputs; f += 4) {
        fourRows(xChunk + ((<usize>f) << 2), gChunk, out + <usize>f * gStride, xStride, columns, chunk);
      }
      for (; f < inputs; f++) {
        oneRow(xChunk + ((<usize>f) << 2), gChunk, out + <usize>f * gStride, xStride, columns, chunk);
      }
    }
  }
}

/** out[i] = Σ_b partials[b][i] for elements [start, end) of `size`, added in the order of the blocks. */
export function sumBlocks(partials: usize, out: usize, blocks: i32, size: i32, start: i32, end: i32): void {
  const stride = (<usize>size) << 2;
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const at = (<usize>i) << 2;
    let from = partials + at;
    let sum = f32x4.splat(0);
    for (let block = 0; block < blocks; block++) {
      sum = f32x4.add(sum, v128.load(from));
      from += stride;
    }
    v128.store(out + at, sum);
  }
  for (; i < end; i++) {
    const at = (<usize>i) << 2;
    let from = partials + at;
    let sum: f32 = 0;
    for (let block = 0; block < blocks; block++) {
      sum += load<f32>(from);
      from += stride;
    }
    store<f32>(out + at, sum);
  }
}
