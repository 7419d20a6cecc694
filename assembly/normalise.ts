/**
 * Normalisation of x [N, F], over rows (one mean and deviation per column) or over columns (one per row), with a scale and an
 * offset per column; forward, backward, and the sums over rows that the parameters' gradients are. Sums over rows are taken
 * in chunks of 256 from 0, as in columnSums.ts: rounding errors stay small, and the order depends on N alone. Sums over
 * columns are taken in four lanes, whose order depends on F alone.
 */
import { columnSums } from './columnSums';

const CHUNK: i32 = 256;

function bytes(elements: i32): usize {
  return (<usize>elements) << 2;
}

/** to += from, for `count` floats; `from` is set to 0. */
function flush(from: usize, to: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    store<f32>(to, load<f32>(to) + load<f32>(from));
    store<f32>(from, 0);
    from += 4;
    to += 4;
  }
}

/** Mean, variance (over N) and 1 / √(variance + ε) of columns [columnStart, columnEnd); `partial` is F floats of scratch. */
export function columnMoments(
  x: usize,
  mean: usize,
  variance: usize,
  inverse: usize,
  partial: usize,
  rows: i32,
  columns: i32,
  epsilon: f32,
  columnStart: i32,
  columnEnd: i32,
): void {
  const first = bytes(columnStart);
  const width = columnEnd - columnStart;
  columnSums(x, mean, rows, columns, columnStart, columnEnd);
  for (let c = columnStart; c < columnEnd; c++)
    store<f32>(mean + bytes(c), load<f32>(mean + bytes(c)) / <f32>rows);
  memory.fill(variance + first, 0, bytes(width));
  memory.fill(partial + first, 0, bytes(width));
  for (let start = 0; start < rows; start += CHUNK) {
    const end = min(start + CHUNK, rows);
    for (let row = start; row < end; row++) {
      const from = x + <usize>row * bytes(columns);
      let c = columnStart;
      for (; c + 4 <= columnEnd; c += 4) {
        const at = bytes(c);
        const d = f32x4.sub(v128.load(from + at), v128.load(mean + at));
        v128.store(partial + at, f32x4.add(v128.load(partial + at), f32x4.mul(d, d)));
      }
      for (; c < columnEnd; c++) {
        const at = bytes(c);
        const d = load<f32>(from + at) - load<f32>(mean + at);
        store<f32>(partial + at, load<f32>(partial + at) + d * d);
      }
    }
    flush(partial + first, variance + first, width);
  }
  for (let c = columnStart; c < columnEnd; c++) {
    const spread: f32 = load<f32>(variance + bytes(c)) / <f32>rows;
    store<f32>(variance + bytes(c), spread);
    store<f32>(inverse + bytes(c), <f32>1 / sqrt<f32>(spread + epsilon));
  }
}

/** out = (x − mean)·(inverse·scale) + offset, statistics per column, for rows [rowStart, rowEnd). */
export function normaliseColumns(
  x: usize,
  mean: usize,
  inverse: usize,
  scale: usize,
  offset: usize,
  out: usize,
  columns: i32,
  rowStart: i32,
  rowEnd: i32,
): void {
  for (let row = rowStart; row < rowEnd; row++) {
    const first = <usize>row * bytes(columns);
    let c = 0;
    for (; c + 4 <= columns; c += 4) {
      const at = bytes(c);
      const centred = f32x4.sub(v128.load(x + first + at), v128.load(mean + at));
      const factor = f32x4.mul(v128.load(inverse + at), v128.load(scale + at));
      v128.store(out + first + at, f32x4.add(f32x4.mul(centred, factor), v128.load(offset + at)));
    }
    for (; c < columns; c++) {
      const at = bytes(c);
      const centred = load<f32>(x + first + at) - load<f32>(mean + at);
      const factor = load<f32>(inverse + at) * load<f32>(scale + at);
      store<f32>(out + first + at, centred * factor + load<f32>(offset + at));
    }
  }
}

function laneSum(lanes: v128): f32 {
  return (
    f32x4.extract_lane(lanes, 0) +
    f32x4.extract_lane(lanes, 1) +
    (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3))
  );
}

function rowMean(x: usize, columns: i32): f32 {
  let lanes = f32x4.splat(0);
  let c = 0;
  for (; c + 4 <= columns; c += 4) lanes = f32x4.add(lanes, v128.load(x + bytes(c)));
  let sum = laneSum(lanes);
  for (; c < columns; c++) sum += load<f32>(x + bytes(c));
  return sum / <f32>columns;
}

/** Mean square of x − center. */
function rowVariance(x: usize, center: f32, columns: i32): f32 {
  let lanes = f32x4.splat(0);
  let c = 0;
  for (; c + 4 <= columns; c += 4) {
    const d = f32x4.sub(v128.load(x + bytes(c)), f32x4.splat(center));
    lanes = f32x4.add(lanes, f32x4.mul(d, d));
  }
  let sum = laneSum(lanes);
  for (; c < columns; c++) {
    const d = load<f32>(x + bytes(c)) - center;
    sum += d * d;
  }
  return sum / <f32>columns;
}

/** out = (x − mean)·inverse·scale + offset, statistics per row (written), for rows [rowStart, rowEnd). */
export function normaliseRows(
  x: usize,
  scale: usize,
  offset: usize,
  out: usize,
  mean: usize,
  inverse: usize,
  columns: i32,
  epsilon: f32,
  rowStart: i32,
  rowEnd: i32,
): void {
  for (let row = rowStart; row < rowEnd; row++) {
    const from = x + <usize>row * bytes(columns);
    const to = out + <usize>row * bytes(columns);
    const center = rowMean(from, columns);
    const factor: f32 = <f32>1 / sqrt<f32>(rowVariance(from, center, columns) + epsilon);
    store<f32>(mean + bytes(row), center);
    store<f32>(inverse + bytes(row), factor);
    let c = 0;
    for (; c + 4 <= columns; c += 4) {
      const at = bytes(c);
      const centred = f32x4.sub(v128.load(from + at), f32x4.splat(center));
      const unit = f32x4.mul(centred, f32x4.splat(factor));
      v128.store(to + at, f32x4.add(f32x4.mul(unit, v128.load(scale + at)), v128.load(offset + at)));
    }
    for (; c < columns; c++) {
      const at = bytes(c);
      const unit: f32 = (load<f32>(from + at) - center) * factor;
      store<f32>(to + at, unit * load<f32>(scale + at) + load<f32>(offset + at));
    }
  }
}

/** x̂ of four columns: statistics of the row (splats) or of the columns. */
function unitLanes(x: usize, mean: usize, inverse: usize, row: i32, c: i32, byRow: bool): v128 {
  const lanes = v128.load(x + bytes(c));
  if (byRow)
    return f32x4.mul(
      f32x4.sub(lanes, v128.load32_splat(mean + bytes(row))),
      v128.load32_splat(inverse + bytes(row)),
    );
  return f32x4.mul(f32x4.sub(lanes, v128.load(mean + bytes(c))), v128.load(inverse + bytes(c)));
}

function unitOf(x: usize, mean: usize, inverse: usize, row: i32, c: i32, byRow: bool): f32 {
  const at = bytes(byRow ? row : c);
  return (load<f32>(x + bytes(c)) - load<f32>(mean + at)) * load<f32>(inverse + at);
}

/**
 * Gradients of scale (Σ g·x̂) and offset (Σ g) for columns [columnStart, columnEnd); `partials` is 2F floats of scratch.
 * @param byRow whether mean and inverse are one per row
 */
export function normaliseParameterGradients(
  x: usize,
  gradient: usize,
  mean: usize,
  inverse: usize,
  scaleGradient: usize,
  offsetGradient: usize,
  partials: usize,
  rows: i32,
  columns: i32,
  byRow: bool,
  columnStart: i32,
  columnEnd: i32,
): void {
  const first = bytes(columnStart);
  const width = columnEnd - columnStart;
  const offsetPartials = partials + bytes(columns);
  memory.fill(scaleGradient + first, 0, bytes(width));
  memory.fill(offsetGradient + first, 0, bytes(width));
  memory.fill(partials + first, 0, bytes(width));
  memory.fill(offsetPartials + first, 0, bytes(width));
  for (let start = 0; start < rows; start += CHUNK) {
    const end = min(start + CHUNK, rows);
    for (let row = start; row < end; row++) {
      const from = x + <usize>row * bytes(columns);
      const incoming = gradient + <usize>row * bytes(columns);
      let c = columnStart;
      for (; c + 4 <= columnEnd; c += 4) {
        const at = bytes(c);
        const g = v128.load(incoming + at);
        const term = f32x4.mul(g, unitLanes(from, mean, inverse, row, c, byRow));
        v128.store(partials + at, f32x4.add(v128.load(partials + at), term));
        v128.store(offsetPartials + at, f32x4.add(v128.load(offsetPartials + at), g));
      }
      for (; c < columnEnd; c++) {
        const at = bytes(c);
        const g = load<f32>(incoming + at);
        const term = g * unitOf(from, mean, inverse, row, c, byRow);
        store<f32>(partials + at, load<f32>(partials + at) + term);
        store<f32>(offsetPartials + at, load<f32>(offsetPartials + at) + g);
      }
    }
    flush(partials + first, scaleGradient + first, width);
    flush(offsetPartials + first, offsetGradient + first, width);
  }
}

/** out = scale·inverse·(g − Σg/N − x̂·Σ(g·x̂)/N), statistics per column, for rows [rowStart, rowEnd). */
export function normaliseColumnsGradient(
  x: usize,
  gradient: usize,
  mean: usize,
  inverse: usize,
  scale: usize,
  scaleGradient: usize,
  offsetGradient: usize,
  out: usize,
  rows: i32,
  columns: i32,
  rowStart: i32,
  rowEnd: i32,
): void {
  const share: f32 = <f32>1 / <f32>rows;
  for (let row = rowStart; row < rowEnd; row++) {
    const first = <usize>row * bytes(columns);
    let c = 0;
    for (; c + 4 <= columns; c += 4) {
      const at = bytes(c);
      const unit = unitLanes(x + first, mean, inverse, row, c, false);
      const common = f32x4.add(
        v128.load(offsetGradient + at),
        f32x4.mul(unit, v128.load(scaleGradient + at)),
      );
      const rest = f32x4.sub(v128.load(gradient + first + at), f32x4.mul(common, f32x4.splat(share)));
      const factor = f32x4.mul(v128.load(scale + at), v128.load(inverse + at));
      v128.store(out + first + at, f32x4.mul(factor, rest));
    }
    for (; c < columns; c++) {
      const at = bytes(c);
      const unit = unitOf(x + first, mean, inverse, row, c, false);
      const common = load<f32>(offsetGradient + at) + unit * load<f32>(scaleGradient + at);
      const rest = load<f32>(gradient + first + at) - common * share;
      store<f32>(out + first + at, load<f32>(scale + at) * load<f32>(inverse + at) * rest);
    }
  }
}

/** out = inverse·(h − mean(h) − x̂·mean(h·x̂)), h = scale·g, statistics and means per row, for rows [rowStart, rowEnd). */
export function normaliseRowsGradient(
  x: usize,
  gradient: usize,
  mean: usize,
  inverse: usize,
  scale: usize,
  out: usize,
  columns: i32,
  rowStart: i32,
  rowEnd: i32,
): void {
  for (let row = rowStart; row < rowEnd; row++) {
    const from = x + <usize>row * bytes(columns);
    const incoming = gradient + <usize>row * bytes(columns);
    const to = out + <usize>row * bytes(columns);
    let plainLanes = f32x4.splat(0);
    let unitSums = plainLanes;
    let c = 0;
    for (; c + 4 <= columns; c += 4) {
      const h = f32x4.mul(v128.load(scale + bytes(c)), v128.load(incoming + bytes(c)));
      plainLanes = f32x4.add(plainLanes, h);
      unitSums = f32x4.add(unitSums, f32x4.mul(h, unitLanes(from, mean, inverse, row, c, true)));
    }
    let plain = laneSum(plainLanes);
    let withUnit = laneSum(unitSums);
    for (; c < columns; c++) {
      const h = load<f32>(scale + bytes(c)) * load<f32>(incoming + bytes(c));
      plain += h;
      withUnit += h * unitOf(from, mean, inverse, row, c, true);
    }
    plain /= <f32>columns;
    withUnit /= <f32>columns;
    const factor = load<f32>(inverse + bytes(row));
    for (c = 0; c + 4 <= columns; c += 4) {
      const h = f32x4.mul(v128.load(scale + bytes(c)), v128.load(incoming + bytes(c)));
      const projected = f32x4.mul(unitLanes(from, mean, inverse, row, c, true), f32x4.splat(withUnit));
      const rest = f32x4.sub(f32x4.sub(h, f32x4.splat(plain)), projected);
      v128.store(to + bytes(c), f32x4.mul(f32x4.splat(factor), rest));
    }
    for (; c < columns; c++) {
      const h = load<f32>(scale + bytes(c)) * load<f32>(incoming + bytes(c));
      const rest = h - plain - unitOf(from, mean, inverse, row, c, true) * withUnit;
      store<f32>(to + bytes(c), factor * rest);
    }
  }
}
