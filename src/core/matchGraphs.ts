/**
 * Which nodes of two graphs are the same, by node type and id: the ground for joining one onto the other
 * (`joinGraphs.ts`) and the report a person reads before doing so.
 */
import { cellText, type Column, isValid } from './columns.ts';
import { type Graph, nodeId, numEdges, numNodes } from './graph.ts';
import { createIdIndex, type IdIndex } from './idIndex.ts';

export interface JoinOptions {
  /** Where the nodes of an incoming type go, by its name: a type of the open graph, or null for a type of their own. */
  readonly types: Readonly<Record<string, string | null>>;
  /** Nodes that the open graph lacks; `auto` adds them when edges come with them. */
  readonly newNodes: 'auto' | 'add' | 'ignore';
  /** A column that the open graph has too: its values where there are any, or both, as `name` and `name 2`. */
  readonly sameName: 'replace' | 'keep-both';
}

export const DEFAULT_JOIN_OPTIONS: JoinOptions = { types: {}, newNodes: 'auto', sameName: 'replace' };

export interface NodeMatch {
  /** [incoming node types] index of the node type that new nodes go to, or -1 for one of their own. */
  readonly typeOf: Int32Array;
  /** [incoming nodes] the same node of the open graph, or -1; of the type that `typeOf` names, unless ends span types. */
  readonly nodeOf: Int32Array;
}

/** A column whose values fit the ids of the other side better than the ids do. */
export interface BetterColumn {
  readonly where: 'incoming nodes' | 'incoming edges' | 'open graph';
  readonly column: string;
  /** Share of the sampled values found, in [0, 1]. */
  readonly matchedRatio: number;
}

/** How one incoming node type meets the open graph. Examples are at most five ids. */
export interface TypeMatch {
  readonly incomingType: string;
  /** Null: it becomes a node type of its own. */
  readonly graphType: string | null;
  readonly rows: number;
  readonly matched: number;
  readonly unmatchedExamples: readonly string[];
  /** Nodes of `graphType`, and how many of them have no incoming row. */
  readonly graphNodes: number;
  readonly withoutRow: number;
  readonly withoutRowExamples: readonly string[];
  /** Ids that both sides begin with, to see why they do not meet. */
  readonly incomingIds: readonly string[];
  readonly graphIds: readonly string[];
  /** Looked for when hardly any id matches. */
  readonly better: BetterColumn | null;
}

export interface JoinMatch {
  readonly types: readonly TypeMatch[];
  readonly graphTypes: readonly string[];
  readonly rows: number;
  readonly matched: number;
  readonly edges: number;
  /** Incoming edges with an end that the open graph lacks. */
  readonly edgesBeyond: number;
  /** Incoming node columns whose names the open graph has too. */
  readonly sameNames: readonly string[];
  readonly addsNodes: boolean;
}

const MAX_EXAMPLES = 5;
/** Below this share of matching ids another column is looked for; it is named when it reaches the second. */
const HARDLY_ANY = 0.1;
const MOSTLY = 0.5;
const SAMPLE_ROWS = 1000;

export const addsNewNodes = (incoming: Graph, { newNodes }: JoinOptions): boolean =>
  newNodes === 'auto' ? numEdges(incoming) > 0 : newNodes === 'add';

function rangeOf(graph: Graph, type: number): readonly [first: number, last: number] {
  return [graph.nodeTypePtr[type] as number, graph.nodeTypePtr[type + 1] as number];
}

/** Sets `nodeOf` for the nodes of one incoming type; returns how many were found. */
function lookUp(incoming: Graph, type: number, index: IdIndex, nodeOf: Int32Array): number {
  const { bytes, offsets } = incoming.nodeIds;
  const [first, last] = rangeOf(incoming, type);
  let found = 0;
  for (let node = first; node < last; node++) {
    const same = index.find(bytes, offsets[node] as number, offsets[node + 1] as number);
    nodeOf[node] = same;
    if (same >= 0) found++;
  }
  return found;
}

/**
 * Returns which nodes are the same. An incoming type goes where `types` says, else to the type of its name, else, when both
 * sides have one type, to that one, else to the type that holds most of its ids if that is at least half, else nowhere.
 * Ends of edges that are left to the last rule may be of several types, if no id is of two. Deleted nodes count: an id
 * stays taken. Expected O(bytes of the ids · node types).
 */
export function matchNodes(graph: Graph, incoming: Graph, options: JoinOptions): NodeMatch {
  const indexes = graph.nodeTypes.map((_, type) => createIdIndex(graph.nodeIds, ...rangeOf(graph, type)));
  const typeOf = new Int32Array(incoming.nodeTypes.length).fill(-1);
  const nodeOf = new Int32Array(numNodes(incoming)).fill(-1);
  incoming.nodeTypes.forEach(({ name }, type) => {
    const given = givenType(graph, incoming, name, options);
    const home = given ?? fullestType(incoming, type, indexes, nodeOf);
    typeOf[type] = home;
    if (given === null && numEdges(incoming) > 0 && spanTypes(incoming, type, indexes, nodeOf)) return;
    const index = indexes[home];
    if (index === undefined) nodeOf.fill(-1, ...rangeOf(incoming, type));
    else lookUp(incoming, type, index, nodeOf);
  });
  return { typeOf, nodeOf };
}

/** Finds the nodes of one incoming type among all types; false where an id is of two, which only a person can tell apart. */
function spanTypes(incoming: Graph, type: number, indexes: readonly IdIndex[], nodeOf: Int32Array): boolean {
  const { bytes, offsets } = incoming.nodeIds;
  const [first, last] = rangeOf(incoming, type);
  for (let node = first; node < last; node++) {
    nodeOf[node] = -1;
    for (const index of indexes) {
      const same = index.find(bytes, offsets[node] as number, offsets[node + 1] as number);
      if (same < 0) continue;
      if ((nodeOf[node] as number) >= 0) return false;
      nodeOf[node] = same;
    }
  }
  return true;
}

/** Null where only the ids can tell. */
function givenType(graph: Graph, incoming: Graph, name: string, options: JoinOptions): number | null {
  const find = (wanted: string): number => graph.nodeTypes.findIndex((type) => type.name === wanted);
  const chosen = options.types[name];
  if (chosen === null) return -1;
  if (chosen !== undefined && find(chosen) >= 0) return find(chosen);
  if (find(name) >= 0) return find(name);
  return graph.nodeTypes.length === 1 && incoming.nodeTypes.length === 1 ? 0 : null;
}

function fullestType(
  incoming: Graph,
  type: number,
  indexes: readonly IdIndex[],
  scratch: Int32Array,
): number {
  const found = indexes.map((index) => lookUp(incoming, type, index, scratch));
  const most = Math.max(0, ...found);
  const [first, last] = rangeOf(incoming, type);
  return most > 0 && most >= MOSTLY * (last - first) ? found.indexOf(most) : -1;
}

/** Returns what joining would find, for a person to judge before it is done. Cost as `matchNodes`. */
export function describeMatch(graph: Graph, incoming: Graph, options: JoinOptions): JoinMatch {
  const match = matchNodes(graph, incoming, options);
  const hasRow = new Uint8Array(numNodes(graph));
  for (const node of match.nodeOf) if (node >= 0) hasRow[node] = 1;
  const types = incoming.nodeTypes.map((_, type) => describeType(graph, incoming, match, type, hasRow));
  const isThere = (node: number | undefined): boolean => (match.nodeOf[node as number] as number) >= 0;
  let edgesBeyond = 0;
  for (let edge = 0; edge < numEdges(incoming); edge++) {
    if (!isThere(incoming.source[edge]) || !isThere(incoming.target[edge])) edgesBeyond++;
  }
  return {
    types,
    graphTypes: graph.nodeTypes.map((type) => type.name),
    rows: numNodes(incoming),
    matched: types.reduce((sum, type) => sum + type.matched, 0),
    edges: numEdges(incoming),
    edgesBeyond,
    sameNames: sameNames(graph, incoming, match),
    addsNodes: addsNewNodes(incoming, options),
  };
}

function describeType(
  graph: Graph,
  incoming: Graph,
  { typeOf, nodeOf }: NodeMatch,
  type: number,
  hasRow: Uint8Array,
): TypeMatch {
  const home = typeOf[type] as number;
  const [first, last] = rangeOf(incoming, type);
  const unmatched = whereFalse(incoming, first, last, (node) => (nodeOf[node] as number) >= 0);
  const matched = last - first - unmatched.count;
  const [homeFirst, homeLast] = home < 0 ? [0, 0] : rangeOf(graph, home);
  const without = whereFalse(graph, homeFirst, homeLast, (node) => hasRow[node] === 1);
  const isPoor = last > first && matched < HARDLY_ANY * (last - first);
  return {
    incomingType: incoming.nodeTypes[type]?.name ?? '',
    graphType: graph.nodeTypes[home]?.name ?? null,
    rows: last - first,
    matched,
    unmatchedExamples: unmatched.examples,
    graphNodes: homeLast - homeFirst,
    withoutRow: without.count,
    withoutRowExamples: without.examples,
    incomingIds: whereFalse(incoming, first, Math.min(last, first + MAX_EXAMPLES), () => false).examples,
    graphIds: whereFalse(graph, homeFirst, Math.min(homeLast, homeFirst + MAX_EXAMPLES), () => false)
      .examples,
    better: isPoor ? findBetterColumn(graph, incoming, type, Math.max(home, 0)) : null,
  };
}

function whereFalse(graph: Graph, first: number, last: number, test: (node: number) => boolean) {
  const examples: string[] = [];
  let count = 0;
  for (let node = first; node < last; node++) {
    if (test(node)) continue;
    count++;
    if (examples.length < MAX_EXAMPLES) examples.push(nodeId(graph, node));
  }
  return { count, examples };
}

function sameNames(graph: Graph, incoming: Graph, { typeOf }: NodeMatch): string[] {
  const names = incoming.nodeTypes.flatMap(({ columns }, type) => {
    const own = new Set(graph.nodeTypes[typeOf[type] as number]?.columns.map((column) => column.name));
    return columns.map((column) => column.name).filter((name) => own.has(name));
  });
  return [...new Set(names)];
}

function findBetterColumn(graph: Graph, incoming: Graph, type: number, home: number): BetterColumn | null {
  const ids = createIdIndex(graph.nodeIds, ...rangeOf(graph, home));
  const incomingIds = createIdIndex(incoming.nodeIds, ...rangeOf(incoming, type));
  const candidates: readonly (readonly [BetterColumn['where'], readonly Column[], IdIndex])[] = [
    ['incoming nodes', incoming.nodeTypes[type]?.columns ?? [], ids],
    ['incoming edges', incoming.edgeColumns, ids],
    ['open graph', graph.nodeTypes[home]?.columns ?? [], incomingIds],
  ];
  const [best] = candidates
    .flatMap(([where, columns, index]) =>
      columns.map(
        (column): BetterColumn => ({
          where,
          column: column.name,
          matchedRatio: sampledRatio(column, index),
        }),
      ),
    )
    .filter(({ matchedRatio }) => matchedRatio >= MOSTLY)
    .sort((a, b) => b.matchedRatio - a.matchedRatio);
  return best ?? null;
}

/** Share of a column's values, over at most 1,000 rows spread evenly, that are ids. */
function sampledRatio(column: Column, index: IdIndex): number {
  if (!['text', 'category', 'i32', 'f32', 'f64'].includes(column.kind)) return 0;
  const step = Math.max(1, Math.floor(column.length / SAMPLE_ROWS));
  let looked = 0;
  let found = 0;
  for (let row = 0; row < column.length; row += step) {
    if (!isValid(column, row)) continue;
    looked++;
    if (index.findText(cellText(column, row)) >= 0) found++;
  }
  return looked === 0 ? 0 : found / looked;
}

/** True when the incoming ids are mostly those of the open graph, so that adding is what a person probably wants. */
export function belongsTogether({ rows, matched }: JoinMatch): boolean {
  return matched > 0 && matched >= MOSTLY * rows;
}
