/**
 * What free tables mean, guessed from names and first rows: which hold nodes, edges or further columns of nodes, which
 * columns are ids and ends. A person's choices win. The native folder names its tables itself (`formats/plain.ts`).
 */
import type { ColumnRole, ImportOptions, TableRole } from '../importTypes.ts';
import type { PlannedTable } from './graphTables.ts';
import { applyRoles, findEnds, findId, guessEdgeRoles, guessNodeRoles, hasIdName } from './tableRoles.ts';
import { type TableSource, withNames } from './tableSource.ts';

const PARTS: Readonly<Record<string, string>> = {
  train: 'train',
  training: 'train',
  valid: 'val',
  validation: 'val',
  val: 'val',
  dev: 'val',
  test: 'test',
};
/** So many of a table's sampled ids must occur in another's for both to describe the same nodes. */
const SHARED_IDS = 0.3;

const stemOf = (path: string): string => (path.split('/').at(-1) ?? path).replace(/\.[^.]+$/, '');

/** Part of a split that a file name such as `train.txt` or `fb15k-valid.tsv` gives its rows; '' = none. */
const partOf = (path: string): string =>
  PARTS[/(?:^|[-_.])([a-z]+)\d*$/i.exec(stemOf(path))?.[1]?.toLowerCase() ?? ''] ?? '';

/** Values that the columns of a sample share; ends of edges come from one set, other columns do not. */
function sharesValues(table: TableSource, first: number, second: number): boolean {
  const values = new Set(table.sample.map((row) => row[first]));
  return table.sample.some((row) => row[second] !== '' && values.has(row[second]));
}

function isUnique(table: TableSource, column: number): boolean {
  return new Set(table.sample.map((row) => row[column])).size === table.sample.length;
}

const isNumberText = (text: string | undefined): boolean =>
  text !== undefined && /^[+-]?\d*[.,]?\d+(?:e[+-]?\d+)?$/i.test(text);

/** True for a column of measurements: ids are words or whole numbers. */
function hasDecimals(table: TableSource, column: number): boolean {
  return table.sample.some((row) => /^[+-]?\d*[.,]\d+(?:e[+-]?\d+)?$/i.test(row[column] ?? ''));
}

/** Head, relation, tail without a header: three words of which the outer two come from one set. */
function isTriple(table: TableSource): boolean {
  return (
    !table.hasHeader &&
    table.names.length === 3 &&
    !table.sample.every((row) => isNumberText(row[2])) &&
    !sharesValues(table, 0, 1)
  );
}

/** Names of the end columns of tables that are edge lists by their header. */
function knownEndNames(tables: readonly TableSource[]): Set<string> {
  const ends = tables.flatMap(({ hasHeader, names }) =>
    hasHeader ? (findEnds(names) ?? []).map((column) => names[column] as string) : [],
  );
  return new Set(ends);
}

function guessTableRole(table: TableSource, endNames: ReadonlySet<string>): 'nodes' | 'edges' {
  const stem = stemOf(table.path).toLowerCase();
  if (table.names.length === 1) return 'nodes';
  if (table.hasHeader && findEnds(table.names) !== null) return 'edges';
  if (table.hasHeader && endNames.has(table.names[0] as string)) return 'nodes';
  // Attributes of edges that have names of their own: rows without ends.
  if (table.names.some((name) => /^edge[\s_-]?id$/i.test(name))) return 'nodes';
  if (/node|vertex|vertices|entit/.test(stem)) return 'nodes';
  if (/edge|link|cite|relation|triple/.test(stem)) return 'edges';
  if (table.hasHeader && hasIdName(table.names)) return 'nodes';
  if (table.names.some((_, column) => table.sample[0]?.[column]?.startsWith('[') === true)) return 'nodes';
  if (hasDecimals(table, 0) || hasDecimals(table, 1)) return 'nodes';
  if (sharesValues(table, 0, 1) || isTriple(table)) return 'edges';
  const looksLikeRecords = table.names.length > 2 && isUnique(table, 0) && table.sample.length > 1;
  return looksLikeRecords || table.names.length > 8 ? 'nodes' : 'edges';
}

function roleOf(
  table: TableSource,
  endNames: ReadonlySet<string>,
  options: ImportOptions,
): PlannedTable['role'] {
  const chosen = options.tables[table.path]?.role;
  if (chosen !== undefined && chosen !== 'settings') return chosen;
  const roles = Object.values(options.roles[table.path] ?? {});
  if (roles.includes('source') || roles.includes('target')) return 'edges';
  return roles.includes('node-id') ? 'nodes' : guessTableRole(table, endNames);
}

/** The column of a node table whose values occur as ends of edges; by name when none stands out; -1 = rows have no id. */
function idColumn(nodes: TableSource, edges: readonly PlannedTable[]): number {
  const ends = new Set<string>();
  for (const { table, roles } of edges) {
    for (const row of table.sample) {
      roles.forEach((role, column) => {
        if (role === 'source' || role === 'target') ends.add(row[column] ?? '');
      });
    }
  }
  const hits = nodes.names.map((_, column) =>
    isUnique(nodes, column) ? nodes.sample.filter((row) => ends.has(row[column] ?? '')).length : 0,
  );
  const most = Math.max(...hits);
  const byName = findId(nodes.names);
  if (most > 0 && hits[byName] !== most) return hits.indexOf(most);
  // A column of measurements or of repeated words names nothing; the rows are numbered then.
  const names = hasIdName(nodes.names) || (isUnique(nodes, byName) && !hasDecimals(nodes, byName));
  return most > 0 || names ? byName : -1;
}

function nodeRoles(table: TableSource, edges: readonly PlannedTable[]): ColumnRole[] {
  const id = idColumn(table, edges);
  return guessNodeRoles(table.names).map((role, column) =>
    column === id ? 'node-id' : role === 'node-id' ? 'attribute' : role,
  );
}

/** Names for the columns of a table without a header, so that roles can be kept by name. */
function named(table: TableSource): TableSource {
  if (table.hasHeader) return table;
  if (guessTableRole(table, new Set()) === 'nodes') {
    return isUnique(table, 0) && !hasDecimals(table, 0) ? withNames(table, ['id']) : table;
  }
  return withNames(table, isTriple(table) ? ['head', 'relation', 'tail'] : ['source', 'target']);
}

/** File names of tables that say more about nodes of another table. */
const ABOUT_NODES = /feature|attribute|label|split|embedding|meta|class|target|score|prediction/i;

/**
 * True when the sampled ids of a table are, in good part, those of a node table before it, and this is no accident:
 * users and products are both numbered from 1.
 */
function describesSameNodes(table: PlannedTable, earlier: PlannedTable): boolean {
  const idOf = ({ roles }: PlannedTable): number => roles.indexOf('node-id');
  if (idOf(table) < 0 || idOf(earlier) < 0) return false;
  const nameOf = (planned: PlannedTable): string => planned.table.names[idOf(planned)] as string;
  const areWords = table.table.sample.some((row) => !isNumberText(row[idOf(table)]));
  const areOneName = nameOf(table) === nameOf(earlier) && !/^id$/i.test(nameOf(table));
  if (!areWords && !areOneName && !ABOUT_NODES.test(stemOf(table.table.path))) return false;
  const known = new Set(earlier.table.sample.map((row) => row[idOf(earlier)]));
  const shared = table.table.sample.filter((row) => known.has(row[idOf(table)])).length;
  return shared > 0 && shared >= SHARED_IDS * table.table.sample.length;
}

/** Later node tables about the same nodes become `features` of the first, unless a person said otherwise. */
function joinSameNodes(nodes: readonly PlannedTable[], options: ImportOptions): PlannedTable[] {
  const declared: PlannedTable[] = [];
  const planned = nodes.map((table) => {
    const home = declared.find((earlier) => describesSameNodes(table, earlier));
    const isFree = options.tables[table.table.path]?.role === undefined;
    if (table.role === 'nodes' && isFree && home !== undefined) {
      return { ...table, role: 'features' as const, type: home.table.path };
    }
    if (table.role === 'nodes') declared.push(table);
    return table;
  });
  const typeOf = (path: string): string =>
    options.tables[path]?.type ?? (declared.length > 1 ? stemOf(path) : '');
  return planned.map((table) => {
    const own = options.tables[table.table.path]?.type;
    if (table.role === 'nodes') return { ...table, type: own ?? typeOf(table.table.path) };
    if (table.role === 'features')
      return { ...table, type: own ?? (table.type === '' ? '' : typeOf(table.type)) };
    return table;
  });
}

/**
 * Returns the tables with their roles, node tables first. Deterministic; looks at the sampled rows only.
 * @param tables as opened, in the order of the drop
 */
export function planTables(tables: readonly TableSource[], options: ImportOptions): PlannedTable[] {
  const all = tables.map(named);
  const endNames = knownEndNames(all);
  const plan = (table: TableSource, role: TableRole, roles: ColumnRole[], type: string): PlannedTable => ({
    table,
    role: role === 'settings' ? 'ignored' : role,
    type,
    roles: applyRoles(table.path, table.names, roles, options),
    kinds: options.kinds[table.path] ?? {},
    part: '',
  });
  const withRole = all.map((table) => ({ table, role: roleOf(table, endNames, options) }));
  const edgeTables = withRole.filter(({ role }) => role === 'edges');
  const areParts = edgeTables.filter(({ table }) => partOf(table.path) !== '').length > 1;
  const edges = edgeTables.map(({ table }) => {
    const own = options.tables[table.path]?.type;
    const part = areParts ? partOf(table.path) : '';
    const type = own ?? (edgeTables.length > 1 && part === '' ? stemOf(table.path) : '');
    return { ...plan(table, 'edges', guessEdgeRoles(table.names, isTriple(table)), type), part };
  });
  const others = withRole
    .filter(({ role }) => role !== 'edges')
    .map(({ table, role }) => plan(table, role, nodeRoles(table, edges), ''));
  return [...joinSameNodes(others, options), ...edges];
}
