/** Which columns the table shows and in which order: checkboxes, and buttons or Alt with the arrow keys to move them. */
import { ActionIcon, Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { type TableLayout, USUAL_LAYOUT } from '../../state/tableLayouts.ts';
import {
  arrangedColumns,
  isColumnShown,
  MAX_SHOWN_COLUMNS,
  shownColumns,
  withMove,
  withShown,
} from './columnLayout.ts';
import type { TableColumn } from './tableColumn.ts';
import classes from './TableView.module.css';

interface ColumnChooserProps {
  readonly columns: readonly TableColumn[];
  readonly layout: TableLayout;
  onChange(layout: TableLayout): void;
}

/** A longer list gets a field that finds columns in it, and shows this many at once. */
const LONG_LIST = 15;
const MAX_LISTED = 200;

export function ColumnChooser(props: ColumnChooserProps) {
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={14} aria-hidden />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <ColumnList {...props} />
      </Popover.Dropdown>
    </Popover>
  );
}

function ColumnList({ columns, layout, onChange }: ColumnChooserProps) {
  const [search, setSearch] = useState('');
  const arranged = arrangedColumns(columns, layout);
  const wanted = search.trim().toLowerCase();
  const found = arranged.filter(({ name }) => name.toLowerCase().includes(wanted));
  const listed = found.slice(0, MAX_LISTED);
  const isFull = shownColumns(columns, layout).length >= MAX_SHOWN_COLUMNS;
  const move = (column: TableColumn, step: -1 | 1): void =>
    onChange(withMove(columns, layout, column.id, step));
  return (
    <div className={classes.chooser}>
      {columns.length > LONG_LIST && (
        <TextInput
          aria-label="Find a column"
          placeholder="Find a column"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <ul className={classes.columnList}>
        {listed.map((column) => (
          <ColumnItem
            key={column.id}
            column={column}
            isShown={isColumnShown(column, layout)}
            isFull={isFull}
            place={arranged.indexOf(column)}
            last={arranged.length - 1}
            onShow={(isShown) => onChange(withShown(layout, column.id, isShown))}
            onMove={(step) => move(column, step)}
          />
        ))}
      </ul>
      {found.length > listed.length && (
        <p className={classes.muted}>{`${found.length - listed.length} more: type to find them.`}</p>
      )}
      {isFull && <p className={classes.muted}>{`${MAX_SHOWN_COLUMNS} columns are the most at once.`}</p>}
      <button type="button" className={classes.clear} onClick={() => onChange(USUAL_LAYOUT)}>
        Usual columns
      </button>
    </div>
  );
}

interface ColumnItemProps {
  readonly column: TableColumn;
  readonly isShown: boolean;
  readonly isFull: boolean;
  readonly place: number;
  readonly last: number;
  onShow(isShown: boolean): void;
  onMove(step: -1 | 1): void;
}

function ColumnItem({ column: { name }, isShown, isFull, place, last, onShow, onMove }: ColumnItemProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <li className={classes.columnItem}>
      <Checkbox
        className={classes.columnCheck ?? ''}
        label={name}
        checked={isShown}
        disabled={isFull && !isShown}
        onKeyDown={onKeyDown}
        onChange={(event) => onShow(event.currentTarget.checked)}
      />
      <ActionIcon size={24} aria-label={`Move ${name} up`} disabled={place === 0} onClick={() => onMove(-1)}>
        <IconArrowUp size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon
        size={24}
        aria-label={`Move ${name} down`}
        disabled={place === last}
        onClick={() => onMove(1)}
      >
        <IconArrowDown size={14} aria-hidden />
      </ActionIcon>
    </li>
  );
}
