/** A column header: its button sorts (ascending, descending, not), its edge is dragged to change the width. */
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type PointerEvent, useRef } from 'react';
import classes from './TableView.module.css';

interface HeaderCellProps {
  readonly id: string;
  readonly columnIndex: number;
  readonly name: string;
  readonly isNumber: boolean;
  readonly isActive: boolean;
  readonly sorted: false | 'asc' | 'desc';
  /** Null where the column has no order. */
  readonly onToggle: (() => void) | null;
  onResize(widthPx: number): void;
}

export function HeaderCell(props: HeaderCellProps) {
  const { id, columnIndex, name, isNumber, isActive, sorted, onToggle, onResize } = props;
  const direction = sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none';
  return (
    <div
      id={id}
      role="columnheader"
      aria-colindex={columnIndex + 1}
      aria-sort={direction}
      className={classes.headerCell}
      data-column={columnIndex}
      data-number={isNumber || undefined}
      data-active={isActive || undefined}
    >
      {onToggle === null ? (
        <span className={classes.headerName} title={name}>
          {name}
        </span>
      ) : (
        // The grid is one stop of the Tab key; its arrow keys reach this button.
        <button type="button" tabIndex={-1} className={classes.sort} title={name} onClick={onToggle}>
          <span className={classes.headerName}>{name}</span>
          {sorted === 'asc' && <IconChevronUp size={13} aria-hidden />}
          {sorted === 'desc' && <IconChevronDown size={13} aria-hidden />}
        </button>
      )}
      <WidthHandle onResize={onResize} />
    </div>
  );
}

/** For the mouse only: by keyboard, Shift with the left and right arrow keys does the same. */
function WidthHandle({ onResize }: Pick<HeaderCellProps, 'onResize'>) {
  const drag = useRef<{ readonly x: number; readonly widthPx: number } | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const widthPx = event.currentTarget.parentElement?.offsetWidth ?? 0;
    drag.current = { x: event.clientX, widthPx };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (drag.current !== null) onResize(drag.current.widthPx + event.clientX - drag.current.x);
  };
  const stop = (): void => {
    drag.current = null;
  };
  return (
    <span
      className={classes.widthHandle}
      aria-hidden
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={stop}
      onPointerCancel={stop}
    />
  );
}
