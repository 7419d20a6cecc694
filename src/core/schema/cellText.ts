/**
 * Cells written as text, read as values: numbers, booleans, dates, vectors. For columns that are in memory as text;
 * files are read from bytes by `io/delimited/numberScan.ts`, with the same answers.
 */

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,4})?$/i;
const NUMBER_WITH_COMMA = /^[+-]?(?:\d+,?\d*|,\d+)(?:e[+-]?\d{1,4})?$/i;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** Returns the finite decimal number that is the whole text (spaces around it aside), or NaN. */
export function parseNumber(text: string, decimalComma = false): number {
  const trimmed = text.trim();
  if (!(decimalComma ? NUMBER_WITH_COMMA : NUMBER).test(trimmed)) return Number.NaN;
  const value = Number(decimalComma ? trimmed.replace(',', '.') : trimmed);
  return Number.isFinite(value) ? value : Number.NaN;
}

/** Returns 1 or 0 for true/false, yes/no, t/f, y/n and 1/0 in any case; NaN for anything else. */
export function parseBoolean(text: string): number {
  const word = text.trim().toLowerCase();
  if (['true', 'yes', 't', 'y', '1'].includes(word)) return 1;
  return ['false', 'no', 'f', 'n', '0'].includes(word) ? 0 : Number.NaN;
}

/** Returns ms since 1970 of an ISO 8601 date or date-time, UTC where no zone is given; NaN for anything else. */
export function parseDate(text: string): number {
  const trimmed = text.trim();
  if (!ISO_DATE.test(trimmed)) return Number.NaN;
  const day = trimmed.slice(0, 10);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Some engines roll 30 February over into March; a day that does not exist is not a date.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return Number.NaN;
  if (trimmed.length === 10) return midnight;
  const time = trimmed.slice(11);
  return Date.parse(`${day}T${time}${/[Z+-]/.test(time) ? '' : 'Z'}`);
}

/**
 * Returns the numbers of a list such as `[1, 2.5, -3]`, `1;2` or `1 2`; null when it is not all finite numbers or empty.
 * With a decimal comma only semicolons and spaces separate.
 */
export function parseVector(text: string, decimalComma = false): Float32Array | null {
  const trimmed = text.trim();
  const isBracketed = /^[[(]/.test(trimmed) && /[\])]$/.test(trimmed);
  const inner = isBracketed ? trimmed.slice(1, -1) : trimmed;
  if (inner.trim() === '') return null;
  // In two steps: one expression for both separators would take quadratic time on long runs of spaces.
  const words = inner.split(decimalComma ? ';' : /[,;]/).flatMap((part) => part.trim().split(/\s+/));
  const values = Float32Array.from(words, (word) => parseNumber(word, decimalComma));
  return values.every((value) => Number.isFinite(value)) ? values : null;
}
