import { describe, expect, it } from 'vitest';
import type { MessageBlock } from '../messageGraph.ts';
import { inducedBlock } from './inducedBlock.ts';

/** Receiver 0 hears 0 (a loop) and 2; 1 hears nobody; 2 hears 0, 3 and 3 again; 3 hears 2. */
const graph: MessageBlock = {
  numReceivers: 4,
  numSenders: 4,
  numArcs: 6,
  rowPtr: Int32Array.of(0, 2, 2, 5, 6),
  colIndex: Int32Array.of(0, 2, 0, 3, 3, 2),
  relation: Int32Array.of(0, 1, 0, 1, 0, 1),
  numRelations: 2,
  weight: Float32Array.of(1, 2, 3, 4, 5, 6),
};

describe('inducedBlock', () => {
  it('keeps the arcs among the nodes, in the order of the nodes, with relation and weight', () => {
    expect(inducedBlock(graph, Int32Array.of(3, 2))).toEqual({
      numReceivers: 2,
      numSenders: 2,
      numArcs: 3,
      rowPtr: Int32Array.of(0, 1, 3),
      colIndex: Int32Array.of(1, 0, 0),
      relation: Int32Array.of(1, 1, 0),
      numRelations: 2,
      weight: Float32Array.of(6, 4, 5),
    });
  });

  it('is the graph itself for all nodes', () => {
    expect(inducedBlock(graph, Int32Array.of(0, 1, 2, 3))).toEqual(graph);
  });

  it('keeps a loop, gives isolated nodes empty rows, and leaves its scratch clean', () => {
    const scratch = new Int32Array(4).fill(-1);
    const plain = { ...graph, relation: null, numRelations: 1, weight: null };
    expect(inducedBlock(plain, Int32Array.of(1, 0), scratch)).toEqual({
      numReceivers: 2,
      numSenders: 2,
      numArcs: 1,
      rowPtr: Int32Array.of(0, 0, 1),
      colIndex: Int32Array.of(1),
      relation: null,
      numRelations: 1,
      weight: null,
    });
    expect([...scratch]).toEqual([-1, -1, -1, -1]);
    expect(inducedBlock(graph, new Int32Array(0), scratch).numArcs).toBe(0);
  });
});
