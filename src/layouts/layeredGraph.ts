/**
 * The first half of a layered drawing: which edges are turned round so that no cycle is left, and which layer each node
 * is on. No coordinates here.
 */
import { InvalidGraphError } from '../core/errors.ts';
import { groupBy } from '../core/sparseMatrix.ts';

/** A simple directed acyclic graph over the nodes, and how it came from the edges given. */
export interface LayeredGraph {
  readonly numNodes: number;
  readonly numLayers: number;
  /** [N] layer of each node, 0 at the top; every arc goes to a higher one. −1 for nodes without arcs. */
  readonly layer: Int32Array;
  /** [arcs] ends of the distinct arcs after turning, without self-loops. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** [arcs] 1 where the arc runs against its edge. */
  readonly isReversed: Uint8Array;
}

/**
 * Returns the layers of a directed graph. Cycles are broken by turning round the back edges of a depth-first search that
 * starts at nodes nothing leads to; layers are longest paths, then nodes with more arcs out than in move down as far as
 * their successors allow, which shortens arcs.
 *
 * Source: Sugiyama, Tagawa & Toda 1981, "Methods for Visual Understanding of Hierarchical System Structures",
 * doi:10.1109/TSMC.1981.4308636; cycle removal and layering as in Healy & Nikolov 2013, "Hierarchical Drawing
 * Algorithms", ch. 13 of the Handbook of Graph Drawing.
 * @throws {InvalidGraphError} an edge end outside the nodes
 * Deterministic. O(N + E).
 */
export function layeredGraph(numNodes: number, source: Int32Array, target: Int32Array): LayeredGraph {
  const arcs = distinctArcs(numNodes, source, target);
  const isReversed = backArcs(numNodes, arcs.from, arcs.to);
  const from = arcs.from.map((node, arc) => (isReversed[arc] === 1 ? (arcs.to[arc] as number) : node));
  const to = arcs.to.map((node, arc) => (isReversed[arc] === 1 ? (arcs.from[arc] as number) : node));
  const layer = longestPaths(numNodes, from, to);
  let numLayers = 0;
  for (const value of layer) numLayers = Math.max(numLayers, value + 1);
  return { numNodes, numLayers, layer, from, to, isReversed };
}

/** Arcs without self-loops and repetitions, sorted by source. */
function distinctArcs(
  numNodes: number,
  source: Int32Array,
  target: Int32Array,
): { readonly from: Int32Array; readonly to: Int32Array } {
  for (const ends of [source, target]) {
    const edge = ends.findIndex((node) => node < 0 || node >= numNodes);
    if (edge < 0) continue;
    throw new InvalidGraphError(`Edge ${edge} names node ${ends[edge]}; the graph has ${numNodes} nodes.`, {
      code: 'edge-end',
      remedy: 'Check the edge table against the node table.',
      details: { edge, node: ends[edge], numNodes },
    });
  }
  const { ptr, perm } = groupBy(source, numNodes);
  const from = new Int32Array(source.length);
  const to = new Int32Array(source.length);
  const seenBy = new Int32Array(numNodes).fill(-1);
  let used = 0;
  for (let node = 0; node < numNodes; node++) {
    for (let at = ptr[node] as number; at < (ptr[node + 1] as number); at++) {
      const other = target[perm[at] as number] as number;
      if (other === node || seenBy[other] === node) continue;
      seenBy[other] = node;
      from[used] = node;
      to[used++] = other;
    }
  }
  return { from: from.slice(0, used), to: to.slice(0, used) };
}

/** Marks the arcs that close a cycle of the depth-first search. */
function backArcs(numNodes: number, from: Int32Array, to: Int32Array): Uint8Array {
  const { ptr } = groupBy(from, numNodes);
  const inDegree = new Int32Array(numNodes);
  for (const node of to) inDegree[node] = (inDegree[node] as number) + 1;
  const isBack = new Uint8Array(from.length);
  // 0 = not met, 1 = on the path, 2 = done.
  const state = new Uint8Array(numNodes);
  const next = ptr.slice(0, numNodes);
  const path = new Int32Array(numNodes);
  const search = (root: number): void => {
    if (state[root] !== 0) return;
    let depth = 0;
    path[depth++] = root;
    state[root] = 1;
    while (depth > 0) {
      const node = path[depth - 1] as number;
      const arc = next[node] as number;
      if (arc === (ptr[node + 1] as number)) {
        state[node] = 2;
        depth--;
        continue;
      }
      next[node] = arc + 1;
      const other = to[arc] as number;
      if (state[other] === 1) isBack[arc] = 1;
      if (state[other] !== 0) continue;
      state[other] = 1;
      path[depth++] = other;
    }
  };
  for (let node = 0; node < numNodes; node++) if (inDegree[node] === 0) search(node);
  for (let node = 0; node < numNodes; node++) search(node);
  return isBack;
}

function longestPaths(numNodes: number, from: Int32Array, to: Int32Array): Int32Array {
  const outward = groupBy(from, numNodes);
  const inDegree = new Int32Array(numNodes);
  for (const node of to) inDegree[node] = (inDegree[node] as number) + 1;
  const layer = new Int32Array(numNodes);
  const waitingFor = inDegree.slice();
  const order = new Int32Array(numNodes);
  let met = 0;
  for (let node = 0; node < numNodes; node++) if (inDegree[node] === 0) order[met++] = node;
  for (let at = 0; at < met; at++) {
    const node = order[at] as number;
    for (let arc = outward.ptr[node] as number; arc < (outward.ptr[node + 1] as number); arc++) {
      const other = to[outward.perm[arc] as number] as number;
      layer[other] = Math.max(layer[other] as number, (layer[node] as number) + 1);
      waitingFor[other] = (waitingFor[other] as number) - 1;
      if (waitingFor[other] === 0) order[met++] = other;
    }
  }
  for (let at = met - 1; at >= 0; at--) {
    const node = order[at] as number;
    const start = outward.ptr[node] as number;
    const end = outward.ptr[node + 1] as number;
    if (start === end && inDegree[node] === 0) layer[node] = -1;
    if (end - start <= (inDegree[node] as number)) continue;
    let lowest = Infinity;
    for (let arc = start; arc < end; arc++) {
      lowest = Math.min(lowest, layer[to[outward.perm[arc] as number] as number] as number);
    }
    layer[node] = lowest - 1;
  }
  return layer;
}
