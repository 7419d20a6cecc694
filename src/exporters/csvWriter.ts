/**
 * Comma separated tables as RFC 4180 has them, with one deliberate difference: lines end with LF, as every reader
 * accepts and our own data folders have it. Cells are written as they are: one that begins with `=` stays faithful data.
 */
import { createByteWriter } from './byteWriter.ts';

export interface CsvWriter {
  row(cells: readonly string[]): void;
  finish(): Uint8Array<ArrayBuffer>;
}

/** Returns the cell as it stands between commas: quoted where it holds a comma, quote or line break, or is blank-edged. */
export function csvCell(text: string): string {
  // Some readers trim unquoted cells, so that blanks at the edges are kept only inside quotes.
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Returns a writer that begins with the header row. UTF-8 without byte order mark. */
export function createCsvWriter(header: readonly string[]): CsvWriter {
  const out = createByteWriter();
  const row = (cells: readonly string[]): void => {
    // An empty line would read as no row at all.
    const line = cells.length === 1 && cells[0] === '' ? '""' : cells.map(csvCell).join(',');
    out.text(`${line}\n`);
  };
  row(header);
  return { row, finish: () => out.finish() };
}
