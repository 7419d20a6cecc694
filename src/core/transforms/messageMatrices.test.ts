/** The matrices over the arcs of a message graph: adjacency, averaging, and the pattern of attention. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageBlock } from '../messageGraph.ts';
import { groupBy } from '../sparseMatrix.ts';
import { adjacency } from './adjacency.ts';
import { rowNormalisation } from './rowNormalisation.ts';
import { selfLoopPattern } from './selfLoopPattern.ts';

type Arc = readonly [receiver: number, sender: number, weight: number];

function blockOf(
  numReceivers: number,
  numSenders: number,
  arcs: readonly Arc[],
  isWeighted = true,
): MessageBlock {
  const { ptr, perm } = groupBy(
    Int32Array.from(arcs, ([receiver]) => receiver),
    numReceivers,
  );
  const ordered = Array.from(perm, (arc) => arcs[arc] as Arc);
  return {
    numReceivers,
    numSenders,
    numArcs: arcs.length,
    rowPtr: ptr,
    colIndex: Int32Array.from(ordered, ([, sender]) => sender),
    relation: null,
    numRelations: 1,
    weight: isWeighted ? Float32Array.from(ordered, ([, , weight]) => weight) : null,
  };
}

/** Node 0: a parallel pair and a weight of 0; node 1: a self-loop; node 2: only arcs of weight 0; node 3: none. */
const ARCS: readonly Arc[] = [
  [0, 1, 2],
  [0, 1, 1],
  [0, 4, 0],
  [1, 1, 0.5],
  [1, 0, 1.5],
  [2, 0, 0],
];
const BLOCK = blockOf(4, 5, ARCS);

const arbitraryBlock = fc
  .record({ receivers: fc.integer({ min: 1, max: 12 }), extra: fc.nat(5) })
  .chain(({ receivers, extra }) =>
    fc
      .array(fc.tuple(fc.nat(receivers - 1), fc.nat(receivers + extra - 1), fc.integer({ min: 0, max: 4 })), {
        maxLength: 60,
      })
      .map((arcs) => blockOf(receivers, receivers + extra, arcs)),
  );

describe('adjacency', () => {
  it('has one entry per arc, with its weight or none', () => {
    const matrix = adjacency(BLOCK);
    expect(matrix).toEqual({
      rows: 4,
      cols: 5,
      rowPtr: Int32Array.of(0, 3, 5, 6, 6),
      colIndex: Int32Array.of(1, 1, 4, 1, 0, 0),
      values: Float32Array.of(2, 1, 0, 0.5, 1.5, 0),
    });
    expect(adjacency(blockOf(4, 5, ARCS, false)).values).toBeNull();
  });
});

describe('rowNormalisation', () => {
  it('divides every weight by the sum of its row and leaves rows without weight zero', () => {
    const { rowPtr, values } = rowNormalisation(BLOCK);
    expect(rowPtr).toEqual(Int32Array.of(0, 3, 5, 6, 6));
    expect(values).toEqual(Float32Array.of(2 / 3, 1 / 3, 0, 1 / 4, 3 / 4, 0));
  });

  it('takes the mean without weights', () => {
    const { values } = rowNormalisation(blockOf(4, 5, ARCS, false));
    expect(values).toEqual(Float32Array.of(1 / 3, 1 / 3, 1 / 3, 1 / 2, 1 / 2, 1));
  });

  it('has rows that sum to 1, or to 0 where nothing arrives (property)', () => {
    fc.assert(
      fc.property(arbitraryBlock, (block) => {
        const { rowPtr, values } = rowNormalisation(block);
        for (let row = 0; row < block.numReceivers; row++) {
          const entries = (values as Float32Array).subarray(rowPtr[row], rowPtr[row + 1]);
          const weights = block.weight?.subarray(rowPtr[row], rowPtr[row + 1]) ?? [];
          const sum = entries.reduce((total, value) => total + value, 0);
          expect(sum).toBeCloseTo(weights.some((weight) => weight > 0) ? 1 : 0, 5);
        }
      }),
      { seed: 1 },
    );
  });
});

describe('selfLoopPattern', () => {
  it('replaces self-loops by one per receiver, at the end of its row', () => {
    const arcs: readonly Arc[] = [...ARCS, [1, 1, 9]];
    expect(selfLoopPattern(blockOf(4, 5, arcs))).toEqual({
      rows: 4,
      cols: 5,
      rowPtr: Int32Array.of(0, 4, 6, 8, 9),
      colIndex: Int32Array.of(1, 1, 4, 0, 0, 1, 0, 2, 3),
      values: null,
    });
  });

  it('keeps every other arc and gives each receiver exactly one loop (property)', () => {
    fc.assert(
      fc.property(arbitraryBlock, (block) => {
        const { rowPtr, colIndex } = selfLoopPattern(block);
        for (let row = 0; row < block.numReceivers; row++) {
          const before = [...block.colIndex.subarray(block.rowPtr[row], block.rowPtr[row + 1])];
          const after = [...colIndex.subarray(rowPtr[row], rowPtr[row + 1])];
          expect(after).toEqual([...before.filter((sender) => sender !== row), row]);
        }
        expect(colIndex.length).toBe(rowPtr[block.numReceivers]);
      }),
      { seed: 2 },
    );
  });
});
