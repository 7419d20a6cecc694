/**
 * Text files that hold nothing but numbers, one row per line, as data-set folders are made of: no header, commas,
 * semicolons or blanks between the numbers. Every row is as wide as the first.
 */
import { ParseError } from '../../core/errors.ts';
import { GrowableFloat32, GrowableFloat64, GrowableInt32 } from '../bytes/growable.ts';
import { assertText, decodeHead, detectEncoding } from '../bytes/textEncoding.ts';
import { cellString, type RowView, scanRows } from '../delimited/delimited.ts';
import type { Dialect } from '../delimited/dialect.ts';
import { isMissingWord, isNonFiniteWord, NumberScanner } from '../delimited/numberScan.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { counted } from '../notices.ts';
import { decimalKind, type NumberKind } from './numberColumns.ts';

const SPACE = 32;

/** How lines of numbers are read: cells as they stand, no quotes, no header. */
export function spacedDialect(head: Uint8Array, delimiter = SPACE): Dialect {
  return {
    delimiter,
    quote: -1,
    comment: -1,
    rowEnd: -1,
    hasHeader: false,
    decimalComma: false,
    encoding: detectEncoding(head),
  };
}

/** Comma or semicolon where the first line has one, else blanks. */
function delimiterOf(head: Uint8Array): number {
  const [line = ''] = decodeHead(head)
    .trimStart()
    .split(/\r\n|\n|\r/, 1);
  return line.includes(',') ? 44 : line.includes(';') ? 59 : SPACE;
}

export interface NumberTable {
  readonly rows: number;
  readonly width: number;
  /** Narrowest kind of all numbers as they are written. */
  readonly kind: NumberKind;
  /** [rows, width] row by row; NaN = missing or not finite. */
  readonly values: Float64Array | Float32Array | Int32Array;
}

const ELEMENTS = { float64: GrowableFloat64, float32: GrowableFloat32, int32: GrowableInt32 } as const;

export interface NumberTableOptions {
  /** How numbers are held: by default float64; wide tables of features float32; `int32` admits whole numbers only. */
  readonly element?: keyof typeof ELEMENTS;
  /** Numbers that every row must have; by default as many as the first. */
  readonly width?: number;
}

/**
 * Reads a table of numbers; blank lines are skipped.
 * @throws {ParseError} `number-table`: a word, or a row of another width; {LimitError | CancelledError}
 * One pass, O(bytes).
 */
export async function readNumberTable(
  file: ProbedFile,
  context: ReadContext,
  options: NumberTableOptions = {},
): Promise<NumberTable> {
  const { path } = file.source;
  assertText(path, file.head);
  const numbers = new NumberScanner();
  const values = new ELEMENTS[options.element ?? 'float64']();
  const isIndex = options.element === 'int32';
  let rows = 0;
  let width = options.width ?? 0;
  let maxDigits = 0;
  let isIntegral = true;
  await scanRows(file.source, spacedDialect(file.head, delimiterOf(file.head)), context, (row) => {
    const { numCells } = row;
    if (width === 0) width = numCells;
    if (numCells !== width) {
      failTable(
        path,
        row.line,
        `there ${numCells === 1 ? 'is' : 'are'} ${counted(numCells, 'number')} instead of ${width}`,
      );
    }
    rows++;
    for (let cell = 0; cell < numCells; cell++) {
      const [start, end] = [row.starts[cell] as number, row.ends[cell] as number];
      const value = numbers.parse(row.bytes, start, end);
      values.push(value);
      if (isIndex && (value | 0) !== value) failIndex(path, row, cell);
      if (Number.isNaN(value)) {
        if (isMissingWord(row.bytes, start, end) || isNonFiniteWord(row.bytes, start, end)) continue;
        failTable(path, row.line, `'${cellString(row, cell)}' is not a number`);
      }
      if (numbers.digits > maxDigits) maxDigits = numbers.digits;
      if (!Number.isInteger(value)) isIntegral = false;
    }
  });
  return { rows, width, kind: isIntegral ? 'integer' : decimalKind(maxDigits), values: values.finish() };
}

function failTable(path: string, line: number, what: string): never {
  throw new ParseError(`${path} line ${line}: ${what}.`, {
    code: 'number-table',
    remedy: 'Give every line the same number of numbers, without a header.',
    details: { file: path, line },
  });
}

/** Column `column` of a table. */
export function columnValues(table: NumberTable, column: number): Float64Array {
  const out = new Float64Array(table.rows);
  for (let row = 0; row < table.rows; row++) out[row] = table.values[row * table.width + column] as number;
  return out;
}

function failIndex(path: string, row: RowView, cell: number): never {
  failTable(path, row.line, `'${cellString(row, cell)}' is not a whole number`);
}

/** Column `column` of a table of whole numbers, less `first`. */
export function indexValues(table: NumberTable, column: number, first: 0 | 1): Int32Array {
  const out = new Int32Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    out[row] = (table.values[row * table.width + column] as number) - first;
  }
  return out;
}

/** First rows as text, for previews. */
export function sampleLines(
  head: Uint8Array,
  isComment: (line: string) => boolean = () => false,
): string[][] {
  const lines = decodeHead(head).split(/\r\n|\n|\r/);
  return lines
    .slice(0, Math.max(1, lines.length - 1))
    .filter((line) => line.trim() !== '' && !isComment(line))
    .slice(0, 20)
    .map((line) => line.trim().split(/\s*[,;]\s*|\s+/));
}
