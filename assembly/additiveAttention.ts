/**
 * Additive attention scores e[k, a] = Σ_d attention[a, d] · lrelu(receiver[row k, a·D + d] + sender[col k, a·D + d]) on
 * entries [start, end), and the sums over entries that its gradients are made of, on rows [rowStart, rowEnd). Without
 * `attention` (address 0) the factor is 1. With D = 1 vectors run over heads, else over d. Every output element is added
 * up in a fixed order by one thread, so any split gives the same bits.
 */
import { sumOfLanes } from './exponential';

/** Entries whose far rows are fetched together. */
const AHEAD: i32 = 8;
/** Bytes of a row below which the processor looks far enough ahead by itself. */
const WIDE_ROW: usize = 128;

/**
 * Reads a byte of every cache line of the rows of entries [first, end). The arithmetic of one entry is too long for the
 * processor to reach the next entry's rows while it waits for this one's; here the waits overlap.
 */
function fetchRows(colIndex: usize, rows: usize, stride: usize, first: i32, end: i32): void {
  for (let k = first; k < end; k++) {
    const row = rows + <usize>load<i32>(colIndex + ((<usize>k) << 2)) * stride;
    for (let at: usize = 0; at < stride; at += 64) load<u8>(row + at);
  }
}

function leaky(x: f32, slope: f32): f32 {
  return x > 0 ? x : x * slope;
}

function leakyVector(x: v128, slope: v128): v128 {
  return v128.bitselect(x, f32x4.mul(x, slope), f32x4.gt(x, f32x4.splat(0)));
}

/** One score: the dot product over `depth` channels. */
function score(a: usize, b: usize, attention: usize, depth: i32, slope: f32): f32 {
  const slopes = f32x4.splat(slope);
  let sums = f32x4.splat(0);
  let d = 0;
  for (; d + 4 <= depth; d += 4) {
    const at = (<usize>d) << 2;
    const active = leakyVector(f32x4.add(v128.load(a + at), v128.load(b + at)), slopes);
    sums = f32x4.add(sums, f32x4.mul(v128.load(attention + at), active));
  }
  let sum = sumOfLanes(sums);
  for (; d < depth; d++) {
    const at = (<usize>d) << 2;
    sum += load<f32>(attention + at) * leaky(load<f32>(a + at) + load<f32>(b + at), slope);
  }
  return sum;
}

/** The scores of one entry when D = 1: elementwise over heads. */
function scoresOfHeads(a: usize, b: usize, attention: usize, out: usize, heads: i32, slope: f32): void {
  const slopes = f32x4.splat(slope);
  let head = 0;
  for (; head + 4 <= heads; head += 4) {
    const at = (<usize>head) << 2;
    let value = leakyVector(f32x4.add(v128.load(a + at), v128.load(b + at)), slopes);
    if (attention != 0) value = f32x4.mul(value, v128.load(attention + at));
    v128.store(out + at, value);
  }
  for (; head < heads; head++) {
    const at = (<usize>head) << 2;
    const value = leaky(load<f32>(a + at) + load<f32>(b + at), slope);
    store<f32>(out + at, attention == 0 ? value : value * load<f32>(attention + at));
  }
}

export function additiveAttention(
  rowOf: usize,
  colIndex: usize,
  receiver: usize,
  sender: usize,
  attention: usize,
  out: usize,
  heads: i32,
  depth: i32,
  slope: f32,
  start: i32,
  end: i32,
): void {
  const stride = (<usize>(heads * depth)) << 2;
  for (let k = start; k < end; k++) {
    if (stride >= WIDE_ROW && ((k - start) & (AHEAD - 1)) == 0) {
      fetchRows(colIndex, sender, stride, k, min(k + AHEAD, end));
    }
    let a = receiver + <usize>load<i32>(rowOf + ((<usize>k) << 2)) * stride;
    let b = sender + <usize>load<i32>(colIndex + ((<usize>k) << 2)) * stride;
    let target = out + ((<usize>k * <usize>heads) << 2);
    if (depth == 1) {
      scoresOfHeads(a, b, attention, target, heads, slope);
      continue;
    }
    let vector = attention;
    const step = (<usize>depth) << 2;
    for (let head = 0; head < heads; head++) {
      store<f32>(target, score(a, b, vector, depth, slope));
      target += 4;
      a += step;
      b += step;
      vector += step;
    }
  }
}

/** lrelu'(x) */
function slopeVector(x: v128, slope: v128): v128 {
  return v128.bitselect(f32x4.splat(1), slope, f32x4.gt(x, f32x4.splat(0)));
}

/**
 * Adds g · lrelu'(own + other) over the channels of one entry: vectors within a head, then what is left of it. With D = 1
 * the heads are the channels, and g is read along.
 */
function addSlopes(own: usize, other: usize, g: usize, out: usize, heads: i32, depth: i32, slope: f32): void {
  const slopes = f32x4.splat(slope);
  if (depth == 1) {
    const end = (<usize>heads) << 2;
    let at: usize = 0;
    for (; at + 16 <= end; at += 16) {
      const value = slopeVector(f32x4.add(v128.load(own + at), v128.load(other + at)), slopes);
      v128.store(out + at, f32x4.add(v128.load(out + at), f32x4.mul(v128.load(g + at), value)));
    }
    for (; at < end; at += 4) {
      const value: f32 = load<f32>(own + at) + load<f32>(other + at) > 0 ? 1 : slope;
      store<f32>(out + at, load<f32>(out + at) + load<f32>(g + at) * value);
    }
    return;
  }
  let at: usize = 0;
  for (let head = 0; head < heads; head++, g += 4) {
    const factor = load<f32>(g);
    const factors = f32x4.splat(factor);
    const end = at + ((<usize>depth) << 2);
    for (; at + 16 <= end; at += 16) {
      const value = slopeVector(f32x4.add(v128.load(own + at), v128.load(other + at)), slopes);
      v128.store(out + at, f32x4.add(v128.load(out + at), f32x4.mul(factors, value)));
    }
    for (; at < end; at += 4) {
      const value: f32 = load<f32>(own + at) + load<f32>(other + at) > 0 ? 1 : slope;
      store<f32>(out + at, load<f32>(out + at) + factor * value);
    }
  }
}

/** Adds g · lrelu(own + other) over the channels of one entry. */
function addActivations(
  own: usize,
  other: usize,
  g: usize,
  out: usize,
  heads: i32,
  depth: i32,
  slope: f32,
): void {
  const slopes = f32x4.splat(slope);
  let at: usize = 0;
  for (let head = 0; head < heads; head++, g += 4) {
    const factor = load<f32>(g);
    const factors = f32x4.splat(factor);
    const end = at + ((<usize>depth) << 2);
    for (; at + 16 <= end; at += 16) {
      const value = leakyVector(f32x4.add(v128.load(own + at), v128.load(other + at)), slopes);
      v128.store(out + at, f32x4.add(v128.load(out + at), f32x4.mul(factors, value)));
    }
    for (; at < end; at += 4) {
      const value = leaky(load<f32>(own + at) + load<f32>(other + at), slope);
      store<f32>(out + at, load<f32>(out + at) + factor * value);
    }
  }
}

/**
 * out[r, j] = attention[j] · Σ_k gradient[perm ? perm[k] : k, head of j] · f(own[r, j] + other[colIndex[k], j]), where f is
 * lrelu when `ofActivation`, else its derivative.
 */
export function additiveAttentionSums(
  rowPtr: usize,
  colIndex: usize,
  perm: usize,
  own: usize,
  other: usize,
  attention: usize,
  gradient: usize,
  out: usize,
  heads: i32,
  depth: i32,
  slope: f32,
  ofActivation: i32,
  rowStart: i32,
  rowEnd: i32,
): void {
  const stride = (<usize>(heads * depth)) << 2;
  const lastEntry = load<i32>(rowPtr + ((<usize>rowEnd) << 2));
  let fetched = stride >= WIDE_ROW ? 0 : lastEntry;
  for (let r = rowStart; r < rowEnd; r++) {
    const end = load<i32>(rowPtr + ((<usize>r) << 2), 4);
    const row = <usize>r * stride;
    memory.fill(out + row, 0, stride);
    for (let k = load<i32>(rowPtr + ((<usize>r) << 2)); k < end; k++) {
      if (k >= fetched) {
        fetched = min(k + AHEAD, lastEntry);
        fetchRows(colIndex, other, stride, k, fetched);
      }
      const entry = perm == 0 ? k : load<i32>(perm + ((<usize>k) << 2));
      const g = gradient + ((<usize>entry * <usize>heads) << 2);
      const sender = other + <usize>load<i32>(colIndex + ((<usize>k) << 2)) * stride;
      if (ofActivation != 0) addActivations(own + row, sender, g, out + row, heads, depth, slope);
      else addSlopes(own + row, sender, g, out + row, heads, depth, slope);
    }
    if (attention == 0) continue;
    for (let at: usize = 0; at < stride; at += 4) {
      store<f32>(out + row + at, load<f32>(out + row + at) * load<f32>(attention + at));
    }
  }
}
