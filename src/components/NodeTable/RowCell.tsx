/** One cell; a class carries its colour. */
import { ClassSwatch } from '../ClassSwatch/ClassSwatch.tsx';
import classes from './NodeTable.module.css';
import type { TableColumn } from './tableColumns.ts';

export function RowCell({ column, row }: { readonly column: TableColumn; readonly row: number }) {
  const colour = column.colour?.(row) ?? null;
  const text = column.text(row);
  return (
    <div role="gridcell" className={classes.cell} data-number={column.isNumber || undefined} title={text}>
      {colour !== null && <ClassSwatch colour={colour} />}
      <span className={classes.cellText}>{text}</span>
    </div>
  );
}
