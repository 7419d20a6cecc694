/**
 * Graphs whose nodes are numbered instead of named: matrices, edge indices, data-set folders. Nodes of a type are 0 … n - 1
 * inside and get their number as id; ends beyond the declared nodes follow the policy for missing nodes. Policies on
 * edges, the report and the Graph itself come from `tables/graphAssembly.ts`, as for every other format.
 */
import { type Column, isNumeric } from '../../core/columns.ts';
import { permuteColumn } from '../../core/columnPermutation.ts';
import { LimitError, ParseError } from '../../core/errors.ts';
import { createPacer } from '../bytes/eventLoop.ts';
import { GrowableInt32 } from '../bytes/growable.ts';
import type { ImportOptions, ImportResult, ProbedFile, ReadContext, TaskHints } from '../importTypes.ts';
import { counted, type NoticeList } from '../notices.ts';
import { DEFAULT_RELATION, type EdgeStore } from '../tables/edgeStore.ts';
import { assembleGraph } from '../tables/graphAssembly.ts';
import type { NodeStore, NodeTypeStore } from '../tables/nodeStore.ts';
import { importResult } from '../tables/summary.ts';
import { foldMirrored } from './mirroredEdges.ts';

const NODES_PER_STEP = 16_384;

/** So many nodes need no evidence in the file: a sparse matrix may well be empty. */
const FREE_NODES = 1_000_000;

/** What bounds the number of nodes of an import. */
export interface NodeBounds {
  readonly context: ReadContext;
  /** Bytes of all files that describe the nodes and edges. */
  readonly sizeBytes: number;
}

/**
 * Declares `count` nodes of a type with the ids `first`, `first` + 1, …
 * @throws {LimitError} more nodes than the limit, or tens of millions that a few bytes merely claim
 */
export async function addNumberedNodes(
  nodes: NodeStore,
  typeName: string,
  count: number,
  first: 0 | 1,
  { context, sizeBytes }: NodeBounds,
): Promise<NodeTypeStore> {
  const { maxNodes, maxExpansionRatio } = context.limits;
  if (nodes.numNodes + count > maxNodes) failManyNodes(maxNodes);
  if (count > FREE_NODES + sizeBytes * maxExpansionRatio) failClaimedNodes(count, sizeBytes);
  const type = nodes.type(typeName);
  const pacer = createPacer(context.signal, 'The import');
  for (let node = 0; node < count; node++) {
    type.ids.internText(String(node + first));
    if (node % NODES_PER_STEP === 0) await pacer.breathe();
  }
  type.numDeclared = count;
  nodes.isDeclared = true;
  return type;
}

function failClaimedNodes(count: number, sizeBytes: number): never {
  throw new LimitError(
    `The files claim ${count.toLocaleString('en-US')} nodes, which ${counted(sizeBytes, 'byte')} cannot describe.`,
    {
      code: 'claimed-nodes',
      remedy: 'Check the sizes and node numbers for a damaged or mistyped one.',
      details: { count, sizeBytes },
    },
  );
}

/** Bytes of files together. */
export const bytesOf = (files: Iterable<ProbedFile>): number => {
  let sum = 0;
  for (const { source } of files) sum += source.sizeBytes;
  return sum;
};

/** @throws {LimitError} always */
export function failManyNodes(limit: number): never {
  throw new LimitError(`The graph has more than ${limit.toLocaleString('en-US')} nodes.`, {
    code: 'too-many-nodes',
    remedy: 'Import a part of the graph.',
    details: { limit },
  });
}

/** @throws {LimitError} the file holds more edges than the limit */
export function checkEdgeCount(numEdges: number, context: ReadContext): void {
  const limit = context.limits.maxEdges;
  if (numEdges <= limit) return;
  throw new LimitError(`The graph has more than ${limit.toLocaleString('en-US')} edges.`, {
    code: 'too-many-edges',
    remedy: 'Import a part of the graph.',
    details: { limit },
  });
}

/** Node types and relation of a block of edges. */
export interface EdgeBlock {
  readonly relation?: string;
  /** Node type indices; left out while there is one type. */
  readonly types?: { readonly source: number; readonly target: number };
}

/** Edges between numbered nodes, before policies; ends count from 0 within their node type. */
export interface NumberedEdges {
  readonly source: Int32Array;
  readonly target: Int32Array;
  readonly columns: readonly Column[];
}

/** Appends edges to the store of an import. `lines` are those of the file, for examples in notices. */
export function pushEdges(
  store: EdgeStore,
  source: Int32Array,
  target: Int32Array,
  block: EdgeBlock = {},
  lines: Int32Array | null = null,
): void {
  const relation = store.relations.internText(block.relation ?? DEFAULT_RELATION);
  for (let edge = 0; edge < source.length; edge++) {
    store.source.push(source[edge] as number);
    store.target.push(target[edge] as number);
    store.relation.push(relation);
    if (lines !== null) store.line.push(lines[edge] as number);
    if (block.types === undefined) continue;
    store.sourceType.push(block.types.source);
    store.targetType.push(block.types.target);
  }
}

export interface SettledEnds {
  /** Nodes of the sources' type, those added included. */
  readonly numSources: number;
  /** Nodes of the targets' type; equal to `numSources` where there is one type. */
  readonly numTargets: number;
  readonly edges: NumberedEdges;
}

export interface EndPolicy {
  /** Number that the file gives its first node, for messages. */
  readonly first: 0 | 1;
  readonly missingNodes: ImportOptions['missingNodes'];
  readonly context: ReadContext;
  readonly notices: NoticeList;
}

/**
 * Applies the policy for ends beyond the declared nodes: the nodes up to that number are added, or the edge is dropped.
 * @param declared nodes of the one type, or of the types of sources and targets
 * @throws {ParseError} an end below the first number
 * @throws {LimitError} more nodes than the limit
 */
export function settleEnds(
  path: string,
  edges: NumberedEdges,
  declared: readonly [number] | readonly [number, number],
  policy: EndPolicy,
): SettledEnds {
  const { first, missingNodes, notices } = policy;
  const [forSources, forTargets = forSources] = declared;
  const kept = new GrowableInt32();
  let [numSources, numTargets] = [forSources, forTargets];
  for (let edge = 0; edge < edges.source.length; edge++) {
    const [source, target] = [edges.source[edge] as number, edges.target[edge] as number];
    if (source < 0 || target < 0) failNegativeEnd(path, edge, Math.min(source, target) + first, first);
    if (missingNodes === 'drop' && (source >= forSources || target >= forTargets)) {
      notices.add(
        {
          severity: 'warning',
          code: 'unknown-node-dropped',
          file: path,
          words: (count) =>
            `${path}: ${counted(count, 'edge')} dropped because an end is beyond the last node.`,
        },
        edge + 1,
        () => `unknown node '${(source >= forSources ? source : target) + first}'`,
      );
      continue;
    }
    if (source >= numSources) numSources = source + 1;
    if (target >= numTargets) numTargets = target + 1;
    kept.push(edge);
  }
  if (declared.length === 1) numSources = numTargets = Math.max(numSources, numTargets);
  const { maxNodes } = policy.context.limits;
  if (numSources > maxNodes || numTargets > maxNodes) failManyNodes(maxNodes);
  noteAddedNodes(path, forSources + first, numSources + first - 1, notices);
  if (declared.length > 1) noteAddedNodes(path, forTargets + first, numTargets + first - 1, notices);
  const isWhole = kept.length === edges.source.length;
  return { numSources, numTargets, edges: isWhole ? edges : pickEdges(edges, kept.view()) };
}

function noteAddedNodes(path: string, from: number, to: number, notices: NoticeList): void {
  const count = to - from + 1;
  if (count <= 0) return;
  notices.say({
    severity: 'warning',
    code: 'unknown-node-added',
    message: `${path}: ${counted(count, 'node')} added beyond those declared (${from} to ${to}); their attributes are missing.`,
    count,
    file: path,
  });
}

function failNegativeEnd(path: string, edge: number, end: number, first: number): never {
  throw new ParseError(`${path}: edge ${edge + 1} has the end ${end}, but nodes count from ${first}.`, {
    code: 'node-number',
    remedy: `Number the nodes from ${first} on.`,
    details: { file: path, edge: edge + 1, end },
  });
}

/** Returns the given edges in the given order. O(rows). */
export function pickEdges(edges: NumberedEdges, rows: Int32Array): NumberedEdges {
  return {
    source: rows.map((edge) => edges.source[edge] as number),
    target: rows.map((edge) => edges.target[edge] as number),
    columns: edges.columns.map((column) => permuteColumn(column, rows)),
  };
}

export interface FoldedEdges {
  readonly edges: NumberedEdges;
  /** True where every edge was listed from both ends with the same values: an undirected graph. */
  readonly isMirrored: boolean;
}

/**
 * Keeps one of each two edges that say the same from both ends, unless the graph is wanted directed. A list in which
 * some edge has no mirror image is left alone, or, with `isAlwaysUndirected`, folded as far as it goes.
 * Self-loops stay. O(E).
 */
export function foldEdges(
  path: string,
  edges: NumberedEdges,
  direction: ImportOptions['direction'],
  isAlwaysUndirected: boolean,
  notices: NoticeList,
): FoldedEdges {
  if (direction === 'directed') return { edges, isMirrored: false };
  const folded = foldMirrored(edges.source, edges.target, edges.columns);
  const isMirrored = folded.numUnmatched === 0 && folded.numDiffering === 0;
  const numFolded = edges.source.length - folded.rows.length;
  if ((!isMirrored && !isAlwaysUndirected) || numFolded === 0) return { edges, isMirrored };
  notices.say({
    severity: 'info',
    code: 'both-directions',
    message: `${path} lists ${counted(numFolded, 'edge')} from both ends; each is kept once, without direction.`,
    count: numFolded,
    file: path,
  });
  if (folded.numDiffering > 0) {
    notices.say({
      severity: 'warning',
      code: 'edge-values-differ',
      message: `${path}: ${counted(folded.numDiffering, 'edge')} with other values from the other end; the first are kept.`,
      count: folded.numDiffering,
      file: path,
    });
  }
  return { edges: pickEdges(edges, folded.rows), isMirrored };
}

export interface NumberedImport {
  readonly formatId: string;
  readonly name: string;
  readonly nodes: NodeStore;
  readonly edges: EdgeStore;
  readonly edgeColumns: readonly Column[];
  /** What the file says about direction; a person's choice goes first. */
  readonly isDirected: boolean;
  /** Edge column that merging sums. */
  readonly weight: string | null;
  readonly options: ImportOptions;
  readonly notices: NoticeList;
  readonly rowsRead: number;
  readonly hints: TaskHints;
}

/** Returns the finished graph with its report. @throws {InvalidGraphError} from the structural checks. O(N + E). */
export async function finishNumbered(input: NumberedImport, context: ReadContext): Promise<ImportResult> {
  const { options, notices, hints } = input;
  const weight = input.edgeColumns.find((column) => column.name === input.weight);
  const graph = await assembleGraph(
    {
      name: input.name,
      nodes: input.nodes,
      edges: input.edges,
      edgeColumns: input.edgeColumns,
      directed: options.direction === 'auto' ? input.isDirected : options.direction === 'directed',
      weight: weight !== undefined && isNumeric(weight) ? weight.name : null,
      policies: options,
      notices,
    },
    context,
  );
  const labels = hints.target === undefined ? [] : [hints.target];
  return importResult(input.formatId, graph, input.rowsRead, labels, hints, notices);
}
