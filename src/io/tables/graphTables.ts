/**
 * From node and edge tables with roles to the stores of an import, and their previews: what the native folder and
 * free delimited tables have in common. Features and settings are the native format's own.
 */
import type { ColumnKind } from '../../core/columns.ts';
import { ParseError } from '../../core/errors.ts';
import { ColumnBuilder, type StartKind, startKindFor } from './columnBuilder.ts';
import { describeDialect } from '../delimited/dialect.ts';
import { DEFAULT_RELATION, type EdgeCells, EdgeFileReader, type EdgeStore } from './edgeStore.ts';
import type { ColumnRole, ImportOptions, ReadContext, TablePreview, TaskHints } from '../importTypes.ts';
import { DEFAULT_NODE_TYPE, type NodeStore, readNodeFile } from './nodeStore.ts';
import type { NoticeList } from '../notices.ts';
import type { TableHeader } from '../delimited/tableHeader.ts';
import {
  type AttributeCell,
  readTables,
  type TableColumns,
  type TableInput,
} from '../delimited/tableReader.ts';

export interface PlannedTable {
  readonly header: TableHeader;
  readonly role: 'nodes' | 'edges';
  /** Node type or relation; '' for the only one. */
  readonly type: string;
  readonly roles: readonly ColumnRole[];
}

const PREVIEW_ROWS = 20;

const encoder = new TextEncoder();

function startFor(role: ColumnRole, name: string): StartKind {
  if (role === 'label' || role === 'split') return 'labels';
  return role === 'weight' ? 'values' : startKindFor(name);
}

function kindOf(header: TableHeader, column: number, role: ColumnRole): ColumnKind {
  const name = header.names[column] as string;
  const kindFrom = (start: StartKind): ColumnKind => {
    const builder = new ColumnBuilder(name, { start, decimalComma: header.dialect.decimalComma });
    for (const row of header.sample) {
      const bytes = encoder.encode(row[column] ?? '');
      builder.push(bytes, 0, bytes.length, 0);
    }
    const again = builder.settle();
    return again === null ? builder.finish().kind : kindFrom(again);
  };
  if (['node-id', 'source', 'target'].includes(role)) return 'text';
  if (role === 'node-type' || role === 'relation') return 'category';
  return kindFrom(startFor(role, name));
}

/** What the import dialog shows of a table. */
export function previewTable(table: PlannedTable): TablePreview {
  const { header, roles } = table;
  return {
    path: header.path,
    role: table.role,
    type: table.type,
    dialect: describeDialect(header.dialect),
    columns: header.names.map((name, column) => {
      const role = roles[column] as ColumnRole;
      return { name, role, kind: kindOf(header, column, role) };
    }),
    sampleRows: header.sample.slice(0, PREVIEW_ROWS),
    sizeBytes: header.file.source.sizeBytes,
  };
}

const KEY_ROLES: readonly ColumnRole[] = ['node-id', 'node-type', 'source', 'target', 'relation', 'ignore'];

function attributesOf(table: PlannedTable, taken: readonly number[] = []): AttributeCell[] {
  return table.header.names.flatMap((name, cell) => {
    const role = table.roles[cell] as ColumnRole;
    const isKey = taken.includes(cell) || KEY_ROLES.includes(role);
    return isKey ? [] : [{ cell, name, start: startFor(role, name) }];
  });
}

function requireRole(table: PlannedTable, role: ColumnRole): number {
  const cell = table.roles.indexOf(role);
  if (cell >= 0) return cell;
  const { path } = table.header;
  throw new ParseError(`${path}: no column has the role '${role}'.`, {
    code: 'missing-role',
    remedy: `Choose the ${role} column of ${path}.`,
    details: { file: path, role },
  });
}

/**
 * Reads the node tables among `allTables` into the store.
 * @throws {InvalidGraphError} a duplicate id; {ParseError | LimitError | CancelledError}
 * @returns rows read
 */
export async function readNodeTables(
  allTables: readonly PlannedTable[],
  store: NodeStore,
  context: ReadContext,
  notices: NoticeList,
): Promise<number> {
  let rows = 0;
  for (const table of allTables.filter(({ role }) => role === 'nodes')) {
    const { header } = table;
    rows += await readNodeFile(
      {
        table: {
          source: header.file.source,
          dialect: header.dialect,
          numColumns: header.names.length,
          attributes: attributesOf(table),
        },
        typeName: table.type || DEFAULT_NODE_TYPE,
        idCell: requireRole(table, 'node-id'),
        typeCell: table.roles.indexOf('node-type'),
      },
      store,
      context,
      notices,
    );
  }
  return rows;
}

/** The node type whose id column has the same name as an end column: `user` of reviews.csv and of users.csv. */
function typeByName(endName: string, tables: readonly PlannedTable[]): string | null {
  const types = tables.filter(
    (table) => table.role === 'nodes' && table.header.names[table.roles.indexOf('node-id')] === endName,
  );
  return types.length === 1 ? (types[0] as PlannedTable).type || DEFAULT_NODE_TYPE : null;
}

function edgeCells(table: PlannedTable, all: readonly PlannedTable[]): EdgeCells {
  const named = (name: string): number =>
    table.header.names.findIndex((candidate) => candidate.toLowerCase() === name);
  const source = requireRole(table, 'source');
  const target = requireRole(table, 'target');
  return {
    source,
    target,
    fixedSourceType: typeByName(table.header.names[source] as string, all),
    fixedTargetType: typeByName(table.header.names[target] as string, all),
    relation: table.roles.indexOf('relation'),
    sourceType: named('source_type'),
    targetType: named('target_type'),
  };
}

/**
 * Reads the edge tables among `allTables` into the store; their columns are one table over all edges.
 * @throws {InvalidGraphError} an end that several node types have; {ParseError | LimitError | CancelledError}
 */
export async function readEdgeTables(
  allTables: readonly PlannedTable[],
  nodes: NodeStore,
  edges: EdgeStore,
  options: ImportOptions,
  context: ReadContext,
  notices: NoticeList,
): Promise<TableColumns> {
  const tables = allTables.filter((table) => table.role === 'edges');
  const cells = tables.map((table) => edgeCells(table, allTables));
  const isTyped =
    nodes.types.length > 1 || cells.some((cell) => cell.sourceType >= 0 || cell.targetType >= 0);
  const inputs = tables.map((table, at): TableInput => {
    const keys = cells[at] as EdgeCells;
    const { header } = table;
    let reader: EdgeFileReader | null = null;
    return {
      source: header.file.source,
      dialect: header.dialect,
      numColumns: header.names.length,
      attributes: attributesOf(table, [keys.sourceType, keys.targetType]),
      onRow(row) {
        reader ??= new EdgeFileReader(
          header.path,
          keys,
          table.type || DEFAULT_RELATION,
          isTyped,
          nodes,
          edges,
          options,
          context.limits,
          notices,
        );
        return reader.onRow(row);
      },
      onEnd: () => reader?.finishFile(),
    };
  });
  return readTables(inputs, context, notices);
}

/** What a person's own choice of label and split columns says about the task. */
export function hintsFromRoles(tables: readonly PlannedTable[], options: ImportOptions): TaskHints {
  const chosen = (role: ColumnRole): string | undefined =>
    tables
      .filter((table) => table.role === 'nodes')
      .flatMap((table) => Object.entries(options.roles[table.header.path] ?? {}))
      .find(([, given]) => given === role)?.[0];
  const target = chosen('label');
  const split = chosen('split');
  return {
    ...(target === undefined ? {} : { target }),
    ...(split === undefined ? {} : { split: split === 'split' ? 'public' : `column:${split}` }),
  };
}

/** Names of the columns that hold labels. */
export function labelNames(tables: readonly PlannedTable[]): string[] {
  return tables.flatMap((table) =>
    table.role === 'nodes' ? table.header.names.filter((_, column) => table.roles[column] === 'label') : [],
  );
}

/** Name of the edge column that holds weights, or null. */
export function weightName(tables: readonly PlannedTable[]): string | null {
  for (const { role, header, roles } of tables) {
    const cell = roles.indexOf('weight');
    if (role === 'edges' && cell >= 0) return header.names[cell] as string;
  }
  return null;
}
