/** Message graphs from lists of arcs. Tests only. */
import { degreeCorrectedBlockModel } from '../../core/generators/degreeCorrectedBlockModel.ts';
import type { MessageGraph } from '../../core/messageGraph.ts';
import { randomSequence, STREAM } from '../../core/random.ts';
import { groupBy } from '../../core/sparseMatrix.ts';

export interface ArcList {
  readonly senders: Int32Array;
  readonly receivers: Int32Array;
  readonly relation?: Int32Array;
  readonly weight?: Float32Array;
  readonly isSymmetric?: boolean;
}

/** Arc k of a receiver keeps its place in the list; `arcEdge` is that place. */
export function messageGraphOf(numNodes: number, arcs: ArcList): MessageGraph {
  const { ptr, perm } = groupBy(arcs.receivers, numNodes);
  const { relation, weight } = arcs;
  const numRelations = relation === undefined ? 1 : Math.max(...relation) + 1;
  return {
    numNodes,
    numReceivers: numNodes,
    numSenders: numNodes,
    numArcs: perm.length,
    rowPtr: ptr,
    colIndex: perm.map((arc) => arcs.senders[arc] as number),
    relation: relation === undefined ? null : perm.map((arc) => relation[arc] as number),
    numRelations,
    weight: weight === undefined ? null : Float32Array.from(perm, (arc) => weight[arc] as number),
    arcEdge: perm,
    relationNames: Array.from({ length: numRelations }, (_, index) => `relation ${index}`),
    isSymmetric: arcs.isSymmetric ?? false,
  };
}

/** Both directions of undirected edges. */
export function undirectedGraph(numNodes: number, source: Int32Array, target: Int32Array): MessageGraph {
  const senders = joined(source, target);
  const receivers = joined(target, source);
  return messageGraphOf(numNodes, { senders, receivers, isSymmetric: true });
}

function joined(first: Int32Array, second: Int32Array): Int32Array {
  const both = new Int32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** Random arcs with self-loops, parallel arcs, two relations and weights; the last node is isolated. */
export function awkwardGraph(numNodes: number, numArcs: number, seed: number): MessageGraph {
  const random = randomSequence(seed, STREAM.generator);
  const draw = (bound: number) => Int32Array.from({ length: numArcs }, () => random.below(bound));
  const [senders, receivers, relation] = [draw(numNodes - 1), draw(numNodes - 1), draw(2)];
  const weight = Float32Array.from({ length: numArcs }, (_, arc) => arc + 1);
  senders.set([0, 1, 1]);
  receivers.set([0, 2, 2]);
  return messageGraphOf(numNodes, { senders, receivers, relation, weight });
}

/** A graph of communities of uneven degrees, as message graph with the block of each node. */
export function blockGraph(blockSizes: readonly number[], meanDegree: number, homophilyRatio: number) {
  const { block, source, target } = degreeCorrectedBlockModel({
    blockSizes,
    meanDegree,
    homophilyRatio,
    degreeExponent: 3,
    everyNodeLinks: true,
    seed: 5,
  });
  return { block, graph: undirectedGraph(block.length, source, target) };
}
