/**
 * Free CSV, TSV and similar tables: an edge list, with or without a header, and perhaps node tables. Which table is
 * which and what its columns mean is guessed from names and first rows; a person changes it by roles. Files with the
 * native names are `plain.ts`.
 */
import { ParseError } from '../../core/errors.ts';
import { looksTabular } from '../delimited/dialect.ts';
import { createEdgeStore } from '../tables/edgeStore.ts';
import { assembleGraph } from '../tables/graphAssembly.ts';
import {
  hintsFromRoles,
  labelNames,
  type PlannedTable,
  previewTable,
  readEdgeTables,
  readNodeTables,
  weightName,
} from '../tables/graphTables.ts';
import {
  type ColumnRole,
  DEFAULT_IMPORT_OPTIONS,
  type FormatDescriptor,
  type ImportOptions,
  type ImportPreview,
  type ImportResult,
  type ProbedFile,
  type ReadContext,
} from '../importTypes.ts';
import { nativeName } from '../native/nativeNames.ts';
import { NodeStore } from '../tables/nodeStore.ts';
import { createNoticeList, noteUnusedFiles } from '../notices.ts';
import { summarise } from '../tables/summary.ts';
import { readTableHeader, type TableHeader } from '../delimited/tableHeader.ts';
import { applyRoles, findEnds, findId, guessEdgeRoles, guessNodeRoles } from '../delimited/tableRoles.ts';
import { describeBinary } from '../bytes/textEncoding.ts';

const ID = 'csv';
const NAME = 'Tables (CSV, TSV)';
const TABLE_EXTENSION = /\.(?:csv|tsv)$/i;
const TEXT_EXTENSION = /\.(?:txt|tab|ssv|dat|data|edges|edgelist|edg|el|nodes|cites|links)$/i;

function isTable(file: ProbedFile): boolean {
  const { path } = file.source;
  // A table by name is read, and refused with a reason, even when its content is something else.
  if (TABLE_EXTENSION.test(path)) return true;
  if (describeBinary(file.head) !== null) return false;
  return (TEXT_EXTENSION.test(path) || !/\.[^./]+$/.test(path)) && looksTabular(file.head);
}

function detect(files: readonly ProbedFile[]): { confidence: number; why: string } {
  const tables = files.filter(
    (file) => isTable(file) && describeBinary(file.head) === null && file.head.length > 0,
  );
  if (tables.length === 0) return { confidence: 0, why: 'No file is a table of delimited text.' };
  const isNative = files.some((file) =>
    ['nodes', 'edges'].includes(nativeName(file.source.path)?.role ?? ''),
  );
  const names = tables.map((file) => file.source.path).join(', ');
  return { confidence: isNative ? 0.45 : 0.6, why: `${names} reads as a table of delimited text.` };
}

const stemOf = (path: string): string => (path.split('/').at(-1) ?? path).replace(/\.[^.]+$/, '');

/** Values that the columns of a sample share; ends of edges come from one set, other columns do not. */
function sharesValues(header: TableHeader, first: number, second: number): boolean {
  const values = new Set(header.sample.map((row) => row[first]));
  return header.sample.some((row) => row[second] !== '' && values.has(row[second]));
}

function isUnique(header: TableHeader, column: number): boolean {
  return new Set(header.sample.map((row) => row[column])).size === header.sample.length;
}

const isNumberText = (text: string | undefined): boolean =>
  text !== undefined && /^[+-]?\d*\.?\d+$/.test(text);

/** Head, relation, tail without a header: three words of which the outer two come from one set. */
function isTriple(header: TableHeader): boolean {
  return (
    !header.dialect.hasHeader &&
    header.names.length === 3 &&
    !header.sample.every((row) => isNumberText(row[2])) &&
    !sharesValues(header, 0, 1)
  );
}

/** Names of the end columns of tables that are edge lists by their header. */
function knownEndNames(headers: readonly TableHeader[]): Set<string> {
  const ends = headers.flatMap(({ dialect, names }) =>
    dialect.hasHeader ? (findEnds(names) ?? []).map((column) => names[column] as string) : [],
  );
  return new Set(ends);
}

function guessTableRole(header: TableHeader, endNames: ReadonlySet<string>): 'nodes' | 'edges' {
  const stem = stemOf(header.path).toLowerCase();
  if (header.names.length === 1) return 'nodes';
  if (header.dialect.hasHeader && findEnds(header.names) !== null) return 'edges';
  if (header.dialect.hasHeader && endNames.has(header.names[0] as string)) return 'nodes';
  if (/node|vertex|vertices|entit/.test(stem)) return 'nodes';
  if (/edge|link|cite|relation|triple/.test(stem)) return 'edges';
  if (
    header.dialect.hasHeader &&
    /^(?:node[_ -]?)?(?:id|name|key)$/i.test(header.names[findId(header.names)] ?? '')
  ) {
    return 'nodes';
  }
  if (sharesValues(header, 0, 1) || isTriple(header)) return 'edges';
  const looksLikeRecords = header.names.length > 2 && isUnique(header, 0) && header.sample.length > 1;
  return looksLikeRecords ? 'nodes' : 'edges';
}

function tableRole(
  header: TableHeader,
  endNames: ReadonlySet<string>,
  options: ImportOptions,
): 'nodes' | 'edges' {
  const chosen = Object.values(options.roles[header.path] ?? {});
  if (chosen.includes('source') || chosen.includes('target')) return 'edges';
  return chosen.includes('node-id') ? 'nodes' : guessTableRole(header, endNames);
}

/** The column of a node table whose values occur as ends of edges; by name when none stands out. */
function idByEdges(nodes: TableHeader, edges: readonly PlannedTable[]): number {
  const ends = new Set<string>();
  for (const { header, roles } of edges) {
    for (const row of header.sample) {
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
  return most === 0 || hits[byName] === most ? byName : hits.indexOf(most);
}

function nodeRoles(header: TableHeader, edges: readonly PlannedTable[]): ColumnRole[] {
  const id = idByEdges(header, edges);
  return guessNodeRoles(header.names).map((role, column) =>
    column === id ? 'node-id' : role === 'node-id' ? 'attribute' : role,
  );
}

function planTables(
  files: readonly ProbedFile[],
  options: ImportOptions,
  context: ReadContext,
): PlannedTable[] {
  const headers = files.filter(isTable).map((file) => {
    const guess = readTableHeader(file, context.limits);
    if (guess.dialect.hasHeader) return guess;
    // Names stay those of the preview, whatever roles are changed: roles are kept by name.
    if (guessTableRole(guess, new Set()) === 'nodes')
      return readTableHeader(file, context.limits, false, ['id']);
    const names = isTriple(guess) ? ['head', 'relation', 'tail'] : ['source', 'target'];
    return readTableHeader(file, context.limits, false, names);
  });
  const [only, ...others] = headers;
  if (only !== undefined && others.length === 0 && only.names.length === 1) failOneColumn(only);
  const endNames = knownEndNames(headers);
  const isEdges = headers.map((header) => tableRole(header, endNames, options) === 'edges');
  const numOf = (wanted: boolean): number => isEdges.filter((edge) => edge === wanted).length;
  const edges = headers.flatMap((header, at): PlannedTable[] => {
    if (isEdges[at] !== true) return [];
    const roles = applyRoles(
      header.path,
      header.names,
      guessEdgeRoles(header.names, isTriple(header)),
      options,
    );
    return [{ header, role: 'edges', type: numOf(true) > 1 ? stemOf(header.path) : '', roles }];
  });
  const nodes = headers.flatMap((header, at): PlannedTable[] => {
    if (isEdges[at] === true) return [];
    const roles = applyRoles(header.path, header.names, nodeRoles(header, edges), options);
    return [{ header, role: 'nodes', type: numOf(false) > 1 ? stemOf(header.path) : '', roles }];
  });
  return [...nodes, ...edges];
}

function failOneColumn(header: TableHeader): never {
  throw new ParseError(`${header.path} has only one column.`, {
    code: 'one-column',
    remedy: 'Separate the columns by commas, tabs or semicolons.',
    details: { file: header.path },
  });
}

const unusedPaths = (files: readonly ProbedFile[]): string[] =>
  files.filter((file) => !isTable(file)).map((file) => file.source.path);

async function preview(files: readonly ProbedFile[], context: ReadContext): Promise<ImportPreview> {
  const notices = createNoticeList();
  noteUnusedFiles(notices, unusedPaths(files));
  const tables = planTables(files, DEFAULT_IMPORT_OPTIONS, context).map(previewTable);
  return Promise.resolve({
    formatId: ID,
    formatName: NAME,
    why: detect(files).why,
    title: '',
    tables,
    notices: notices.all(),
  });
}

async function read(
  files: readonly ProbedFile[],
  options: ImportOptions,
  context: ReadContext,
): Promise<ImportResult> {
  const notices = createNoticeList();
  noteUnusedFiles(notices, unusedPaths(files));
  const tables = planTables(files, options, context);
  const nodes = new NodeStore(context.limits);
  const edges = createEdgeStore();
  const nodeRows = await readNodeTables(tables, nodes, context, notices);
  const edgeColumns = await readEdgeTables(tables, nodes, edges, options, context, notices);
  const graph = assembleGraph({
    name: '',
    nodes,
    edges,
    edgeColumns: edgeColumns.finish(edgeColumns.numRows),
    directed: options.direction === 'auto' ? null : options.direction === 'directed',
    weight: weightName(tables),
    policies: options,
    notices,
  });
  return {
    graph,
    report: {
      formatId: ID,
      summary: summarise(graph, labelNames(tables)),
      rowsRead: nodeRows + edgeColumns.rowsRead,
      bytesRead: 0,
      elapsedMs: 0,
      notices: notices.all(),
    },
    hints: hintsFromRoles(tables, options),
  };
}

export const delimitedTables: FormatDescriptor = {
  id: ID,
  name: NAME,
  summary: 'An edge list as delimited text, alone or with node tables; columns are mapped to roles.',
  extensions: ['csv', 'tsv', 'txt', 'tab', 'edges', 'edgelist', 'gz', 'zip'],
  source: 'RFC 4180, https://www.rfc-editor.org/rfc/rfc4180',
  detect,
  preview,
  read,
};
