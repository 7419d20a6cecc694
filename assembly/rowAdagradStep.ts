/**
 * Adagrad on chosen rows of a table, in place, with one accumulator per row: a ← a + mean(g²), row ← row − η·g/(√a + ε).
 * Works on gradient rows [start, end), row i of which belongs to table row rows[i]; `rows` are unique.
 */

/** Σ g² over one row: four lanes, added as (0 + 2) + (1 + 3), then the tail. */
function sumOfSquares(gradient: usize, width: i32): f32 {
  let lanes = f32x4.splat(0);
  let k = 0;
  for (; k + 4 <= width; k += 4) {
    const g = v128.load(gradient + ((<usize>k) << 2));
    lanes = f32x4.add(lanes, f32x4.mul(g, g));
  }
  let sum =
    f32x4.extract_lane(lanes, 0) +
    f32x4.extract_lane(lanes, 2) +
    (f32x4.extract_lane(lanes, 1) + f32x4.extract_lane(lanes, 3));
  for (; k < width; k++) {
    const g = load<f32>(gradient + ((<usize>k) << 2));
    sum += g * g;
  }
  return sum;
}

export function rowAdagradStep(
  table: usize,
  accumulator: usize,
  rows: usize,
  gradient: usize,
  width: i32,
  learningRate: f32,
  epsilon: f32,
  start: i32,
  end: i32,
): void {
  const stride = (<usize>width) << 2;
  for (let i = start; i < end; i++) {
    const row = <usize>load<i32>(rows + ((<usize>i) << 2));
    const g = gradient + <usize>i * stride;
    const a = load<f32>(accumulator + (row << 2)) + sumOfSquares(g, width) / <f32>width;
    store<f32>(accumulator + (row << 2), a);
    const rate = learningRate / (sqrt<f32>(a) + epsilon);
    const target = table + row * stride;
    let k = 0;
    for (; k + 4 <= width; k += 4) {
      const at = (<usize>k) << 2;
      const step = f32x4.mul(f32x4.splat(rate), v128.load(g + at));
      v128.store(target + at, f32x4.sub(v128.load(target + at), step));
    }
    for (; k < width; k++) {
      const at = (<usize>k) << 2;
      store<f32>(target + at, load<f32>(target + at) - rate * load<f32>(g + at));
    }
  }
}
