/** What Parquet and Arrow share: a table of named columns whose rows come in batches, and words for a file that breaks off. */
import { LimitError, ParseError, WorkbenchError } from '../../core/errors.ts';
import { createPacer } from '../bytes/eventLoop.ts';
import type { ImportLimits, ProbedFile, ReadContext } from '../importTypes.ts';
import type { NumberKind } from '../tables/columnBuilder.ts';
import type { TableSource } from '../tables/tableSource.ts';
import { assertColumns, assertRows, CellWriter, sampleText } from './cellRows.ts';

/** Values of a batch of rows by position of the column. */
export interface ColumnBatch {
  readonly numRows: number;
  valueAt(column: number, row: number): unknown;
}

export interface ColumnarFile {
  readonly names: readonly string[];
  /** Columns declared as text. */
  readonly textColumns: ReadonlySet<string>;
  readonly numberKinds: ReadonlyMap<string, NumberKind>;
  readonly dialect: string;
  /** @throws {Error} whatever the library throws on damaged bytes */
  batches(maxRows?: number): AsyncIterable<ColumnBatch>;
}

const SAMPLE_ROWS = 100;
const ROWS_BETWEEN_BREATHS = 2000;

/** Returns the file as a table. @throws {ParseError | LimitError} two columns of one name, too many columns, damaged bytes */
export async function columnarTable(
  file: ProbedFile,
  columnar: ColumnarFile,
  limits: ImportLimits,
): Promise<TableSource> {
  const { path, sizeBytes } = file.source;
  if (columnar.names.length === 0) failNoColumns(path);
  assertColumns(path, columnar.names.length, limits);
  assertUnique(path, columnar.names);
  const sample: string[][] = [];
  await guarded(path, columnar.dialect, async () => {
    for await (const batch of columnar.batches(SAMPLE_ROWS)) {
      for (let row = 0; row < batch.numRows && sample.length < SAMPLE_ROWS; row++) {
        sample.push(columnar.names.map((_, column) => sampleText(batch.valueAt(column, row))));
      }
      if (sample.length === SAMPLE_ROWS) break;
    }
  });
  return {
    path,
    sizeBytes,
    sample,
    names: columnar.names,
    hasHeader: true,
    dialect: columnar.dialect,
    decimalComma: false,
    textColumns: columnar.textColumns,
    numberKinds: columnar.numberKinds,
    scan: (context, onRow) =>
      guarded(path, columnar.dialect, () => scanBatches(path, columnar, context, onRow)),
  };
}

async function scanBatches(
  path: string,
  columnar: ColumnarFile,
  context: ReadContext,
  onRow: Parameters<TableSource['scan']>[1],
): Promise<void> {
  const pacer = createPacer(context.signal, `Reading ${path}`);
  const writer = new CellWriter(path, columnar.names.length, context.limits);
  let number = 0;
  for await (const batch of columnar.batches()) {
    for (let row = 0; row < batch.numRows; row++) {
      number++;
      onRow(writer.write(number, (column) => batch.valueAt(column, row)));
      if (number % ROWS_BETWEEN_BREATHS === 0) {
        context.onProgress?.({ stage: `Reading ${path}`, bytes: 0, totalBytes: 0, rows: number });
        await pacer.breathe();
      }
    }
    assertRows(path, number, context.limits);
  }
}

/** Turns what a library throws on damaged bytes into a sentence; our own errors pass. */
export async function guarded<T>(path: string, what: string, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WorkbenchError) throw error;
    throw new ParseError(`${path}: the ${what} is damaged or uses a feature that is not supported.`, {
      code: 'damaged-file',
      remedy: 'Write the table again, for example with pandas or DuckDB, or save it as CSV.',
      details: { file: path, reason: error instanceof Error ? error.message : String(error) },
      cause: error,
    });
  }
}

function failNoColumns(path: string): never {
  throw new ParseError(`${path} has no columns.`, {
    code: 'no-columns',
    remedy: 'Drop a table with at least one column.',
    details: { file: path },
  });
}

function assertUnique(path: string, names: readonly string[]): void {
  const twice = names.find((name, column) => names.indexOf(name) !== column);
  if (twice === undefined) return;
  throw new ParseError(`${path}: two columns are named '${twice}'.`, {
    code: 'duplicate-column',
    remedy: 'Rename one of them.',
    details: { file: path, column: twice },
  });
}

/** Rows that a byte may stand for: repeated values compress well, but not without end. */
const ROWS_PER_BYTE = 200;
const FREE_ROWS = 1_000_000;

/** @throws {LimitError} more rows than a file of that size can honestly hold */
export function assertClaimedRows(path: string, numRows: number, sizeBytes: number): void {
  if (numRows <= FREE_ROWS + ROWS_PER_BYTE * sizeBytes) return;
  throw new LimitError(
    `${path} claims ${numRows.toLocaleString('en-US')} rows, which ${sizeBytes.toLocaleString('en-US')} bytes cannot hold.`,
    {
      code: 'claimed-rows',
      remedy: 'Write the table again, for example with pandas or DuckDB, or save it as CSV.',
      details: { file: path, numRows, sizeBytes },
    },
  );
}
