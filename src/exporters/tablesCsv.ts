/** The graph as the native folder in a zip archive, which our own reader opens again: see `io/formats/plain.ts`. */
import type { Column, SparseColumn, VectorColumn } from '../core/columns.ts';
import { type Graph, isDirected } from '../core/graph.ts';
import { FEATURES_NAME } from '../io/native/featureColumn.ts';
import type { ByteOutput } from './byteWriter.ts';
import { exactCellText, isPresent } from './cellValue.ts';
import { csvRowWriter } from './csvWriter.ts';
import { exportFileName } from './exportNames.ts';
import type { ExporterDescriptor } from './exporterTypes.ts';
import { edgeTable, type GraphTable, type NodeTable, nodeTables, rowOf } from './graphTables.ts';
import { jsonText } from './jsonText.ts';
import { isMixed } from './structureColumns.ts';
import { createZipWriter } from './zipWriter.ts';

/**
 * Format: docs/architecture.md, section 8. One wide column of each node type is a file of its own, the one named
 * `features` if there is one: sparse ones as features.svm, dense ones as features.npy. Other vectors are cells such as
 * `[0.1,0.2]`. A graph of both directions says `directed` on every edge instead of in graph.json; feature columns of other
 * names are told there as `featureColumns: {type: name}`.
 */
export const tablesCsv: ExporterDescriptor = {
  id: 'tables-csv',
  name: 'Tables (CSV, zip)',
  summary: 'Nodes, edges and features as the plain graph folder, which opens again as it is.',
  needs: 'graph',
  write(input) {
    const { graph } = input;
    const zip = createZipWriter();
    const add = (path: string, write: (out: ByteOutput) => void): void => {
      const file = zip.file(path);
      write(file);
      file.end();
    };
    const tables = nodeTables(input, { featuresOf: featureColumn });
    for (const table of tables) add(`nodes${table.fileSuffix}.csv`, (out) => writeTable(out, table));
    for (const table of tables) {
      const { features, fileSuffix } = table;
      if (features?.kind === 'sparse') {
        add(`features${fileSuffix}.svm`, (out) => writeLibsvm(out, table, features));
      }
      if (features?.kind === 'vector') {
        add(`features${fileSuffix}.npy`, (out) => writeNpy(out, table, features));
      }
    }
    add('edges.csv', (out) => writeTable(out, edgeTable(graph)));
    add('graph.json', (out) => out.text(settingsText(graph, tables)));
    return {
      fileName: exportFileName(graph, 'tables.zip'),
      mimeType: 'application/zip',
      bytes: zip.finish(),
    };
  },
};

const isWide = (column: Column): column is SparseColumn | VectorColumn =>
  column.kind === 'sparse' || (column.kind === 'vector' && column.width > 0);

/** Sparse columns come first: a vector fits into cells, a sparse row does not. */
function featureColumn(columns: readonly Column[]): SparseColumn | VectorColumn | null {
  const wide = columns.filter(isWide);
  return (
    wide.find(({ name }) => name === FEATURES_NAME) ??
    wide.find(({ kind }) => kind === 'sparse') ??
    wide[0] ??
    null
  );
}

/** Writes the kept rows of one table as CSV, with a header row. */
export function writeTable(out: ByteOutput, table: GraphTable): void {
  const write = csvRowWriter(
    out,
    table.columns.map(({ name }) => name),
  );
  for (let row = 0; row < table.length; row++) {
    if (!table.isKept(row)) continue;
    write(table.columns.map((column) => exactCellText(column.column, rowOf(column, row))));
  }
}

/** Row i is node i of the type; a missing row is an empty one, as LIBSVM has no other. */
function writeLibsvm(out: ByteOutput, table: NodeTable, column: SparseColumn): void {
  // LIBSVM has no width: a zero in the last column of the first row tells it where no row reaches that far.
  let rest = column.width > widestRow(table, column) ? ` ${column.width}:0` : '';
  for (let row = 0; row < table.length; row++) {
    if (!table.isKept(row)) continue;
    out.text(`${exactCellText(column, row)}${rest}\n`);
    rest = '';
  }
}

/** Largest 1-based index in a kept row. */
function widestRow(table: NodeTable, column: SparseColumn): number {
  let widest = 0;
  for (let row = 0; row < table.length; row++) {
    if (!table.isKept(row) || !isPresent(column, row)) continue;
    for (let at = column.rowPtr[row] as number; at < (column.rowPtr[row + 1] as number); at++) {
      widest = Math.max(widest, (column.colIndex[at] as number) + 1);
    }
  }
  return widest;
}

/**
 * A matrix of float32 in C order; the cells of a missing row are NaN.
 * Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, version 1.0.
 */
function writeNpy(out: ByteOutput, table: NodeTable, column: VectorColumn): void {
  let numRows = 0;
  for (let row = 0; row < table.length; row++) if (table.isKept(row)) numRows++;
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${numRows}, ${column.width}), }`;
  // Magic (6), version (2) and header length (2), then the header with its line end: a multiple of 64 bytes.
  const length = Math.ceil((10 + header.length + 1) / 64) * 64 - 10;
  out.bytes(Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length & 0xff, length >> 8));
  out.text(`${header.padEnd(length - 1)}\n`);
  for (let row = 0; row < table.length; row++) {
    if (!table.isKept(row)) continue;
    const bytes = new DataView(new ArrayBuffer(column.width * 4));
    const hasValue = isPresent(column, row);
    for (let at = 0; at < column.width; at++) {
      const value = hasValue ? (column.values[row * column.width + at] as number) : Number.NaN;
      bytes.setFloat32(at * 4, value, true);
    }
    out.bytes(new Uint8Array(bytes.buffer));
  }
}

/** Direction of all edges, and the names of feature columns that their files cannot tell. */
function settingsText(graph: Graph, tables: readonly NodeTable[]): string {
  const direction = isMixed(graph) ? [] : [`"directed":${isDirected(graph)}`];
  const names = tables.flatMap(({ typeName, features }) =>
    features === null || features.name === FEATURES_NAME
      ? []
      : [`${jsonText(typeName)}:${jsonText(features.name)}`],
  );
  const features = names.length === 0 ? [] : [`"featureColumns":{${names.join(',')}}`];
  return `{${[...direction, ...features].join(',')}}\n`;
}
