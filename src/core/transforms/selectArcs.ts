/** What belongs to an arc, for some arcs of a graph: shared by the parts of graphs that mini-batches are made of. */
import type { MessageBlock } from '../messageGraph.ts';

/** Returns number, relation and weight of the given arcs, in the order given. O(arcs). */
export function selectArcs(
  { relation, weight, numRelations }: MessageBlock,
  arcs: Int32Array,
): Pick<MessageBlock, 'numArcs' | 'relation' | 'numRelations' | 'weight'> {
  const weights = weight === null ? null : new Float32Array(arcs.length);
  if (weight !== null && weights !== null) {
    for (let at = 0; at < arcs.length; at++) weights[at] = weight[arcs[at] as number] as number;
  }
  return {
    numArcs: arcs.length,
    relation: relation === null ? null : arcs.map((arc) => relation[arc] as number),
    numRelations,
    weight: weights,
  };
}
