/**
 * Adds one graph to another: a table of labels onto an open edge list, more edges onto open nodes. Nodes are the same when
 * type and id are (`matchGraphs.ts`); their columns come together, new nodes and edges are appended, and the result is a new
 * version that shares what did not change.
 */
import { type Bitset, createBitset, hasBit, setBit } from './bitset.ts';
import { allocateInt32 } from './buffers.ts';
import { concatColumns } from './columnConcat.ts';
import { permuteColumn } from './columnPermutation.ts';
import type { Column } from './columns.ts';
import { type Graph, numEdges, numNodes } from './graph.ts';
import { buildGraph, type EdgeTypeInput, type NodeTableInput } from './graphBuilder.ts';
import { addsNewNodes, type JoinOptions, matchNodes, type NodeMatch } from './matchGraphs.ts';
import { newVersion } from './schema/graphTables.ts';
import { createUtf8Builder, type Utf8Table } from './utf8Table.ts';

export interface JoinCounts {
  readonly nodesMatched: number;
  readonly nodesAdded: number;
  readonly nodesIgnored: number;
  readonly edgesAdded: number;
  /** Edges with an end that is neither there nor added. */
  readonly edgesIgnored: number;
  /** Node columns by what became of them; renamed ones under their new name. */
  readonly columnsAdded: readonly string[];
  readonly columnsReplaced: readonly string[];
}

export interface JoinedGraph {
  readonly graph: Graph;
  /** [nodes before] their indices now; null when none moved. */
  readonly nodeMap: Int32Array | null;
  readonly counts: JoinCounts;
}

/** Where every node goes. Node types of the open graph keep their place; types of their own follow. */
interface NodePlan {
  readonly names: readonly string[];
  readonly ptr: Int32Array;
  /** [nodes before] and [incoming nodes] → index in the result; -1 = ignored. */
  readonly nodeMap: Int32Array;
  readonly incomingMap: Int32Array;
  /** [incoming types] type in the result. */
  readonly typeOf: Int32Array;
  /** Incoming nodes that are added, for each type of the result. */
  readonly added: readonly Int32Array[];
}

/**
 * Returns the open graph with the incoming one added. Where both have a value for a node in a column of one name, the incoming
 * one stays, unless both columns are kept. Columns of one name that no kind can hold together are both kept. Edges of a
 * relation between the same types join that relation; parallel edges stay.
 * @throws {InvalidGraphError} the tables contradict each other
 * @throws {LimitError} more than 100,000 categories would come together in one column
 * Deterministic. O(N · node types + E + cells) of both.
 */
export function joinGraphs(graph: Graph, incoming: Graph, options: JoinOptions): JoinedGraph {
  const match = matchNodes(graph, incoming, options);
  const plan = planNodes(graph, incoming, match, addsNewNodes(incoming, options));
  const columns = createColumnReport();
  const edges = joinEdges(graph, incoming, plan);
  const joined = buildGraph({
    name: graph.name,
    nodeTables: plan.names.map(
      (type, at): NodeTableInput => ({
        type,
        count: (plan.ptr[at + 1] as number) - (plan.ptr[at] as number),
        columns: joinNodeColumns(graph, incoming, plan, at, options, columns),
      }),
    ),
    nodeIds: joinIds(graph, incoming, plan),
    edgeTypes: edges.types,
    source: edges.source,
    target: edges.target,
    edgeType: edges.edgeType,
    edgeColumns: edges.columns,
  });
  const nodesMatched = match.nodeOf.reduce((sum, node) => sum + (node >= 0 ? 1 : 0), 0);
  const nodesAdded = plan.added.reduce((sum, nodes) => sum + nodes.length, 0);
  return {
    graph: withTombstones(joined, graph, plan.nodeMap),
    nodeMap: plan.nodeMap.every((to, from) => to === from) ? null : plan.nodeMap,
    counts: {
      nodesMatched,
      nodesAdded,
      nodesIgnored: numNodes(incoming) - nodesMatched - nodesAdded,
      edgesAdded: edges.numAdded,
      edgesIgnored: numEdges(incoming) - edges.numAdded,
      columnsAdded: [...columns.added],
      columnsReplaced: [...columns.replaced],
    },
  };
}

function planNodes(graph: Graph, incoming: Graph, match: NodeMatch, addsNodes: boolean): NodePlan {
  const names = graph.nodeTypes.map((type) => type.name);
  const typeOf = Int32Array.from(match.typeOf);
  incoming.nodeTypes.forEach(({ name }, type) => {
    const isEmpty = incoming.nodeTypePtr[type] === incoming.nodeTypePtr[type + 1];
    if ((typeOf[type] as number) >= 0 || !addsNodes || isEmpty) return;
    typeOf[type] = names.push(freeName(name, new Set(names))) - 1;
  });
  const added = names.map((_, type) => addedNodes(incoming, match, typeOf, type, addsNodes));
  const ptr = new Int32Array(names.length + 1);
  const nodeMap = new Int32Array(numNodes(graph));
  const incomingMap = new Int32Array(numNodes(incoming)).fill(-1);
  added.forEach((nodes, type) => {
    const start = ptr[type] as number;
    const first = graph.nodeTypePtr[type] ?? 0;
    const numOld = type < graph.nodeTypes.length ? (graph.nodeTypePtr[type + 1] as number) - first : 0;
    for (let row = 0; row < numOld; row++) nodeMap[first + row] = start + row;
    nodes.forEach((node, at) => {
      incomingMap[node] = start + numOld + at;
    });
    ptr[type + 1] = start + numOld + nodes.length;
  });
  match.nodeOf.forEach((same, node) => {
    if (same >= 0) incomingMap[node] = nodeMap[same] as number;
  });
  return { names, ptr, nodeMap, incomingMap, typeOf, added };
}

/**
 * Unmatched incoming nodes that go to a type. Of several incoming types that a person sends to one, only the first adds:
 * an id would otherwise come twice.
 */
function addedNodes(
  incoming: Graph,
  match: NodeMatch,
  typeOf: Int32Array,
  type: number,
  addsNodes: boolean,
): Int32Array {
  const from = addsNodes ? typeOf.indexOf(type) : -1;
  if (from < 0) return new Int32Array(0);
  const nodes: number[] = [];
  const last = incoming.nodeTypePtr[from + 1] as number;
  for (let node = incoming.nodeTypePtr[from] as number; node < last; node++) {
    if ((match.nodeOf[node] as number) < 0) nodes.push(node);
  }
  return Int32Array.from(nodes);
}

function joinIds(graph: Graph, incoming: Graph, { names, added }: NodePlan): Utf8Table {
  if (added.every((nodes) => nodes.length === 0)) return graph.nodeIds;
  const builder = createUtf8Builder();
  const push = ({ bytes, offsets }: Utf8Table, row: number): void =>
    builder.pushBytes(bytes, offsets[row] as number, offsets[row + 1] as number);
  names.forEach((_, type) => {
    const first = graph.nodeTypePtr[type] ?? 0;
    const last = graph.nodeTypePtr[type + 1] ?? first;
    for (let node = first; node < last; node++) push(graph.nodeIds, node);
    for (const node of added[type] as Int32Array) push(incoming.nodeIds, node);
  });
  return builder.finish();
}

interface ColumnReport {
  readonly added: Set<string>;
  readonly replaced: Set<string>;
}
const createColumnReport = (): ColumnReport => ({ added: new Set(), replaced: new Set() });

function joinNodeColumns(
  graph: Graph,
  incoming: Graph,
  plan: NodePlan,
  type: number,
  options: JoinOptions,
  report: ColumnReport,
): readonly Column[] {
  const start = plan.ptr[type] as number;
  const length = (plan.ptr[type + 1] as number) - start;
  let columns = graph.nodeTypes[type]?.columns ?? [];
  if (length > (columns[0]?.length ?? length)) {
    const rows = extendedRows(columns[0]?.length ?? 0, length);
    columns = columns.map((column) => permuteColumn(column, rows));
  }
  incoming.nodeTypes.forEach((incomingType, from) => {
    const first = incoming.nodeTypePtr[from] as number;
    const rowOf = new Int32Array(length).fill(-1);
    for (let node = first; node < (incoming.nodeTypePtr[from + 1] as number); node++) {
      const place = plan.incomingMap[node] as number;
      if (place >= start && place < start + length) rowOf[place - start] = node - first;
    }
    // A table of which no row meets a node has nothing to say here.
    if (rowOf.every((row) => row < 0)) return;
    columns = mergeColumns(columns, incomingType.columns, rowOf, options.sameName, report);
  });
  return columns;
}

/** 0, 1, …, numOld - 1, then -1: old rows, then missing ones. */
function extendedRows(numOld: number, length: number): Int32Array {
  return Int32Array.from({ length }, (_, row) => (row < numOld ? row : -1));
}

/** @param rowOf [rows of the table] row of the incoming columns, or -1 */
function mergeColumns(
  own: readonly Column[],
  incoming: readonly Column[],
  rowOf: Int32Array,
  sameName: JoinOptions['sameName'],
  report: ColumnReport,
): readonly Column[] {
  const columns = [...own];
  for (const column of incoming) {
    const at = columns.findIndex(({ name }) => name === column.name);
    const merged = at >= 0 && sameName === 'replace' ? overlaid(columns[at] as Column, column, rowOf) : null;
    if (merged !== null) {
      columns[at] = merged;
      report.replaced.add(column.name);
      continue;
    }
    const name = freeName(column.name, new Set(columns.map((other) => other.name)));
    columns.push({ ...permuteColumn(column, rowOf), name });
    report.added.add(name);
  }
  return columns;
}

/** The own values, and over them the incoming ones where there are any; null when no kind holds both. */
function overlaid(own: Column, incoming: Column, rowOf: Int32Array): Column | null {
  const both = concatColumns(own, incoming);
  if (both === null) return null;
  const perm = rowOf.map((row, at) =>
    row >= 0 && (incoming.validity === null || hasBit(incoming.validity, row)) ? own.length + row : at,
  );
  return permuteColumn(both, perm);
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name} ${number}`)) number++;
  return `${name} ${number}`;
}

interface EdgePlan {
  readonly types: readonly EdgeTypeInput[];
  readonly source: Int32Array;
  readonly target: Int32Array;
  readonly edgeType: Int32Array;
  readonly columns: readonly Column[];
  readonly numAdded: number;
}

function joinEdges(graph: Graph, incoming: Graph, plan: NodePlan): EdgePlan {
  const { incomingMap, nodeMap } = plan;
  const isKept = (edge: number): boolean =>
    (incomingMap[incoming.source[edge] as number] as number) >= 0 &&
    (incomingMap[incoming.target[edge] as number] as number) >= 0;
  let numAdded = 0;
  for (let edge = 0; edge < numEdges(incoming); edge++) if (isKept(edge)) numAdded++;
  const numOld = numEdges(graph);
  const types = edgeTypesOf(graph);
  const source = allocateInt32(numOld + numAdded);
  const target = allocateInt32(numOld + numAdded);
  const edgeType = new Int32Array(numOld + numAdded);
  types.forEach((_, type) => edgeType.fill(type, graph.edgeTypePtr[type], graph.edgeTypePtr[type + 1]));
  for (let edge = 0; edge < numOld; edge++) {
    source[edge] = nodeMap[graph.source[edge] as number] as number;
    target[edge] = nodeMap[graph.target[edge] as number] as number;
  }
  const kept = new Int32Array(numAdded);
  let at = 0;
  const placeOf = createEdgePlaces(types, plan.ptr);
  edgeTypesOf(incoming).forEach((type, from) => {
    for (
      let edge = incoming.edgeTypePtr[from] as number;
      edge < (incoming.edgeTypePtr[from + 1] as number);
      edge++
    ) {
      if (!isKept(edge)) continue;
      const head = incomingMap[incoming.source[edge] as number] as number;
      const tail = incomingMap[incoming.target[edge] as number] as number;
      source[numOld + at] = head;
      target[numOld + at] = tail;
      edgeType[numOld + at] = placeOf(type, from, head, tail);
      kept[at++] = edge;
    }
  });
  return { types, source, target, edgeType, numAdded, columns: joinEdgeColumns(graph, incoming, kept) };
}

function edgeTypesOf({ edgeTypes }: Graph): EdgeTypeInput[] {
  return edgeTypes.relation.map((relation, type) => ({
    relation,
    sourceType: edgeTypes.sourceType[type] as number,
    targetType: edgeTypes.targetType[type] as number,
    directed: edgeTypes.directed[type] === 1,
  }));
}

/**
 * Returns the function that finds the edge type of the result for an incoming edge by its relation, direction and the types of
 * its ends; appended when there is none.
 */
function createEdgePlaces(types: EdgeTypeInput[], ptr: Int32Array) {
  const numTypes = ptr.length - 1;
  const typeOf = new Int32Array(ptr[numTypes] as number);
  for (let type = 0; type < numTypes; type++) typeOf.fill(type, ptr[type], ptr[type + 1]);
  const known = new Map<number, number>();
  return ({ relation, directed }: EdgeTypeInput, from: number, source: number, target: number): number => {
    const sourceType = typeOf[source] as number;
    const targetType = typeOf[target] as number;
    const key = (from * numTypes + sourceType) * numTypes + targetType;
    const place = known.get(key);
    if (place !== undefined) return place;
    const found = types.findIndex(
      (type) =>
        type.relation === relation &&
        type.directed === directed &&
        type.sourceType === sourceType &&
        type.targetType === targetType,
    );
    const added = found >= 0 ? found : types.push({ relation, directed, sourceType, targetType }) - 1;
    known.set(key, added);
    return added;
  };
}

/** @param kept incoming edges in the order in which they are appended */
function joinEdgeColumns(graph: Graph, incoming: Graph, kept: Int32Array): readonly Column[] {
  if (kept.length === 0) return graph.edgeColumns;
  const numOld = numEdges(graph);
  const oldRows = extendedRows(numOld, numOld + kept.length);
  const newRows = Int32Array.from({ length: numOld + kept.length }, (_, row) =>
    row < numOld ? -1 : (kept[row - numOld] as number),
  );
  const columns = graph.edgeColumns.map((column) => {
    const more = incoming.edgeColumns.find(({ name }) => name === column.name);
    const both = more === undefined ? null : concatColumns(column, permuteColumn(more, kept));
    return { column: both ?? permuteColumn(column, oldRows), takes: both === null ? null : more };
  });
  const names = new Set(graph.edgeColumns.map((column) => column.name));
  const own = incoming.edgeColumns.filter((column) => !columns.some(({ takes }) => takes === column));
  return [
    ...columns.map(({ column }) => column),
    ...own.map((column) => {
      const name = freeName(column.name, names);
      names.add(name);
      return { ...permuteColumn(column, newRows), name };
    }),
  ];
}

/** What was deleted stays deleted: edges keep their order within a type, and appended ones follow. */
function withTombstones(joined: Graph, graph: Graph, nodeMap: Int32Array): Graph {
  if (graph.deletedNodes === null && graph.deletedEdges === null) return joined;
  const moved = (set: Bitset | null, length: number, to: (index: number) => number): Bitset | null => {
    if (set === null) return null;
    const out = createBitset(length);
    for (let index = 0; index < set.length; index++) if (hasBit(set, index)) setBit(out, to(index));
    return out;
  };
  const edgePlace = new Int32Array(numEdges(graph));
  for (let type = 0; type < graph.edgeTypes.length; type++) {
    const first = graph.edgeTypePtr[type] as number;
    const start = joined.edgeTypePtr[type] as number;
    for (let edge = first; edge < (graph.edgeTypePtr[type + 1] as number); edge++)
      edgePlace[edge] = start + edge - first;
  }
  return newVersion({
    ...joined,
    deletedNodes: moved(graph.deletedNodes, numNodes(joined), (node) => nodeMap[node] as number),
    deletedEdges: moved(graph.deletedEdges, numEdges(joined), (edge) => edgePlace[edge] as number),
  });
}
