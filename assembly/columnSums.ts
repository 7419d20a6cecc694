/**
 * Sums over the rows of x [N, H], for columns [columnStart, columnEnd). N is cut into chunks of 256 rows that are summed
 * from 0 and then added to `out`: rounding errors stay small for large N, and the order depends on N alone.
 */

const CHUNK: i32 = 256;

export function columnSums(
  x: usize,
  out: usize,
  rows: i32,
  columns: i32,
  columnStart: i32,
  columnEnd: i32,
): void {
  const stride = (<usize>columns) << 2;
  memory.fill(out + ((<usize>columnStart) << 2), 0, (<usize>(columnEnd - columnStart)) << 2);
  for (let n = 0; n < rows; n += CHUNK) {
    const chunk = x + <usize>n * stride;
    const chunkEnd = chunk + <usize>min(CHUNK, rows - n) * stride;
    let h = columnStart;
    for (; h + 16 <= columnEnd; h += 16) {
      const at = (<usize>h) << 2;
      let s0 = f32x4.splat(0),
        s1 = s0,
        s2 = s0,
        s3 = s0;
      for (let row = chunk + at; row < chunkEnd; row += stride) {
        s0 = f32x4.add(s0, v128.load(row));
        s1 = f32x4.add(s1, v128.load(row, 16));
        s2 = f32x4.add(s2, v128.load(row, 32));
        s3 = f32x4.add(s3, v128.load(row, 48));
      }
      v128.store(out + at, f32x4.add(v128.load(out + at), s0));
      v128.store(out + at, f32x4.add(v128.load(out + at, 16), s1), 16);
      v128.store(out + at, f32x4.add(v128.load(out + at, 32), s2), 32);
      v128.store(out + at, f32x4.add(v128.load(out + at, 48), s3), 48);
    }
    for (; h + 4 <= columnEnd; h += 4) {
      const at = (<usize>h) << 2;
      let sum = f32x4.splat(0);
      for (let row = chunk + at; row < chunkEnd; row += stride) sum = f32x4.add(sum, v128.load(row));
      v128.store(out + at, f32x4.add(v128.load(out + at), sum));
    }
    for (; h < columnEnd; h++) {
      const at = (<usize>h) << 2;
      let sum: f32 = 0;
      for (let row = chunk + at; row < chunkEnd; row += stride) sum += load<f32>(row);
      store<f32>(out + at, load<f32>(out + at) + sum);
    }
  }
}
