/**
 * From the stores of an import to the Graph: global indices, edge types, direction, and the counts a person wants to
 * hear about (self-loops, duplicate edges, no edges at all). The building itself is `core/graphBuilder.ts`.
 */
import { allocateInt32 } from '../../core/buffers.ts';
import type { Column } from '../../core/columns.ts';
import { InvalidGraphError } from '../../core/errors.ts';
import type { Graph } from '../../core/graph.ts';
import { buildGraph, type EdgeTypeInput } from '../../core/graphBuilder.ts';
import { createUtf8Builder, utf8At, type Utf8Table, utf8Strings } from '../../core/utf8Table.ts';
import { DEFAULT_RELATION, type EdgeStore } from './edgeStore.ts';
import type { NodeStore } from './nodeStore.ts';
import { counted, type NoticeList } from '../notices.ts';

export interface AssemblyInput {
  readonly name: string;
  readonly nodes: NodeStore;
  readonly edges: EdgeStore;
  readonly edgeColumns: readonly Column[];
  /** Null = follow a Directed/Undirected column, else undirected. */
  readonly directed: boolean | null;
  readonly notices: NoticeList;
}

const DIRECTION_WORDS: Readonly<Record<string, boolean>> = {
  directed: true,
  undirected: false,
  mutual: false,
};

/**
 * Returns the finished graph. @throws {InvalidGraphError} from the structural checks. O(N + E).
 */
export function assembleGraph(input: AssemblyInput): Graph {
  const { nodes, edges } = input;
  assertSomeNodes(nodes);
  const tables = nodes.types.map((type) => type.ids.finish());
  const offsets = [0];
  for (const table of tables) offsets.push((offsets[offsets.length - 1] as number) + table.length);
  const nodeIds = tables.length === 1 ? (tables[0] as Utf8Table) : concatenate(tables);
  const source = globalEnds(edges.source.view(), edges.sourceType.view(), offsets);
  const target = globalEnds(edges.target.view(), edges.targetType.view(), offsets);
  const { edgeTypes, edgeType } = edgeTypesOf(edges, input.directed);
  reportEdges(input, source, target, edgeType, edgeTypes, nodeIds);
  return buildGraph({
    name: input.name,
    nodeTables: nodes.types.map((type, index) => ({
      type: type.name,
      count: (tables[index] as Utf8Table).length,
      columns: type.columns.flatMap((finish) => finish((tables[index] as Utf8Table).length)),
    })),
    nodeIds,
    edgeTypes,
    source,
    target,
    edgeType,
    edgeColumns: input.edgeColumns,
  });
}

function assertSomeNodes(nodes: NodeStore): void {
  if (nodes.numNodes > 0) return;
  throw new InvalidGraphError('The files hold no nodes.', {
    code: 'no-nodes',
    remedy: 'Drop a table with at least one row below its header.',
  });
}

function concatenate(tables: readonly Utf8Table[]): Utf8Table {
  const builder = createUtf8Builder();
  for (const table of tables) {
    for (let row = 0; row < table.length; row++) {
      builder.pushBytes(table.bytes, table.offsets[row] as number, table.offsets[row + 1] as number);
    }
  }
  return builder.finish();
}

function globalEnds(local: Int32Array, types: Int32Array, offsets: readonly number[]): Int32Array {
  const ends = allocateInt32(local.length);
  ends.set(local);
  for (let edge = 0; edge < types.length; edge++) {
    ends[edge] = (local[edge] as number) + (offsets[types[edge] as number] as number);
  }
  return ends;
}

interface EdgeTyping {
  readonly edgeTypes: EdgeTypeInput[];
  readonly edgeType: Int32Array | null;
}

/** Numbers the combinations (source type, relation, target type) in order of first appearance. */
function edgeTypesOf(edges: EdgeStore, directed: boolean | null): EdgeTyping {
  const numEdges = edges.source.length;
  if (numEdges === 0) return { edgeTypes: [], edgeType: null };
  const names = utf8Strings(edges.relations.finish());
  const relations = edges.relation.view();
  const used = new Set(relations);
  const areDirections = [...used].every((code) => {
    const word = (names[code] as string).toLowerCase();
    return word in DIRECTION_WORDS || (word === DEFAULT_RELATION && used.size > 1);
  });
  const numRelations = names.length;
  const isTyped = edges.sourceType.length > 0;
  const numTypes = isTyped ? 1 + Math.max(maxOf(edges.sourceType.view()), maxOf(edges.targetType.view())) : 1;
  const typeOfKey = new Map<number, number>();
  const edgeTypes: EdgeTypeInput[] = [];
  const edgeType = allocateInt32(numEdges);
  for (let edge = 0; edge < numEdges; edge++) {
    const relation = relations[edge] as number;
    const sourceType = isTyped ? edges.sourceType.at(edge) : 0;
    const targetType = isTyped ? edges.targetType.at(edge) : 0;
    const key = (sourceType * numTypes + targetType) * numRelations + relation;
    let type = typeOfKey.get(key);
    if (type === undefined) {
      type = edgeTypes.length;
      typeOfKey.set(key, type);
      const word = names[relation] as string;
      edgeTypes.push({
        relation: areDirections ? DEFAULT_RELATION : word,
        sourceType,
        targetType,
        directed: directed ?? (areDirections && (DIRECTION_WORDS[word.toLowerCase()] ?? false)),
      });
    }
    edgeType[edge] = type;
  }
  return { edgeTypes, edgeType: edgeTypes.length > 1 ? edgeType : null };
}

function maxOf(values: Int32Array): number {
  let max = 0;
  for (const value of values) if (value > max) max = value;
  return max;
}

function lineOf(edges: EdgeStore, edge: number): number {
  return edges.line.length > edge ? edges.line.at(edge) : 0;
}

function reportEdges(
  input: AssemblyInput,
  source: Int32Array,
  target: Int32Array,
  edgeType: Int32Array | null,
  edgeTypes: readonly EdgeTypeInput[],
  nodeIds: Utf8Table,
): void {
  const { notices, edges } = input;
  if (source.length === 0) {
    notices.say({
      severity: 'info',
      code: 'no-edges',
      message: 'The graph has no edges; models will learn from node attributes alone.',
    });
    return;
  }
  const isDuplicate = duplicateFinder(source, target, edgeType, edgeTypes);
  const shown = (edge: number) => (): string =>
    `${utf8At(nodeIds, source[edge] as number)} – ${utf8At(nodeIds, target[edge] as number)}`;
  for (let edge = 0; edge < source.length; edge++) {
    if (source[edge] === target[edge]) {
      notices.add(
        {
          severity: 'info',
          code: 'self-loops',
          words: (count) => `${counted(count, 'edge')} from a node to itself, kept.`,
        },
        lineOf(edges, edge),
        shown(edge),
      );
    }
    if (isDuplicate(edge)) {
      notices.add(
        {
          severity: 'info',
          code: 'duplicate-edges',
          words: (count) => `${counted(count, 'edge')} repeated, kept as parallel edges.`,
        },
        lineOf(edges, edge),
        shown(edge),
      );
    }
  }
}

/** Returns a test to call for edges 0, 1, 2, … in turn: does an earlier edge of the type join the same nodes? */
function duplicateFinder(
  source: Int32Array,
  target: Int32Array,
  edgeType: Int32Array | null,
  edgeTypes: readonly EdgeTypeInput[],
): (edge: number) => boolean {
  let capacity = 16;
  while (capacity < source.length * 2) capacity *= 2;
  const mask = capacity - 1;
  const slots = new Int32Array(capacity);
  return (edge) => {
    const type = edgeType === null ? 0 : (edgeType[edge] as number);
    const isDirected = edgeTypes[type]?.directed === true;
    const from = source[edge] as number;
    const to = target[edge] as number;
    let hash = isDirected
      ? Math.imul(from, 0x9e3779b1) ^ Math.imul(to, 0x85ebca6b)
      : Math.imul(Math.min(from, to), 0x9e3779b1) ^ Math.imul(Math.max(from, to), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15) ^ type, 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (;;) {
      const entry = slots[slot] as number;
      if (entry === 0) {
        slots[slot] = edge + 1;
        return false;
      }
      const other = entry - 1;
      const sameType = edgeType === null || edgeType[other] === type;
      const same = source[other] === from && target[other] === to;
      const reversed = !isDirected && source[other] === to && target[other] === from;
      if (sameType && (same || reversed)) return true;
      slot = (slot + 1) & mask;
    }
  };
}
