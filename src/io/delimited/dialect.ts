/**
 * How a delimited file is written, guessed from its first bytes: encoding, delimiter, quotes, comments, header row,
 * decimal comma. The guess is shown in the preview as words.
 */
import { cellString, RowScanner, type RowView } from './delimited.ts';
import { DEFAULT_IMPORT_LIMITS } from '../importTypes.ts';
import { isMissingWord, NumberScanner, parseIsoDate } from './numberScan.ts';
import { decodeHead, type DetectedEncoding, detectEncoding } from '../bytes/textEncoding.ts';

export interface Dialect {
  /** Byte between cells; a space stands for runs of blanks. */
  readonly delimiter: number;
  /** Byte around quoted cells; -1 when quotes are ordinary characters. */
  readonly quote: number;
  /** First byte of lines to skip; -1 when there are none. */
  readonly comment: number;
  /** Byte that ends every row before its newline; -1 when there is none. */
  readonly rowEnd: number;
  readonly hasHeader: boolean;
  /** Numbers are written `1,5`. */
  readonly decimalComma: boolean;
  readonly encoding: DetectedEncoding;
}

const TAB = 9;
const SEMICOLON = 59;
const COMMA = 44;
const PIPE = 124;
const SPACE = 32;
const QUOTE = 34;
/** In order of preference when several split the file evenly: names like `Rupf, Stefan;Miletic, Ivana` have commas. */
const CANDIDATES = [TAB, SEMICOLON, COMMA, PIPE, SPACE];
const DELIMITER_NAMES: Readonly<Record<number, string>> = {
  [TAB]: 'tab',
  [SEMICOLON]: 'semicolon',
  [COMMA]: 'comma',
  [PIPE]: 'pipe',
  [SPACE]: 'space',
};
const SAMPLE_ROWS = 100;
/** Enough for a hundred ordinary rows; detection must stay cheap on rows of thousands of cells. */
const SAMPLE_BYTES = 64 * 1024;
const EVEN = 0.9;

/** Column names that only a header row contains. */
const HEADER_WORDS =
  /^(?:#?(?:node|edge)?[_ -]?id|source|target|from|to|src|dst|head|tail|relation|label|class|name|weight|type|split|user|item|y|.*[_ -]id|(?:from|to)[_ -]?node(?:id)?)$/i;

const encoder = new TextEncoder();

function scanSample<T>(head: Uint8Array, dialect: Dialect, take: (row: RowView) => T): T[] {
  const rows: T[] = [];
  const scanner = new RowScanner('', dialect, DEFAULT_IMPORT_LIMITS);
  const text = encoder.encode(decodeHead(head.subarray(0, SAMPLE_BYTES)));
  scanner.append(text);
  // A shorter head is the whole file; its last row may lack a newline.
  if (head.length < SAMPLE_BYTES) scanner.append(Uint8Array.of(10));
  try {
    scanner.scan(false, (row) => {
      if (rows.length < SAMPLE_ROWS) rows.push(take(row));
    });
  } catch {
    // A malformed row ends the sample; the reader reports it with its line.
    return rows;
  }
  return rows;
}

/** Returns the first rows as strings, header included. */
export function sampleRows(head: Uint8Array, dialect: Dialect): string[][] {
  return scanSample(head, dialect, (row) =>
    Array.from({ length: row.numCells }, (_, cell) => cellString(row, cell)),
  );
}

/** Share of rows that have the most frequent number of cells, and that number. */
function evenness(counts: readonly number[]): { ratio: number; columns: number } {
  const frequency = new Map<number, number>();
  for (const count of counts) frequency.set(count, (frequency.get(count) ?? 0) + 1);
  let columns = 1;
  let most = 0;
  for (const [count, times] of frequency) {
    if (times > most || (times === most && count > columns)) [columns, most] = [count, times];
  }
  return { ratio: counts.length === 0 ? 0 : most / counts.length, columns };
}

function detectDelimiter(head: Uint8Array, base: Dialect): number {
  let best = { delimiter: COMMA, ratio: 0 };
  for (const delimiter of CANDIDATES) {
    const counts = scanSample(head, { ...base, delimiter }, (row) => row.numCells);
    const { ratio, columns } = evenness(counts);
    if (columns < 2) continue;
    if (ratio >= EVEN) return delimiter;
    // Prose splits at blanks, unevenly; that is not a table. Rows as long as the first, with names of two words in some
    // (New York), are one.
    const isTable = delimiter !== SPACE || (ratio >= 0.5 && counts.length > 3 && columns === counts[0]);
    if (ratio > best.ratio && isTable) best = { delimiter, ratio };
  }
  return best.delimiter;
}

/** Comment byte when the file starts with `#` or `%` lines that are not simply its header. */
function detectComment(lines: readonly string[]): number {
  const mark = lines[0]?.[0];
  if (mark !== '#' && mark !== '%') return -1;
  const isHeader =
    lines[1]?.[0] !== mark && /^#\w/.test(lines[0] as string) && /[\t,;|]/.test(lines[0] as string);
  return isHeader ? -1 : mark.charCodeAt(0);
}

type CellClass = 'number' | 'date' | 'missing' | 'text';

function classOf(text: string, numbers: NumberScanner): CellClass {
  const bytes = encoder.encode(text);
  if (isMissingWord(bytes, 0, bytes.length)) return 'missing';
  if (!Number.isNaN(numbers.parse(bytes, 0, bytes.length))) return 'number';
  return Number.isNaN(parseIsoDate(bytes, 0, bytes.length)) ? 'text' : 'date';
}

/** True when the first row names columns: it reads unlike the rows below it, or in words that only headers use. */
function detectHeader(
  rows: readonly (readonly string[])[],
  decimalComma: boolean,
  isCommaOrSemicolon: boolean,
): boolean {
  const [first, ...rest] = rows;
  if (first === undefined) return false;
  const numbers = new NumberScanner(decimalComma);
  const classes = first.map((cell) => classOf(cell, numbers));
  if (classes.some((kind) => kind === 'number' || kind === 'date')) return false;
  if (first.some((cell) => HEADER_WORDS.test(cell))) return true;
  if (classes.includes('missing') || new Set(first).size < first.length) return false;
  const below = rest.slice(0, 50);
  const hasTyped = first.some((_, column) =>
    below.some((row) => ['number', 'date'].includes(classOf(row[column] ?? '', numbers))),
  );
  if (hasTyped) return true;
  // All text: a name that turns up again below is a value, not a column name.
  const recurs = first.some((cell) => below.some((row) => row.includes(cell)));
  return !recurs && isCommaOrSemicolon;
}

function usesDecimalComma(rows: readonly (readonly string[])[], delimiter: number): boolean {
  const cells = rows.slice(0, 50).flat();
  // Between commas, "1,234" in quotes is more likely a thousand; "47,5" is not.
  const numbers = cells.filter((cell) => /^-?\d+,\d+$/.test(cell));
  if (delimiter === COMMA && numbers.every((cell) => /^-?\d{1,3},\d{3}$/.test(cell))) return false;
  return cells.some((cell) => /^-?\d+,\d+$/.test(cell)) && !cells.some((cell) => /^-?\d*\.\d+$/.test(cell));
}

/** Tab-separated files rarely quote: text after a closing quote, or an odd number of them, is inches or prose. */
function hasLiteralQuotes(lines: readonly string[]): boolean {
  const numQuotes = lines.join('').split('"').length - 1;
  return numQuotes % 2 === 1 || lines.some((line) => /(?:^|\t)"[^"\t]*"[^"\t]/.test(line));
}

/** Returns the dialect of a text file. Cheap: looks at the first 64 KiB. `hasHeader` overrides the guess. */
export function detectDialect(head: Uint8Array, hasHeader?: boolean): Dialect {
  const text = decodeHead(head.subarray(0, SAMPLE_BYTES));
  const lines = text.split(/\r\n|\n|\r/, 50).filter((line) => line !== '');
  const base: Dialect = {
    delimiter: COMMA,
    quote: QUOTE,
    comment: detectComment(lines),
    rowEnd: -1,
    hasHeader: true,
    decimalComma: false,
    encoding: detectEncoding(head),
  };
  const delimiter = detectDelimiter(head, base);
  const rowEnd = delimiter !== SEMICOLON && lines.every((line) => line.endsWith(';')) ? SEMICOLON : -1;
  const hasStrayQuotes = delimiter === TAB && hasLiteralQuotes(lines);
  const split: Dialect = { ...base, delimiter, rowEnd, quote: hasStrayQuotes ? -1 : QUOTE };
  const rows = sampleRows(head, split);
  const decimalComma = usesDecimalComma(rows, delimiter);
  return {
    ...split,
    decimalComma,
    hasHeader: hasHeader ?? detectHeader(rows, decimalComma, delimiter === COMMA || delimiter === SEMICOLON),
  };
}

/** How the file was read, in words: 'comma separated, UTF-8, header row'. */
export function describeDialect(dialect: Dialect): string {
  return [
    `${DELIMITER_NAMES[dialect.delimiter] ?? 'character'} separated`,
    dialect.encoding.name,
    dialect.hasHeader ? 'header row' : 'no header row',
    ...(dialect.decimalComma ? ['decimal comma'] : []),
    ...(dialect.comment >= 0 ? [`lines beginning with ${String.fromCharCode(dialect.comment)} skipped`] : []),
  ].join(', ');
}

/** True when bytes look like rows of numbers or words rather than markup or a program. */
export function looksTabular(head: Uint8Array): boolean {
  const text = decodeHead(head.subarray(0, 4096)).trimStart();
  if (text === '') return false;
  if (/^(?:<[?!a-zA-Z]|[{[])/.test(text)) return false;
  const dialect = detectDialect(head);
  const counts = scanSample(head, dialect, (row) => row.numCells);
  const { ratio, columns } = evenness(counts);
  return columns >= 2 && ratio >= 0.5;
}
