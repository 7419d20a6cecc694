/**
 * What a query reads of a table: one `Cells` per column, over typed arrays that exist already. Attribute columns become
 * cells with `columnCells`; a view adds those it works out (degrees, predictions, ends of edges). No object per row.
 */
import { type Column, isNumeric, isValid } from '../columns.ts';
import { type Utf8Table, utf8At } from '../utf8Table.ts';

export interface NumberCells {
  /** Dates are milliseconds since 1970-01-01T00:00Z. */
  readonly kind: 'number' | 'date';
  /** NaN = missing. */
  value(row: number): number;
}
export interface CategoryCells {
  readonly kind: 'category';
  /** Index into the dictionary, which is the order of sorting; -1 = missing. */
  code(row: number): number;
  readonly dictionary: readonly string[];
}
/** Text stays UTF-8 where it lies: a row is compared by its bytes, and decoded only when somebody looks at it. */
export interface TextCells {
  readonly kind: 'text';
  /** Several columns may lend their texts: the names of nodes of several types. */
  table(row: number): Utf8Table;
  /** Row in that table; -1 = missing. */
  at(row: number): number;
  /** Ids sort as numbers when all of them are integers. */
  readonly areIds?: boolean;
}
/** Vectors and sparse rows: there or missing, without an order. */
export interface OpaqueCells {
  readonly kind: 'opaque';
  isPresent(row: number): boolean;
}
export type Cells = NumberCells | CategoryCells | TextCells | OpaqueCells;

const known = new WeakMap<Column, Cells>();

/** Returns the cells of an attribute column; the same object for the same column. */
export function columnCells(column: Column): Cells {
  let cells = known.get(column);
  if (cells === undefined) {
    cells = cellsOf(column);
    known.set(column, cells);
  }
  return cells;
}

function cellsOf(column: Column): Cells {
  const isPresent = (row: number): boolean => isValid(column, row);
  if (isNumeric(column) || column.kind === 'date') {
    const { values } = column;
    return {
      kind: column.kind === 'date' ? 'date' : 'number',
      value: (row) => (isPresent(row) ? (values[row] as number) : Number.NaN),
    };
  }
  switch (column.kind) {
    case 'bool':
      return {
        kind: 'category',
        code: (row) => (isPresent(row) ? (column.values[row] as number) : -1),
        dictionary: ['false', 'true'],
      };
    case 'category':
      return {
        kind: 'category',
        code: (row) => (isPresent(row) ? (column.codes[row] as number) : -1),
        dictionary: column.dictionary,
      };
    case 'text':
      return { kind: 'text', table: () => column.text, at: (row) => (isPresent(row) ? row : -1) };
    case 'vector':
    case 'sparse':
      return { kind: 'opaque', isPresent };
    default:
      return column satisfies never;
  }
}

/** Returns the text of a cell; null where it is missing. */
export function textAt(cells: TextCells, row: number): string | null {
  const at = cells.at(row);
  return at < 0 ? null : utf8At(cells.table(row), at);
}

export function isMissing(cells: Cells, row: number): boolean {
  switch (cells.kind) {
    case 'number':
    case 'date':
      return Number.isNaN(cells.value(row));
    case 'category':
      return cells.code(row) < 0;
    case 'text':
      return cells.at(row) < 0;
    case 'opaque':
      return !cells.isPresent(row);
    default:
      return cells satisfies never;
  }
}
