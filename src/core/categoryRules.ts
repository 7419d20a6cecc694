/**
 * When repeated words are categories, and the order in which they stand in a dictionary, so that equal sets of words are
 * equal dictionaries. The same rules for columns that are read, converted and computed.
 */

/** More distinct words than this are text (or numbers), not categories. */
export const MAX_CATEGORIES = 1000;

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
