/**
 * A table as the importer sees it, whatever its file: names, first rows, and all rows as cells of bytes. Delimited text,
 * JSON records, Parquet and Arrow open as this; what the columns mean is decided by roles, not by the file type.
 */
import type { RowView } from '../delimited/delimited.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import type { NumberKind } from './columnBuilder.ts';

export interface TableSource {
  readonly path: string;
  readonly sizeBytes: number;
  readonly names: readonly string[];
  /** False when the file has no names and these are ours. */
  readonly hasHeader: boolean;
  /** First rows as text, one string per column. */
  readonly sample: readonly (readonly string[])[];
  /** How the bytes were read, in words: 'comma separated, UTF-8, header row'. */
  readonly dialect: string;
  readonly decimalComma: boolean;
  /** Columns that the file declares to be text: '007' stays a word, and only absent cells are missing. */
  readonly textColumns: ReadonlySet<string>;
  /** How wide the file declares numbers to be; absent columns are as wide as their cells need. */
  readonly numberKinds?: ReadonlyMap<string, NumberKind>;
  /**
   * Hands over every row below the header, in order; a cell whose end lies before its start is absent. `line` of a row is
   * its line in a text file, else its number. Gives way to the event loop; may be called again.
   * @throws {ParseError | LimitError | CancelledError}
   */
  scan(context: ReadContext, onRow: (row: RowView) => void): Promise<void>;
}

/** A kind of file that holds one table. */
export interface TableOpener {
  /** True when the file is such a table; by content first, cheap. */
  recognises(file: ProbedFile): boolean;
  /**
   * Opens the table. Names may be found by reading the whole file; a preview does with its beginning.
   * @throws {ParseError | LimitError | CancelledError}
   */
  open(file: ProbedFile, context: ReadContext, purpose: 'preview' | 'read'): Promise<TableSource>;
}

export const NO_TEXT_COLUMNS: ReadonlySet<string> = new Set();

/** Names the columns of a table without a header; surplus columns keep theirs. */
export function withNames(table: TableSource, names: readonly string[]): TableSource {
  return { ...table, names: table.names.map((name, column) => names[column] ?? name) };
}
