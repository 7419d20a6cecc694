/** Plain-loop oracle of the sparse × dense product; every device kernel must agree with it. */

/** Returns [rows, width]: out[r, f] = Σ_k values[perm ? perm[k] : k] · x[colIndex[k], f], added in stored order. */
export function spmmReference(
  rowPtr: ArrayLike<number>,
  colIndex: ArrayLike<number>,
  values: ArrayLike<number>,
  perm: ArrayLike<number> | null,
  x: ArrayLike<number>,
  width: number,
): Float32Array {
  const rows = rowPtr.length - 1;
  const out = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    for (let f = 0; f < width; f++) {
      let sum = 0;
      for (let k = rowPtr[row] as number; k < (rowPtr[row + 1] as number); k++) {
        const value = values[perm === null ? k : (perm[k] as number)] as number;
        sum += value * (x[(colIndex[k] as number) * width + f] as number);
      }
      out[row * width + f] = sum;
    }
  }
  return out;
}
