/** Plain-loop oracles of the dense product and of column sums, in double precision. */

/** Returns x·w + bias, [rows, columns], for x [rows, inner] and w [inner, columns]. */
export function linearReference(
  x: ArrayLike<number>,
  w: ArrayLike<number>,
  bias: ArrayLike<number> | null,
  rows: number,
  inner: number,
  columns: number,
): Float32Array {
  const out = new Float32Array(rows * columns);
  for (let n = 0; n < rows; n++) {
    for (let h = 0; h < columns; h++) {
      let sum = bias === null ? 0 : (bias[h] as number);
      for (let k = 0; k < inner; k++) {
        sum += (x[n * inner + k] as number) * (w[k * columns + h] as number);
      }
      out[n * columns + h] = sum;
    }
  }
  return out;
}

/** Returns wᵀ, [columns, rows], for w [rows, columns]. */
export function transposed(w: ArrayLike<number>, rows: number, columns: number): Float32Array {
  return Float32Array.from(
    { length: rows * columns },
    (_, at) => w[(at % rows) * columns + Math.floor(at / rows)] as number,
  );
}

/** Returns Σ_n x[n, h] for x [rows, columns]. */
export function columnSumsReference(x: ArrayLike<number>, rows: number, columns: number): Float32Array {
  const sums = new Float64Array(columns);
  for (let at = 0; at < rows * columns; at++) {
    sums[at % columns] = (sums[at % columns] as number) + (x[at] as number);
  }
  return Float32Array.from(sums);
}
