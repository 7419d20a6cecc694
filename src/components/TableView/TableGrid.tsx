/**
 * The grid: header, filter row and the visible rows. TanStack Table keeps the sorting state, TanStack Virtual the window;
 * the table's data is only the window's row numbers, so that a million rows cost forty.
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
import { type RefObject, useCallback, useMemo, useRef } from 'react';
import type { TableLayout } from '../../state/tableLayouts.ts';
import { useStore } from '../useStore.ts';
import type { ColumnFilter } from './columnFilter.ts';
import { gridTemplate, MIN_WIDTH_PX, withWidth } from './columnLayout.ts';
import { FilterCell } from './FilterCell.tsx';
import { FILTER_LINE, HEADER_LINE } from './gridMoves.ts';
import { HeaderCell } from './HeaderCell.tsx';
import { RowCell } from './RowCell.tsx';
import type { TableColumn } from './tableColumn.ts';
import type { TableModel } from './tableModel.ts';
import classes from './TableView.module.css';
import { useGridKeys } from './useGridKeys.ts';

const ROW_HEIGHT = 28;
const WIDTH_STEP_PX = 16;
/** Browsers draw elements up to some 17 million pixels high; rows beyond are found by filter or sort. */
export const MAX_SHOWN_ROWS = 600_000;

const features = tableFeatures({ rowSortingFeature });
interface WindowRow {
  /** Row of the table. */
  readonly row: number;
}
const helper = createColumnHelper<typeof features, WindowRow>();

interface TableGridProps {
  readonly model: TableModel;
  readonly columns: readonly TableColumn[];
  /** Rows of the table, in shown order. */
  readonly rows: Int32Array;
  readonly layout: TableLayout;
  readonly sorting: SortingState;
  /** Null = the filter row is closed. */
  readonly filters: Readonly<Record<string, ColumnFilter>> | null;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onSortingChange: OnChangeFn<SortingState>;
  onLayout(layout: TableLayout): void;
  onFilter(columnId: string, filter: ColumnFilter | null): void;
}

export function TableGrid(props: TableGridProps) {
  const { model, columns, rows, layout, filters, onLayout } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const headLines = filters === null ? 1 : 2;
  const virtualizer = useVirtualizer({
    count: Math.min(rows.length, MAX_SHOWN_ROWS),
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    // The head takes its height from the window on the rows.
    scrollPaddingEnd: headLines * ROW_HEIGHT + 1,
    overscan: 8,
  });
  const scrollToLine = useCallback((line: number) => virtualizer.scrollToIndex(line), [virtualizer]);
  const { active, onKeyDown, onClick, onCopy } = useGridKeys({
    model,
    columns,
    rows,
    hasFilters: filters !== null,
    scrollToLine,
    resize: (column, direction) => {
      const widthPx = layout.widthsPx[column.id] ?? column.widthPx;
      onLayout(withWidth(layout, column.id, Math.max(MIN_WIDTH_PX, widthPx + direction * WIDTH_STEP_PX)));
    },
    focusSearch: () => props.search.current?.focus(),
  });
  const { template, minWidthPx } = gridTemplate(columns, layout);
  const activeColumn = (line: number): number => (active?.line === line ? active.column : -1);
  return (
    <div
      ref={scroll}
      className={classes.scroll}
      data-empty={rows.length === 0 || undefined}
      role="grid"
      aria-label={model.title}
      aria-multiselectable
      aria-rowcount={rows.length + headLines}
      aria-colcount={columns.length}
      {...(active === null ? {} : { 'aria-activedescendant': cellId(active.line, active.column) })}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onCopy={onCopy}
    >
      <div role="rowgroup" className={classes.head} style={{ minWidth: minWidthPx }}>
        <HeaderRow {...props} template={template} activeColumn={activeColumn(HEADER_LINE)} />
        {filters !== null && (
          <div
            role="row"
            aria-rowindex={2}
            aria-label="Filters"
            data-line={FILTER_LINE}
            className={classes.row}
            style={{ gridTemplateColumns: template }}
          >
            {columns.map((column, at) => (
              <FilterCell
                key={column.id}
                id={cellId(FILTER_LINE, at)}
                columnIndex={at}
                column={column}
                filter={filters[column.id]}
                isActive={activeColumn(FILTER_LINE) === at}
                onChange={(filter) => props.onFilter(column.id, filter)}
              />
            ))}
          </div>
        )}
      </div>
      <div
        role="rowgroup"
        className={classes.body}
        style={{ minWidth: minWidthPx, height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map((item) => (
          <GridRow
            key={item.key}
            model={model}
            columns={columns}
            row={rows[item.index] as number}
            line={item.index}
            rowIndex={item.index + 1 + headLines}
            template={template}
            offsetPx={item.start}
            activeColumn={activeColumn(item.index)}
          />
        ))}
      </div>
    </div>
  );
}

const cellId = (line: number, column: number): string => `table-cell-${line}-${column}`;

function HeaderRow({
  columns,
  layout,
  sorting,
  onSortingChange,
  onLayout,
  template,
  activeColumn,
}: TableGridProps & { readonly template: string; readonly activeColumn: number }) {
  const definitions = useMemo(
    () =>
      helper.columns(
        columns.map((column) =>
          helper.accessor('row', {
            id: column.id,
            enableSorting: column.cells.kind !== 'opaque',
            sortDescFirst: false,
          }),
        ),
      ),
    [columns],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: NO_ROWS,
    manualSorting: true,
    enableMultiSort: false,
    state: { sorting },
    onSortingChange,
  });
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  return (
    <div
      role="row"
      aria-rowindex={1}
      data-line={HEADER_LINE}
      className={classes.row}
      style={{ gridTemplateColumns: template }}
    >
      {headers.map((header, at) => {
        const column = columns[at];
        if (column === undefined) return null;
        return (
          <HeaderCell
            key={header.id}
            id={cellId(HEADER_LINE, at)}
            columnIndex={at}
            name={column.name}
            isNumber={column.isNumber}
            isActive={activeColumn === at}
            sorted={header.column.getIsSorted()}
            onToggle={header.column.getCanSort() ? () => header.column.toggleSorting() : null}
            onResize={(widthPx) => onLayout(withWidth(layout, column.id, widthPx))}
          />
        );
      })}
    </div>
  );
}

const NO_ROWS: WindowRow[] = [];

interface GridRowProps {
  readonly model: TableModel;
  readonly columns: readonly TableColumn[];
  readonly row: number;
  readonly line: number;
  readonly rowIndex: number;
  readonly template: string;
  readonly offsetPx: number;
  /** -1 = none of this row. */
  readonly activeColumn: number;
}

function GridRow(props: GridRowProps) {
  const { model, columns, row, line, rowIndex, template, offsetPx, activeColumn } = props;
  const isSelected = useStore(
    ({ selection }) => selection.selected !== null && model.isSelected(row, selection.selected),
  );
  const isFocused = useStore(
    ({ selection }) => selection.focused !== null && model.rowOf(selection.focused) === row,
  );
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={isSelected}
      data-focused={isFocused || undefined}
      data-line={line}
      className={classes.row}
      style={{ gridTemplateColumns: template, transform: `translateY(${offsetPx}px)` }}
    >
      {columns.map((column, at) => (
        <RowCell
          key={column.id}
          id={cellId(line, at)}
          columnIndex={at}
          column={column}
          row={row}
          isActive={activeColumn === at}
        />
      ))}
    </div>
  );
}
