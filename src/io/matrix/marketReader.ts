/**
 * One pass over a MatrixMarket file: banner, sizes, entries as typed arrays. Comments, blank lines and indentation may be
 * anywhere; an entry of a coordinate file is one line, numbers of an array may share lines. What the entries mean as a
 * graph is `marketGraph.ts`.
 */
import { GrowableFloat64, GrowableInt32 } from '../bytes/growable.ts';
import { assertText } from '../bytes/textEncoding.ts';
import { cellString, type RowView, scanRows } from '../delimited/delimited.ts';
import { isNonFiniteWord, NumberScanner } from '../delimited/numberScan.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { counted, type NoticeList } from '../notices.ts';
import { FLOAT32_DIGITS, MAX_INTEGER_DIGITS } from '../tables/columnInference.ts';
import { failMarket, type MarketBanner, parseBanner } from './marketBanner.ts';
import { checkEdgeCount, failManyNodes } from './numberedGraph.ts';
import type { NumberKind } from './numberColumns.ts';
import { spacedDialect } from './numberTable.ts';

const PERCENT = 37;

/** What the file holds; indices count from 0. */
export interface MarketMatrix {
  readonly banner: MarketBanner;
  readonly rows: number;
  /** 1 for a vector. */
  readonly columns: number;
  /** Kind of the values, from the banner, a GraphBLAS line, and how they are written. */
  readonly kind: NumberKind;
  /** [entries] of a coordinate file; empty for an array. */
  readonly row: Int32Array;
  readonly column: Int32Array;
  /** [entries] or, for an array, the stored numbers column by column; empty for a pattern. NaN = not finite. */
  readonly real: Float64Array;
  /** Imaginary parts; empty where the field is not complex. */
  readonly imaginary: Float64Array;
  /** [entries] 1-based line of each entry of a coordinate file. */
  readonly line: Int32Array;
}

/** Numbers that an array of this symmetry stores: all, or the lower triangle with or without its diagonal. */
export function storedCount(rows: number, columns: number, symmetry: MarketBanner['symmetry']): number {
  if (symmetry === 'general') return rows * columns;
  return (rows * (symmetry === 'skew-symmetric' ? rows - 1 : rows + 1)) / 2;
}

class MarketReader {
  banner: MarketBanner | null = null;
  rows = -1;
  columns = 1;
  numEntries = 0;
  graphBlasType = '';
  readonly row = new GrowableInt32();
  readonly column = new GrowableInt32();
  readonly real = new GrowableFloat64();
  readonly imaginary = new GrowableFloat64();
  readonly line = new GrowableInt32();
  maxDigits = 0;
  isIntegral = true;
  #lastLine = 1;
  /** Numbers of an array seen so far, both parts of complex ones. */
  #numSeen = 0;
  readonly #numbers = new NumberScanner();

  constructor(
    readonly path: string,
    readonly context: ReadContext,
    readonly notices: NoticeList,
  ) {}

  onRow(row: RowView): void {
    const first = row.bytes[row.starts[0] as number];
    this.#lastLine = row.line;
    if (this.banner === null) {
      const words = Array.from({ length: Math.min(row.numCells, 8) }, (_, cell) => cellString(row, cell));
      this.banner = parseBanner(this.path, row.line, words);
    } else if (first === PERCENT) {
      const isTyped = this.rows < 0 && cellString(row, 0).toLowerCase() === '%%graphblas' && row.numCells > 2;
      if (isTyped) this.graphBlasType = cellString(row, 2).toLowerCase();
    } else if (this.rows < 0) this.#readSizes(row, this.banner);
    else if (this.banner.isCoordinate) this.#readEntry(row, this.banner);
    else this.#readArrayLine(row, this.banner);
  }

  #fail(line: number, what: string, remedy: string): never {
    return failMarket(this.path, line, what, remedy);
  }

  /** Numbers of the size line: rows, columns (matrices), entries (coordinate files). */
  #readSizes(row: RowView, banner: MarketBanner): void {
    const names = [
      'rows',
      ...(banner.object === 'matrix' ? ['columns'] : []),
      ...(banner.isCoordinate ? ['entries'] : []),
    ];
    const remedy = `Give the ${names.join(', ')} as whole numbers in one line below the comments.`;
    if (row.numCells !== names.length) {
      this.#fail(
        row.line,
        `the line of sizes has ${counted(row.numCells, 'number')} instead of ${names.length}`,
        remedy,
      );
    }
    const sizes = names.map((name, cell) => {
      const size = this.#integerAt(row, cell);
      if (!(size >= 0)) this.#fail(row.line, `'${cellString(row, cell)}' is not a number of ${name}`, remedy);
      return size;
    });
    this.rows = sizes[0] as number;
    this.columns = banner.object === 'matrix' ? (sizes[1] as number) : 1;
    const isSquare = this.rows === this.columns;
    if (!isSquare && banner.symmetry !== 'general') {
      this.#fail(row.line, `a ${banner.symmetry} matrix has as many rows as columns`, 'Check the sizes.');
    }
    const { maxNodes } = this.context.limits;
    if (this.rows > maxNodes || this.columns > maxNodes) failManyNodes(maxNodes);
    this.numEntries = banner.isCoordinate
      ? (sizes.at(-1) as number)
      : storedCount(this.rows, this.columns, banner.symmetry);
    checkEdgeCount(this.numEntries, this.context);
  }

  /** Value of a cell that is a whole number, however long; NaN for anything else. */
  #integerAt(row: RowView, cell: number): number {
    const value = this.#numbers.parse(row.bytes, row.starts[cell] as number, row.ends[cell] as number);
    return this.#numbers.isInteger ? value : Number.NaN;
  }

  #indexAt(row: RowView, cell: number, what: 'row' | 'column', size: number): number {
    const index = this.#integerAt(row, cell);
    if (index >= 1 && index <= size) return index - 1;
    return this.#fail(
      row.line,
      `${what} '${cellString(row, cell)}' is not in 1 to ${size.toLocaleString('en-US')}`,
      'Count rows and columns from 1, up to the sizes at the beginning of the file.',
    );
  }

  #readEntry(row: RowView, banner: MarketBanner): void {
    const numIndices = banner.object === 'matrix' ? 2 : 1;
    const numValues = banner.field === 'pattern' ? 0 : banner.field === 'complex' ? 2 : 1;
    if (row.numCells !== numIndices + numValues) {
      this.#fail(
        row.line,
        `the entry has ${counted(row.numCells, 'number')} instead of ${numIndices + numValues}`,
        `Write each entry of a ${banner.field} ${banner.object} in one line.`,
      );
    }
    if (this.row.length === this.numEntries) this.#failSurplus(row.line);
    this.row.push(this.#indexAt(row, 0, 'row', this.rows));
    this.column.push(numIndices === 2 ? this.#indexAt(row, 1, 'column', this.columns) : 0);
    if (numValues > 0) this.real.push(this.#valueAt(row, numIndices));
    if (numValues > 1) this.imaginary.push(this.#valueAt(row, numIndices + 1));
    this.line.push(row.line);
  }

  #readArrayLine(row: RowView, banner: MarketBanner): void {
    const isComplex = banner.field === 'complex';
    for (let cell = 0; cell < row.numCells; cell++) {
      if (this.#numSeen === this.numEntries * (isComplex ? 2 : 1)) this.#failSurplus(row.line);
      const value = this.#valueAt(row, cell);
      if (isComplex && this.#numSeen % 2 === 1) this.imaginary.push(value);
      else this.real.push(value);
      this.#numSeen++;
    }
  }

  #failSurplus(line: number): never {
    this.#fail(
      line,
      `there are more than the announced ${this.numEntries.toLocaleString('en-US')} entries`,
      'Correct the number of entries, or remove the surplus lines.',
    );
  }

  #valueAt(row: RowView, cell: number): number {
    const [start, end] = [row.starts[cell] as number, row.ends[cell] as number];
    const numbers = this.#numbers;
    const value = numbers.parse(row.bytes, start, end);
    if (Number.isNaN(value)) return this.#noNumber(row, cell, start, end);
    if (numbers.digits > this.maxDigits) this.maxDigits = numbers.digits;
    if (!Number.isInteger(value)) this.isIntegral = false;
    if (numbers.isInteger && numbers.digits > MAX_INTEGER_DIGITS && !Number.isSafeInteger(value)) {
      this.notices.add(
        {
          severity: 'warning',
          code: 'rounded-integers',
          file: this.path,
          words: (count) =>
            `${this.path}: ${counted(count, 'integer')} beyond 2^53 rounded to the nearest 64-bit float.`,
        },
        row.line,
        () => cellString(row, cell),
      );
    }
    return value;
  }

  #noNumber(row: RowView, cell: number, start: number, end: number): number {
    const text = cellString(row, cell);
    if (isNonFiniteWord(row.bytes, start, end)) {
      this.notices.add(
        {
          severity: 'warning',
          code: 'not-finite',
          file: this.path,
          words: (count) =>
            `${this.path}: ${counted(count, 'value')} of NaN or Infinity, treated as missing.`,
        },
        row.line,
        () => text,
      );
      return Number.NaN;
    }
    if (Math.abs(Number(text)) === Number.POSITIVE_INFINITY) {
      this.#fail(
        row.line,
        `'${text}' is larger than a 64-bit float holds`,
        'Scale the values of the matrix down.',
      );
    }
    return this.#fail(row.line, `'${text}' is not a number`, 'Write each value as a decimal number.');
  }

  finish(): MarketMatrix {
    const { banner, numEntries } = this;
    if (banner === null || this.rows < 0) {
      const remedy = 'Copy or save the file again.';
      return failMarket(this.path, this.#lastLine, 'the file ends before the line of sizes', remedy);
    }
    const isComplex = banner.field === 'complex';
    const found = banner.isCoordinate
      ? this.row.length
      : isComplex
        ? this.imaginary.length
        : this.real.length;
    if (found < numEntries) {
      failMarket(
        this.path,
        this.#lastLine,
        `the file ends after ${found.toLocaleString('en-US')} of ${counted(numEntries, 'entry', 'entries')}`,
        'Copy or save the file again, or correct the number of entries.',
      );
    }
    return {
      banner,
      rows: this.rows,
      columns: this.columns,
      kind: this.#kind(banner),
      row: this.row.view(),
      column: this.column.view(),
      real: this.real.view(),
      imaginary: this.imaginary.view(),
      line: this.line.view(),
    };
  }

  #kind(banner: MarketBanner): NumberKind {
    const type = this.graphBlasType;
    if (type === 'bool') return 'bool';
    const isInteger = banner.field === 'integer' || /^u?int/.test(type);
    if (isInteger && this.isIntegral) return 'integer';
    return type !== 'double' && this.maxDigits <= FLOAT32_DIGITS ? 'float32' : 'float64';
  }
}

/**
 * Reads a MatrixMarket file.
 * @throws {ParseError} `matrix-market` with the line; {LimitError | CancelledError}
 * One pass, O(bytes).
 */
export async function readMarket(
  file: ProbedFile,
  context: ReadContext,
  notices: NoticeList,
): Promise<MarketMatrix> {
  const { path } = file.source;
  assertText(path, file.head);
  const reader = new MarketReader(path, context, notices);
  await scanRows(file.source, spacedDialect(file.head), context, (row) => reader.onRow(row));
  return reader.finish();
}
