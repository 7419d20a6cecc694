/** Cells of a table as text of an XML document. */
import type { Column } from '../core/columns.ts';
import { xmlText } from '../core/xmlText.ts';
import { exactCellText } from './cellValue.ts';

/** Returns one cell for element content and attributes; infinity is INF, as XML Schema has it (part 2, §3.2.4 float). */
export function xmlCellText(column: Column, row: number): string {
  const text = exactCellText(column, row);
  const isFloat = column.kind === 'f32' || column.kind === 'f64';
  return isFloat ? text.replace('Infinity', 'INF') : xmlText(text);
}
