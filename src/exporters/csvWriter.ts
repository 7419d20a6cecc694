/**
 * Comma separated tables as RFC 4180 has them, with one deliberate difference: lines end with LF, as every reader
 * accepts and our own data folders have it. Cells are written as they are: one that begins with `=` stays faithful data.
 */
import { createByteWriter, type TextOutput } from './byteWriter.ts';

export interface CsvWriter {
  row(cells: readonly string[]): void;
  finish(): Uint8Array<ArrayBuffer>;
}

/**
 * Returns the cell as it stands between commas: quoted where it holds a comma, quote or line break, or is blank-edged.
 * Other delimiters are quoted too: readers that guess the delimiter must not find a file that splits evenly at them.
 */
export function csvCell(text: string): string {
  // Some readers trim unquoted cells, so that blanks at the edges are kept only inside quotes.
  return /[",;|\t\r\n]|^\s|\s$/.test(text) ? quoted(text) : text;
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Returns the row with its line end. */
function csvRow(cells: readonly string[]): string {
  const [only] = cells;
  if (cells.length !== 1 || only === undefined) return `${cells.map(csvCell).join(',')}\n`;
  // An empty line would read as no row at all, and a lone column of phrases as one separated by blanks.
  return `${only === '' || only.includes(' ') ? quoted(only) : csvCell(only)}\n`;
}

/** Writes the header row to `out` and returns the function that writes a row. UTF-8 without byte order mark. */
export function csvRowWriter(out: TextOutput, header: readonly string[]): (cells: readonly string[]) => void {
  const row = (cells: readonly string[]): void => out.text(csvRow(cells));
  row(header);
  return row;
}

/** Returns a writer that begins with the header row. */
export function createCsvWriter(header: readonly string[]): CsvWriter {
  const out = createByteWriter();
  return { row: csvRowWriter(out, header), finish: () => out.finish() };
}
