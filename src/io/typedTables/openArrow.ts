/**
 * Arrow IPC files and streams (also Feather version 2) as tables, by flechette.
 * Format: https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc.
 */
import type { Table } from '@uwdata/flechette';
import { readWhole } from '../bytes/readBytes.ts';
import { startsWith } from '../bytes/textEncoding.ts';
import { DEFAULT_IMPORT_LIMITS } from '../importTypes.ts';
import type { TableOpener } from '../tables/tableSource.ts';
import { arrowStream } from './arrowStream.ts';
import { assertClaimedRows, type ColumnarFile, columnarTable, guarded } from './columnarTable.ts';
import { decompressLz4Frame } from './lz4Frame.ts';

/** 'ARROW1' begins a file; a stream begins with a continuation marker before its schema message. */
const FILE_MAGIC = [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31];
const CONTINUATION = [0xff, 0xff, 0xff, 0xff];
const WHAT = 'Arrow file';
const TEXT_COLUMN = /utf8/i;

type Flechette = typeof import('@uwdata/flechette');

/** Loaded on first use: most files are not Arrow. */
async function loadLibrary(): Promise<Flechette> {
  const [flechette, { decompressZstd }] = await Promise.all([
    import('@uwdata/flechette'),
    import('hyparquet-compressors'),
  ]);
  const encode = (bytes: Uint8Array): Uint8Array => bytes;
  const { ZSTD, LZ4_FRAME } = flechette.CompressionType;
  flechette.setCompressionCodec(ZSTD, {
    decode: (bytes, length) => decompressZstd(bytes, new Uint8Array(honestLength(bytes, length))),
    encode,
  });
  flechette.setCompressionCodec(LZ4_FRAME, {
    decode: (bytes, length) => decompressLz4Frame(bytes, honestLength(bytes, length)),
    encode,
  });
  return flechette;
}

/** @throws {RangeError} a buffer that claims to expand beyond what an archive may, too */
function honestLength(bytes: Uint8Array, length: number): number {
  const { maxExpansionRatio, maxBytes } = DEFAULT_IMPORT_LIMITS;
  if (length > Math.min(maxBytes, 1024 ** 2 + maxExpansionRatio * bytes.length))
    throw new RangeError('too long');
  return length;
}

export const arrowOpener: TableOpener = {
  recognises: ({ head, source }) =>
    startsWith(head, FILE_MAGIC) ||
    (startsWith(head, CONTINUATION) && /\.(?:arrows?|ipc|feather)$/i.test(source.path)),
  async open(file, { limits }) {
    const { path } = file.source;
    const bytes = await readWhole(file.source, limits.maxBytes);
    const columnar = await guarded(path, WHAT, async () => {
      const flechette = await loadLibrary();
      const table = flechette.tableFromIPC(arrowStream(bytes), { useDate: true });
      assertClaimedRows(path, table.numRows, bytes.length);
      return describe(table, flechette);
    });
    return columnarTable(file, columnar, limits);
  },
};

function describe(table: Table, { Type, Precision }: Flechette): ColumnarFile {
  const typeName = (id: number): string => Object.entries(Type).find(([, value]) => value === id)?.[0] ?? '';
  const fields = table.schema.fields;
  // The specification allows fields without a name.
  const columnNames = fields.map(
    ({ name }: { readonly name: string | null }, at) => name ?? `column ${at + 1}`,
  );
  const isText = (type: (typeof fields)[number]['type']): boolean =>
    TEXT_COLUMN.test(typeName(type.typeId)) ||
    ('dictionary' in type && TEXT_COLUMN.test(typeName(type.dictionary.typeId)));
  return {
    names: columnNames,
    textColumns: new Set(fields.filter(({ type }) => isText(type)).map(({ name }) => name)),
    numberKinds: new Map(
      fields.flatMap(({ name, type }) =>
        type.typeId === Type.Float && 'precision' in type
          ? [[name, type.precision === Precision.DOUBLE ? 'f64' : 'f32'] as const]
          : [],
      ),
    ),
    dialect: WHAT,
    async *batches(maxRows = Number.POSITIVE_INFINITY) {
      const columns = table.children;
      yield await Promise.resolve({
        numRows: Math.min(table.numRows, maxRows),
        valueAt: (column: number, row: number): unknown => columns[column]?.at(row) as unknown,
      });
    },
  };
}
