/** What a column of a table is to the grid, the filters and the menus, whether it holds nodes or edges. */
import type { Cells } from '../../core/tableQuery/cells.ts';
import { columnCells } from '../../core/tableQuery/cells.ts';
import { cellText, type Column, isNumeric } from '../../core/columns.ts';

export interface TableColumn {
  /** Unique in the table: attribute names could equal ours. */
  readonly id: string;
  readonly name: string;
  readonly widthPx: number;
  readonly isNumber: boolean;
  /** Shown unless a person chose otherwise. */
  readonly isUsual: boolean;
  /** What filters and sorting read. */
  readonly cells: Cells;
  /** What a person reads, by row of the table. */
  text(row: number): string;
  /** Colour of the class in the cell; null = it holds none. */
  colour?(row: number): string | null;
}

/** More attributes than this make a table nobody reads; the column menu offers the rest. */
const MAX_USUAL_ATTRIBUTES = 24;

/** Returns the columns of attributes, the first 24 as usual ones. */
export function attributeColumns(columns: readonly Column[]): readonly TableColumn[] {
  return columns.map((column, at) => ({
    id: `column:${column.name}`,
    name: column.name,
    widthPx: column.kind === 'text' ? 220 : 140,
    isNumber: isNumeric(column),
    isUsual: at < MAX_USUAL_ATTRIBUTES,
    cells: columnCells(column),
    text: (row) => cellText(column, row),
  }));
}
