/**
 * Softmax over the entries of each row, per head, and its gradient, on rows [rowStart, rowEnd). Heads are taken four at a
 * time; a single head has its entries side by side, so there the entries are. Sums run in chunks of 256 entries, which
 * keeps rounding small in long rows; the order depends on the row alone, so any split of the rows gives the same bits.
 */
import { exponential, largestLane, loadPart, storePart, sumOfLanes } from './exponential';

const CHUNK: i32 = 256;
const LEAST: f32 = -3.4028234663852886e38;
/** Added to denominators: methods of the field do, and a row without entries never divides. */
const TINY: f32 = 1e-16;

/** Up to four heads of one row: `first` is the address of their first entry, entries lie `stride` bytes apart. */
function softmaxHeads(scores: usize, out: usize, stride: usize, entries: i32, lanes: i32): void {
  let largest = f32x4.splat(LEAST);
  let at: usize = 0;
  for (let k = 0; k < entries; k++, at += stride) {
    largest = f32x4.max(largest, loadPart(scores + at, lanes, 0));
  }
  let total = f32x4.splat(0);
  at = 0;
  for (let k = 0; k < entries; k += CHUNK) {
    let part = f32x4.splat(0);
    const end = min(k + CHUNK, entries);
    for (let entry = k; entry < end; entry++, at += stride) {
      const weight = exponential(f32x4.sub(loadPart(scores + at, lanes, 0), largest));
      storePart(out + at, weight, lanes);
      part = f32x4.add(part, weight);
    }
    total = f32x4.add(total, part);
  }
  const factor = f32x4.div(f32x4.splat(1), f32x4.add(total, f32x4.splat(TINY)));
  at = 0;
  for (let k = 0; k < entries; k++, at += stride) {
    storePart(out + at, f32x4.mul(loadPart(out + at, lanes, 0), factor), lanes);
  }
}

/** One head: entries side by side. */
function softmaxEntries(scores: usize, out: usize, entries: i32): void {
  let largest = f32x4.splat(LEAST);
  for (let k = 0; k < entries; k += 4) {
    largest = f32x4.max(largest, loadPart(scores + ((<usize>k) << 2), entries - k, LEAST));
  }
  const shift = f32x4.splat(largestLane(largest));
  let total: f32 = 0;
  for (let k = 0; k < entries; k += 4 * CHUNK) {
    let part = f32x4.splat(0);
    const end = min(k + 4 * CHUNK, entries);
    for (let entry = k; entry < end; entry += 4) {
      const at = (<usize>entry) << 2;
      // A filled lane is −∞: it adds exp(−∞) = 0.
      const weight = exponential(f32x4.sub(loadPart(scores + at, end - entry, -Infinity), shift));
      storePart(out + at, weight, end - entry);
      part = f32x4.add(part, weight);
    }
    total += sumOfLanes(part);
  }
  const factor = f32x4.splat(1 / (total + TINY));
  for (let k = 0; k < entries; k += 4) {
    const at = (<usize>k) << 2;
    storePart(out + at, f32x4.mul(loadPart(out + at, entries - k, 0), factor), entries - k);
  }
}

function gradientHeads(
  alpha: usize,
  gradient: usize,
  out: usize,
  stride: usize,
  entries: i32,
  lanes: i32,
): void {
  let mean = f32x4.splat(0);
  let at: usize = 0;
  for (let k = 0; k < entries; k += CHUNK) {
    let part = f32x4.splat(0);
    const end = min(k + CHUNK, entries);
    for (let entry = k; entry < end; entry++, at += stride) {
      part = f32x4.add(part, f32x4.mul(loadPart(alpha + at, lanes, 0), loadPart(gradient + at, lanes, 0)));
    }
    mean = f32x4.add(mean, part);
  }
  at = 0;
  for (let k = 0; k < entries; k++, at += stride) {
    const centred = f32x4.sub(loadPart(gradient + at, lanes, 0), mean);
    storePart(out + at, f32x4.mul(loadPart(alpha + at, lanes, 0), centred), lanes);
  }
}

function gradientEntries(alpha: usize, gradient: usize, out: usize, entries: i32): void {
  let total: f32 = 0;
  for (let k = 0; k < entries; k += 4 * CHUNK) {
    let part = f32x4.splat(0);
    const end = min(k + 4 * CHUNK, entries);
    for (let entry = k; entry < end; entry += 4) {
      const at = (<usize>entry) << 2;
      const lanes = end - entry;
      part = f32x4.add(part, f32x4.mul(loadPart(alpha + at, lanes, 0), loadPart(gradient + at, lanes, 0)));
    }
    total += sumOfLanes(part);
  }
  const mean = f32x4.splat(total);
  for (let k = 0; k < entries; k += 4) {
    const at = (<usize>k) << 2;
    const lanes = entries - k;
    const centred = f32x4.sub(loadPart(gradient + at, lanes, 0), mean);
    storePart(out + at, f32x4.mul(loadPart(alpha + at, lanes, 0), centred), lanes);
  }
}

export function segmentSoftmax(
  rowPtr: usize,
  scores: usize,
  out: usize,
  heads: i32,
  rowStart: i32,
  rowEnd: i32,
): void {
  const stride = (<usize>heads) << 2;
  for (let r = rowStart; r < rowEnd; r++) {
    const first = load<i32>(rowPtr + ((<usize>r) << 2));
    const entries = load<i32>(rowPtr + ((<usize>r) << 2), 4) - first;
    const start = <usize>first * stride;
    if (heads == 1) {
      softmaxEntries(scores + start, out + start, entries);
      continue;
    }
    for (let head = 0; head < heads; head += 4) {
      const at = start + ((<usize>head) << 2);
      softmaxHeads(scores + at, out + at, stride, entries, heads - head);
    }
  }
}

export function segmentSoftmaxGradient(
  rowPtr: usize,
  alpha: usize,
  gradient: usize,
  out: usize,
  heads: i32,
  rowStart: i32,
  rowEnd: i32,
): void {
  const stride = (<usize>heads) << 2;
  for (let r = rowStart; r < rowEnd; r++) {
    const first = load<i32>(rowPtr + ((<usize>r) << 2));
    const entries = load<i32>(rowPtr + ((<usize>r) << 2), 4) - first;
    const start = <usize>first * stride;
    if (heads == 1) {
      gradientEntries(alpha + start, gradient + start, out + start, entries);
      continue;
    }
    for (let head = 0; head < heads; head += 4) {
      const at = start + ((<usize>head) << 2);
      gradientHeads(alpha + at, gradient + at, out + at, stride, entries, heads - head);
    }
  }
}
