/**
 * From a number to a position in [0, 1] on a ramp: linear, logarithmic or around a midpoint, with round ticks for the
 * legend. Pure.
 */
import type { NumberScaleKind, ViewStyle } from '../../state/viewStyle.ts';
import type { NumericValues } from './columnValues.ts';

export interface Tick {
  readonly ratio: number;
  readonly value: number;
}

export interface ValueScale {
  readonly min: number;
  readonly max: number;
  readonly isLog: boolean;
  /** Where a diverging ramp is pale; null on the other ramps. */
  readonly midpoint: number | null;
  ratioOf(value: number): number;
  /** Round values strictly between the ends, ascending, at most five. */
  ticks(): readonly Tick[];
}

/** Largest over median from which values count as heavy-tailed: linearly, half of them would share a tenth of the ramp. */
const TAIL_RATIO = 20;
const MAX_TICKS = 5;

const tails = new WeakMap<NumericValues, boolean>();

/**
 * True when a few values are far above the rest: none is negative, and the largest is at least 20 times the median of
 * the positive ones. Dates are never. O(n log n) once per column.
 */
export function isHeavyTailed(numbers: NumericValues): boolean {
  if (numbers.isDate || numbers.min < 0 || numbers.max <= 0) return false;
  const known = tails.get(numbers);
  if (known !== undefined) return known;
  const positive = numbers.values.filter((value) => value > 0).sort();
  const isTailed = numbers.max >= TAIL_RATIO * (positive[positive.length >> 1] ?? Infinity);
  tails.set(numbers, isTailed);
  return isTailed;
}

/** Whether logarithms can be taken at all: of values with zeros, those of 1 + value. */
export const allowsLog = ({ min, max, isDate }: NumericValues): boolean => !isDate && min >= 0 && max > min;

function usesLog(numbers: NumericValues, kind: NumberScaleKind): boolean {
  if (kind === 'linear' || !allowsLog(numbers)) return false;
  return kind === 'log' || isHeavyTailed(numbers);
}

/** The midpoint of a diverging ramp when none was chosen: 0 between values of both signs, else halfway. */
export const naturalMidpoint = ({ min, max }: Pick<NumericValues, 'min' | 'max'>): number =>
  min < 0 && max > 0 ? 0 : (min + max) / 2;

/** Returns the scale that the style asks for; a column of one value sits in the middle. */
export function valueScale(
  numbers: NumericValues,
  style: Pick<ViewStyle, 'ramp' | 'scale' | 'midpoint'>,
): ValueScale {
  const { min, max } = numbers;
  if (style.ramp === 'diverging') return divergingScale(numbers, style.midpoint ?? naturalMidpoint(numbers));
  const isLog = usesLog(numbers, style.scale);
  // Zeros have no logarithm.
  const shift = min > 0 ? 0 : 1;
  const place = (value: number): number => (isLog ? Math.log(value + shift) : value);
  const [from, to] = [place(min), place(max)];
  const ratioOf = (value: number): number => (to > from ? (place(value) - from) / (to - from) : 0.5);
  const candidates = (): readonly number[] => (isLog ? powersOfTen(min, max) : roundSteps(min, max));
  return { min, max, isLog, midpoint: null, ratioOf, ticks: () => placed(candidates(), min, max, ratioOf) };
}

/** Both sides are as long as the longer one, so that equal distances from the midpoint look equally strong. */
function divergingScale({ min, max }: NumericValues, midpoint: number): ValueScale {
  const reach = Math.max(Math.abs(max - midpoint), Math.abs(min - midpoint));
  const ratioOf = (value: number): number => (reach > 0 ? 0.5 + (value - midpoint) / (2 * reach) : 0.5);
  const [from, to] = [midpoint - reach, midpoint + reach];
  return {
    min: from,
    max: to,
    isLog: false,
    midpoint,
    ratioOf,
    ticks: () => placed([midpoint], from, to, ratioOf),
  };
}

function placed(
  values: readonly number[],
  min: number,
  max: number,
  ratioOf: (value: number) => number,
): readonly Tick[] {
  return values
    .filter((value) => value > min && value < max)
    .map((value) => ({ value, ratio: ratioOf(value) }));
}

/** Multiples of 1, 2 or 5 times a power of ten, the finest that give at most five. */
export function roundSteps(min: number, max: number): readonly number[] {
  const span = max - min;
  if (!(span > 0) || !Number.isFinite(span)) return [];
  const power = 10 ** Math.floor(Math.log10(span / MAX_TICKS));
  const step = power * ([1, 2, 5, 10].find((factor) => span / (power * factor) <= MAX_TICKS) ?? 10);
  const first = Math.ceil(min / step);
  const last = Math.floor(max / step);
  // Multiplied, not added up: 3 × 0.1 differs from 0.1 + 0.1 + 0.1 but rounds to the same text.
  return Array.from({ length: Math.min(MAX_TICKS + 1, last - first + 1) }, (_, at) =>
    Number(((first + at) * step).toPrecision(12)),
  );
}

/** Powers of ten within the range, thinned to at most five. */
export function powersOfTen(min: number, max: number): readonly number[] {
  const first = min > 0 ? Math.ceil(Math.log10(min)) : 0;
  const last = Math.floor(Math.log10(max));
  if (last < first) return [];
  const stride = Math.ceil((last - first + 1) / MAX_TICKS);
  return Array.from(
    { length: Math.floor((last - first) / stride) + 1 },
    (_, at) => 10 ** (first + at * stride),
  );
}
