/**
 * Selection and keys of the table. A click selects its row in all views, Ctrl or Cmd adds or takes away, Shift takes the
 * range. Arrow keys move the active cell without selecting; Space, Enter and Shift with the arrows select. A node that
 * another view focuses is scrolled to.
 */
import { type ClipboardEvent, type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { bitsetIndices } from '../../core/bitset.ts';
import { formatCount } from '../format/formatNumber.ts';
import { useCommands, useStore, useStoreApi } from '../useStore.ts';
import { clampedCell, FILTER_LINE, type GridCell, HEADER_LINE, movedCell } from './gridMoves.ts';
import { MAX_COPIED_ROWS, tabText } from './tabText.ts';
import type { TableColumn } from './tableColumn.ts';
import { nodesOfRows, selectedRows, type TableModel } from './tableModel.ts';

interface GridParts {
  readonly model: TableModel;
  readonly columns: readonly TableColumn[];
  readonly rows: Int32Array;
  readonly hasFilters: boolean;
  scrollToLine(line: number): void;
  /** One step of the column's width. */
  resize(column: TableColumn, direction: -1 | 1): void;
  focusSearch(): void;
}

export function useGridKeys(parts: GridParts) {
  const { model, columns, rows, hasFilters, scrollToLine } = parts;
  const [chosen, setActive] = useState<GridCell | null>(null);
  const select = useRowSelection(parts);
  const size = { numLines: rows.length, numColumns: columns.length, hasFilters };
  // Filters may have left fewer rows than the cell that was active.
  const active = chosen === null ? null : clampedCell(chosen, size);

  const activate = (cell: GridCell): void => {
    setActive(cell);
    if (cell.line >= 0) scrollToLine(cell.line);
  };

  const onClick = (event: MouseEvent): void => {
    const cell = cellAt(event);
    if (cell === null) return;
    if (event.shiftKey) select.to(cell.line);
    else if (event.ctrlKey || event.metaKey) select.toggle(cell.line);
    else select.only(cell.line, columns[cell.column]?.id);
    setActive(cell);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (!isForGrid(event)) return;
    const from = active ?? { line: HEADER_LINE, column: 0 };
    const column = columns[from.column];
    if (event.shiftKey && column !== undefined && isSideways(event.key)) {
      parts.resize(column, event.key === 'ArrowLeft' ? -1 : 1);
    } else if (actOn(event, from)) {
      // Done there.
    } else {
      const to = event.altKey ? null : movedCell(event, from, size);
      if (to === null) return;
      // Buttons of the header take the focus when clicked; the grid takes it back.
      event.currentTarget.focus();
      activate(to);
      if (event.shiftKey && to.line >= 0) select.to(to.line, from.line);
    }
    event.preventDefault();
  };

  /** True when the key does something other than moving. */
  function actOn(event: KeyboardEvent<HTMLElement>, cell: GridCell): boolean {
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && event.key.toLowerCase() === 'a') {
      select.all();
      return true;
    }
    if (isCommand || event.altKey) return false;
    if (event.key === '/') {
      parts.focusSearch();
      return true;
    }
    if (event.key !== 'Enter' && event.key !== ' ') return false;
    if (cell.line < 0) pressButton(event.currentTarget, cell);
    else if (event.key === ' ') select.toggle(cell.line);
    else select.only(cell.line, columns[cell.column]?.id);
    return true;
  }

  const onCopy = useCopy(model, columns, rows, active);
  return { active, onKeyDown, onClick, onCopy };
}

const isSideways = (key: string): boolean => key === 'ArrowLeft' || key === 'ArrowRight';

/** Not keys in a menu above the grid (React passes them up), nor Enter and Space on a button, which presses it. */
function isForGrid(event: KeyboardEvent<HTMLElement>): boolean {
  const { target, currentTarget, key } = event;
  if (!(target instanceof HTMLElement) || !currentTarget.contains(target)) return false;
  const isPress = key === 'Enter' || key === ' ';
  return !(isPress && target.closest('button') !== null);
}

function pressButton(grid: HTMLElement, { line, column }: GridCell): void {
  const row = grid.querySelector(`[data-line="${line}"]`);
  row?.querySelector<HTMLElement>(`[data-column="${column}"] button`)?.click();
}

/** The cell of a row under the pointer; null over header and filters. */
function cellAt(event: MouseEvent): GridCell | null {
  if (!(event.target instanceof Element)) return null;
  const line = Number(event.target.closest<HTMLElement>('[data-line]')?.dataset['line'] ?? FILTER_LINE);
  const column = Number(event.target.closest<HTMLElement>('[data-column]')?.dataset['column'] ?? 0);
  return line < 0 ? null : { line, column };
}

function useRowSelection({ model, rows, scrollToLine }: GridParts) {
  const commands = useCommands();
  const store = useStoreApi();
  const focused = useStore((state) => state.selection.focused);
  const anchor = useRef<number | null>(null);
  const ownFocus = useRef<number | null>(null);

  const show = (nodes: readonly number[] | Int32Array | null): void => {
    ownFocus.current = nodes?.at(-1) ?? null;
    commands.select(nodes);
  };

  useEffect(() => {
    if (focused === null || focused === ownFocus.current) return;
    ownFocus.current = focused;
    const line = rows.indexOf(model.rowOf(focused));
    if (line >= 0) scrollToLine(line);
  }, [focused, rows, model, scrollToLine]);

  return {
    only(line: number, columnId?: string): void {
      anchor.current = line;
      show(model.nodesOf(rows[line] as number, columnId));
    },
    toggle(line: number): void {
      anchor.current = line;
      const row = rows[line] as number;
      const { selected } = store.getState().selection;
      const nodes = model.nodesOf(row);
      const others =
        selected === null ? [] : Array.from(bitsetIndices(selected)).filter((node) => !nodes.includes(node));
      const isTaken = selected !== null && model.isSelected(row, selected);
      show(isTaken ? others : [...others, ...nodes]);
    },
    /** From the anchor, or else from the line where the range begins, to this line. */
    to(line: number, from = line): void {
      anchor.current ??= Math.max(0, from);
      const low = Math.min(anchor.current, line);
      const range = rows.slice(low, Math.max(anchor.current, line) + 1);
      show(nodesOfRows(model, range));
    },
    all: (): void => show(nodesOfRows(model, rows)),
  };
}

/** Copies the selected rows shown, with a header; the active cell when no row is selected. */
function useCopy(
  model: TableModel,
  columns: readonly TableColumn[],
  rows: Int32Array,
  active: GridCell | null,
) {
  const commands = useCommands();
  const store = useStoreApi();
  return (event: ClipboardEvent<HTMLElement>): void => {
    if (event.target instanceof HTMLInputElement) return;
    const chosen = selectedRows(model, rows, store.getState().selection.selected);
    const row = active === null ? undefined : rows[active.line];
    const cell = row === undefined ? undefined : columns[active?.column ?? 0]?.text(row);
    if (chosen.length === 0 && cell === undefined) return;
    event.preventDefault();
    if (chosen.length > MAX_COPIED_ROWS) {
      commands.notify({
        severity: 'warning',
        message: `${formatCount(chosen.length)} rows are too many to copy.`,
        remedy: `Copy up to ${formatCount(MAX_COPIED_ROWS)}, or save the rows as a file.`,
        details: '',
      });
      return;
    }
    event.clipboardData.setData('text/plain', chosen.length > 0 ? tabText(columns, chosen) : (cell ?? ''));
  };
}
