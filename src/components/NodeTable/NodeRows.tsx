/**
 * The visible rows of the node table. TanStack Table keeps columns and sorting state, TanStack Virtual the window; the
 * table's data is only the window's row numbers, so that a million nodes cost forty rows.
 */
import {
  createColumnHelper,
  type OnChangeFn,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { hasBit } from '../../core/bitset.ts';
import { useStore } from '../useStore.ts';
import { HeaderCell } from './HeaderCell.tsx';
import classes from './NodeTable.module.css';
import { RowCell } from './RowCell.tsx';
import type { TableColumn } from './tableColumns.ts';
import { useRowKeys } from './useRowKeys.ts';

const ROW_HEIGHT = 28;
const features = tableFeatures({ rowSortingFeature });
interface WindowRow {
  /** Row of the node type. */
  readonly row: number;
}
const helper = createColumnHelper<typeof features, WindowRow>();

interface NodeRowsProps {
  readonly columns: readonly TableColumn[];
  /** Rows of the node type, in shown order. */
  readonly rows: Int32Array;
  /** Global node index of row 0. */
  readonly start: number;
  readonly isSortable: boolean;
  readonly sorting: SortingState;
  readonly onSortingChange: OnChangeFn<SortingState>;
}

export function NodeRows({ columns, rows, start, isSortable, sorting, onSortingChange }: NodeRowsProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const selected = useStore((state) => state.selection.selected);
  const focused = useStore((state) => state.selection.focused);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const { onKeyDown, onClick } = useRowKeys(rows, start, virtualizer);
  const window = virtualizer.getVirtualItems();
  const definitions = useMemo(
    () =>
      helper.columns(
        columns.map((column) =>
          helper.accessor('row', {
            id: column.id,
            enableSorting: isSortable && column.keys !== null,
            sortDescFirst: false,
          }),
        ),
      ),
    [columns, isSortable],
  );
  const first = window[0]?.index ?? 0;
  const last = window.at(-1)?.index ?? -1;
  const data = useMemo(
    () => Array.from(rows.subarray(first, last + 1), (row) => ({ row })),
    [rows, first, last],
  );
  const table = useTable({
    features,
    columns: definitions,
    data,
    manualSorting: true,
    enableMultiSort: false,
    state: { sorting },
    onSortingChange,
  });
  const template = columns.map((column) => `minmax(${column.widthPx}px, 1fr)`).join(' ');
  // Head and body are grids of their own: the same least width gives both the same columns.
  const minWidth = columns.reduce((sum, column) => sum + column.widthPx, 0);
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  return (
    <div
      ref={scroll}
      className={classes.scroll}
      role="grid"
      aria-label="Nodes"
      aria-multiselectable
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      {...(focused === null ? {} : { 'aria-activedescendant': `node-row-${focused}` })}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div role="rowgroup" className={classes.head} style={{ minWidth }}>
        {table.getHeaderGroups().map((group) => (
          <div
            key={group.id}
            role="row"
            aria-rowindex={1}
            className={classes.row}
            style={{ gridTemplateColumns: template }}
          >
            {group.headers.map((header) => (
              <HeaderCell
                key={header.id}
                name={byId.get(header.column.id)?.name ?? ''}
                isNumber={byId.get(header.column.id)?.isNumber ?? false}
                sorted={header.column.getIsSorted()}
                onToggle={header.column.getCanSort() ? () => header.column.toggleSorting() : null}
              />
            ))}
          </div>
        ))}
      </div>
      <div role="rowgroup" className={classes.body} style={{ minWidth, height: virtualizer.getTotalSize() }}>
        {table.getRowModel().rows.map((row, at) => {
          const item = window[at];
          const node = start + row.original.row;
          if (item === undefined) return null;
          return (
            <div
              key={node}
              id={`node-row-${node}`}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={selected !== null && hasBit(selected, node)}
              data-focused={node === focused || undefined}
              className={classes.row}
              style={{ gridTemplateColumns: template, transform: `translateY(${item.start}px)` }}
              data-position={item.index}
            >
              {columns.map((column) => (
                <RowCell key={column.id} column={column} row={row.original.row} />
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
