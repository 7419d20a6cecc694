/**
 * Which part of a graph a view draws when it cannot draw all of it. Deterministic in the graph and the seed; what a
 * person works on is always in it. Views say how much they left out.
 */
import { bitsetOf, type Bitset, createBitset, hasBit, setBit } from './bitset.ts';
import { type Graph, isEdgeDeleted, isNodeDeleted, nodeDegrees, numEdges, numNodes } from './graph.ts';
import { drawKey, drawUint32, STREAM } from './random.ts';

export interface SampleOptions {
  readonly maxNodes: number;
  readonly maxEdges: number;
  /** Nodes that must be shown (selected, focused, their neighbours), most important first. */
  readonly keep: readonly number[];
  readonly seed: number;
}

export interface NodeSample {
  /** Global node indices, ascending. */
  readonly nodes: Int32Array;
  /** Edge rows with both ends among `nodes`, ascending. */
  readonly edges: Int32Array;
  /** Nodes and edges that exist, without deleted ones. */
  readonly totalNodes: number;
  readonly totalEdges: number;
}

/**
 * Returns the nodes and edges to draw.
 *
 * Below both limits that is everything. Above the node limit: `keep` first, then half of the remaining places to the
 * nodes of highest degree (the backbone that people recognise) and half to nodes drawn uniformly (so that the fringe
 * and small components stay visible and colours are not those of hubs alone). Above the edge limit: edges at `keep`
 * nodes first, then a uniform draw. Draws are a hash of the index, so a changed `keep` moves few others.
 * O(N log N + E log E) only above a limit, else O(N + E).
 */
export function sampleNodes(graph: Graph, options: SampleOptions): NodeSample {
  const live = liveNodes(graph);
  const nodes = live.length <= options.maxNodes ? live : pickNodes(graph, live, options);
  const shown = bitsetOf(numNodes(graph), nodes);
  const edges = new Int32Array(numEdges(graph));
  let numShown = 0;
  let totalEdges = 0;
  for (let edge = 0; edge < edges.length; edge++) {
    const source = graph.source[edge] as number;
    const target = graph.target[edge] as number;
    if (isEdgeDeleted(graph, edge) || isNodeDeleted(graph, source) || isNodeDeleted(graph, target)) continue;
    totalEdges += 1;
    if (hasBit(shown, source) && hasBit(shown, target)) edges[numShown++] = edge;
  }
  const between = edges.slice(0, numShown);
  return {
    nodes,
    edges: numShown <= options.maxEdges ? between : pickEdges(graph, between, options),
    totalNodes: live.length,
    totalEdges,
  };
}

function liveNodes(graph: Graph): Int32Array {
  const all = Int32Array.from({ length: numNodes(graph) }, (_, node) => node);
  return graph.deletedNodes === null ? all : all.filter((node) => !isNodeDeleted(graph, node));
}

function pickNodes(graph: Graph, live: Int32Array, { maxNodes, keep, seed }: SampleOptions): Int32Array {
  const chosen = createBitset(numNodes(graph));
  let numChosen = 0;
  const choose = (node: number): void => {
    if (numChosen >= maxNodes || hasBit(chosen, node) || isNodeDeleted(graph, node)) return;
    setBit(chosen, node);
    numChosen += 1;
  };
  for (const node of keep) choose(node);
  const degree = nodeDegrees(graph);
  const numHubs = numChosen + ((maxNodes - numChosen) >> 1);
  const byDegree = live.slice().sort((a, b) => (degree[b] as number) - (degree[a] as number) || a - b);
  for (const node of byDegree) {
    if (numChosen >= numHubs) break;
    choose(node);
  }
  for (const node of sortedByDraw(live, seed)) choose(node);
  return live.filter((node) => hasBit(chosen, node));
}

function pickEdges(graph: Graph, between: Int32Array, { maxEdges, keep, seed }: SampleOptions): Int32Array {
  const kept = bitsetOf(numNodes(graph), keep);
  const touches = (edge: number): boolean =>
    hasBit(kept, graph.source[edge] as number) || hasBit(kept, graph.target[edge] as number);
  const chosen: Bitset = createBitset(numEdges(graph));
  let numChosen = 0;
  const choose = (edge: number): void => {
    if (numChosen >= maxEdges || hasBit(chosen, edge)) return;
    setBit(chosen, edge);
    numChosen += 1;
  };
  if (keep.length > 0) for (const edge of between) if (touches(edge)) choose(edge);
  for (const edge of sortedByDraw(between, seed + 1)) choose(edge);
  return between.filter((edge) => hasBit(chosen, edge));
}

/** The indices in the order of their hash: a uniform random order that depends on each index alone. */
function sortedByDraw(indices: Int32Array, seed: number): Int32Array {
  const key = drawKey(seed, STREAM.layout, 1);
  const draw = Uint32Array.from(indices, (index) => drawUint32(key, index));
  const position = Int32Array.from({ length: indices.length }, (_, at) => at);
  position.sort((a, b) => (draw[a] as number) - (draw[b] as number) || a - b);
  return position.map((at) => indices[at] as number);
}
