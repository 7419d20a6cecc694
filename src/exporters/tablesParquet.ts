/** The graph as Parquet tables in a zip archive, for pandas, Polars, DuckDB and Spark. */
import type { SchemaElement } from 'hyparquet';
import type { ParquetWriter } from 'hyparquet-writer';
import { type Column, type ColumnKind, isValid } from '../core/columns.ts';
import { exactCellText, isPresent } from './cellValue.ts';
import { exportFileName } from './exportNames.ts';
import type { ExporterDescriptor } from './exporterTypes.ts';
import { edgeTable, type GraphTable, nodeTables, rowOf, type TableColumn } from './graphTables.ts';
import { createZipWriter } from './zipWriter.ts';

/** Rows written at a time, so that no table stands in memory as JavaScript values. */
const ROW_GROUP = 65_536;

/**
 * Format: Apache Parquet, https://parquet.apache.org/docs/file-format/. Files and columns are named as in the native
 * folder; numbers keep their width, dates are timestamps in milliseconds, vectors lists of float32, sparse rows text.
 * Tables say what file names cannot: `node_type` where it says something, and `directed` on every edge.
 */
export const tablesParquet: ExporterDescriptor = {
  id: 'tables-parquet',
  name: 'Tables (Parquet, zip)',
  summary: 'Nodes and edges as typed tables, for pandas, Polars, DuckDB or Spark.',
  needs: 'graph',
  async write(input) {
    const { graph } = input;
    const tables = [
      ...nodeTables(input, { hasTypeColumn: true }).map((table) => ({
        path: `nodes${table.fileSuffix}.parquet`,
        table,
      })),
      { path: 'edges.parquet', table: edgeTable(graph, true) },
    ];
    const zip = createZipWriter();
    for (const { path, table } of tables) {
      const file = zip.file(path, true);
      file.bytes(await parquetBytes(table));
      file.end();
    }
    return {
      fileName: exportFileName(graph, 'parquet.zip'),
      mimeType: 'application/zip',
      bytes: zip.finish(),
    };
  },
};

/** Returns the kept rows of one table as a Parquet file. The writer is loaded on first use. */
export async function parquetBytes(table: GraphTable): Promise<Uint8Array> {
  const parquet = await import('hyparquet-writer');
  const bytes = new parquet.ByteWriter();
  const writer = new parquet.ParquetWriter({
    writer: bytes,
    schema: schemaOf(table),
    createdBy: 'Graphwright',
  });
  await writeRows(writer, table);
  await writer.finish();
  return bytes.getBytes();
}

type LeafType = Pick<SchemaElement, 'type' | 'converted_type'>;

const TEXT: LeafType = { type: 'BYTE_ARRAY', converted_type: 'UTF8' };
const LEAF_OF_KIND: Readonly<Record<Exclude<ColumnKind, 'vector'>, LeafType>> = {
  f32: { type: 'FLOAT' },
  f64: { type: 'DOUBLE' },
  i32: { type: 'INT32' },
  bool: { type: 'BOOLEAN' },
  category: TEXT,
  text: TEXT,
  date: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  sparse: TEXT,
};

/** Every column may be null; a list is the three levels of the format's logical type LIST. */
function schemaOf(table: GraphTable): SchemaElement[] {
  const columns = table.columns.flatMap(({ name, column }): SchemaElement[] =>
    column.kind === 'vector'
      ? [
          { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
          { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
          { name: 'element', repetition_type: 'OPTIONAL', type: 'FLOAT' },
        ]
      : [{ name, repetition_type: 'OPTIONAL', ...LEAF_OF_KIND[column.kind] }],
  );
  return [{ name: 'root', num_children: table.columns.length }, ...columns];
}

async function writeRows(writer: ParquetWriter, table: GraphTable): Promise<void> {
  let rows: number[] = [];
  const flush = async (): Promise<void> => {
    if (rows.length === 0) return;
    const columnData = table.columns.map((column) => ({ name: column.name, data: valuesOf(column, rows) }));
    await writer.write({ columnData, rowGroupSize: ROW_GROUP });
    rows = [];
  };
  for (let row = 0; row < table.length; row++) {
    if (!table.isKept(row)) continue;
    rows.push(row);
    if (rows.length === ROW_GROUP) await flush();
  }
  await flush();
}

type ParquetValue = string | number | bigint | boolean | readonly number[] | null;

const valuesOf = (column: TableColumn, rows: readonly number[]): ParquetValue[] =>
  rows.map((row) => parquetValue(column.column, rowOf(column, row)));

/** NaN and infinity are numbers here; a vector with one of them is a value too. */
function parquetValue(column: Column, row: number): ParquetValue {
  switch (column.kind) {
    case 'f32':
    case 'f64':
    case 'i32':
      return isValid(column, row) ? (column.values[row] as number) : null;
    case 'bool':
      return isValid(column, row) ? column.values[row] === 1 : null;
    case 'date':
      return isPresent(column, row) ? BigInt(Math.round(column.values[row] as number)) : null;
    case 'vector':
      return isValid(column, row)
        ? Array.from(column.values.subarray(row * column.width, (row + 1) * column.width))
        : null;
    case 'category':
    case 'text':
    case 'sparse':
      return isValid(column, row) ? exactCellText(column, row) : null;
    default:
      return column satisfies never;
  }
}
