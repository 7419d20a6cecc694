/**
 * The rules by which a column of text becomes a typed column: which names are labels, when repeated words are
 * categories, how wide a number is stored, in which order categories stand. `columnBuilder.ts` applies them to all rows.
 */
import type { IdInterner } from './idInterner.ts';

/** More distinct words than this are text (or numbers), not categories. */
export const MAX_CATEGORIES = 1000;

/**
 * A decimal of up to 6 significant digits survives float32 and back (FLT_DIG of IEEE 754 binary32); longer ones are
 * kept as float64.
 */
export const FLOAT32_DIGITS = 6;

/** Integers beyond 15 digits (account numbers, hashes) lose digits as numbers and stay text. */
export const MAX_INTEGER_DIGITS = 15;

const CATEGORY_NAMES = /^(?:label|class|split\d*|type|y)$/i;
const FLAG_NAMES = /^(?:is|has)(?:_|[A-Z])/;

/** True for columns that name classes or parts even when they are written as numbers. */
export const prefersCategory = (name: string): boolean => CATEGORY_NAMES.test(name);

/** True for names such as `is_outlier`, whose 0 and 1 mean false and true. */
export const isFlagName = (name: string): boolean => FLAG_NAMES.test(name);

/** True when so few words repeat so often that they are categories: at most 1,000, each twice on average. */
export function isCategorical(numDistinct: number, numPresent: number): boolean {
  return numDistinct <= MAX_CATEGORIES && numDistinct * 2 <= numPresent;
}

/** Orders strings by Unicode code point, as their UTF-8 bytes sort (JavaScript's own order is by UTF-16 unit). */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    if (a.charCodeAt(at) === b.charCodeAt(at)) continue;
    // Two strings that differ in the second half of a surrogate pair share its first half.
    const isTail = at > 0 && (a.charCodeAt(at) & 0xfc00) === 0xdc00 && (b.charCodeAt(at) & 0xfc00) === 0xdc00;
    const from = isTail ? at - 1 : at;
    return (a.codePointAt(from) as number) - (b.codePointAt(from) as number);
  }
  return a.length - b.length;
}

/** Returns the words in display order: ascending numerically when all are integers, else by code point. */
export function orderCategories(words: readonly string[]): string[] {
  const areIntegers = words.every((word) => /^[+-]?\d{1,15}$/.test(word));
  return [...words].sort((a, b) => (areIntegers ? Number(a) - Number(b) : 0) || compareCodePoints(a, b));
}

/**
 * Returns the dictionary in display order and codes rewritten to it.
 * @param codes [n] indices into `words`, -1 = missing; changed in place
 */
export function sortDictionary(words: IdInterner, codes: Int32Array, decode: () => string[]): string[] {
  const unsorted = words.length === 0 ? [] : decode();
  const dictionary = orderCategories(unsorted);
  const position = new Map(dictionary.map((word, code) => [word, code]));
  const rank = Int32Array.from(unsorted, (word) => position.get(word) as number);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    codes[row] = code < 0 ? 0 : (rank[code] as number);
  }
  return dictionary;
}
