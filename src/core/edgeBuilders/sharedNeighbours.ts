/**
 * Projection of a two-mode graph: nodes of one type are joined when they have neighbours in common (authors of one
 * paper, films with one actor). Works on a graph of one type as well: pages that link to the same pages.
 */
import { allocateFloat32 } from '../buffers.ts';
import { LimitError, TaskError } from '../errors.ts';
import { type Graph, isEdgeDeleted, isNodeDeleted, numEdges, numNodes } from '../graph.ts';
import { type ParameterSpec, resolveValues, type ValuesOf } from '../parameters.ts';
import { groupBy } from '../sparseMatrix.ts';
import { createPace, type Pace } from './buildPace.ts';
import { chosenNodeType, countOf } from './chosenColumns.ts';
import { MAX_EDGES_SPEC } from './distanceWeights.ts';
import { createEdgeBuffer, type EdgeBuffer } from './edgeBuffer.ts';
import type { EdgeBuilderChoice, EdgeBuilderDescriptor } from './edgeBuilderTypes.ts';
import { pairsBefore } from './exactNeighbours.ts';
import { createRowOverlap, type SparseRows } from './rowOverlap.ts';

const PARAMETERS = [
  {
    kind: 'choice',
    id: 'weight',
    name: 'Edge weight',
    help: 'Count: shared neighbours. Jaccard: shared ones over all of both. Newman: each shared neighbour of degree d adds 1 ∕ (d − 1), so that a large group ties its members less.',
    options: [
      { id: 'count', name: 'Count' },
      { id: 'jaccard', name: 'Jaccard' },
      { id: 'newman', name: 'Newman' },
    ],
    default: 'count',
  },
  {
    kind: 'choice',
    id: 'end',
    name: 'Joined nodes are',
    help: 'The end of the read edges at which the joined nodes stand. Matters only where both ends are of the same type: sources share what they point to.',
    options: [
      { id: 'any', name: 'either end' },
      { id: 'source', name: 'sources' },
      { id: 'target', name: 'targets' },
    ],
    default: 'any',
    isAdvanced: true,
  },
  {
    kind: 'integer',
    id: 'minShared',
    name: 'Least shared neighbours',
    help: 'Pairs with fewer in common get no edge.',
    min: 1,
    max: 1_000_000,
    step: 1,
    default: 1,
  },
  {
    kind: 'integer',
    id: 'maxDegree',
    name: 'Hub limit',
    help: 'A shared neighbour of more nodes than this is skipped: d nodes make d(d − 1) ∕ 2 edges that say little.',
    min: 2,
    max: 1_000_000,
    step: 1,
    default: 500,
    scale: 'log',
  },
  MAX_EDGES_SPEC,
] as const satisfies readonly ParameterSpec[];

type Values = ValuesOf<typeof PARAMETERS>;

export const sharedNeighbours: EdgeBuilderDescriptor = {
  id: 'shared-neighbours',
  name: 'Shared neighbours',
  summary: 'Joins nodes of one type that have neighbours in common (the projection of a two-mode graph).',
  source:
    'Newman 2001, "Scientific collaboration networks. II. Shortest paths, weighted networks, and centrality", eq. 2, https://doi.org/10.1103/PhysRevE.64.016132',
  parameters: PARAMETERS,
  needs: { columns: null, edges: true },
  async build(graph, choice, given, context) {
    const values = resolveValues(PARAMETERS, given) as Values;
    const pace = createPace(context, 'Finding shared neighbours');
    await pace(0);
    const nodeType = chosenNodeType(graph, choice.nodeType);
    const notes: string[] = [];
    const members = readMembership(graph, nodeType, choice, values, notes);
    const edges = createEdgeBuffer(values.maxEdges, () => refuseEdges(values));
    await joinSharing(members, graph.nodeTypePtr[nodeType] as number, values, edges, pace);
    const found = edges.finish(numNodes(graph));
    const weight = allocateFloat32(found.value.length);
    weight.set(found.value);
    const { source, target } = found;
    return { nodeType, source, target, weight, relation: 'shares', directed: false, notes };
  },
};

/** Joins later rows to each row. Errors as `createRowOverlap` and the buffer. */
async function joinSharing(
  members: SparseRows,
  first: number,
  { weight, minShared }: Values,
  edges: EdgeBuffer,
  pace: Pace,
): Promise<void> {
  const size = members.rowPtr.length - 1;
  const options = { term: 'product', isHalf: true, remedy: 'Lower Hub limit.' } as const;
  const counts = createRowOverlap(members, options);
  const newman = weight === 'newman' ? createRowOverlap(newmanRows(members), options) : null;
  const degree = (row: number): number =>
    (members.rowPtr[row + 1] as number) - (members.rowPtr[row] as number);
  for (let row = 0; row < size; row++) {
    const found = counts.scan(row);
    newman?.scan(row);
    for (let at = 0; at < found; at++) {
      const other = counts.found[at] as number;
      const shared = counts.sum[other] as number;
      if (shared < minShared) continue;
      let value = shared;
      if (newman !== null) value = newman.sum[other] as number;
      if (weight === 'jaccard') value = shared / (degree(row) + degree(other) - shared);
      edges.push(first + row, first + other, value);
    }
    await pace(pairsBefore(row / size));
  }
  await pace(1);
}

/** Values 1 ∕ √(d − 1), whose product in a shared column is Newman's term; columns of degree 1 are never shared. */
function newmanRows(members: SparseRows): SparseRows {
  const degree = new Int32Array(members.width);
  for (const column of members.colIndex) degree[column] = (degree[column] as number) + 1;
  const values = Float64Array.from(members.colIndex, (column) => {
    return 1 / Math.sqrt(Math.max(1, (degree[column] as number) - 1));
  });
  return { ...members, values };
}

function refuseEdges({ maxEdges, maxDegree, minShared }: Values): never {
  throw new LimitError(`The projection makes more than ${maxEdges.toLocaleString('en')} edges.`, {
    code: 'edge-limit',
    remedy: `Lower Hub limit below ${maxDegree}, raise Least shared neighbours above ${minShared}, or raise Most edges.`,
    details: { maxEdges, maxDegree, minShared },
  });
}

/**
 * Returns the distinct neighbours of every node of the type, without hubs. Loops and deleted rows do not count.
 * @throws {TaskError} no edge of the chosen relation touches the type. O(E + N).
 */
function readMembership(
  graph: Graph,
  nodeType: number,
  choice: EdgeBuilderChoice,
  { end, maxDegree }: Values,
  notes: string[],
): SparseRows {
  const first = graph.nodeTypePtr[nodeType] as number;
  const size = (graph.nodeTypePtr[nodeType + 1] as number) - first;
  const rows = new Int32Array(2 * numEdges(graph));
  const others = new Int32Array(2 * numEdges(graph));
  let used = 0;
  const add = (row: number, other: number): void => {
    rows[used] = row - first;
    others[used++] = other;
  };
  for (let type = 0; type < graph.edgeTypes.length; type++) {
    if (choice.relation !== null && graph.edgeTypes.relation[type] !== choice.relation) continue;
    const readsSource = end !== 'target' && graph.edgeTypes.sourceType[type] === nodeType;
    const readsTarget = end !== 'source' && graph.edgeTypes.targetType[type] === nodeType;
    for (
      let edge = graph.edgeTypePtr[type] as number;
      edge < (graph.edgeTypePtr[type + 1] as number);
      edge++
    ) {
      const [source, target] = [graph.source[edge] as number, graph.target[edge] as number];
      if (source === target || isEdgeDeleted(graph, edge)) continue;
      if (isNodeDeleted(graph, source) || isNodeDeleted(graph, target)) continue;
      if (readsSource) add(source, target);
      if (readsTarget) add(target, source);
    }
  }
  if (used === 0) refuseNoEdges(graph, nodeType, choice);
  const { rowPtr, colIndex } = distinctRows(rows.subarray(0, used), others.subarray(0, used), size, graph);
  return withoutHubs(rowPtr, colIndex, numNodes(graph), maxDegree, notes);
}

/** Parallel edges count once. */
function distinctRows(
  rows: Int32Array,
  others: Int32Array,
  size: number,
  graph: Graph,
): { rowPtr: Int32Array; colIndex: Int32Array } {
  const { ptr, perm } = groupBy(rows, size);
  const rowPtr = new Int32Array(size + 1);
  const colIndex = new Int32Array(perm.length);
  const seenBy = new Int32Array(numNodes(graph)).fill(-1);
  let used = 0;
  for (let row = 0; row < size; row++) {
    for (let at = ptr[row] as number; at < (ptr[row + 1] as number); at++) {
      const other = others[perm[at] as number] as number;
      if (seenBy[other] === row) continue;
      seenBy[other] = row;
      colIndex[used++] = other;
    }
    rowPtr[row + 1] = used;
  }
  return { rowPtr, colIndex: colIndex.subarray(0, used) };
}

function withoutHubs(
  rowPtr: Int32Array,
  colIndex: Int32Array,
  width: number,
  maxDegree: number,
  notes: string[],
): SparseRows {
  const degree = new Int32Array(width);
  for (const column of colIndex) degree[column] = (degree[column] as number) + 1;
  const hubs = degree.filter((members) => members > maxDegree);
  const kept = new Int32Array(colIndex.length);
  const keptPtr = new Int32Array(rowPtr.length);
  let used = 0;
  for (let row = 0; row + 1 < rowPtr.length; row++) {
    for (let at = rowPtr[row] as number; at < (rowPtr[row + 1] as number); at++) {
      const column = colIndex[at] as number;
      if ((degree[column] as number) <= maxDegree) kept[used++] = column;
    }
    keptPtr[row + 1] = used;
  }
  if (hubs.length > 0) {
    const largest = hubs.reduce((a, b) => Math.max(a, b), 0).toLocaleString('en');
    notes.push(
      `${countOf(hubs.length, 'shared neighbour')} of more than ${maxDegree.toLocaleString('en')} nodes skipped; the largest has ${largest}.`,
    );
  }
  return { width, rowPtr: keptPtr, colIndex: kept.subarray(0, used), values: new Float32Array(used).fill(1) };
}

function refuseNoEdges(
  graph: Graph,
  nodeType: number,
  { nodeType: name, relation }: EdgeBuilderChoice,
): never {
  const touching = graph.edgeTypes.relation.filter(
    (_, type) =>
      graph.edgeTypes.sourceType[type] === nodeType || graph.edgeTypes.targetType[type] === nodeType,
  );
  const what = relation === null ? 'edge' : `edge '${relation}'`;
  throw new TaskError(`No ${what} joins nodes of type '${name}' to others as chosen.`, {
    code: 'edge-relation',
    remedy:
      touching.length === 0
        ? 'Choose another node type, or make edges from columns.'
        : `Choose ${[...new Set(touching)].map((each) => `'${each}'`).join(', ')}, with the joined nodes at either end.`,
    details: { nodeType: name, relation },
  });
}
