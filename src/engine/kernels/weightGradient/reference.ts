/** Plain-loop oracle of Xᵀ·G for X [N, F] and G [N, H], in double precision. Returns [F, H]. */
export function weightGradientReference(
  x: ArrayLike<number>,
  gradient: ArrayLike<number>,
  rows: number,
  inputs: number,
  columns: number,
): Float32Array {
  const out = new Float32Array(inputs * columns);
  for (let f = 0; f < inputs; f++) {
    for (let h = 0; h < columns; h++) {
      let sum = 0;
      for (let n = 0; n < rows; n++) {
        sum += (x[n * inputs + f] as number) * (gradient[n * columns + h] as number);
      }
      out[f * columns + h] = sum;
    }
  }
  return out;
}
