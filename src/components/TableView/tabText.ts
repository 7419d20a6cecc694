/** Rows as tab separated text for the clipboard, as spreadsheets paste it. Pure. */
import type { TableColumn } from './tableColumn.ts';

/** Larger pieces stall the page, and the programs they are pasted into; files are for those. */
export const MAX_COPIED_ROWS = 100_000;

/** A cell with a tab or a line break stands in quotes, as spreadsheets write it; other text is left as it is. */
const cell = (text: string): string =>
  /[\t\r\n]/.test(text) || text.startsWith('"') ? `"${text.replaceAll('"', '""')}"` : text;

/** Returns a header line and one line per row. */
export function tabText(columns: readonly TableColumn[], rows: Int32Array): string {
  const lines = [columns.map(({ name }) => cell(name)).join('\t')];
  for (const row of rows) lines.push(columns.map((column) => cell(column.text(row))).join('\t'));
  return `${lines.join('\n')}\n`;
}
