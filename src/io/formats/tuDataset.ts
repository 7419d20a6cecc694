/**
 * TUDataset folders: many small graphs as one block-diagonal edge list, `<name>_A.txt`, with the graph of each node in
 * `<name>_graph_indicator.txt` and labels and attributes of graphs, nodes and edges beside them. Nodes and graphs count
 * from 1; every edge is listed from both ends.
 */
import type { Column } from '../../core/columns.ts';
import { ParseError } from '../../core/errors.ts';
import type {
  FormatDescriptor,
  ImportOptions,
  ImportPreview,
  ImportResult,
  ProbedFile,
  ReadContext,
  TablePreview,
} from '../importTypes.ts';
import { assertRows, classColumns, graphNumbers, onNodes, valueColumns } from '../matrix/manyGraphs.ts';
import { padColumn } from '../matrix/numberColumns.ts';
import {
  addNumberedNodes,
  bytesOf,
  checkEdgeCount,
  finishNumbered,
  foldEdges,
  pushEdges,
  settleEnds,
} from '../matrix/numberedGraph.ts';
import { indexValues, type NumberTable, readNumberTable, sampleLines } from '../matrix/numberTable.ts';
import { FEATURES_NAME } from '../native/featureColumn.ts';
import { createNoticeList, noteUnusedFiles, type NoticeList } from '../notices.ts';
import { createEdgeStore } from '../tables/edgeStore.ts';
import { DEFAULT_NODE_TYPE, NodeStore } from '../tables/nodeStore.ts';

const ID = 'tu-dataset';
const NAME = 'TUDataset folder';

/** Part of each file by the end of its name, with the name of its column. */
const PARTS = {
  A: 'edges',
  graph_indicator: 'graph',
  graph_labels: 'graph_label',
  graph_attributes: 'graph_attribute',
  node_labels: 'node_label',
  node_attributes: FEATURES_NAME,
  edge_labels: 'edge_label',
  edge_attributes: 'edge_attributes',
} as const;
type Part = keyof typeof PARTS;

const FILE_NAME = new RegExp(`(?:^|/)([^/]+)_(${Object.keys(PARTS).join('|')})\\.txt$`);

interface TuFiles {
  readonly name: string;
  readonly files: ReadonlyMap<Part, ProbedFile>;
}

/** The files of the first data set that has both files it cannot do without. */
function tuFiles(files: readonly ProbedFile[]): TuFiles | null {
  const sets = new Map<string, Map<Part, ProbedFile>>();
  for (const file of files) {
    const [, name, part] = FILE_NAME.exec(file.source.path) ?? [];
    if (name === undefined) continue;
    const set = sets.get(name) ?? new Map<Part, ProbedFile>();
    sets.set(name, set);
    set.set(part as Part, file);
  }
  for (const [name, found] of sets) {
    if (found.has('A') && found.has('graph_indicator')) return { name, files: found };
  }
  return null;
}

function detect(files: readonly ProbedFile[]): { confidence: number; why: string } {
  const found = tuFiles(files);
  return found === null
    ? { confidence: 0, why: 'There are no files <name>_A.txt and <name>_graph_indicator.txt.' }
    : { confidence: 1, why: `The files ${found.name}_*.txt are named as in TUDataset.` };
}

function noteUnused(files: readonly ProbedFile[], found: TuFiles, notices: NoticeList): void {
  const used = new Set(found.files.values());
  noteUnusedFiles(
    notices,
    files.filter((file) => !used.has(file)).map((file) => file.source.path),
  );
}

function preview(files: readonly ProbedFile[]): Promise<ImportPreview> {
  const notices = createNoticeList();
  const found = tuFiles(files) as TuFiles;
  noteUnused(files, found, notices);
  const tables = [...found.files].map(([part, file]): TablePreview => {
    const sampleRows = sampleLines(file.head);
    const names = part === 'A' ? ['source', 'target'] : [PARTS[part]];
    return {
      path: file.source.path,
      role:
        part === 'A' || part.startsWith('edge') ? 'edges' : part === 'node_attributes' ? 'features' : 'nodes',
      type: '',
      dialect: 'rows of numbers',
      columns: names.map((name) => ({
        name,
        role:
          name === 'source' || name === 'target'
            ? name
            : part === 'node_attributes'
              ? 'feature'
              : 'attribute',
        kind: part.endsWith('labels') ? 'category' : part.endsWith('attributes') ? 'vector' : 'i32',
        isFixed: true,
      })),
      sampleRows: names.length === 1 ? sampleRows.map((cells) => [cells.join(', ')]) : sampleRows,
      sizeBytes: file.source.sizeBytes,
    };
  });
  return Promise.resolve({
    formatId: ID,
    formatName: NAME,
    why: detect(files).why,
    title: found.name,
    tables,
    notices: notices.all(),
  });
}

interface Parts {
  readonly path: (part: Part) => string;
  readonly tables: ReadonlyMap<Part, NumberTable>;
}

async function readParts(found: TuFiles, context: ReadContext): Promise<Parts> {
  const tables = new Map<Part, NumberTable>();
  for (const [part, file] of found.files) {
    const width = part === 'A' ? 2 : part === 'graph_indicator' ? 1 : undefined;
    const isIndex = width !== undefined;
    const element = isIndex ? 'int32' : part.endsWith('attributes') ? 'float32' : 'float64';
    tables.set(part, await readNumberTable(file, context, { element, ...(isIndex ? { width } : {}) }));
  }
  return { path: (part) => (found.files.get(part) as ProbedFile).source.path, tables };
}

/** Row of each node's graph among the graphs. */
function graphsOfNodes(parts: Parts): { graphOf: Int32Array; numGraphs: number } {
  const path = parts.path('graph_indicator');
  const graphOf = indexValues(parts.tables.get('graph_indicator') as NumberTable, 0, 1);
  let numGraphs = 0;
  graphOf.forEach((graph, node) => {
    // More graphs than nodes would be empty graphs; a number like 10^9 is a damaged file.
    if (graph < 0 || graph >= graphOf.length) {
      throw new ParseError(`${path} line ${node + 1}: there is no graph ${graph + 1}.`, {
        code: 'graph-number',
        remedy: 'Number the graphs from 1 on.',
        details: { file: path, line: node + 1 },
      });
    }
    if (graph >= numGraphs) numGraphs = graph + 1;
  });
  return { graphOf, numGraphs };
}

/** Columns of the parts of one owner, each checked for its number of rows. */
function columnsOf(
  parts: Parts,
  wanted: readonly Part[],
  rows: number,
  what: string,
  notices: NoticeList,
): Column[] {
  return wanted.flatMap((part) => {
    const table = parts.tables.get(part);
    if (table === undefined) return [];
    const path = parts.path(part);
    assertRows(path, table.rows, rows, what);
    return part.endsWith('labels')
      ? classColumns(PARTS[part], table)
      : valueColumns(path, PARTS[part], table, notices);
  });
}

async function read(
  files: readonly ProbedFile[],
  options: ImportOptions,
  context: ReadContext,
): Promise<ImportResult> {
  const notices = createNoticeList();
  const found = tuFiles(files) as TuFiles;
  noteUnused(files, found, notices);
  const parts = await readParts(found, context);
  const { graphOf, numGraphs } = graphsOfNodes(parts);
  const numLabelled = parts.tables.get('graph_labels')?.rows ?? numGraphs;
  const ofGraphs = columnsOf(
    parts,
    ['graph_labels', 'graph_attributes'],
    Math.max(numGraphs, numLabelled),
    'graph',
    notices,
  );
  const nodeColumns = [
    graphNumbers(graphOf, 1),
    ...onNodes(ofGraphs, graphOf),
    ...columnsOf(parts, ['node_labels', 'node_attributes'], graphOf.length, 'node', notices),
  ];
  const list = parts.tables.get('A') as NumberTable;
  const path = parts.path('A');
  checkEdgeCount(list.rows, context);
  const listed = {
    source: indexValues(list, 0, 1),
    target: indexValues(list, 1, 1),
    columns: columnsOf(parts, ['edge_labels', 'edge_attributes'], list.rows, 'edge', notices),
  };
  const policy = { first: 1, missingNodes: options.missingNodes, context, notices } as const;
  const settled = settleEnds(path, listed, [graphOf.length], policy);
  const { edges } = foldEdges(path, settled.edges, options.direction, true, notices);
  const nodes = new NodeStore(context.limits);
  const bounds = { context, sizeBytes: bytesOf(found.files.values()) };
  const type = await addNumberedNodes(nodes, DEFAULT_NODE_TYPE, settled.numSources, 1, bounds);
  type.columns.push((length) => nodeColumns.map((column) => padColumn(column, length)));
  const store = createEdgeStore();
  store.files.push({ path, firstEdge: 0 });
  pushEdges(store, edges.source, edges.target);
  return finishNumbered(
    {
      formatId: ID,
      name: found.name,
      nodes,
      edges: store,
      edgeColumns: edges.columns,
      isDirected: false,
      weight: null,
      options,
      notices,
      rowsRead: [...parts.tables.values()].reduce((sum, table) => sum + table.rows, 0),
      hints: parts.tables.has('graph_labels') ? { target: 'graph_label' } : {},
    },
    context,
  );
}

export const tuDataset: FormatDescriptor = {
  id: ID,
  name: NAME,
  summary:
    'Many small graphs with labels (MUTAG, PROTEINS, …) as the files <name>_A.txt, <name>_graph_indicator.txt, ….',
  extensions: ['txt'],
  source: 'Morris et al. 2020, TUDataset. https://chrsmrrs.github.io/datasets/docs/format/',
  detect,
  preview,
  read,
};
