/** Columns as a person arranged them: shown or not, order, widths. Pure; remembered by `state/tableLayouts.ts`. */
import type { TableLayout } from '../../state/tableLayouts.ts';
import type { TableColumn } from './tableColumn.ts';

/** More cells per row than this make scrolling slow. */
export const MAX_SHOWN_COLUMNS = 100;
export const MIN_WIDTH_PX = 48;
const MAX_WIDTH_PX = 1200;

/** Returns all columns in the chosen order; those it does not name follow in their own. */
export function arrangedColumns(
  columns: readonly TableColumn[],
  { order }: TableLayout,
): readonly TableColumn[] {
  if (order.length === 0) return columns;
  const places = new Map(order.map((id, place) => [id, place]));
  const place = ({ id }: TableColumn): number => places.get(id) ?? order.length;
  return columns.toSorted((a, b) => place(a) - place(b));
}

export const isColumnShown = (column: TableColumn, { isShown }: TableLayout): boolean =>
  isShown[column.id] ?? column.isUsual;

export function shownColumns(columns: readonly TableColumn[], layout: TableLayout): readonly TableColumn[] {
  return arrangedColumns(columns, layout)
    .filter((column) => isColumnShown(column, layout))
    .slice(0, MAX_SHOWN_COLUMNS);
}

export const withShown = (layout: TableLayout, id: string, isShown: boolean): TableLayout => ({
  ...layout,
  isShown: { ...layout.isShown, [id]: isShown },
});

/** Returns the layout with the column one place earlier (-1) or later (1); itself at either end. */
export function withMove(
  columns: readonly TableColumn[],
  layout: TableLayout,
  id: string,
  step: -1 | 1,
): TableLayout {
  const order = arrangedColumns(columns, layout).map((column) => column.id);
  const from = order.indexOf(id);
  const other = order[from + step];
  if (from < 0 || other === undefined) return layout;
  return { ...layout, order: order.with(from, other).with(from + step, id) };
}

export const withWidth = (layout: TableLayout, id: string, widthPx: number): TableLayout => ({
  ...layout,
  widthsPx: {
    ...layout.widthsPx,
    [id]: Math.round(Math.min(MAX_WIDTH_PX, Math.max(MIN_WIDTH_PX, widthPx))),
  },
});

/** Columns of a CSS grid: one that was given a width keeps it, the others share what is left. */
export function gridTemplate(
  columns: readonly TableColumn[],
  { widthsPx }: TableLayout,
): { readonly template: string; readonly minWidthPx: number } {
  const widths = columns.map(({ id, widthPx }) => ({ own: widthsPx[id], usual: widthPx }));
  return {
    template: widths
      .map(({ own, usual }) => (own === undefined ? `minmax(${usual}px, 1fr)` : `${own}px`))
      .join(' '),
    minWidthPx: widths.reduce((sum, { own, usual }) => sum + (own ?? usual), 0),
  };
}
