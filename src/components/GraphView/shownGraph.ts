/**
 * The part of the graph that this view draws, with nodes renumbered to slots (0, 1, … in node order) so that painters
 * work on short, dense arrays. Pure. Positions, colours and the selection are looked up through `nodes` and `slotOf`.
 */
import { type Bitset, hasBit } from '../../core/bitset.ts';
import { type Graph, isNodeDeleted, nodeDegrees, numNodes } from '../../core/graph.ts';
import { type NodeSample, sampleNodes } from '../../core/sampleNodes.ts';

/** Element budget: what the overlay repaints at 30 frames a second in Chromium without a GPU (measured at 10,000 / 40,000). */
export const MAX_NODES = 10_000;
export const MAX_EDGES = 40_000;
/** Most neighbours of the inspected node that are pulled into a sample. */
const MAX_KEPT = 500;

export interface ShownGraph {
  readonly graph: Graph;
  readonly sample: NodeSample;
  /** [N] slot of each node, -1 = not shown. */
  readonly slotOf: Int32Array;
  /** [shown edges] slots of both ends. */
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** [shown nodes] degree in the whole graph. */
  readonly degree: Int32Array;
}

const degrees = new WeakMap<Graph, Int32Array>();

function degreesOf(graph: Graph): Int32Array {
  let known = degrees.get(graph);
  if (known === undefined) {
    known = nodeDegrees(graph);
    degrees.set(graph, known);
  }
  return known;
}

/** True when the whole graph is within the budget, so that no selection can change what is shown. */
export function fitsBudget(graph: Graph): boolean {
  return numNodes(graph) <= MAX_NODES && graph.source.length <= MAX_EDGES;
}

/** Nodes that must be shown: the focused one, its neighbours, then the selected ones, at most 500. O(E). */
export function keptNodes(graph: Graph, focused: number | null, selected: Iterable<number>): number[] {
  const kept = new Set<number>();
  if (focused !== null) {
    kept.add(focused);
    for (let edge = 0; edge < graph.source.length && kept.size < MAX_KEPT; edge++) {
      const source = graph.source[edge] as number;
      const target = graph.target[edge] as number;
      if (source === focused) kept.add(target);
      else if (target === focused) kept.add(source);
    }
  }
  for (const node of selected) {
    if (kept.size >= MAX_KEPT) break;
    kept.add(node);
  }
  return [...kept].filter((node) => !isNodeDeleted(graph, node));
}

/** Returns what the view shows of the graph. O(N + E) within the budget. */
export function showGraph(graph: Graph, keep: readonly number[]): ShownGraph {
  const sample = sampleNodes(graph, { maxNodes: MAX_NODES, maxEdges: MAX_EDGES, keep, seed: 0 });
  const slotOf = new Int32Array(numNodes(graph)).fill(-1);
  sample.nodes.forEach((node, slot) => {
    slotOf[node] = slot;
  });
  const slotAt = (ends: Int32Array): Int32Array =>
    sample.edges.map((edge) => slotOf[ends[edge] as number] as number);
  const degree = degreesOf(graph);
  return {
    graph,
    sample,
    slotOf,
    source: slotAt(graph.source),
    target: slotAt(graph.target),
    degree: sample.nodes.map((node) => degree[node] as number),
  };
}

export const EMPHASIS = { dimmed: 0, neighbour: 1, selected: 2 } as const;

/** [shown nodes] how strongly each node is drawn while something is selected; null when nothing is. O(N + E) shown. */
export function emphasisOf(shown: ShownGraph, selected: Bitset | null): Uint8Array | null {
  if (selected === null) return null;
  const emphasis = new Uint8Array(shown.sample.nodes.length);
  shown.sample.nodes.forEach((node, slot) => {
    if (hasBit(selected, node)) emphasis[slot] = EMPHASIS.selected;
  });
  for (let edge = 0; edge < shown.source.length; edge++) {
    const source = shown.source[edge] as number;
    const target = shown.target[edge] as number;
    if (emphasis[source] === EMPHASIS.selected) raise(emphasis, target);
    if (emphasis[target] === EMPHASIS.selected) raise(emphasis, source);
  }
  return emphasis;
}

function raise(emphasis: Uint8Array, slot: number): void {
  emphasis[slot] = Math.max(emphasis[slot] as number, EMPHASIS.neighbour);
}

/** Shown edges (positions in `source`, `target`) that touch one of the slots, at most `limit`. */
export function edgesAt(shown: ShownGraph, isEnd: (slot: number) => boolean, limit: number): number[] {
  const found: number[] = [];
  for (let edge = 0; edge < shown.source.length && found.length < limit; edge++) {
    if (isEnd(shown.source[edge] as number) || isEnd(shown.target[edge] as number)) found.push(edge);
  }
  return found;
}

/** `Showing 10,000 of 120,000 nodes`, with edges where those were cut; null when everything is shown. */
export function sampleNote({ sample }: ShownGraph): string | null {
  const text = (count: number): string => count.toLocaleString('en');
  const { nodes, edges, totalNodes, totalEdges } = sample;
  if (nodes.length < totalNodes) {
    return `Showing ${text(nodes.length)} of ${text(totalNodes)} nodes and ${text(edges.length)} of ${text(totalEdges)} edges`;
  }
  return edges.length < totalEdges ? `Showing ${text(edges.length)} of ${text(totalEdges)} edges` : null;
}
