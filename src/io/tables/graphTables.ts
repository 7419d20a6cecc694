/**
 * From node and edge tables with roles to the stores of an import, and their previews: what the native folder and
 * free delimited tables have in common. Features and settings are the native format's own.
 */
import type { Column, ColumnKind } from '../../core/columns.ts';
import { ParseError } from '../../core/errors.ts';
import { convertChosen } from './chosenKinds.ts';
import { ColumnBuilder, type StartKind, startKindFor } from './columnBuilder.ts';
import { DEFAULT_RELATION, type EdgeCells, EdgeFileReader, type EdgeStore } from './edgeStore.ts';
import type { ColumnRole, ImportOptions, ReadContext, TablePreview, TaskHints } from '../importTypes.ts';
import { DEFAULT_NODE_TYPE, type NodeStore, readNodeFile } from './nodeStore.ts';
import type { NoticeList } from '../notices.ts';
import { areDirectedEnds, hintsOfRoles, typesOfEnds } from './tableRoles.ts';
import { joinNodeTable } from './joinedTable.ts';
import { type AttributeCell, readTables, type TableColumns, type TableInput } from './tableReader.ts';
import type { TableSource } from './tableSource.ts';

export interface PlannedTable {
  readonly table: TableSource;
  /** `features`: rows are joined by id onto the nodes of `type`. */
  readonly role: 'nodes' | 'edges' | 'features' | 'ignored';
  /** Node type or relation; '' for the only one. */
  readonly type: string;
  readonly roles: readonly ColumnRole[];
  /** Columns whose kind a person chose. */
  readonly kinds: Readonly<Record<string, ColumnKind>>;
  /** Part of the split that the file name gives its rows, as a column `split`; '' = none. */
  readonly part: string;
}

const PREVIEW_ROWS = 20;
/** Where the part of the split goes that a file name says (train.tsv, valid.tsv, test.tsv). */
const PART_COLUMN = 'split';

const encoder = new TextEncoder();

function startFor(role: ColumnRole, name: string, chosen?: ColumnKind): StartKind {
  if (chosen !== undefined) return chosen === 'text' || chosen === 'category' ? 'text' : 'values';
  if (role === 'label' || role === 'split') return 'labels';
  return role === 'weight' ? 'values' : startKindFor(name);
}

function kindOf(table: TableSource, column: number, role: ColumnRole): ColumnKind {
  const name = table.names[column] as string;
  const kindFrom = (start: StartKind): ColumnKind => {
    const builder = new ColumnBuilder(name, { start, decimalComma: table.decimalComma });
    for (const row of table.sample) {
      const bytes = encoder.encode(row[column] ?? '');
      builder.push(bytes, 0, bytes.length, 0);
    }
    const again = builder.settle();
    return again === null ? builder.finish().kind : kindFrom(again);
  };
  if (['node-id', 'source', 'target'].includes(role)) return 'text';
  if (role === 'node-type' || role === 'relation') return 'category';
  return kindFrom(table.textColumns.has(name) ? 'text' : startFor(role, name));
}

/** What the import dialog shows of a table. */
export function previewTable({ table, roles, role, type }: PlannedTable): TablePreview {
  return {
    path: table.path,
    role,
    type,
    dialect: table.dialect,
    columns: table.names.map((name, column) => {
      const own = roles[column] as ColumnRole;
      return { name, role: own, kind: kindOf(table, column, own) };
    }),
    sampleRows: table.sample.slice(0, PREVIEW_ROWS),
    sizeBytes: table.sizeBytes,
  };
}

const KEY_ROLES: readonly ColumnRole[] = ['node-id', 'node-type', 'source', 'target', 'relation', 'ignore'];

function attributesOf(planned: PlannedTable, taken: readonly number[] = []): AttributeCell[] {
  const { names, textColumns } = planned.table;
  const attributes = names.flatMap((name, cell): AttributeCell[] => {
    const role = planned.roles[cell] as ColumnRole;
    if (taken.includes(cell) || KEY_ROLES.includes(role)) return [];
    const chosen = planned.kinds[name];
    if (chosen === undefined && textColumns.has(name)) return [{ cell, name }];
    return [{ cell, name, start: startFor(role, name, chosen) }];
  });
  const hasPart = planned.part !== '' && !attributes.some(({ name }) => name === PART_COLUMN);
  return hasPart
    ? [...attributes, { cell: -1, constant: planned.part, name: PART_COLUMN, start: 'labels' }]
    : attributes;
}

/** Converts columns whose kind a person chose. */
function chosenKinds(tables: readonly PlannedTable[], columns: Column[], notices: NoticeList): Column[] {
  return columns.map((column) => {
    const home = tables.find(({ kinds }) => kinds[column.name] !== undefined);
    if (home === undefined) return column;
    return convertChosen(column, home.kinds[column.name], notices, home.table.path, home.table.decimalComma);
  });
}

function requireRole(table: PlannedTable, role: ColumnRole): number {
  const cell = table.roles.indexOf(role);
  if (cell >= 0) return cell;
  const { path } = table.table;
  throw new ParseError(`${path}: no column has the role '${role}'.`, {
    code: 'missing-role',
    remedy: `Choose the ${role} column of ${path}.`,
    details: { file: path, role },
  });
}

/**
 * Reads the node tables among `allTables` into the store, then joins the feature tables onto them by id.
 * @throws {InvalidGraphError} a duplicate id that the options refuse; {ParseError | LimitError | CancelledError}
 * @returns rows read
 */
export async function readNodeTables(
  allTables: readonly PlannedTable[],
  store: NodeStore,
  options: ImportOptions,
  context: ReadContext,
  notices: NoticeList,
): Promise<number> {
  let rows = 0;
  for (const planned of allTables.filter(({ role }) => role === 'nodes')) {
    rows += await readNodeFile(
      {
        table: { table: planned.table, attributes: attributesOf(planned) },
        typeName: planned.type || DEFAULT_NODE_TYPE,
        idCell: planned.roles.indexOf('node-id'),
        typeCell: planned.roles.indexOf('node-type'),
        finish: (columns) => chosenKinds([planned], columns, notices),
      },
      store,
      options,
      context,
      notices,
    );
  }
  for (const planned of allTables.filter(({ role }) => role === 'features')) {
    rows += await joinNodeTable(
      {
        table: { table: planned.table, attributes: attributesOf(planned) },
        typeName: planned.type || (store.types[0]?.name ?? DEFAULT_NODE_TYPE),
        idCell: requireRole(planned, 'node-id'),
        finish: (columns) => chosenKinds([planned], columns, notices),
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
    (planned) =>
      planned.role === 'nodes' && planned.table.names[planned.roles.indexOf('node-id')] === endName,
  );
  return types.length === 1 ? (types[0] as PlannedTable).type || DEFAULT_NODE_TYPE : null;
}

const DIRECTION_WORD = /^(?:true|false|[01]|yes|no|directed|undirected)?$/i;

/** The column `directed` of a table that says so edge by edge; -1 = there is none. */
function directionCell({ table, roles }: PlannedTable): number {
  const cell = table.names.findIndex((name) => name.toLowerCase() === 'directed');
  const isMeant =
    roles[cell] === 'attribute' && table.sample.every((row) => DIRECTION_WORD.test(row[cell] ?? ''));
  return isMeant ? cell : -1;
}

function edgeCells(planned: PlannedTable, all: readonly PlannedTable[]): EdgeCells {
  const { names } = planned.table;
  const named = (name: string): number => names.findIndex((candidate) => candidate.toLowerCase() === name);
  const source = requireRole(planned, 'source');
  const target = requireRole(planned, 'target');
  const [sourceName, targetName] = [names[source] as string, names[target] as string];
  const own = typesOfEnds(sourceName, targetName);
  return {
    source,
    target,
    fixedSourceType: typeByName(sourceName, all) ?? own?.[0] ?? null,
    fixedTargetType: typeByName(targetName, all) ?? own?.[1] ?? null,
    relation: planned.roles.indexOf('relation'),
    directed: directionCell(planned),
    isDirected: areDirectedEnds(sourceName, targetName),
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
    nodes.types.length > 1 ||
    cells.some(({ sourceType, targetType }) => sourceType >= 0 || targetType >= 0) ||
    cells.some(({ fixedSourceType, fixedTargetType }) => fixedSourceType !== fixedTargetType);
  const inputs = tables.map((planned, at): TableInput => {
    const keys = cells[at] as EdgeCells;
    const { table } = planned;
    let reader: EdgeFileReader | null = null;
    return {
      table,
      attributes: attributesOf(planned, [keys.sourceType, keys.targetType, keys.directed]),
      onRow(row) {
        reader ??= new EdgeFileReader(
          table.path,
          keys,
          planned.type || DEFAULT_RELATION,
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
  const columns = await readTables(inputs, context, notices);
  return { ...columns, finish: (length) => chosenKinds(tables, columns.finish(length), notices) };
}

/** What a person's own choice of label, split and feature columns says about the task. */
export function hintsFromRoles(tables: readonly PlannedTable[], options: ImportOptions): TaskHints {
  const chosen = tables
    .filter(({ role }) => role === 'nodes' || role === 'features')
    .flatMap(({ table }) => Object.entries(options.roles[table.path] ?? {}));
  return hintsOfRoles(chosen);
}

/** Names of the columns that hold labels. */
export function labelNames(tables: readonly PlannedTable[]): string[] {
  return tables.flatMap(({ table, role, roles }) =>
    role === 'nodes' ? table.names.filter((_, column) => roles[column] === 'label') : [],
  );
}

/** Name of the edge column that holds weights, or null. */
export function weightName(tables: readonly PlannedTable[]): string | null {
  for (const { role, table, roles } of tables) {
    const cell = roles.indexOf('weight');
    if (role === 'edges' && cell >= 0) return table.names[cell] as string;
  }
  return null;
}
