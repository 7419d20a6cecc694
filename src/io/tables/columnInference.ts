/**
 * The rules by which a column of text becomes a typed column: which names are labels, when repeated words are
 * categories, how wide a number is stored, in which order categories stand. `columnBuilder.ts` applies them to all rows.
 */
import { orderCategories } from '../../core/categoryRules.ts';
import type { IdInterner } from './idInterner.ts';

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
