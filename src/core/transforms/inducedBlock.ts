/** The part of a graph among some of its nodes: what a cluster batch learns from. */
import type { MessageBlock } from '../messageGraph.ts';
import { selectArcs } from './selectArcs.ts';

/**
 * Returns the arcs of `graph` whose two ends are both in `nodes`, as a square block: row and column i are `nodes[i]`.
 * Arcs of a row keep their order, relation and weight; self-loops and parallel arcs stay. The block of a symmetric graph
 * is symmetric.
 *
 * @param graph   square
 * @param nodes   different nodes, in any order
 * @param placeOf scratch of one number per node of the graph, all -1, and left so; worth giving when called often
 * O(arcs into `nodes`), without scratch O(N) more.
 */
export function inducedBlock(
  graph: MessageBlock,
  nodes: Int32Array,
  placeOf: Int32Array = new Int32Array(graph.numSenders).fill(-1),
): MessageBlock {
  let incoming = 0;
  nodes.forEach((node, place) => {
    placeOf[node] = place;
    incoming += (graph.rowPtr[node + 1] as number) - (graph.rowPtr[node] as number);
  });
  const rowPtr = new Int32Array(nodes.length + 1);
  const arcs = new Int32Array(incoming);
  const colIndex = new Int32Array(incoming);
  let kept = 0;
  nodes.forEach((node, row) => {
    for (let arc = graph.rowPtr[node] as number; arc < (graph.rowPtr[node + 1] as number); arc++) {
      const place = placeOf[graph.colIndex[arc] as number] as number;
      if (place < 0) continue;
      arcs[kept] = arc;
      colIndex[kept++] = place;
    }
    rowPtr[row + 1] = kept;
  });
  for (const node of nodes) placeOf[node] = -1;
  return {
    ...selectArcs(graph, arcs.subarray(0, kept)),
    numReceivers: nodes.length,
    numSenders: nodes.length,
    rowPtr,
    colIndex: colIndex.slice(0, kept),
  };
}
