/** What a column holds, in words instead of storage formats. */
import type { ColumnKind } from '../../core/columns.ts';

export const KIND_NAMES: Readonly<Record<ColumnKind, string>> = {
  f32: 'number',
  f64: 'number',
  i32: 'integer',
  bool: 'yes/no',
  category: 'category',
  text: 'text',
  date: 'date',
  vector: 'vector',
  sparse: 'sparse',
};
