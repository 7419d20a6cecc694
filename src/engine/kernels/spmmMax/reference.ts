/** Plain-loop oracles of the largest neighbour message and of its gradient; every device kernel must agree with them. */

export interface MaxReference {
  /** [rows, width] */
  readonly out: Float32Array;
  /** [rows, width] entry that gave the maximum; −1 for an empty row. */
  readonly argmax: Int32Array;
}

/** Products are rounded to float32 before they are compared, as on every device; the first of equals wins, then NaN. */
export function spmmMaxReference(
  rowPtr: ArrayLike<number>,
  colIndex: ArrayLike<number>,
  values: ArrayLike<number>,
  x: ArrayLike<number>,
  width: number,
): MaxReference {
  const rows = rowPtr.length - 1;
  const out = new Float32Array(rows * width);
  const argmax = new Int32Array(rows * width).fill(-1);
  for (let row = 0; row < rows; row++) {
    for (let f = 0; f < width; f++) {
      const at = row * width + f;
      for (let k = rowPtr[row] as number; k < (rowPtr[row + 1] as number); k++) {
        const product = Math.fround(
          (values[k] as number) * (x[(colIndex[k] as number) * width + f] as number),
        );
        const best = out[at] as number;
        const isFirst = argmax[at] === -1;
        const isLarger = product > best || (Number.isNaN(product) && !Number.isNaN(best));
        if (!isFirst && !isLarger) continue;
        out[at] = product;
        argmax[at] = k;
      }
    }
  }
  return { out, argmax };
}

/** Returns dX [cols, width]: dX[colIndex[k], f] = Σ values[k] · gradient[row, f] over the rows whose maximum is entry k. */
export function spmmMaxGradientReference(
  argmax: ArrayLike<number>,
  colIndex: ArrayLike<number>,
  values: ArrayLike<number>,
  gradient: ArrayLike<number>,
  cols: number,
  width: number,
): Float32Array {
  const out = new Float64Array(cols * width);
  for (let at = 0; at < argmax.length; at++) {
    const entry = argmax[at] as number;
    if (entry < 0) continue;
    const target = (colIndex[entry] as number) * width + (at % width);
    out[target] = (out[target] as number) + (values[entry] as number) * (gradient[at] as number);
  }
  return Float32Array.from(out);
}
