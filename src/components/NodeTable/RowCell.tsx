/** One cell; a class carries its colour. */
import { ClassSwatch } from '../ClassSwatch/ClassSwatch.tsx';
import { classColour } from '../nodeClasses.ts';
import { useNodeClasses } from '../useNodeClasses.ts';
import classes from './NodeTable.module.css';
import type { TableColumn } from './tableColumns.ts';

export function RowCell({ column, row }: { readonly column: TableColumn; readonly row: number }) {
  const nodeClasses = useNodeClasses();
  const code = column.classCode?.(row) ?? -1;
  const text = column.text(row);
  return (
    <div role="gridcell" className={classes.cell} data-number={column.isNumber || undefined} title={text}>
      {code >= 0 && nodeClasses !== null && <ClassSwatch colour={classColour(nodeClasses.colours, code)} />}
      <span className={classes.cellText}>{text}</span>
    </div>
  );
}
