/** Does a column give the answer away? Tests on labelled rows, for classes and for numeric targets. */
import { type Column, isNumeric, isValid } from '../../core/columns.ts';
import { classCodes } from '../../core/taskDefaults.ts';

/** With fewer labelled rows a coincidence is likely. */
const MIN_ROWS = 10;
const MAX_CORRELATION = 0.9999;

/** Returns why a column must not be a feature for a class target, or null. @param targets [n] class, -1 = unlabelled */
export function classLeak(column: Column, targets: Int32Array): string | null {
  const values = classCodes(column);
  if (values === null) return null;
  const leak = leakKind(values.codes, targets);
  if (leak === 'determines') return 'its value gives the target away';
  if (leak === 'determined') return 'follows from the target';
  return null;
}

/**
 * Returns why a column must not be a feature for a numeric target, or null: |Pearson correlation| above 0.9999 on
 * labelled rows, of numbers, dates or a component of a vector, or a category whose (repeating) values fix the target.
 * @param targets [n] value, NaN = unlabelled
 * O(cells)
 */
export function numericLeak(column: Column, targets: ArrayLike<number>): string | null {
  if (column.kind === 'category' || column.kind === 'bool') {
    const values = classCodes(column);
    if (values === null) return null;
    return leakKind(values.codes, distinctCodes(targets)) === 'determines'
      ? 'its value gives the target away'
      : null;
  }
  if (!isNumeric(column) && column.kind !== 'date' && column.kind !== 'vector') return null;
  const width = column.kind === 'vector' ? column.width : 1;
  for (let component = 0; component < width; component++) {
    const correlation = correlationWith(targets, column.length, (row) =>
      isValid(column, row) ? (column.values[row * width + component] as number) : Number.NaN,
    );
    if (correlation !== null && Math.abs(correlation) > MAX_CORRELATION)
      return correlation > 0 ? 'rises with the target exactly' : 'falls with the target exactly';
  }
  return null;
}

/** Pearson correlation over rows where both are finite; null with too few rows or a constant side. */
function correlationWith(
  targets: ArrayLike<number>,
  length: number,
  valueOf: (row: number) => number,
): number | null {
  const x: number[] = [];
  const y: number[] = [];
  for (let row = 0; row < length; row++) {
    const value = valueOf(row);
    const target = targets[row] as number;
    if (!Number.isFinite(value) || !Number.isFinite(target)) continue;
    x.push(value);
    y.push(target);
  }
  if (x.length < MIN_ROWS) return null;
  const a = centred(x);
  const b = centred(y);
  let products = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let k = 0; k < a.length; k++) {
    products += (a[k] as number) * (b[k] as number);
    squaresA += (a[k] as number) ** 2;
    squaresB += (b[k] as number) ** 2;
  }
  return squaresA > 0 && squaresB > 0 ? products / Math.sqrt(squaresA * squaresB) : null;
}

/** Differences from the mean in units of the largest magnitude, so that no product overflows. */
function centred(values: readonly number[]): number[] {
  let unit = 0;
  for (const value of values) unit = Math.max(unit, Math.abs(value));
  if (unit === 0) return [...values];
  const mean = values.reduce((sum, value) => sum + value / unit, 0) / values.length;
  return values.map((value) => value / unit - mean);
}

function distinctCodes(targets: ArrayLike<number>): Int32Array {
  const codeOf = new Map<number, number>();
  return Int32Array.from(targets, (target) => {
    if (!Number.isFinite(target)) return -1;
    const code = codeOf.get(target) ?? codeOf.size;
    codeOf.set(target, code);
    return code;
  });
}

/**
 * Tests on labelled rows whether value → class is a function (values repeating, so that it is not trivially one) or
 * class → value is one with at least two values.
 */
function leakKind(values: Int32Array, targets: Int32Array): 'determines' | 'determined' | null {
  const classOfValue = new Map<number, number>();
  const valueOfClass = new Map<number, number>();
  let determines = true;
  let determined = true;
  let rows = 0;
  for (let row = 0; row < targets.length; row++) {
    const value = values[row] as number;
    const target = targets[row] as number;
    if (target < 0 || value < 0) continue;
    rows++;
    if ((classOfValue.get(value) ?? target) !== target) determines = false;
    if ((valueOfClass.get(target) ?? value) !== value) determined = false;
    if (!determines && !determined) return null;
    classOfValue.set(value, target);
    valueOfClass.set(target, value);
  }
  if (rows < MIN_ROWS || valueOfClass.size < 2 || classOfValue.size < 2) return null;
  if (determines && classOfValue.size <= rows / 2) return 'determines';
  return determined ? 'determined' : null;
}
