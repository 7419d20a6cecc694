import { describe, expect, it } from 'vitest';
import type { MessageBlock } from '../messageGraph.ts';
import { loopFreeNormalisation } from './loopFreeNormalisation.ts';

/** Receiver 0 hears itself, 1 and 1 again; 1 hears 0; 2 hears nobody. */
function block(weight: Float32Array | null): MessageBlock {
  return {
    numReceivers: 3,
    numSenders: 3,
    numArcs: 4,
    rowPtr: Int32Array.of(0, 3, 4, 4),
    colIndex: Int32Array.of(0, 1, 1, 0),
    relation: null,
    numRelations: 1,
    weight,
  };
}

describe('loopFreeNormalisation', () => {
  it('leaves self-loops out, keeps parallel arcs and gives an isolated node an empty row', () => {
    const matrix = loopFreeNormalisation(block(null), 'symmetric');
    expect([...matrix.rowPtr]).toEqual([0, 2, 3, 3]);
    expect([...matrix.colIndex]).toEqual([1, 1, 0]);
    for (const value of matrix.values ?? []) expect(value).toBeCloseTo(1 / Math.sqrt(2), 6);
  });

  it('makes rows that sum to 1, by weight', () => {
    const { values } = loopFreeNormalisation(block(Float32Array.of(9, 1, 3, 2)), 'row');
    expect([...(values ?? [])]).toEqual([0.25, 0.75, 1]);
  });

  it('gives zeros to a node whose weights are all 0', () => {
    const { values } = loopFreeNormalisation(block(Float32Array.of(5, 0, 0, 2)), 'symmetric');
    expect([...(values ?? [])]).toEqual([0, 0, 0]);
  });
});
