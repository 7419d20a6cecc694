/** What a person may change about tables and columns: the words, which role fits which table, and the changed options. Pure. */
import type { ColumnKind } from '../../core/columns.ts';
import type {
  ColumnPreview,
  ColumnRole,
  ImportOptions,
  TablePreview,
  TableRole,
} from '../../io/importTypes.ts';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

const ROLE_NAMES: Record<ColumnRole, string> = {
  'node-id': 'Node id',
  'node-type': 'Node type',
  source: 'Source',
  target: 'Target',
  relation: 'Relation',
  weight: 'Weight',
  label: 'Label',
  split: 'Split',
  feature: 'Feature',
  time: 'Time',
  attribute: 'Attribute',
  ignore: 'Leave out',
};
const ROLES_OF: Record<'nodes' | 'edges' | 'features', readonly ColumnRole[]> = {
  nodes: ['node-id', 'node-type', 'label', 'split', 'feature', 'time', 'attribute', 'ignore'],
  edges: ['source', 'target', 'relation', 'weight', 'feature', 'time', 'attribute', 'ignore'],
  features: ['node-id', 'label', 'split', 'feature', 'attribute', 'ignore'],
};
/** Roles that one column of a table can have. */
const SINGLE_ROLES: readonly ColumnRole[] = ['node-id', 'node-type', 'source', 'target', 'relation', 'label'];
/** Their values are names of nodes, types and relations: always read as words. */
const KEY_ROLES: readonly ColumnRole[] = ['node-id', 'node-type', 'source', 'target', 'relation'];

const TABLE_ROLE_NAMES: Record<TableRole, string> = {
  nodes: 'Nodes',
  edges: 'Edges',
  features: 'Features',
  ignored: 'Leave out',
  settings: 'Settings',
};

export const TABLE_ROLE_CHOICES: readonly Choice<TableRole>[] = (
  ['nodes', 'edges', 'features', 'ignored'] as const
).map((value) => ({ value, label: TABLE_ROLE_NAMES[value] }));

/** Kinds in a person's words; Number is whichever float the column was guessed as. */
const KIND_NAMES: readonly Choice<ColumnKind>[] = [
  { value: 'f64', label: 'Number' },
  { value: 'i32', label: 'Integer' },
  { value: 'bool', label: 'Yes/no' },
  { value: 'category', label: 'Category' },
  { value: 'text', label: 'Text' },
  { value: 'date', label: 'Date' },
  { value: 'vector', label: 'Vector' },
];

export const tableRoleName = (role: TableRole): string => TABLE_ROLE_NAMES[role];
export const roleName = (role: ColumnRole): string => ROLE_NAMES[role];

/** A format that fixes its id column fixes which table it is. */
export const isFixedTable = (table: TablePreview): boolean =>
  table.role === 'settings' || table.columns.some((column) => column.isFixed === true);

export const tableRole = (table: TablePreview, options: ImportOptions): TableRole =>
  options.tables[table.path]?.role ?? table.role;

export const tableType = (table: TablePreview, options: ImportOptions): string =>
  options.tables[table.path]?.type ?? table.type;

export const columnRole = (table: TablePreview, column: ColumnPreview, options: ImportOptions): ColumnRole =>
  options.roles[table.path]?.[column.name] ?? column.role;

/** Roles a column can be given; none where nothing of the table is read. */
export function roleChoices(table: TablePreview, options: ImportOptions): readonly Choice<ColumnRole>[] {
  const role = tableRole(table, options);
  if (role === 'settings' || role === 'ignored') return [];
  const taken = new Set(
    table.columns.filter((column) => column.isFixed === true).map((column) => column.role),
  );
  return ROLES_OF[role]
    .filter((value) => !taken.has(value))
    .map((value) => ({ value, label: ROLE_NAMES[value] }));
}

/** Kinds a column can be read as; none where its role or the format leaves no choice. */
export function kindChoices(
  table: TablePreview,
  column: ColumnPreview,
  options: ImportOptions,
): readonly Choice<ColumnKind>[] {
  const role = columnRole(table, column, options);
  const isFree =
    column.isFixed !== true && column.kind !== 'sparse' && role !== 'ignore' && !KEY_ROLES.includes(role);
  if (!isFree) return [];
  return KIND_NAMES.map((choice) =>
    choice.value === 'f64' && column.kind === 'f32' ? { ...choice, value: 'f32' } : choice,
  );
}

export const columnKind = (table: TablePreview, column: ColumnPreview, options: ImportOptions): ColumnKind =>
  options.kinds[table.path]?.[column.name] ?? column.kind;

/** Options with one column in another role; of a role that only one can have, the column that had it becomes an attribute. */
export function withColumnRole(
  options: ImportOptions,
  table: TablePreview,
  name: string,
  role: ColumnRole,
): ImportOptions {
  const roles = { ...options.roles[table.path], [name]: role };
  if (SINGLE_ROLES.includes(role)) {
    for (const other of table.columns) {
      if (other.name !== name && columnRole(table, other, options) === role) roles[other.name] = 'attribute';
    }
  }
  return {
    ...options,
    roles: withEntry(
      options.roles,
      table.path,
      onlyChanged(roles, table, ({ role: own }) => own),
    ),
  };
}

export function withColumnKind(
  options: ImportOptions,
  table: TablePreview,
  name: string,
  kind: ColumnKind,
): ImportOptions {
  const kinds = { ...options.kinds[table.path], [name]: kind };
  return {
    ...options,
    kinds: withEntry(
      options.kinds,
      table.path,
      onlyChanged(kinds, table, (column) => column.kind),
    ),
  };
}

export function withTableType(options: ImportOptions, table: TablePreview, type: string): ImportOptions {
  const { type: _old, ...rest } = options.tables[table.path] ?? {};
  const choice = type === table.type ? rest : { ...rest, type };
  return { ...options, tables: withEntry(options.tables, table.path, choice) };
}

/**
 * Options with a table in another role. What its columns are follows: the ends of edges are the id and the column after it;
 * the id of nodes is what was the source.
 */
export function withTableRole(options: ImportOptions, table: TablePreview, role: TableRole): ImportOptions {
  const { role: _old, ...rest } = options.tables[table.path] ?? {};
  const choice = role === table.role ? rest : { ...rest, role };
  const roles = role === table.role || role === 'ignored' ? {} : translatedRoles(table, role);
  return {
    ...options,
    tables: withEntry(options.tables, table.path, choice),
    roles: withEntry(options.roles, table.path, roles),
  };
}

function translatedRoles(table: TablePreview, role: TableRole): Record<string, ColumnRole> {
  const { columns } = table;
  const allowed = ROLES_OF[role === 'edges' ? 'edges' : 'nodes'];
  const keyAt = Math.max(
    0,
    columns.findIndex(({ role: own }) => own === 'node-id' || own === 'source'),
  );
  const targetAt = columns.findIndex(({ role: own }, at) => own === 'target' || at === keyAt + 1);
  const roles: Record<string, ColumnRole> = {};
  columns.forEach(({ name, role: own }, at) => {
    if (at === keyAt) roles[name] = role === 'edges' ? 'source' : 'node-id';
    else if (role === 'edges' && at === targetAt) roles[name] = 'target';
    else if (!allowed.includes(own)) roles[name] = 'attribute';
  });
  return roles;
}

/** The choices that differ from the guesses: going back to a guess is no choice. */
function onlyChanged<Value>(
  choices: Readonly<Record<string, Value>>,
  table: TablePreview,
  guessOf: (column: ColumnPreview) => Value,
): Record<string, Value> {
  const guesses = new Map(table.columns.map((column) => [column.name, guessOf(column)]));
  return Object.fromEntries(Object.entries(choices).filter(([name, value]) => guesses.get(name) !== value));
}

/** The record with the entry, or without it when nothing is left in it. */
function withEntry<Entry extends object>(
  record: Readonly<Record<string, Entry>>,
  key: string,
  entry: Entry,
): Readonly<Record<string, Entry>> {
  const { [key]: _old, ...others } = record;
  return Object.keys(entry).length === 0 ? others : { ...others, [key]: entry };
}

/** How many choices differ from the defaults among those that are folded away. */
export function foldedChanges(options: ImportOptions): number {
  return [
    options.duplicateEdges !== 'keep',
    options.selfLoops !== 'keep',
    options.duplicateNodes !== 'keep-first',
  ].filter(Boolean).length;
}
