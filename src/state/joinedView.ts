/** What a person looked at, after nodes were added: positions and selection follow their nodes. Pure. */
import { type Bitset, bitsetIndices, bitsetOf } from '../core/bitset.ts';
import { allocateFloat32 } from '../core/buffers.ts';
import { type Graph, numNodes } from '../core/graph.ts';
import type { SelectionSlice } from './types.ts';

/** Nodes placed beside one another differ by this, in drawing units, so that none hides another. */
const STEP = 10;

/**
 * Returns [2 N] positions of the joined graph: nodes keep theirs, new ones start beside the mean of their placed
 * neighbours, or below the drawing when they have none. O(N + E).
 */
export function joinedPositions(positions: Float32Array, nodeMap: Int32Array, graph: Graph): Float32Array {
  const total = numNodes(graph);
  const out = allocateFloat32(2 * total);
  const isPlaced = new Uint8Array(total);
  let [left, bottom] = [0, 0];
  nodeMap.forEach((to, from) => {
    const x = positions[2 * from] as number;
    const y = positions[2 * from + 1] as number;
    out[2 * to] = x;
    out[2 * to + 1] = y;
    isPlaced[to] = 1;
    left = from === 0 ? x : Math.min(left, x);
    bottom = from === 0 ? y : Math.max(bottom, y);
  });
  const sums = neighbourSums(graph, out, isPlaced);
  const perRow = Math.ceil(Math.sqrt(total));
  let numApart = 0;
  for (let node = 0; node < total; node++) {
    if (isPlaced[node] === 1) continue;
    const count = sums[3 * node + 2] as number;
    // A spiral by golden angle: any number of nodes around one point, none on top of another.
    const angle = node * 2.399963;
    if (count > 0) {
      out[2 * node] = (sums[3 * node] as number) / count + STEP * Math.cos(angle);
      out[2 * node + 1] = (sums[3 * node + 1] as number) / count + STEP * Math.sin(angle);
      continue;
    }
    out[2 * node] = left + STEP * (numApart % perRow);
    out[2 * node + 1] = bottom + STEP * (2 + Math.floor(numApart / perRow));
    numApart++;
  }
  return out;
}

/** Sums of x and y of placed neighbours and their number, [3 N], for nodes without a place. */
function neighbourSums(graph: Graph, positions: Float32Array, isPlaced: Uint8Array): Float64Array {
  const sums = new Float64Array(3 * isPlaced.length);
  const add = (node: number, neighbour: number): void => {
    if (isPlaced[node] === 1 || isPlaced[neighbour] === 0) return;
    const at = 3 * node;
    sums[at] = (sums[at] as number) + (positions[2 * neighbour] as number);
    sums[at + 1] = (sums[at + 1] as number) + (positions[2 * neighbour + 1] as number);
    sums[at + 2] = (sums[at + 2] as number) + 1;
  };
  for (let edge = 0; edge < graph.source.length; edge++) {
    const source = graph.source[edge] as number;
    const target = graph.target[edge] as number;
    add(source, target);
    add(target, source);
  }
  return sums;
}

/** Returns the selection on the nodes' new indices. */
export function joinedSelection(
  { selected, focused }: SelectionSlice,
  nodeMap: Int32Array,
  graph: Graph,
): SelectionSlice {
  const moved = (set: Bitset): Bitset =>
    bitsetOf(
      numNodes(graph),
      bitsetIndices(set).map((node) => nodeMap[node] as number),
    );
  return {
    selected: selected === null ? null : moved(selected),
    focused: focused === null ? null : (nodeMap[focused] as number),
    hovered: null,
  };
}
