/**
 * Parquet files as tables, by hyparquet, a row group at a time. Structures become JSON text, lists of numbers vectors.
 * Format: https://parquet.apache.org/docs/file-format/.
 */
import type { AsyncBuffer, Compressors, FileMetaData } from 'hyparquet';
import { LimitError, ParseError } from '../../core/errors.ts';
import { readWhole } from '../bytes/readBytes.ts';
import { startsWith } from '../bytes/textEncoding.ts';
import { DEFAULT_IMPORT_LIMITS, type ImportLimits } from '../importTypes.ts';
import type { NumberKind } from '../tables/columnBuilder.ts';
import type { TableOpener } from '../tables/tableSource.ts';
import { assertClaimedRows, type ColumnarFile, columnarTable, guarded } from './columnarTable.ts';
import { checkPages } from './parquetPages.ts';

const MAGIC = [0x50, 0x41, 0x52, 0x31];
const WHAT = 'Parquet file';
const NUMBER_KINDS: Readonly<Record<string, NumberKind>> = { FLOAT: 'f32', DOUBLE: 'f64', INT32: 'i32' };

/** What hyparquet calls a decoded array: any typed array, or a list. */
type Indexed = ArrayLike<unknown>;

interface Library {
  readonly hyparquet: typeof import('hyparquet');
  readonly readHeader: Parameters<typeof checkPages>[3];
  readonly compressors: Compressors;
}

/** Loaded on first use: most files are not Parquet. */
async function loadLibrary(): Promise<Library> {
  const [hyparquet, { parquetHeader }, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet/src/column.js'),
    import('hyparquet-compressors'),
  ]);
  return { hyparquet, readHeader: parquetHeader, compressors };
}

/** Bytes that a page of so many compressed bytes may expand to, as for archives. */
function mostExpanded(compressed: number): number {
  const { maxExpansionRatio, maxBytes } = DEFAULT_IMPORT_LIMITS;
  return Math.min(maxBytes, 1024 ** 2 + maxExpansionRatio * compressed);
}

export const parquetOpener: TableOpener = {
  recognises: (file) => startsWith(file.head, MAGIC),
  async open(file, { limits }) {
    const { path } = file.source;
    const bytes = await readWhole(file.source, limits.maxBytes);
    return guarded(path, WHAT, async () => {
      const library = await loadLibrary();
      const buffer: AsyncBuffer = {
        byteLength: bytes.length,
        slice: (start, end) => bytes.slice(start, end).buffer,
      };
      const metadata = await library.hyparquet.parquetMetadataAsync(buffer);
      assertHonest(path, metadata, bytes.length, limits);
      checkPages(path, bytes, metadata, library.readHeader, mostExpanded);
      return columnarTable(file, describe(buffer, metadata, library), limits);
    });
  },
};

function describe(buffer: AsyncBuffer, metadata: FileMetaData, library: Library): ColumnarFile {
  const { children } = library.hyparquet.parquetSchema(metadata);
  const names = children.map(({ element }) => element.name);
  const texts = children.filter(
    ({ element }) =>
      element.logical_type?.type === 'STRING' ||
      element.converted_type === 'UTF8' ||
      element.converted_type === 'ENUM',
  );
  return {
    names,
    textColumns: new Set(texts.map(({ element }) => element.name)),
    numberKinds: new Map(
      children.flatMap(({ element }) => {
        const kind = NUMBER_KINDS[element.type ?? ''];
        return kind === undefined ||
          element.logical_type !== undefined ||
          element.converted_type !== undefined
          ? []
          : [[element.name, kind] as const];
      }),
    ),
    dialect: WHAT,
    async *batches(maxRows = Number.POSITIVE_INFINITY) {
      // Column by column: reading a whole group at once leaves rejections of damaged columns unhandled.
      const scan = await library.hyparquet.parquetScan({
        file: buffer,
        metadata,
        compressors: library.compressors,
      });
      for (const { rowStart, rowEnd } of scan.ranges) {
        if (rowStart >= maxRows) return;
        const columns: Indexed[] = [];
        for (const column of names) columns.push(await scan.readColumn({ column, rowStart, rowEnd }));
        yield { numRows: rowEnd - rowStart, valueAt: (column, row) => columns[column]?.[row] };
      }
    },
  };
}

/** A footer may claim anything; what it claims must fit the file before memory is taken for it. */
function assertHonest(path: string, metadata: FileMetaData, size: number, limits: ImportLimits): void {
  assertClaimedRows(path, Number(metadata.num_rows), size);
  let rows = 0;
  let bytes = 0;
  for (const group of metadata.row_groups) {
    rows += Number(group.num_rows);
    assertClaimedRows(path, rows, size);
    for (const { meta_data: chunk } of group.columns) {
      bytes += Number(chunk?.total_uncompressed_size ?? 0);
      assertClaimedRows(path, Number(chunk?.num_values ?? 0), size);
    }
  }
  if (rows > limits.maxEdges || bytes > limits.maxBytes) {
    throw new LimitError(
      `${path} says that it holds ${rows.toLocaleString('en-US')} rows in ${bytes.toLocaleString('en-US')} bytes; that is more than can be opened.`,
      {
        code: 'too-many-bytes',
        remedy: 'Import a part of the data.',
        details: { file: path, rows, bytes },
      },
    );
  }
  const smallest = metadata.row_groups.some((group) => Number(group.num_rows) < 0);
  if (
    smallest ||
    (rows > 0 && metadata.row_groups.every((group) => group.columns.length === 0)) ||
    size < 12
  ) {
    throw new ParseError(`${path}: the ${WHAT} is damaged or uses a feature that is not supported.`, {
      code: 'damaged-file',
      remedy: 'Write the table again, for example with pandas or DuckDB, or save it as CSV.',
      details: { file: path },
    });
  }
}
