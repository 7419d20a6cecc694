/**
 * From the stores of an import to the Graph: global indices, edge types, direction, and the counts a person wants to
 * hear about (self-loops, duplicate edges, no edges at all). The building itself is `core/graphBuilder.ts`.
 */
import { allocateInt32 } from '../../core/buffers.ts';
import type { Column } from '../../core/columns.ts';
import { InvalidGraphError } from '../../core/errors.ts';
import type { Graph } from '../../core/graph.ts';
import { buildGraph, type EdgeTypeInput, type NodeTableInput } from '../../core/graphBuilder.ts';
import { createUtf8Builder, type Utf8Table, utf8Strings } from '../../core/utf8Table.ts';
import { DEFAULT_RELATION, type EdgeStore } from './edgeStore.ts';
import { createPacer } from '../bytes/eventLoop.ts';
import type { ReadContext } from '../importTypes.ts';
import type { NodeStore } from './nodeStore.ts';
import { applyEdgePolicies, type EdgePolicies } from './edgePolicies.ts';
import type { NoticeList } from '../notices.ts';

export interface AssemblyInput {
  readonly name: string;
  readonly nodes: NodeStore;
  readonly edges: EdgeStore;
  readonly edgeColumns: readonly Column[];
  /** Null = follow a Directed/Undirected column, else undirected. */
  readonly directed: boolean | null;
  /** Edge column of weights, which merging sums. */
  readonly weight: string | null;
  readonly policies: EdgePolicies;
  readonly notices: NoticeList;
}

const DIRECTION_WORDS: ReadonlyMap<string, boolean> = new Map([
  ['directed', true],
  ['undirected', false],
  ['mutual', false],
]);

/**
 * Returns the finished graph; gives way to messages between its passes over the edges.
 * @throws {InvalidGraphError} from the structural checks; {CancelledError}
 * O(N + E).
 */
export async function assembleGraph(input: AssemblyInput, context: ReadContext): Promise<Graph> {
  const pacer = createPacer(context.signal, 'Building the graph');
  context.onProgress?.({
    stage: 'Building the graph',
    bytes: 0,
    totalBytes: 0,
    rows: input.edges.source.length,
  });
  const { nodes, edges } = input;
  assertSomeNodes(nodes);
  const tables = nodes.types.map((type) => type.ids.finish());
  const offsets = [0];
  for (const table of tables) offsets.push((offsets[offsets.length - 1] as number) + table.length);
  const nodeIds = tables.length === 1 ? (tables[0] as Utf8Table) : concatenate(tables);
  await pacer.breathe();
  const source = globalEnds(edges.source.view(), edges.sourceType.view(), offsets);
  const target = globalEnds(edges.target.view(), edges.targetType.view(), offsets);
  await pacer.breathe();
  const { edgeTypes, edgeType } = edgeTypesOf(edges, input.directed);
  if (source.length === 0) noteNoEdges(input.notices);
  await pacer.breathe();
  const table = await applyEdgePolicies(
    {
      source,
      target,
      edgeType,
      edgeTypes,
      nodeIds,
      columns: input.edgeColumns,
      weight: input.weight,
      lineOf: (edge) => lineOf(edges, edge),
    },
    input.policies,
    input.notices,
    pacer,
  );
  const nodeTables: NodeTableInput[] = [];
  for (const [index, type] of nodes.types.entries()) {
    const count = (tables[index] as Utf8Table).length;
    nodeTables.push({
      type: type.name,
      count,
      columns: type.columns.flatMap((finish) => finish(count)),
    });
    await pacer.breathe();
  }
  return buildGraph({
    name: input.name,
    nodeTables,
    nodeIds,
    edgeTypes,
    source: table.source,
    target: table.target,
    edgeType: table.edgeType,
    edgeColumns: table.columns,
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
  const saysDirection = edges.directed.length > 0;
  const used = new Set(relations);
  const areDirections = [...used].every((code) => {
    const word = (names[code] as string).toLowerCase();
    return DIRECTION_WORDS.has(word) || (word === DEFAULT_RELATION && used.size > 1);
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
    const flag = saysDirection ? edges.directed.at(edge) : 0;
    const key = ((sourceType * numTypes + targetType) * numRelations + relation) * 2 + flag;
    let type = typeOfKey.get(key);
    if (type === undefined) {
      type = edgeTypes.length;
      typeOfKey.set(key, type);
      const word = names[relation] as string;
      edgeTypes.push({
        relation: areDirections ? DEFAULT_RELATION : word,
        sourceType,
        targetType,
        directed:
          directed ?? (flag === 1 || (areDirections && (DIRECTION_WORDS.get(word.toLowerCase()) ?? false))),
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

function noteNoEdges(notices: NoticeList): void {
  notices.say({
    severity: 'info',
    code: 'no-edges',
    message: 'The graph has no edges; models will learn from node attributes alone.',
  });
}
