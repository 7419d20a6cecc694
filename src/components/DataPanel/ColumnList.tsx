/** The columns of one table: searchable where they are many, the hidden ones folded at the end. */
import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { Column } from '../../core/columns.ts';
import type { TableRef } from '../../core/schema/graphTables.ts';
import { isHidden } from '../../state/hiddenColumns.ts';
import type { LoadedGraph } from '../../state/types.ts';
import { formatQuantity } from '../format/formatNumber.ts';
import type { ClassScale } from '../palette/columnValues.ts';
import { useCommands } from '../useStore.ts';
import { ColumnRow } from './ColumnRow.tsx';
import type { ColumnRole } from './columnRole.ts';
import classes from './DataPanel.module.css';

/** More than fit on a screen are searched rather than scrolled through. */
const MIN_SEARCHED = 13;
/** Each row reads its column and draws a histogram; the rest comes on request. */
const SHOWN_AT_ONCE = 60;

interface ColumnListProps {
  readonly loaded: LoadedGraph;
  readonly table: TableRef;
  /** What a search field is called. */
  readonly tableName: string;
  readonly columns: readonly Column[];
  readonly roleOf: (column: Column) => ColumnRole | null;
  readonly scaleOf: (column: Column) => ClassScale | null;
}

export function ColumnList({ loaded, table, tableName, columns, roleOf, scaleOf }: ColumnListProps) {
  const [search, setSearch] = useState('');
  const [limit, setLimit] = useState(SHOWN_AT_ONCE);
  const hidden = columns.filter(({ name }) => isHidden(loaded, { table, name }));
  const visible = columns.filter((column) => !hidden.includes(column));
  const wanted = search.trim().toLowerCase();
  const found = visible.filter(({ name }) => name.toLowerCase().includes(wanted));
  const rest = found.length - limit;
  return (
    <>
      {visible.length >= MIN_SEARCHED && (
        <TextInput
          className={classes.search ?? ''}
          aria-label={`Find a column of ${tableName}`}
          placeholder={`Find among ${formatQuantity(visible.length, 'column')}`}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <ul className={classes.columns}>
        {found.slice(0, limit).map((column) => (
          <ColumnRow
            key={column.name}
            column={column}
            reference={{ table, name: column.name }}
            role={roleOf(column)}
            scale={scaleOf(column)}
          />
        ))}
      </ul>
      {found.length === 0 && wanted !== '' && (
        <p className={classes.muted}>No column contains “{search.trim()}”.</p>
      )}
      {rest > 0 && (
        <button type="button" className={classes.link} onClick={() => setLimit(limit + SHOWN_AT_ONCE)}>
          {formatQuantity(rest, 'more column')}
        </button>
      )}
      {hidden.length > 0 && <HiddenColumns table={table} columns={hidden} />}
    </>
  );
}

function HiddenColumns({
  table,
  columns,
}: {
  readonly table: TableRef;
  readonly columns: readonly Column[];
}) {
  const commands = useCommands();
  return (
    <details className={classes.hidden}>
      <summary>{formatQuantity(columns.length, 'hidden column')}</summary>
      <ul>
        {columns.map(({ name }) => (
          <li key={name}>
            <span className={classes.columnName} title={name}>
              {name}
            </span>
            <Button
              variant="subtle"
              size="compact-xs"
              aria-label={`Show ${name}`}
              onClick={() => commands.setHidden([{ table, name }], false)}
            >
              Show
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
