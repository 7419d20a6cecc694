/**
 * The native plain folder (or a zip of it): nodes.csv, edges.csv, features.*, graph.json; several types by
 * nodes.<type>.csv and edges.<type>.csv. Free tables with other names are `delimitedTables.ts`.
 */
import { InvalidGraphError } from '../../core/errors.ts';
import { createEdgeStore } from '../tables/edgeStore.ts';
import { assertFeatureRows, FEATURES_NAME, type FeatureRows } from '../native/featureColumn.ts';
import { readFeatureTable } from '../native/featureTable.ts';
import { assembleGraph } from '../tables/graphAssembly.ts';
import { type GraphSettings, NO_SETTINGS, readGraphSettings } from '../native/graphSettings.ts';
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
  DEFAULT_IMPORT_OPTIONS,
  type FormatDescriptor,
  type ImportOptions,
  type ImportPreview,
  type ImportResult,
  type ProbedFile,
  type ReadContext,
  type TablePreview,
} from '../importTypes.ts';
import { readLibsvm } from '../native/libsvm.ts';
import { type NativeName, nativeName, type NativeRole } from '../native/nativeNames.ts';
import { DEFAULT_NODE_TYPE, NodeStore, type NodeTypeStore } from '../tables/nodeStore.ts';
import { createNoticeList, noteUnusedFiles, type NoticeList } from '../notices.ts';
import { readNpy } from '../native/npy.ts';
import { importResult } from '../tables/summary.ts';
import { delimitedOpener, openDelimited } from '../delimited/delimitedTable.ts';
import { openerOf } from '../tables/tableOpeners.ts';
import type { TableSource } from '../tables/tableSource.ts';
import { applyRoles, findEnds, guessEdgeRoles, guessNodeRoles } from '../tables/tableRoles.ts';
import { decodeHead } from '../bytes/textEncoding.ts';

interface NativeFile extends NativeName {
  readonly file: ProbedFile;
}

const ID = 'plain';
const NAME = 'Plain graph folder';

function nativeFiles(files: readonly ProbedFile[]): NativeFile[] {
  return files.flatMap((file) => {
    const name = nativeName(file.source.path);
    return name === null ? [] : [{ file, ...name }];
  });
}

const ofRole = (files: readonly NativeFile[], ...roles: NativeRole[]): NativeFile[] =>
  files.filter((file) => roles.includes(file.role));

/** Cells of the first line, for detection only. */
function firstNames(file: ProbedFile): string[] {
  const line = decodeHead(file.head).split(/\r\n|\n|\r/, 1)[0] ?? '';
  return line.split(/[,;\t|]/).map((name) => name.trim().replace(/^"|"$/g, ''));
}

function detect(files: readonly ProbedFile[]): { confidence: number; why: string } {
  const native = nativeFiles(files);
  const edges = ofRole(native, 'edges');
  const nodes = ofRole(native, 'nodes');
  const found = [...nodes, ...edges].map(({ file }) => file.source.path);
  if (found.length === 0) return { confidence: 0, why: 'There is no nodes.csv or edges.csv.' };
  const isText = ({ file }: NativeFile): boolean =>
    /\.[ct]sv$/i.test(file.source.path) && file.head.length > 0;
  if (edges.some((native) => isText(native) && findEnds(firstNames(native.file)) === null)) {
    return { confidence: 0.4, why: 'edges.csv has no columns source and target.' };
  }
  const others = files.filter(
    ({ source }) =>
      nativeName(source.path) === null && /\.(?:[ct]sv|parquet|arrow|feather|jsonl)$/i.test(source.path),
  );
  const isBare = native.every(({ role, type }) => (role === 'nodes' || role === 'edges') && type === '');
  if (others.length > 0 && (nodes.length === 0 || edges.length === 0 || isBare)) {
    // nodes.csv beside links.csv: the other table is a further part, which only free tables can say.
    return { confidence: 0.4, why: `${found.join(', ')} is accompanied by tables with other names.` };
  }
  return { confidence: 1, why: `The files ${found.join(', ')} are named as in the plain graph folder.` };
}

/** A native table always has a header row; typed tables say themselves what they hold. */
async function openNative(
  file: ProbedFile,
  context: ReadContext,
  purpose: 'preview' | 'read',
): Promise<TableSource> {
  if (/\.[ct]sv$/i.test(file.source.path)) return openDelimited(file, context.limits, true);
  const opener = openerOf(file);
  return opener === null ? openDelimited(file, context.limits, true) : opener.open(file, context, purpose);
}

/** Node and edge tables with the roles a person or the names give their columns. */
async function planTables(
  native: readonly NativeFile[],
  options: ImportOptions,
  context: ReadContext,
  purpose: 'preview' | 'read',
): Promise<PlannedTable[]> {
  const tables: PlannedTable[] = [];
  for (const { file, role, type } of ofRole(native, 'nodes', 'edges')) {
    const table = await openNative(file, context, purpose);
    const isEdges = role === 'edges';
    const guessed = isEdges ? guessEdgeRoles(table.names) : guessNodeRoles(table.names);
    tables.push({
      table,
      role: isEdges ? 'edges' : 'nodes',
      type: options.tables[table.path]?.type ?? type,
      roles: applyRoles(table.path, table.names, guessed, options),
      kinds: options.kinds[table.path] ?? {},
      part: '',
    });
  }
  return tables;
}

function noteOtherFiles(files: readonly ProbedFile[], notices: NoticeList): void {
  const other = files.filter((file) => nativeName(file.source.path) === null);
  noteUnusedFiles(
    notices,
    other.map((file) => file.source.path),
  );
}

function featureFiles(native: readonly NativeFile[]): NativeFile[] {
  return ofRole(native, 'features-svm', 'features-table', 'features-npy', 'features-parquet');
}

async function preview(files: readonly ProbedFile[], context: ReadContext): Promise<ImportPreview> {
  const notices = createNoticeList();
  const native = nativeFiles(files);
  noteOtherFiles(files, notices);
  const tables = (await planTables(native, DEFAULT_IMPORT_OPTIONS, context, 'preview')).map(previewTable);
  const simple = (file: NativeFile, role: TablePreview['role'], dialect: string): TablePreview => ({
    path: file.file.source.path,
    role,
    type: file.type,
    dialect,
    columns: [],
    sampleRows: [],
    sizeBytes: file.file.source.sizeBytes,
  });
  for (const { file } of ofRole(native, 'settings')) await readGraphSettings(file, notices);
  return {
    formatId: ID,
    formatName: NAME,
    why: detect(files).why,
    title: '',
    tables: [
      ...tables,
      ...ofRole(native, 'features-svm').map((file) => simple(file, 'features', 'LIBSVM')),
      ...ofRole(native, 'features-table', 'features-parquet').map((file) =>
        simple(file, 'features', 'numeric matrix'),
      ),
      ...ofRole(native, 'features-npy').map((file) => simple(file, 'features', 'NumPy matrix')),
      ...ofRole(native, 'settings').map((file) => simple(file, 'settings', 'JSON')),
    ],
    notices: notices.all(),
  };
}

/** Reads one feature file and hangs its column on the node type it belongs to. */
async function attachFeatures(
  native: NativeFile,
  nodes: NodeStore,
  settings: GraphSettings,
  context: ReadContext,
  notices: NoticeList,
): Promise<number> {
  const type = typeOfFeatures(native, nodes);
  const { file } = native;
  const features =
    native.role === 'features-svm'
      ? await readLibsvm(file, context, notices)
      : native.role === 'features-npy'
        ? await readNpy(file, context, notices)
        : await readFeatureTable(await openFeatures(file, context), type.ids, context, notices);
  if (!nodes.isDeclared && type.ids.length === 0)
    declareByRow(file.source.path, type, features, nodes, notices);
  assertFeatureRows(file.source.path, features.numRows, type.numDeclared);
  const name = settings.featureColumns.get(type.name) ?? FEATURES_NAME;
  type.columns.push((length) => [{ ...features.column(length), name }]);
  return features.rowsRead;
}

const openFeatures = (file: ProbedFile, context: ReadContext): Promise<TableSource> =>
  (openerOf(file) ?? delimitedOpener).open(file, context, 'read');

function typeOfFeatures(native: NativeFile, nodes: NodeStore): NodeTypeStore {
  if (native.type !== '') return nodes.type(native.type);
  const [only, ...others] = nodes.types;
  if (others.length === 0) return only ?? nodes.type(DEFAULT_NODE_TYPE);
  const path = native.file.source.path;
  throw new InvalidGraphError(
    `${path} does not say which of the ${nodes.types.length} node types it describes.`,
    {
      code: 'features-without-type',
      remedy: `Name it features.<type> with one of: ${nodes.types.map((type) => type.name).join(', ')}.`,
      details: { file: path },
    },
  );
}

/** Without a node table, line i of the features is node i. */
function declareByRow(
  path: string,
  type: NodeTypeStore,
  features: FeatureRows,
  nodes: NodeStore,
  notices: NoticeList,
): void {
  for (let row = 0; row < features.numRows; row++) type.ids.internText(String(row));
  type.numDeclared = features.numRows;
  nodes.isDeclared = true;
  notices.say({
    severity: 'info',
    code: 'nodes-from-features',
    message: `There is no nodes.csv: the rows of ${path} are taken as nodes 0 to ${features.numRows - 1}.`,
    count: features.numRows,
    file: path,
  });
}

async function read(
  files: readonly ProbedFile[],
  options: ImportOptions,
  context: ReadContext,
): Promise<ImportResult> {
  const notices = createNoticeList();
  noteOtherFiles(files, notices);
  const native = nativeFiles(files);
  const [settingsFile] = ofRole(native, 'settings');
  const settings =
    settingsFile === undefined ? NO_SETTINGS : await readGraphSettings(settingsFile.file, notices);
  const tables = await planTables(native, options, context, 'read');
  const nodes = new NodeStore(context.limits);
  const edges = createEdgeStore();
  // Features align with rows of the node table: a dropped row would shift them.
  const strict = { ...options, duplicateNodes: 'refuse' as const };
  let rowsRead = await readNodeTables(tables, nodes, strict, context, notices);
  for (const file of featureFiles(native))
    rowsRead += await attachFeatures(file, nodes, settings, context, notices);
  const edgeColumns = await readEdgeTables(tables, nodes, edges, options, context, notices);
  rowsRead += edgeColumns.rowsRead;
  const graph = await assembleGraph(
    {
      name: '',
      nodes,
      edges,
      edgeColumns: edgeColumns.finish(edgeColumns.numRows),
      directed: options.direction === 'auto' ? settings.directed : options.direction === 'directed',
      weight: weightName(tables),
      policies: options,
      notices,
    },
    context,
  );
  const hints = { ...settings.hints, ...hintsFromRoles(tables, options) };
  return importResult(ID, graph, rowsRead, labelNames(tables), hints, notices);
}

export const plain: FormatDescriptor = {
  id: ID,
  name: NAME,
  summary: 'nodes.csv, edges.csv and features in a folder or zip archive: the native format.',
  extensions: ['csv', 'tsv', 'svm', 'npy', 'json', 'zip', 'gz'],
  source: 'docs/architecture.md, section 8',
  detect,
  preview,
  read,
};
