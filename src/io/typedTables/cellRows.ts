/**
 * Rows of typed values as the table reader takes them: cells of UTF-8 bytes, absent cells marked, numbers and dates written
 * so that the reader finds their kind again. One buffer for all rows.
 */
import { LimitError } from '../../core/errors.ts';
import type { RowView } from '../delimited/delimited.ts';
import type { ImportLimits } from '../importTypes.ts';

const MAX_SAMPLE_CELL = 200;
const encoder = new TextEncoder();

interface WritableRow extends RowView {
  bytes: Uint8Array;
  numCells: number;
  line: number;
}

/** How a value of a typed table is written as a cell; null = absent. Lists of numbers become vectors, objects JSON text. */
export function valueText(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return Number.isFinite(value) ? String(value) : null;
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      return value === null ? null : objectText(value);
    default:
      return null;
  }
}

const isNumberList = (value: unknown): value is ArrayLike<number> =>
  (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number')) ||
  value instanceof Float32Array ||
  value instanceof Float64Array ||
  value instanceof Int32Array;

function objectText(value: object): string | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (isNumberList(value)) return `[${Array.from(value).join(',')}]`;
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join('; ');
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item));
}

/** A cell of the preview. */
export function sampleText(value: unknown): string {
  const text = valueText(value) ?? '';
  return text.length > MAX_SAMPLE_CELL ? `${text.slice(0, MAX_SAMPLE_CELL)}…` : text;
}

/** Writes one row after another into a view that is valid until the next. */
export class CellWriter {
  readonly #path: string;
  readonly #limits: ImportLimits;
  readonly #row: WritableRow;
  #used = 0;

  constructor(path: string, numColumns: number, limits: ImportLimits) {
    this.#path = path;
    this.#limits = limits;
    this.#row = {
      bytes: new Uint8Array(4096),
      starts: new Int32Array(numColumns),
      ends: new Int32Array(numColumns),
      numCells: numColumns,
      line: 0,
    };
  }

  /** Returns the row of the values. @throws {LimitError} a cell beyond the limit */
  write(line: number, valueAt: (column: number) => unknown): RowView {
    const row = this.#row;
    this.#used = 0;
    row.line = line;
    for (let column = 0; column < row.numCells; column++) {
      const text = valueText(valueAt(column));
      row.starts[column] = this.#used;
      if (text !== null) this.#append(text, line);
      row.ends[column] = text === null ? this.#used - 1 : this.#used;
    }
    return row;
  }

  #append(text: string, line: number): void {
    // A UTF-16 unit takes at most three UTF-8 bytes.
    const most = text.length * 3;
    if (text.length > this.#limits.maxCellBytes) this.#failCell(line);
    if (this.#used + most > this.#row.bytes.length) {
      const grown = new Uint8Array(Math.max(this.#row.bytes.length * 2, this.#used + most));
      grown.set(this.#row.bytes);
      this.#row.bytes = grown;
    }
    this.#used += encoder.encodeInto(text, this.#row.bytes.subarray(this.#used)).written;
  }

  #failCell(line: number): never {
    const limit = this.#limits.maxCellBytes;
    throw new LimitError(
      `${this.#path} row ${line}: a cell is longer than ${limit.toLocaleString('en-US')} characters.`,
      {
        code: 'cell-too-long',
        remedy: 'Leave the column out of the file.',
        details: { file: this.#path, line, limit },
      },
    );
  }
}

/** @throws {LimitError} more columns than the limit */
export function assertColumns(path: string, numColumns: number, limits: ImportLimits): void {
  if (numColumns <= limits.maxColumns) return;
  throw new LimitError(
    `${path} has ${numColumns.toLocaleString('en-US')} columns; the limit is ${limits.maxColumns.toLocaleString('en-US')}.`,
    {
      code: 'too-many-columns',
      remedy: 'Store wide features as features.svm or features.npy, or split the table.',
      details: { file: path, columns: numColumns, limit: limits.maxColumns },
    },
  );
}

/** @throws {LimitError} more rows than the limit of edges */
export function assertRows(path: string, numRows: number, limits: ImportLimits): void {
  if (numRows <= limits.maxEdges) return;
  const limit = limits.maxEdges;
  throw new LimitError(`${path} has more than ${limit.toLocaleString('en-US')} rows.`, {
    code: 'too-many-edges',
    remedy: 'Import a part of the graph.',
    details: { file: path, limit },
  });
}
