/**
 * Values from bytes without strings: numbers, booleans, ISO dates, and the words that stand for a missing value.
 * Numbers of up to 15 digits and a power of ten up to 22 are exact by one multiplication or division (Clinger's fast
 * path); longer ones go through the engine's own parser.
 */
import { parseDate } from '../../core/schema/cellText.ts';

const DIGIT_0 = 48;
const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const ascii = new TextDecoder('latin1');

export const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

/** Parser with the facts of the last number beside it, so that the hot path allocates nothing. */
export class NumberScanner {
  /** Significant digits of the last number. */
  digits = 0;
  /** The last number had neither decimal point nor exponent. */
  isInteger = false;
  readonly #decimal: number;

  /** @param decimalComma numbers are written `1,5` */
  constructor(decimalComma = false) {
    this.#decimal = decimalComma ? 44 : 46;
  }

  /** Returns the number written in bytes[start..end), or NaN when they are no finite decimal number. */
  parse(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    const first = bytes[at] as number;
    const negative = first === 45;
    if (negative || first === 43) at++;
    let mantissa = 0;
    let digits = 0;
    let seen = 0;
    let scale = 0;
    let hasPoint = false;
    for (; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte >= 48 && byte <= 57) {
        seen++;
        if (hasPoint) scale--;
        if (digits > 0 || byte !== DIGIT_0) digits++;
        mantissa = mantissa * 10 + (byte - DIGIT_0);
      } else if (byte === this.#decimal && !hasPoint) hasPoint = true;
      else break;
    }
    if (seen === 0) return Number.NaN;
    this.digits = digits;
    this.isInteger = !hasPoint && at === end;
    if (at < end) {
      const exponent = exponentAt(bytes, at, end);
      if (exponent === null) return Number.NaN;
      scale += exponent;
    }
    if (digits > 15 || scale > 22 || scale < -22) return this.#slow(bytes, start, end);
    const power = POWERS_OF_TEN[scale < 0 ? -scale : scale] as number;
    const value = scale < 0 ? mantissa / power : mantissa * power;
    return negative ? -value : value;
  }

  #slow(bytes: Uint8Array, start: number, end: number): number {
    const text = ascii.decode(bytes.slice(start, end));
    const value = Number(this.#decimal === 44 ? text.replace(',', '.') : text);
    return Number.isFinite(value) ? value : Number.NaN;
  }
}

/** Exponent `e±NN` filling bytes[at..end), or null. */
function exponentAt(bytes: Uint8Array, at: number, end: number): number | null {
  if (((bytes[at] as number) | 32) !== 101) return null;
  let position = at + 1;
  const sign = bytes[position] as number;
  if (sign === 45 || sign === 43) position++;
  if (position >= end || end - position > 4) return null;
  let exponent = 0;
  for (; position < end; position++) {
    const byte = bytes[position] as number;
    if (!isDigit(byte)) return null;
    exponent = exponent * 10 + byte - DIGIT_0;
  }
  return sign === 45 ? -exponent : exponent;
}

function equalsIgnoringCase(bytes: Uint8Array, start: number, end: number, lower: string): boolean {
  if (end - start !== lower.length) return false;
  for (let at = 0; at < lower.length; at++) {
    const byte = bytes[start + at] as number;
    const folded = byte >= 65 && byte <= 90 ? byte + 32 : byte;
    if (folded !== lower.charCodeAt(at)) return false;
  }
  return true;
}

/** Returns 1 or 0 for `true` and `false` in any case, -1 for anything else. */
export function parseBoolean(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length === 4 && equalsIgnoringCase(bytes, start, end, 'true')) return 1;
  if (length === 5 && equalsIgnoringCase(bytes, start, end, 'false')) return 0;
  return -1;
}

/**
 * True for an empty cell and for the words NA, N/A, #N/A, <NA>, NaN, null and None. `none` in lower case is a value:
 * it names a part of a split.
 */
export function isMissingWord(bytes: Uint8Array, start: number, end: number): boolean {
  switch (end - start) {
    case 0:
      return true;
    case 2:
      return bytes[start] === 78 && bytes[start + 1] === 65;
    case 3:
      return (
        equalsIgnoringCase(bytes, start, end, 'nan') ||
        (bytes[start + 1] === 47 && equalsIgnoringCase(bytes, start, end, 'n/a'))
      );
    case 4:
      return (
        equalsIgnoringCase(bytes, start, end, 'null') ||
        (bytes[start] === 78 && equalsIgnoringCase(bytes, start, end, 'none')) ||
        equalsIgnoringCase(bytes, start, end, '#n/a') ||
        equalsIgnoringCase(bytes, start, end, '<na>')
      );
    default:
      return false;
  }
}

/** True for NaN, inf and Infinity with an optional sign, in any case: numbers that no column keeps. */
export function isNonFiniteWord(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start] as number;
  const from = first === 45 || first === 43 ? start + 1 : start;
  const letter = (bytes[from] as number) | 32;
  if (letter !== 110 && letter !== 105) return false;
  return (
    equalsIgnoringCase(bytes, from, end, 'nan') ||
    equalsIgnoringCase(bytes, from, end, 'inf') ||
    equalsIgnoringCase(bytes, from, end, 'infinity')
  );
}

/** Returns the time of an ISO 8601 date or date-time in ms since 1970; UTC where no zone is given; NaN for anything else. */
export function parseIsoDate(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length < 10 || length > 35 || bytes[start + 4] !== 45 || bytes[start + 7] !== 45) return Number.NaN;
  return parseDate(ascii.decode(bytes.slice(start, end)));
}
