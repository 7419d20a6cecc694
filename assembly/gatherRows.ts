/**
 * Rows by index and their transpose. gatherRows: out[i, :] = x[index[i], :] for i in [start, end).
 * scatterAddRows: out[r, :] = Σ_k y[perm ? perm[k] : k, :] over ptr[r] ≤ k < ptr[r + 1] for r in [start, end), added in
 * that order whatever the split, so any split gives the same bits.
 */

function copyRow(from: usize, to: usize, width: i32): void {
  const end = (<usize>width) << 2;
  const whole = end & ~15;
  let at: usize = 0;
  for (; at < whole; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < end; at += 4) store<f32>(to + at, load<f32>(from + at));
}

function addRow(from: usize, to: usize, width: i32): void {
  const end = (<usize>width) << 2;
  const whole = end & ~15;
  let at: usize = 0;
  for (; at < whole; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
  for (; at < end; at += 4) store<f32>(to + at, load<f32>(to + at) + load<f32>(from + at));
}

export function gatherRows(index: usize, x: usize, out: usize, width: i32, start: i32, end: i32): void {
  const stride = (<usize>width) << 2;
  for (let i = start; i < end; i++) {
    const row = <usize>load<i32>(index + ((<usize>i) << 2));
    copyRow(x + row * stride, out + <usize>i * stride, width);
  }
}

export function scatterAddRows(
  ptr: usize,
  perm: usize,
  y: usize,
  out: usize,
  width: i32,
  start: i32,
  end: i32,
): void {
  const stride = (<usize>width) << 2;
  for (let r = start; r < end; r++) {
    const last = load<i32>(ptr + ((<usize>r) << 2), 4);
    const target = out + <usize>r * stride;
    memory.fill(target, 0, stride);
    for (let k = load<i32>(ptr + ((<usize>r) << 2)); k < last; k++) {
      const from = perm == 0 ? k : load<i32>(perm + ((<usize>k) << 2));
      addRow(y + <usize>from * stride, target, width);
    }
  }
}
