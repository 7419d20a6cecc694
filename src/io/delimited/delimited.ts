/**
 * One pass over a delimited text file: rows as byte spans, no string per cell. Quoted cells with newlines and doubled
 * quotes, LF / CRLF / CR, blanks around cells, comment lines; 1-based line numbers. What a cell means is decided by
 * `tableReader.ts`; how the file is written by `dialect.ts`.
 */
import { LimitError, ParseError } from '../../core/errors.ts';
import type { Dialect } from './dialect.ts';
import { createPacer } from '../bytes/eventLoop.ts';
import type { FileSource } from '../fileSource.ts';
import type { ImportLimits, ReadContext } from '../importTypes.ts';
import { utf8Chunks } from '../bytes/textEncoding.ts';

/** The current row; its bytes and spans are valid only during the callback. */
export interface RowView {
  readonly bytes: Uint8Array;
  /** Cell c is bytes[starts[c] .. ends[c]), trimmed and unquoted. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly numCells: number;
  /** 1-based line on which the row begins. */
  readonly line: number;
}

const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;
const PIECE_BYTES = 128 * 1024;
const PROGRESS_MS = 100;

const decoder = new TextDecoder();

export function cellString(row: RowView, cell: number): string {
  return decoder.decode(row.bytes.slice(row.starts[cell] as number, row.ends[cell] as number));
}

/** Tokenizer over a moving window; `append` bytes, then `scan` hands over every complete row. */
export class RowScanner {
  #window = new Uint8Array(2 * PIECE_BYTES);
  #length = 0;
  #line = 1;
  #innerLines = 0;
  #cellEnd = 0;
  #numCells = 0;
  #starts = new Int32Array(64);
  #ends = new Int32Array(64);
  readonly #escapedCells: number[] = [];
  /** 1 for bytes that end an unquoted cell. */
  readonly #stops = new Uint8Array(256);
  /** 1 for bytes trimmed around cells. */
  readonly #blanks = new Uint8Array(256);
  readonly #mergesBlanks: boolean;

  constructor(
    private readonly path: string,
    private readonly dialect: Dialect,
    private readonly limits: ImportLimits,
    private readonly keepEmptyLines = false,
  ) {
    this.#mergesBlanks = dialect.delimiter === SPACE;
    for (const byte of [LF, CR, dialect.delimiter]) this.#stops[byte] = 1;
    if (this.#mergesBlanks) this.#stops[TAB] = 1;
    else {
      this.#blanks[SPACE] = 1;
      if (dialect.delimiter !== TAB) this.#blanks[TAB] = 1;
    }
  }

  append(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#window.length) {
      const grown = new Uint8Array(Math.max(this.#window.length * 2, this.#length + bytes.length));
      grown.set(this.#window.subarray(0, this.#length));
      this.#window = grown;
    }
    this.#window.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /**
   * Hands over every complete row in the window; with `isLast` also the row that has no newline.
   * @throws {ParseError} an unclosed quote, or text after a closing quote
   * @throws {LimitError} a cell or a row beyond the limits
   */
  scan(isLast: boolean, onRow: (row: RowView) => void): void {
    let at = 0;
    while (at < this.#length) {
      const next = this.#scanRow(at, isLast);
      if (next < 0) break;
      if (this.#numCells > 0) this.#emit(onRow);
      at = next;
    }
    this.#window.copyWithin(0, at, this.#length);
    this.#length -= at;
  }

  #emit(onRow: (row: RowView) => void): void {
    const line = this.#line - this.#innerLines - 1;
    for (const cell of this.#escapedCells) this.#unescape(cell);
    onRow({ bytes: this.#window, starts: this.#starts, ends: this.#ends, numCells: this.#numCells, line });
  }

  /** Scans one row from `at`; returns where the next begins, or -1 when the window ends before the row does. */
  #scanRow(from: number, isLast: boolean): number {
    const window = this.#window;
    const length = this.#length;
    const stops = this.#stops;
    const blanks = this.#blanks;
    const quote = this.dialect.quote;
    let at = from;
    this.#numCells = 0;
    this.#innerLines = 0;
    this.#escapedCells.length = 0;
    if (window[at] === this.dialect.comment) return this.#skipLine(at, isLast);
    if (this.#mergesBlanks) at = this.#skipRun(at);
    for (;;) {
      while (at < length && blanks[window[at] as number] === 1) at++;
      if (at === length && !isLast) return -1;
      let start = at;
      let end: number;
      if (at < length && window[at] === quote) {
        start++;
        at = this.#closeQuote(start, isLast);
        if (at < 0) return -1;
        end = this.#cellEnd;
      } else {
        while (at < length && stops[window[at] as number] === 0) at++;
        if (at - start > this.limits.maxCellBytes) this.#failCell();
        if (at === length && !isLast) return -1;
        end = at;
        while (end > start && blanks[window[end - 1] as number] === 1) end--;
      }
      this.#addCell(start, end);
      if (this.#mergesBlanks) at = this.#skipRun(at);
      if (at === length) return isLast ? this.#endRow(at) : -1;
      const byte = window[at] as number;
      if (byte === LF) return this.#endRow(at + 1);
      if (byte === CR) {
        if (at + 1 === length && !isLast) return -1;
        return this.#endRow(at + 1 < length && window[at + 1] === LF ? at + 2 : at + 1);
      }
      if (!this.#mergesBlanks) at++;
    }
  }

  #addCell(start: number, end: number): void {
    if (end - start > this.limits.maxCellBytes) this.#failCell();
    const cell = this.#numCells++;
    if (cell >= this.limits.maxColumns) {
      throw new LimitError(
        `${this.path} line ${this.#line}: a row has more than ${this.limits.maxColumns.toLocaleString('en-US')} columns.`,
        {
          code: 'too-many-columns',
          remedy: 'Store wide features as features.svm or features.npy, or split the table.',
          details: { file: this.path, line: this.#line, limit: this.limits.maxColumns },
        },
      );
    }
    if (cell === this.#starts.length) {
      const starts = new Int32Array(cell * 2);
      const ends = new Int32Array(cell * 2);
      starts.set(this.#starts);
      ends.set(this.#ends);
      this.#starts = starts;
      this.#ends = ends;
    }
    this.#starts[cell] = start;
    this.#ends[cell] = end;
  }

  #endRow(next: number): number {
    const last = this.#numCells - 1;
    const start = this.#starts[last] as number;
    const end = this.#ends[last] as number;
    if (this.dialect.rowEnd >= 0 && end > start && this.#window[end - 1] === this.dialect.rowEnd) {
      this.#ends[last] = end - 1;
    }
    const isEmpty = last === 0 && start === end;
    if (isEmpty) this.#numCells = this.keepEmptyLines ? 1 : 0;
    this.#line += this.#innerLines + 1;
    return next;
  }

  #skipRun(from: number): number {
    let at = from;
    while (at < this.#length && (this.#window[at] === SPACE || this.#window[at] === TAB)) at++;
    return at;
  }

  #skipLine(from: number, isLast: boolean): number {
    let at = from;
    while (at < this.#length && this.#window[at] !== LF && this.#window[at] !== CR) at++;
    if (at + 1 >= this.#length && !isLast) return -1;
    this.#line++;
    return this.#window[at] === CR && this.#window[at + 1] === LF && at + 1 < this.#length ? at + 2 : at + 1;
  }

  /** Finds the closing quote of a cell whose text starts at `from`; returns the position of what ends the cell. */
  #closeQuote(from: number, isLast: boolean): number {
    const window = this.#window;
    const length = this.#length;
    const quote = this.dialect.quote;
    let at = from;
    let hasEscapes = false;
    for (;;) {
      while (at < length && window[at] !== quote) {
        const byte = window[at++];
        if (byte === LF || (byte === CR && window[at] !== LF)) this.#innerLines++;
      }
      if (at - from > this.limits.maxCellBytes) this.#failCell();
      if (at >= length) {
        if (isLast) this.#failQuote('a quoted cell is never closed', 'Close the quote');
        return -1;
      }
      if (at + 1 === length && !isLast) return -1;
      if (at + 1 === length || window[at + 1] !== quote) break;
      hasEscapes = true;
      at += 2;
    }
    if (hasEscapes) this.#escapedCells.push(this.#numCells);
    this.#cellEnd = at++;
    while (at < length && this.#blanks[window[at] as number] === 1) at++;
    if (at === length) return isLast ? at : -1;
    if (this.#stops[window[at] as number] === 0) {
      this.#failQuote('text follows a closing quote', 'Double the quotes inside the cell');
    }
    return at;
  }

  #unescape(cell: number): void {
    const window = this.#window;
    let to = this.#starts[cell] as number;
    const end = this.#ends[cell] as number;
    for (let at = to; at < end; at++) {
      window[to++] = window[at] as number;
      if (window[at] === this.dialect.quote) at++;
    }
    this.#ends[cell] = to;
  }

  #failQuote(what: string, remedy: string): never {
    throw new ParseError(`${this.path} line ${this.#line}: ${what}.`, {
      code: 'malformed-quotes',
      remedy: `${remedy} in the row that begins on line ${this.#line}.`,
      details: { file: this.path, line: this.#line },
    });
  }

  #failCell(): never {
    throw new LimitError(
      `${this.path} line ${this.#line}: a cell is longer than ${this.limits.maxCellBytes.toLocaleString('en-US')} bytes.`,
      {
        code: 'cell-too-long',
        remedy: 'Check the row for a quote that is never closed, or for a wrong delimiter.',
        details: { file: this.path, line: this.#line, limit: this.limits.maxCellBytes },
      },
    );
  }
}

/**
 * Reads all rows of a file and calls `onRow` for each, header included. Gives way to the event loop every few
 * milliseconds, reports progress and stops on `signal`.
 * @throws {ParseError | LimitError | CancelledError}
 * @returns number of bytes and rows. One pass, O(bytes).
 */
export async function scanRows(
  source: FileSource,
  dialect: Dialect,
  context: ReadContext,
  onRow: (row: RowView) => void,
  keepEmptyLines = false,
): Promise<{ readonly bytes: number; readonly rows: number }> {
  const scanner = new RowScanner(source.path, dialect, context.limits, keepEmptyLines);
  const pacer = createPacer(context.signal, `Reading ${source.path}`);
  let bytes = 0;
  let rows = 0;
  let lastReport = performance.now();
  const count = (row: RowView): void => {
    rows++;
    onRow(row);
  };
  for await (const chunk of utf8Chunks(source, dialect.encoding)) {
    for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
      const piece = chunk.subarray(from, from + PIECE_BYTES);
      scanner.append(piece);
      scanner.scan(false, count);
      bytes += piece.length;
      if (performance.now() - lastReport > PROGRESS_MS) {
        lastReport = performance.now();
        context.onProgress?.({ stage: `Reading ${source.path}`, bytes, totalBytes: source.sizeBytes, rows });
      }
      await pacer.breathe();
    }
  }
  scanner.scan(true, count);
  return { bytes, rows };
}
