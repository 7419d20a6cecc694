/**
 * Chosen rows as tables, for the three exporters of a selection: all columns of the rows, the predictions of the run with
 * nodes. Each exporter says how one table becomes bytes; nodes of several types are files of one zip archive.
 */
import { TaskError } from '../core/errors.ts';
import { type Graph, isNodeDeleted, nodeTypeOf } from '../core/graph.ts';
import { isEdgeKept } from './elementIds.ts';
import { exportFileName } from './exportNames.ts';
import type { ExportedFile, ExportInput, ExportRows } from './exporterTypes.ts';
import { edgeTable, type GraphTable, nodeTables } from './graphTables.ts';
import { createZipWriter } from './zipWriter.ts';

interface SelectionForm {
  /** Without the dot. */
  readonly extension: string;
  readonly mimeType: string;
  /** The bytes are compressed already. */
  readonly isCompressed?: boolean;
  bytesOf(table: GraphTable): Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>;
}

interface NamedTable {
  /** `nodes`, `nodes.<type>` or `edges`. */
  readonly name: string;
  readonly table: GraphTable;
}

/**
 * Returns the file of the chosen rows: one table, or a zip of one per node type.
 * @throws {TaskError} nothing is chosen, or the run is of another graph
 */
export async function selectionFile(input: ExportInput, form: SelectionForm): Promise<ExportedFile> {
  const tables = selectionTables(input);
  const [first] = tables;
  if (tables.length === 1 && first !== undefined) {
    return {
      fileName: exportFileName(input.graph, `selected-${first.name}.${form.extension}`),
      mimeType: form.mimeType,
      bytes: await form.bytesOf(first.table),
    };
  }
  const zip = createZipWriter();
  for (const { name, table } of tables) {
    const file = zip.file(`${name}.${form.extension}`, form.isCompressed ?? false);
    file.bytes(await form.bytesOf(table));
    file.end();
  }
  return {
    fileName: exportFileName(input.graph, `selected-nodes.${form.extension}.zip`),
    mimeType: 'application/zip',
    bytes: zip.finish(),
  };
}

/** Returns the tables that have chosen rows; the first one, empty, when none has. */
function selectionTables(input: ExportInput): readonly NamedTable[] {
  const { graph } = input;
  const { table, indices } = requireRows(input);
  if (table === 'edges') {
    const kept = indices.filter((edge) => isEdgeKept(graph, edge));
    return [{ name: 'edges', table: withRows(edgeTable(graph), kept) }];
  }
  const byType = rowsByType(graph, indices);
  const tables = nodeTables(input, { hasTypeColumn: true }).map((all, type) => ({
    name: `nodes${all.fileSuffix}`,
    table: withRows(all, byType[type] ?? new Int32Array(0)),
  }));
  const filled = tables.filter(({ table }) => table.length > 0);
  return filled.length > 0 ? filled : tables.slice(0, 1);
}

function requireRows({ rows }: ExportInput): ExportRows {
  if (rows !== null && rows !== undefined) return rows;
  throw new TaskError('Nothing is selected to export.', {
    code: 'export-needs-selection',
    remedy: 'Select nodes in a view, or rows in the table.',
  });
}

/** Rows of each node type, without deleted nodes, in the given order. O(indices · types). */
function rowsByType(graph: Graph, indices: Int32Array): readonly Int32Array[] {
  return graph.nodeTypes.map((_, type) => {
    const start = graph.nodeTypePtr[type] as number;
    return indices
      .filter((node) => nodeTypeOf(graph, node) === type && !isNodeDeleted(graph, node))
      .map((node) => node - start);
  });
}

/** Returns the table of the given rows in their order; the columns stay where they are. */
function withRows(table: GraphTable, rows: Int32Array): GraphTable {
  return {
    length: rows.length,
    columns: table.columns.map(({ name, column, rows: inner }) => ({
      name,
      column,
      rows: inner === null ? rows : rows.map((row) => inner[row] as number),
    })),
    isKept: () => true,
  };
}
