/** Plain-loop oracle of the sparse × dense product; every device kernel must agree with it. */

/**
 * Returns [rows, width]: out[r, f] = Σ_k values[perm ? perm[k] : k, head of f] · x[colIndex[k], f], added in stored order;
 * the head of f is floor(f / (width / heads)).
 */
export function spmmReference(
  rowPtr: ArrayLike<number>,
  colIndex: ArrayLike<number>,
  values: ArrayLike<number>,
  perm: ArrayLike<number> | null,
  x: ArrayLike<number>,
  width: number,
  heads = 1,
): Float32Array {
  const rows = rowPtr.length - 1;
  const out = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    for (let f = 0; f < width; f++) {
      const head = Math.floor(f / (width / heads));
      let sum = 0;
      for (let k = rowPtr[row] as number; k < (rowPtr[row + 1] as number); k++) {
        const entry = perm === null ? k : (perm[k] as number);
        sum += (values[entry * heads + head] as number) * (x[(colIndex[k] as number) * width + f] as number);
      }
      out[row * width + f] = sum;
    }
  }
  return out;
}
