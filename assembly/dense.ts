/**
 * Dense product on rows [rowStart, rowEnd): out = x·B (+ bias) for x [N, K], B [K, H]. B is first packed into panels of
 * eight columns, so that the inner loop reads it in one stream whatever its stride or orientation. Tiles of 4 rows × 8
 * columns stay in registers. Every output element is summed over K in order and gets its bias last, in whatever tile it
 * falls: any split of the rows gives the same bits.
 */

/** Floats of x that one block of rows may take: half of a first-level cache. */
const BLOCK_FLOATS: i32 = 6144;

/**
 * Panels [panelStart, panelEnd) of B: panels[p][k][c] = B[k, 8p + c], zero beyond the last column.
 * @param rowStep, columnStep distance of neighbours in B, in floats: (H, 1) reads w as it lies, (1, K) transposed
 */
export function packPanels(
  w: usize,
  panels: usize,
  inner: i32,
  columns: i32,
  rowStep: i32,
  columnStep: i32,
  panelStart: i32,
  panelEnd: i32,
): void {
  for (let p = panelStart; p < panelEnd; p++) {
    const first = 8 * p;
    const used = min(columns - first, 8);
    let to = panels + ((<usize>first * <usize>inner) << 2);
    let from = w + ((<usize>(first * columnStep)) << 2);
    for (let k = 0; k < inner; k++) {
      let at = from;
      for (let c = 0; c < used; c++) {
        store<f32>(to + ((<usize>c) << 2), load<f32>(at));
        at += (<usize>columnStep) << 2;
      }
      for (let c = used; c < 8; c++) store<f32>(to + ((<usize>c) << 2), 0);
      from += (<usize>rowStep) << 2;
      to += 32;
    }
  }
}

/** Writes the first `used` of eight sums, each with its bias when there is one. */
function finish(out: usize, bias: usize, low: v128, high: v128, used: i32): void {
  if (used == 8) {
    if (bias != 0) {
      low = f32x4.add(low, v128.load(bias));
      high = f32x4.add(high, v128.load(bias, 16));
    }
    v128.store(out, low);
    v128.store(out, high, 16);
    return;
  }
  if (used >= 4) {
    v128.store(out, bias == 0 ? low : f32x4.add(low, v128.load(bias)));
    out += 16;
    if (bias != 0) bias += 16;
    low = high;
    used -= 4;
  }
  for (; used > 0; used--) {
    const sum = f32x4.extract_lane(low, 0);
    store<f32>(out, bias == 0 ? sum : sum + load<f32>(bias));
    low = v128.shuffle<f32>(low, low, 1, 2, 3, 3);
    out += 4;
    if (bias != 0) bias += 4;
  }
}

function fourRows(
  x: usize,
  xStride: usize,
  panel: usize,
  panelEnd: usize,
  bias: usize,
  out: usize,
  outStride: usize,
  used: i32,
): void {
  let a0 = f32x4.splat(0),
    a1 = a0,
    b0 = a0,
    b1 = a0,
    c0 = a0,
    c1 = a0,
    d0 = a0,
    d1 = a0;
  let xa = x,
    xb = xa + xStride,
    xc = xb + xStride,
    xd = xc + xStride;
  for (; panel < panelEnd; panel += 32) {
    const w0 = v128.load(panel),
      w1 = v128.load(panel, 16);
    const va = v128.load32_splat(xa),
      vb = v128.load32_splat(xb);
    const vc = v128.load32_splat(xc),
      vd = v128.load32_splat(xd);
    a0 = f32x4.add(a0, f32x4.mul(va, w0));
    a1 = f32x4.add(a1, f32x4.mul(va, w1));
    b0 = f32x4.add(b0, f32x4.mul(vb, w0));
    b1 = f32x4.add(b1, f32x4.mul(vb, w1));
    c0 = f32x4.add(c0, f32x4.mul(vc, w0));
    c1 = f32x4.add(c1, f32x4.mul(vc, w1));
    d0 = f32x4.add(d0, f32x4.mul(vd, w0));
    d1 = f32x4.add(d1, f32x4.mul(vd, w1));
    xa += 4;
    xb += 4;
    xc += 4;
    xd += 4;
  }
  finish(out, bias, a0, a1, used);
  finish(out + outStride, bias, b0, b1, used);
  finish(out + 2 * outStride, bias, c0, c1, used);
  finish(out + 3 * outStride, bias, d0, d1, used);
}

function oneRow(x: usize, panel: usize, panelEnd: usize, bias: usize, out: usize, used: i32): void {
  let low = f32x4.splat(0),
    high = low;
  for (; panel < panelEnd; panel += 32) {
    const v = v128.load32_splat(x);
    low = f32x4.add(low, f32x4.mul(v, v128.load(panel)));
    high = f32x4.add(high, f32x4.mul(v, v128.load(panel, 16)));
    x += 4;
  }
  finish(out, bias, low, high, used);
}

/** @param bias address of H floats, or 0 for none */
export function dense(
  x: usize,
  panels: usize,
  bias: usize,
  out: usize,
  inner: i32,
  columns: i32,
  rowStart: i32,
  rowEnd: i32,
): void {
  const xStride = (<usize>inner) << 2;
  const outStride = (<usize>columns) << 2;
  const blockRows = max(4, (BLOCK_FLOATS / max(inner, 1)) & ~3);
  for (let start = rowStart; start < rowEnd; start += blockRows) {
    const end = min(start + blockRows, rowEnd);
    for (let h = 0; h < columns; h += 8) {
      const panel = panels + <usize>h * xStride;
      const panelEnd = panel + 8 * xStride;
      const panelBias = bias == 0 ? 0 : bias + ((<usize>h) << 2);
      const used = min(columns - h, 8);
      let xRow = x + <usize>start * xStride;
      let outRow = out + <usize>start * outStride + ((<usize>h) << 2);
      let r = start;
      for (; r + 4 <= end; r += 4) {
        fourRows(xRow, xStride, panel, panelEnd, panelBias, outRow, outStride, used);
        xRow += 4 * xStride;
        outRow += 4 * outStride;
      }
      for (; r < end; r++) {
        oneRow(xRow, panel, panelEnd, panelBias, outRow, used);
        xRow += xStride;
        outRow += outStride;
      }
    }
  }
}
