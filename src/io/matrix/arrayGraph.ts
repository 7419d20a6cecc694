/**
 * Graphs from named arrays: an adjacency matrix or an edge index, and columns by their length. Edges that are listed from
 * both ends are undirected and kept once; a matrix or edge index that is not its own mirror image is directed, a list of
 * pairs is not. Nodes count from 0. What is what is decided by `arrayPlan.ts`.
 */
import type { Column } from '../../core/columns.ts';
import { ParseError } from '../../core/errors.ts';
import { GrowableFloat64, GrowableInt32 } from '../bytes/growable.ts';
import type { ImportOptions, ImportResult, ReadContext, TaskHints } from '../importTypes.ts';
import { noteUnusedFiles, type NoticeList } from '../notices.ts';
import { createEdgeStore, type EdgeStore } from '../tables/edgeStore.ts';
import { DEFAULT_NODE_TYPE, NodeStore } from '../tables/nodeStore.ts';
import { arrayColumn, edgeColumnName, kindOf, sparseColumn, splitColumns } from './arrayColumns.ts';
import { type ArrayPlan, columnName } from './arrayPlan.ts';
import { readNpyArray, readNpyHeader } from './npyArray.ts';
import {
  entryRows,
  failArray,
  indicesOf,
  type NamedArray,
  type NamedArrays,
  readSparse,
  type SparseRows,
} from './npzArrays.ts';
import { numberColumn, padColumn } from './numberColumns.ts';
import {
  addNumberedNodes,
  bytesOf,
  checkEdgeCount,
  finishNumbered,
  foldEdges,
  type NodeBounds,
  type NumberedEdges,
  pushEdges,
  settleEnds,
} from './numberedGraph.ts';
import { SPLIT_COLUMN, splitHint } from './splitColumn.ts';

export interface ArrayReading {
  readonly arrays: NamedArrays;
  readonly plan: ArrayPlan;
  readonly options: ImportOptions;
  readonly context: ReadContext;
  readonly notices: NoticeList;
}

const boundsOf = ({ arrays, context }: ArrayReading): NodeBounds => ({
  context,
  sizeBytes: bytesOf([...arrays.values()].map(({ file }) => file)),
});

interface ListedEdges {
  readonly path: string;
  readonly edges: NumberedEdges;
  /** A list of pairs says nothing about direction; matrices and edge indices do. */
  readonly isList: boolean;
  /** Nodes that a square matrix declares; null = as many as the other arrays say. */
  readonly numNodes: number | null;
  /** Columns of a matrix; as many as rows unless it is a bipartite graph. */
  readonly numColumns: number | null;
}

/** Weights of a matrix as a column; none where all are 1. */
function weightColumns(values: ArrayLike<number>, kind: Parameters<typeof kindOf>[0] | null): Column[] {
  const numbers = Float64Array.from(values);
  if (numbers.every((value) => value === 1)) return [];
  return [numberColumn('weight', numbers, kind === null ? 'integer' : kindOf(kind))];
}

async function readEdges(reading: ArrayReading): Promise<ListedEdges | null> {
  const { arrays, plan, context } = reading;
  if (plan.adjacency !== null) {
    const matrix = await readSparse(arrays, plan.adjacency, context);
    return edgesOfSparse(reading, plan.adjacency.prefix, matrix);
  }
  if (plan.denseAdjacency !== null) return edgesOfDense(plan.denseAdjacency, context);
  return plan.edgeList === null ? null : edgesOfPairs(plan.edgeList, reading);
}

function edgesOfSparse(reading: ArrayReading, prefix: string, matrix: SparseRows): ListedEdges {
  checkEdgeCount(matrix.colIndex.length, reading.context);
  const header = reading.arrays.get(`${prefix}data`)?.header ?? null;
  const source = entryRows(matrix);
  const columns = weightColumns(matrix.values, header);
  return {
    path: (reading.arrays.get(`${prefix}shape`) as NamedArray).file.source.path,
    edges: { source, target: matrix.colIndex, columns },
    isList: false,
    numNodes: matrix.rows,
    numColumns: matrix.columns,
  };
}

async function edgesOfDense(array: NamedArray, context: ReadContext): Promise<ListedEdges> {
  const { values, shape } = await readNpyArray(array.file, context);
  const size = shape[0] as number;
  const source = new GrowableInt32();
  const target = new GrowableInt32();
  const weights = new GrowableFloat64();
  for (let at = 0; at < values.length; at++) {
    if (values[at] === 0) continue;
    source.push(Math.floor(at / size));
    target.push(at % size);
    weights.push(values[at] as number);
  }
  const edges = {
    source: source.view(),
    target: target.view(),
    columns: weightColumns(weights.view(), array.header),
  };
  return { path: array.file.source.path, edges, isList: false, numNodes: size, numColumns: size };
}

/** Edges as [2, E] or [E, 2]; two pairs read as an edge index. */
async function edgesOfPairs(array: NamedArray, { arrays, context }: ArrayReading): Promise<ListedEdges> {
  const { path } = array.file.source;
  if (array.header === null) readNpyHeader(path, array.file.head);
  const [first = 0, second = 0] = array.header?.shape ?? [];
  const isIndex = first === 2;
  const numEdges = isIndex ? second : first;
  checkEdgeCount(numEdges, context);
  const ends = await indicesOf(arrays, array.name, context);
  const source = isIndex ? ends.slice(0, numEdges) : ends.filter((_, at) => at % 2 === 0);
  const target = isIndex ? ends.slice(numEdges) : ends.filter((_, at) => at % 2 === 1);
  return { path, edges: { source, target, columns: [] }, isList: !isIndex, numNodes: null, numColumns: null };
}

/** Number of nodes that the arrays declare, or null when only edges tell. */
async function declaredNodes(reading: ArrayReading, listed: ListedEdges | null): Promise<number | null> {
  const { arrays, plan, context } = reading;
  if (listed !== null && listed.numNodes !== null) return listed.numNodes;
  if (plan.numNodes !== null) return (await indicesOf(arrays, plan.numNodes.name, context))[0] ?? null;
  const [sparse] = plan.sparse;
  if (sparse !== undefined)
    return (await indicesOf(arrays, `${sparse.parts.prefix}shape`, context))[0] ?? null;
  const numEdges = listed?.edges.source.length ?? -1;
  const isOfNodes = ({ name, header }: NamedArray): boolean =>
    header !== null && header.shape.length > 0 && !(name.startsWith('edge') && header.shape[0] === numEdges);
  const candidates = plan.others.filter(isOfNodes);
  const known = candidates.find(({ name }) => ['features', 'label'].includes(columnName(name)));
  const split = plan.splits.find(({ isMask, array }) => isMask && array.header?.shape.length === 1)?.array;
  const first =
    listed === null ? candidates[0] : candidates.find(({ header }) => header?.shape[0] !== numEdges);
  return (known ?? split ?? first)?.header?.shape[0] ?? null;
}

interface OtherColumns {
  readonly ofNodes: readonly Column[];
  readonly ofEdges: readonly Column[];
}

/** Columns of the arrays that are as long as there are nodes, or edges; the rest is reported. */
async function otherColumns(
  reading: ArrayReading,
  numNodes: number,
  numEdges: number,
): Promise<OtherColumns> {
  const { plan, context, notices } = reading;
  const ofNodes = new Map<string, Column>();
  const ofEdges = new Map<string, Column>();
  const unused: string[] = [];
  for (const array of plan.others) {
    const { header, name } = array;
    const rows = header?.shape[0];
    const isOfEdges = rows === numEdges && (rows !== numNodes || name.startsWith('edge'));
    const home = isOfEdges ? ofEdges : ofNodes;
    const own = isOfEdges ? edgeColumnName(name) : columnName(name);
    const fits = header !== null && header.shape.length <= 2 && (isOfEdges || rows === numNodes);
    const column = fits ? await arrayColumn(array, home.has(own) ? name : own, context, notices) : null;
    if (column === null || home.has(column.name)) unused.push(array.file.source.path);
    else home.set(column.name, column);
    if (header === null) noteUnreadable(array, notices);
  }
  noteUnusedFiles(notices, unused);
  return { ofNodes: [...ofNodes.values()], ofEdges: [...ofEdges.values()] };
}

function noteUnreadable(array: NamedArray, notices: NoticeList): void {
  notices.say({
    severity: 'warning',
    code: 'array-not-read',
    message: array.why,
    file: array.file.source.path,
  });
}

async function sparseColumns(reading: ArrayReading, numNodes: number): Promise<Column[]> {
  const { arrays, plan, context } = reading;
  const columns: Column[] = [];
  for (const { parts, column } of plan.sparse) {
    const matrix = await readSparse(arrays, parts, context);
    if (matrix.rows !== numNodes) {
      const shape = arrays.get(`${parts.prefix}shape`) as NamedArray;
      failArray(
        shape,
        `the matrix has ${matrix.rows} rows for ${numNodes} nodes`,
        'Give every node one row.',
      );
    }
    columns.push(sparseColumn(matrix, column));
  }
  return columns;
}

/** A rectangular adjacency matrix: nodes of two types. */
async function readBipartite(
  reading: ArrayReading,
  listed: ListedEdges,
  numColumns: number,
  nodes: NodeStore,
  edges: EdgeStore,
): Promise<void> {
  const { plan, notices } = reading;
  const bounds = boundsOf(reading);
  await addNumberedNodes(nodes, 'row', listed.numNodes as number, 0, bounds);
  await addNumberedNodes(nodes, 'column', numColumns, 0, bounds);
  pushEdges(edges, listed.edges.source, listed.edges.target, { types: { source: 0, target: 1 } });
  const unused = [...plan.others, ...plan.splits.map(({ array }) => array)];
  noteUnusedFiles(
    notices,
    unused.map((array) => array.file.source.path),
  );
}

/** What the node columns say about the task. */
function hintsOf(columns: readonly Column[], plan: ArrayPlan): TaskHints {
  const split = columns.find(({ name }) => name === SPLIT_COLUMN || name === `${SPLIT_COLUMN}0`)?.name;
  const features = columns.filter(
    ({ kind, name }) => (kind === 'vector' || kind === 'sparse') && name !== 'label',
  );
  return {
    ...(columns.some(({ name }) => name === 'label') ? { target: 'label' } : {}),
    ...(split === undefined || plan.splits.length === 0 ? {} : { split: splitHint(split) }),
    ...(features.length === 0 ? {} : { features: features.map(({ name }) => name) }),
  };
}

interface ReadEdges {
  readonly edges: NumberedEdges;
  readonly isDirected: boolean;
  readonly hints: TaskHints;
}

/** Nodes of one type with their columns, and the edges between them. */
async function readOneType(
  reading: ArrayReading,
  listed: ListedEdges | null,
  nodes: NodeStore,
): Promise<ReadEdges> {
  const { plan, options, context, notices } = reading;
  const numNodes = (await declaredNodes(reading, listed)) ?? lastEnd(listed) + 1;
  if (numNodes < 0) failNoGraph(reading);
  const others = await otherColumns(reading, numNodes, listed?.edges.source.length ?? -1);
  const columns = [
    ...others.ofNodes,
    ...(await splitColumns(plan.splits, numNodes, context)),
    ...(await sparseColumns(reading, numNodes)),
  ];
  if (listed === null && columns.length === 0) failNoGraph(reading);
  let count = numNodes;
  let edges: NumberedEdges = { source: new Int32Array(0), target: new Int32Array(0), columns: [] };
  let isDirected = false;
  if (listed !== null) {
    const all = { ...listed.edges, columns: [...listed.edges.columns, ...others.ofEdges] };
    const policy = { first: 0, missingNodes: options.missingNodes, context, notices } as const;
    const settled = settleEnds(listed.path, all, [numNodes], policy);
    const folded = foldEdges(listed.path, settled.edges, options.direction, false, notices);
    count = settled.numSources;
    edges = folded.edges;
    isDirected = !folded.isMirrored && !listed.isList;
  }
  const type = await addNumberedNodes(nodes, DEFAULT_NODE_TYPE, count, 0, boundsOf(reading));
  type.columns.push((length) => columns.map((column) => padColumn(column, length)));
  return { edges, isDirected, hints: hintsOf(columns, plan) };
}

/**
 * Returns the graph of the arrays.
 * @throws {ParseError} parts that do not fit together, pickles where numbers are needed; {LimitError | CancelledError}
 * O(bytes).
 */
export async function graphOfArrays(formatId: string, reading: ArrayReading): Promise<ImportResult> {
  const { arrays, options, context, notices } = reading;
  const [only] = arrays.values();
  if (arrays.size === 1 && only?.header === null) readNpyHeader(only.file.source.path, only.file.head);
  const listed = await readEdges(reading);
  const nodes = new NodeStore(context.limits);
  const edges = createEdgeStore();
  if (listed !== null) edges.files.push({ path: listed.path, firstEdge: 0 });
  const base = { formatId, name: '', nodes, edges, weight: 'weight', options, notices };
  if (listed !== null && listed.numColumns !== null && listed.numColumns !== listed.numNodes) {
    await readBipartite(reading, listed, listed.numColumns, nodes, edges);
    const rowsRead = listed.edges.source.length;
    return finishNumbered(
      {
        ...base,
        edgeColumns: listed.edges.columns,
        isDirected: false,
        rowsRead,
        hints: {},
      },
      context,
    );
  }
  const found = await readOneType(reading, listed, nodes);
  pushEdges(edges, found.edges.source, found.edges.target);
  return finishNumbered(
    {
      ...base,
      edgeColumns: found.edges.columns,
      isDirected: found.isDirected,
      rowsRead: nodes.numNodes + (listed?.edges.source.length ?? 0),
      hints: found.hints,
    },
    context,
  );
}

function failNoGraph({ arrays }: ArrayReading): never {
  throw new ParseError(
    `None of the arrays describes nodes or edges: ${[...arrays.keys()].slice(0, 10).join(', ')}.`,
    {
      code: 'no-graph-arrays',
      remedy:
        'Save a matrix of nodes and features (x), an edge index of two rows (edge_index), or a SciPy sparse matrix.',
      details: { arrays: arrays.size },
    },
  );
}

function lastEnd(listed: ListedEdges | null): number {
  let last = -1;
  for (const ends of listed === null ? [] : [listed.edges.source, listed.edges.target]) {
    for (const end of ends) if (end > last) last = end;
  }
  return last;
}
