/** A column header that sorts: ascending, descending, not. */
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import classes from './NodeTable.module.css';

interface HeaderCellProps {
  readonly name: string;
  readonly isNumber: boolean;
  readonly sorted: false | 'asc' | 'desc';
  /** Null where the column has no order. */
  readonly onToggle: (() => void) | null;
}

export function HeaderCell({ name, isNumber, sorted, onToggle }: HeaderCellProps) {
  const direction = sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none';
  return (
    <div
      role="columnheader"
      aria-sort={direction}
      className={classes.headerCell}
      data-number={isNumber || undefined}
    >
      {onToggle === null ? (
        <span className={classes.headerName}>{name}</span>
      ) : (
        <button type="button" className={classes.sort} onClick={onToggle}>
          <span className={classes.headerName}>{name}</span>
          {sorted === 'asc' && <IconChevronUp size={13} aria-hidden />}
          {sorted === 'desc' && <IconChevronDown size={13} aria-hidden />}
        </button>
      )}
    </div>
  );
}
