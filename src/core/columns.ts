/**
 * Typed attribute columns, the nine kinds of the data model. A column is plain data over typed arrays; missing cells are
 * explicit in `validity` (bit set = present; null = all present), never a magic value.
 * Readers build them (`io`), the engine encodes them as features, views format single cells with `cellText`.
 */
import { type Bitset, hasBit } from './bitset.ts';
import { type Utf8Table, utf8At } from './utf8Table.ts';

interface ColumnBase {
  readonly name: string;
  readonly length: number;
  readonly validity: Bitset | null;
}

export interface F32Column extends ColumnBase {
  readonly kind: 'f32';
  readonly values: Float32Array;
}
export interface F64Column extends ColumnBase {
  readonly kind: 'f64';
  readonly values: Float64Array;
}
export interface I32Column extends ColumnBase {
  readonly kind: 'i32';
  readonly values: Int32Array;
}
export interface BoolColumn extends ColumnBase {
  readonly kind: 'bool';
  /** 0 or 1 per row. */
  readonly values: Uint8Array;
}
export interface CategoryColumn extends ColumnBase {
  readonly kind: 'category';
  /** Row → dictionary index; undefined where invalid. */
  readonly codes: Int32Array;
  /** Categories in their display order: ascending numerically when all are integers, else by code point. */
  readonly dictionary: readonly string[];
}
export interface TextColumn extends ColumnBase {
  readonly kind: 'text';
  readonly text: Utf8Table;
}
export interface DateColumn extends ColumnBase {
  readonly kind: 'date';
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly values: Float64Array;
}
export interface VectorColumn extends ColumnBase {
  readonly kind: 'vector';
  readonly width: number;
  /** [length · width], row-major. */
  readonly values: Float32Array;
}
/** Compressed sparse rows, [length, width]; never densified. */
export interface SparseColumn extends ColumnBase {
  readonly kind: 'sparse';
  readonly width: number;
  readonly rowPtr: Int32Array;
  readonly colIndex: Int32Array;
  readonly values: Float32Array;
}

export type Column =
  | F32Column
  | F64Column
  | I32Column
  | BoolColumn
  | CategoryColumn
  | TextColumn
  | DateColumn
  | VectorColumn
  | SparseColumn;
export type ColumnKind = Column['kind'];
export type NumericColumn = F32Column | F64Column | I32Column;

export function isValid(column: Column, row: number): boolean {
  return column.validity === null || hasBit(column.validity, row);
}

export function isNumeric(column: Column): column is NumericColumn {
  return column.kind === 'f32' || column.kind === 'f64' || column.kind === 'i32';
}

export function findColumn(columns: readonly Column[], name: string): Column | undefined {
  return columns.find((column) => column.name === name);
}

/** Returns one cell as a person reads it; '' where it is missing. Vectors and sparse rows are summarised. */
export function cellText(column: Column, row: number): string {
  if (!isValid(column, row)) return '';
  switch (column.kind) {
    case 'f32':
      // A float32 has about 7 significant digits; printing more shows rounding, not data.
      return String(Number((column.values[row] as number).toPrecision(7)));
    case 'f64':
    case 'i32':
      return String(column.values[row]);
    case 'bool':
      return column.values[row] === 1 ? 'true' : 'false';
    case 'category':
      return column.dictionary[column.codes[row] as number] ?? '';
    case 'text':
      return utf8At(column.text, row);
    case 'date':
      return new Date(column.values[row] as number).toISOString();
    case 'vector':
      return `${column.width} values`;
    case 'sparse': {
      const stored = (column.rowPtr[row + 1] as number) - (column.rowPtr[row] as number);
      return `${stored} of ${column.width} set`;
    }
    default:
      return column satisfies never;
  }
}
