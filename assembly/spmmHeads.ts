/**
 * Sparse × dense product with `heads` values per entry on rows [rowStart, rowEnd): column f of the output takes head
 * floor(f / (width / heads)) of values [E, heads]. Heads of a multiple of eight columns are walked in groups of 32
 * columns, others in groups of four vectors that stay inside their head: the last of a head is moved left to end with
 * it, so it overlaps its neighbour and both write equal values. Entries are added in stored order.
 */

function entryAt(perm: usize, k: i32): usize {
  return <usize>(perm == 0 ? k : load<i32>(perm + ((<usize>k) << 2)));
}

/**
 * Eight adjacent vectors of a row, for heads of whole pairs of vectors: x and out begin at the first
 * column, `head0` … are byte offsets into a row of values, one per pair.
 */
function fourPairs(
  colIndex: usize,
  values: usize,
  perm: usize,
  x: usize,
  out: usize,
  stride: usize,
  valueStride: usize,
  head0: usize,
  head1: usize,
  head2: usize,
  head3: usize,
  first: i32,
  end: i32,
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
    const entry = values + entryAt(perm, k) * valueStride;
    const row = x + <usize>load<i32>(colIndex + ((<usize>k) << 2)) * stride;
    let value = v128.load32_splat(entry + head0);
    s0 = f32x4.add(s0, f32x4.mul(value, v128.load(row)));
    s1 = f32x4.add(s1, f32x4.mul(value, v128.load(row, 16)));
    value = v128.load32_splat(entry + head1);
    s2 = f32x4.add(s2, f32x4.mul(value, v128.load(row, 32)));
    s3 = f32x4.add(s3, f32x4.mul(value, v128.load(row, 48)));
    value = v128.load32_splat(entry + head2);
    s4 = f32x4.add(s4, f32x4.mul(value, v128.load(row, 64)));
    s5 = f32x4.add(s5, f32x4.mul(value, v128.load(row, 80)));
    value = v128.load32_splat(entry + head3);
    s6 = f32x4.add(s6, f32x4.mul(value, v128.load(row, 96)));
    s7 = f32x4.add(s7, f32x4.mul(value, v128.load(row, 112)));
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
  v128.store(out, s4, 64);
  v128.store(out, s5, 80);
  v128.store(out, s6, 96);
  v128.store(out, s7, 112);
}

/** Four vectors of a row; `column0` …, `head0` … are byte offsets into a row of x and of values. */
function fourVectors(
  colIndex: usize,
  values: usize,
  perm: usize,
  x: usize,
  out: usize,
  stride: usize,
  valueStride: usize,
  column0: usize,
  column1: usize,
  column2: usize,
  column3: usize,
  head0: usize,
  head1: usize,
  head2: usize,
  head3: usize,
  first: i32,
  end: i32,
): void {
  let s0 = f32x4.splat(0),
    s1 = s0,
    s2 = s0,
    s3 = s0;
  for (let k = first; k < end; k++) {
    const value = values + entryAt(perm, k) * valueStride;
    const row = x + <usize>load<i32>(colIndex + ((<usize>k) << 2)) * stride;
    s0 = f32x4.add(s0, f32x4.mul(v128.load32_splat(value + head0), v128.load(row + column0)));
    s1 = f32x4.add(s1, f32x4.mul(v128.load32_splat(value + head1), v128.load(row + column1)));
    s2 = f32x4.add(s2, f32x4.mul(v128.load32_splat(value + head2), v128.load(row + column2)));
    s3 = f32x4.add(s3, f32x4.mul(v128.load32_splat(value + head3), v128.load(row + column3)));
  }
  v128.store(out + column0, s0);
  v128.store(out + column1, s1);
  v128.store(out + column2, s2);
  v128.store(out + column3, s3);
}

/** One column of a row, for heads of fewer than four columns. */
function oneColumn(
  colIndex: usize,
  values: usize,
  perm: usize,
  x: usize,
  out: usize,
  stride: usize,
  valueStride: usize,
  column: usize,
  head: usize,
  first: i32,
  end: i32,
): void {
  let sum: f32 = 0;
  for (let k = first; k < end; k++) {
    const value = load<f32>(values + entryAt(perm, k) * valueStride + head);
    sum += value * load<f32>(x + <usize>load<i32>(colIndex + ((<usize>k) << 2)) * stride + column);
  }
  store<f32>(out + column, sum);
}

/** Byte offset of vector `v`'s first column: `perHead` vectors to a head of `headWidth` columns. */
function columnOf(v: i32, perHead: i32, headWidth: i32): usize {
  const head = v / perHead;
  return (<usize>(head * headWidth + min(4 * (v - head * perHead), headWidth - 4))) << 2;
}

export function spmmHeads(
  rowPtr: usize,
  colIndex: usize,
  values: usize,
  perm: usize,
  x: usize,
  out: usize,
  width: i32,
  heads: i32,
  rowStart: i32,
  rowEnd: i32,
): void {
  const stride = (<usize>width) << 2;
  const valueStride = (<usize>heads) << 2;
  const headWidth = width / heads;
  const perHead = (headWidth + 3) >> 2;
  const last = heads * perHead - 1;
  for (let r = rowStart; r < rowEnd; r++) {
    const first = load<i32>(rowPtr + ((<usize>r) << 2));
    const end = load<i32>(rowPtr + ((<usize>r) << 2), 4);
    const target = out + <usize>r * stride;
    if (headWidth < 4) {
      for (let f = 0; f < width; f++) {
        const column = (<usize>f) << 2;
        const head = (<usize>(f / headWidth)) << 2;
        oneColumn(colIndex, values, perm, x, target, stride, valueStride, column, head, first, end);
      }
      continue;
    }
    if ((headWidth & 7) == 0 && width >= 32) {
      for (let f = 0; f < width; f += 32) {
        // The last group is moved left to end at the last column.
        const column = min(f, width - 32);
        const offset = (<usize>column) << 2;
        fourPairs(
          colIndex,
          values,
          perm,
          x + offset,
          target + offset,
          stride,
          valueStride,
          (<usize>(column / headWidth)) << 2,
          (<usize>((column + 8) / headWidth)) << 2,
          (<usize>((column + 16) / headWidth)) << 2,
          (<usize>((column + 24) / headWidth)) << 2,
          first,
          end,
        );
      }
      continue;
    }
    for (let v = 0; v <= last; v += 4) {
      const v1 = min(v + 1, last),
        v2 = min(v + 2, last),
        v3 = min(v + 3, last);
      fourVectors(
        colIndex,
        values,
        perm,
        x,
        target,
        stride,
        valueStride,
        columnOf(v, perHead, headWidth),
        columnOf(v1, perHead, headWidth),
        columnOf(v2, perHead, headWidth),
        columnOf(v3, perHead, headWidth),
        (<usize>(v / perHead)) << 2,
        (<usize>(v1 / perHead)) << 2,
        (<usize>(v2 / perHead)) << 2,
        (<usize>(v3 / perHead)) << 2,
        first,
        end,
      );
    }
  }
}
