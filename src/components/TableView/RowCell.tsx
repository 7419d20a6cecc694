/** One cell; a class carries its colour. Text is text, whatever it holds. */
import { ClassSwatch } from '../ClassSwatch/ClassSwatch.tsx';
import type { TableColumn } from './tableColumn.ts';
import classes from './TableView.module.css';

/** Nobody reads more in a cell, and a book in one would stall the page; copies and exports have it whole. */
const MAX_LENGTH = 300;

interface RowCellProps {
  readonly id: string;
  readonly columnIndex: number;
  readonly column: TableColumn;
  readonly row: number;
  readonly isActive: boolean;
}

export function RowCell({ id, columnIndex, column, row, isActive }: RowCellProps) {
  const colour = column.colour?.(row) ?? null;
  const whole = column.text(row);
  const text = whole.length > MAX_LENGTH ? `${whole.slice(0, MAX_LENGTH)}…` : whole;
  return (
    <div
      id={id}
      role="gridcell"
      aria-colindex={columnIndex + 1}
      className={classes.cell}
      data-column={columnIndex}
      data-number={column.isNumber || undefined}
      data-active={isActive || undefined}
      title={text}
    >
      {colour !== null && <ClassSwatch colour={colour} />}
      <span className={classes.cellText}>{text}</span>
    </div>
  );
}
