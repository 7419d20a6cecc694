/** Reads the tables of an Open Graph Benchmark folder into the stores of an import. */
import type { Column } from '../../core/columns.ts';
import { ParseError } from '../../core/errors.ts';
import type { ImportOptions, ProbedFile, ReadContext } from '../importTypes.ts';
import { FEATURES_NAME } from '../native/featureColumn.ts';
import type { NoticeList } from '../notices.ts';
import type { EdgeStore } from '../tables/edgeStore.ts';
import { DEFAULT_NODE_TYPE, type NodeStore } from '../tables/nodeStore.ts';
import { assertRows, graphNumbers, labelColumns, onNodes, valueColumns } from './manyGraphs.ts';
import { padColumn } from './numberColumns.ts';
import {
  addNumberedNodes,
  bytesOf,
  checkEdgeCount,
  type EndPolicy,
  failManyNodes,
  foldEdges,
  type NodeBounds,
  type NumberedEdges,
  pushEdges,
  settleEnds,
} from './numberedGraph.ts';
import { indexValues, type NumberTable, readNumberTable } from './numberTable.ts';
import { furtherFiles, type OgbFolder, requireFile, takeFile, wordRows } from './ogbFiles.ts';
import { SPLIT_COLUMN, SplitCodes } from './splitColumn.ts';

/** One import in progress. */
export interface OgbReading {
  readonly folder: OgbFolder;
  readonly options: ImportOptions;
  readonly context: ReadContext;
  readonly notices: NoticeList;
  readonly nodes: NodeStore;
  readonly edges: EdgeStore;
  rowsRead: number;
}

const boundsOf = ({ context, folder }: OgbReading): NodeBounds => ({
  context,
  sizeBytes: bytesOf(folder.files.values()),
});

const endPolicy = ({ options, context, notices }: OgbReading): EndPolicy => ({
  first: 0,
  missingNodes: options.missingNodes,
  context,
  notices,
});

async function table(
  reading: OgbReading,
  file: ProbedFile,
  element: 'int32' | 'float32' | 'float64',
  width?: number,
): Promise<NumberTable> {
  const options = { element, ...(width === undefined ? {} : { width }) };
  const read = await readNumberTable(file, reading.context, options);
  reading.rowsRead += read.rows;
  return read;
}

/** Columns of what one table says per row; none where the file is not there. */
async function columnsOf(
  reading: OgbReading,
  path: string,
  name: string,
  rows: number,
  what: string,
): Promise<Column[]> {
  const file = takeFile(reading.folder, path);
  if (file === undefined) return [];
  const isLabel = name === 'label';
  const element = name === FEATURES_NAME || name.endsWith('features') ? 'float32' : 'float64';
  const read = await table(reading, file, element);
  const full = file.source.path;
  assertRows(full, read.rows, rows, what);
  return isLabel
    ? labelColumns(full, read, reading.notices)
    : valueColumns(full, name, read, reading.notices);
}

/** Columns of further tables: node_year.csv, edge_weight.csv, and the species.csv of ogbn-proteins. */
async function furtherColumns(
  reading: OgbReading,
  below: string,
  prefix: 'node_' | 'edge_',
  rows: number,
): Promise<Column[]> {
  const columns: Column[] = [];
  for (const [path, name] of furtherFiles(reading.folder, below, prefix)) {
    columns.push(...(await columnsOf(reading, path, name, rows, prefix.slice(0, 4))));
  }
  if (prefix === 'node_')
    columns.push(...(await columnsOf(reading, `${below}species.csv`, 'species', rows, 'node')));
  return columns;
}

/** Split columns over `rows` nodes or graphs; the first split is named `split`. */
async function splitColumns(reading: OgbReading, nodeType: string, rows: number): Promise<Column[]> {
  const { folder } = reading;
  const byName = new Map<string, SplitCodes>();
  for (const { name, nodeType: own, part, file } of folder.splits) {
    if (own !== nodeType) continue;
    folder.used.add(file);
    const codes = byName.get(name) ?? new SplitCodes(rows, file.source.path);
    byName.set(name, codes);
    for (const row of indexValues(await table(reading, file, 'int32', 1), 0, 0)) codes.put(row, part);
  }
  return [...byName].map(([name, codes], at) =>
    codes.column(at === 0 ? SPLIT_COLUMN : `${SPLIT_COLUMN} ${name}`),
  );
}

/** Numbers of nodes or edges per graph. */
async function countsOf(reading: OgbReading, path: string): Promise<Int32Array> {
  const file = requireFile(reading.folder, path);
  const counts = indexValues(await table(reading, file, 'int32', 1), 0, 0);
  const at = counts.findIndex((count) => count < 0);
  if (at >= 0) failCount(file.source.path, at + 1);
  return counts;
}

function failCount(path: string, line: number): never {
  throw new ParseError(`${path} line ${line}: a count cannot be negative.`, {
    code: 'node-count',
    remedy: 'Use the files of one data set as published.',
    details: { file: path, line },
  });
}

const sumOf = (counts: Int32Array): number => counts.reduce((sum, count) => sum + count, 0);

/** Row of the graph of each element. */
function graphsOf(counts: Int32Array): Int32Array {
  const graphOf = new Int32Array(sumOf(counts));
  let at = 0;
  counts.forEach((count, graph) => {
    graphOf.fill(graph, at, at + count);
    at += count;
  });
  return graphOf;
}

/** Moves ends that count within their graph to numbers over all graphs. @throws {ParseError} an end outside its graph */
function shiftEnds(path: string, edges: NumberedEdges, edgeCounts: Int32Array, nodeCounts: Int32Array): void {
  let edge = 0;
  let firstNode = 0;
  edgeCounts.forEach((count, graph) => {
    const numNodes = nodeCounts[graph] as number;
    for (const last = edge + count; edge < last; edge++) {
      for (const ends of [edges.source, edges.target]) {
        const end = ends[edge] as number;
        if (end < 0 || end >= numNodes) {
          throw new ParseError(`${path} line ${edge + 1}: graph ${graph} has no node ${end}.`, {
            code: 'node-number',
            remedy: 'Use the files of one data set as published.',
            details: { file: path, line: edge + 1 },
          });
        }
        ends[edge] = end + firstNode;
      }
    }
    firstNode += numNodes;
  });
}

async function edgeList(reading: OgbReading, below: string): Promise<{ path: string; edges: NumberedEdges }> {
  const file = requireFile(reading.folder, `${below}edge.csv`);
  const list = await table(reading, file, 'int32', 2);
  checkEdgeCount(list.rows, reading.context);
  const ends = { source: indexValues(list, 0, 0), target: indexValues(list, 1, 0) };
  return { path: file.source.path, edges: { ...ends, columns: [] } };
}

/**
 * Reads one graph, or many in one, into the stores; returns the edge columns.
 * @throws {ParseError} a file is missing, or has another number of rows than what it describes; {LimitError | CancelledError}
 */
export async function readHomogeneous(reading: OgbReading): Promise<readonly Column[]> {
  const { folder, options, context, notices } = reading;
  const nodeCounts = await countsOf(reading, 'num-node-list.csv');
  const edgeCounts = await countsOf(reading, 'num-edge-list.csv');
  const numNodes = sumOf(nodeCounts);
  if (numNodes > context.limits.maxNodes) failManyNodes(context.limits.maxNodes);
  const isMany = nodeCounts.length > 1;
  assertRows(`${folder.raw}num-edge-list.csv`, edgeCounts.length, nodeCounts.length, 'graph');
  const { path, edges: listed } = await edgeList(reading, '');
  assertRows(path, listed.source.length, sumOf(edgeCounts), 'edge');
  if (isMany) shiftEnds(path, listed, edgeCounts, nodeCounts);
  const columns = [
    ...(await columnsOf(reading, 'edge-feat.csv', 'edge_features', listed.source.length, 'edge')),
    ...(await furtherColumns(reading, '', 'edge_', listed.source.length)),
  ];
  const settled = settleEnds(path, { ...listed, columns }, [numNodes], endPolicy(reading));
  const { edges } = foldEdges(path, settled.edges, options.direction, false, notices);
  const graphOf = graphsOf(nodeCounts);
  const ofGraphs = isMany
    ? [
        ...(await columnsOf(reading, 'graph-label.csv', 'label', nodeCounts.length, 'graph')),
        ...(await splitColumns(reading, '', nodeCounts.length)),
      ]
    : [];
  const nodeColumns = [
    ...(isMany ? [graphNumbers(graphOf, 0), ...onNodes(ofGraphs, graphOf)] : []),
    ...(await columnsOf(reading, 'node-label.csv', 'label', numNodes, 'node')),
    ...(isMany ? [] : await splitColumns(reading, '', numNodes)),
    ...(await furtherColumns(reading, '', 'node_', numNodes)),
    ...(await columnsOf(reading, 'node-feat.csv', FEATURES_NAME, numNodes, 'node')),
  ];
  const type = await addNumberedNodes(
    reading.nodes,
    DEFAULT_NODE_TYPE,
    settled.numSources,
    0,
    boundsOf(reading),
  );
  type.columns.push((length) => nodeColumns.map((column) => padColumn(column, length)));
  reading.edges.files.push({ path, firstEdge: 0 });
  pushEdges(reading.edges, edges.source, edges.target);
  return edges.columns;
}

/**
 * Reads a heterogeneous graph into the stores. Its edges have no columns of their own.
 * @throws {ParseError | LimitError | CancelledError}
 */
export async function readTyped(reading: OgbReading): Promise<readonly Column[]> {
  const { folder } = reading;
  const [names = [], ...counts] = wordRows(requireFile(folder, 'num-node-dict.csv'));
  if (counts.length !== 1) failManyTyped(folder);
  const triplets = wordRows(requireFile(folder, 'triplet-type-list.csv'));
  const declared = names.map((_, at) => Number(counts[0]?.[at] ?? Number.NaN));
  const bad = declared.findIndex((count) => !Number.isSafeInteger(count) || count < 0);
  if (bad >= 0) failCount(`${folder.raw}num-node-dict.csv`, 2);
  const numNodes = [...declared];
  const relations: { triplet: string[]; edges: NumberedEdges; path: string }[] = [];
  for (const triplet of triplets) {
    const [head = '', , tail = ''] = triplet;
    const [from, to] = [names.indexOf(head), names.indexOf(tail)];
    if (from < 0 || to < 0 || triplet.length !== 3) failTriplet(folder, triplet);
    const below = `relations/${triplet.join('___')}/`;
    takeFile(folder, `${below}num-edge-list.csv`);
    const { path, edges } = await edgeList(reading, below);
    const settled = settleEnds(
      path,
      edges,
      from === to ? [declared[from] as number] : [declared[from] as number, declared[to] as number],
      endPolicy(reading),
    );
    numNodes[from] = Math.max(numNodes[from] as number, settled.numSources);
    numNodes[to] = Math.max(numNodes[to] as number, settled.numTargets);
    relations.push({ triplet, edges: settled.edges, path });
  }
  for (const [at, name] of names.entries()) {
    const rows = declared[at] as number;
    const columns = [
      ...(await columnsOf(reading, `node-label/${name}/node-label.csv`, 'label', rows, 'node')),
      ...(await splitColumns(reading, name, rows)),
      ...(await furtherColumns(reading, `node-feat/${name}/`, 'node_', rows)),
      ...(await columnsOf(reading, `node-feat/${name}/node-feat.csv`, FEATURES_NAME, rows, 'node')),
    ];
    const type = await addNumberedNodes(reading.nodes, name, numNodes[at] as number, 0, boundsOf(reading));
    type.columns.push((length) => columns.map((column) => padColumn(column, length)));
  }
  for (const { triplet, edges, path } of relations) {
    const [head = '', relation = '', tail = ''] = triplet;
    reading.edges.files.push({ path, firstEdge: reading.edges.source.length });
    const types = { source: names.indexOf(head), target: names.indexOf(tail) };
    pushEdges(reading.edges, edges.source, edges.target, { relation, types });
  }
  return [];
}

function failManyTyped(folder: OgbFolder): never {
  const path = `${folder.raw}num-node-dict.csv`;
  throw new ParseError(`${path}: data sets of several heterogeneous graphs are not read.`, {
    code: 'many-typed-graphs',
    remedy: 'Save one of the graphs as a plain folder and drop that.',
    details: { file: path },
  });
}

function failTriplet(folder: OgbFolder, triplet: readonly string[]): never {
  const path = `${folder.raw}triplet-type-list.csv`;
  throw new ParseError(`${path}: '${triplet.join(',')}' is no node type, relation and node type.`, {
    code: 'triplet-type',
    remedy: 'Name only node types of num-node-dict.csv.',
    details: { file: path },
  });
}
