import { describe, expect, it } from 'vitest';
import { bitsetIndices, bitsetOf, countBits } from '../bitset.ts';
import type { CategoryColumn } from '../columns.ts';
import { buildGraph } from '../graphBuilder.ts';
import { buildMessageGraph } from '../messageGraph.ts';
import { utf8Table } from '../utf8Table.ts';
import { isSplitColumn, parseRandomSplit, randomNodeSplit, splitFromColumn } from './nodeSplits.ts';
import { symmetricNormalisation } from './symmetricNormalisation.ts';

function undirected(nodes: number, pairs: readonly (readonly [number, number])[]) {
  const graph = buildGraph({
    name: 'g',
    nodeTables: [{ type: 'node', columns: [], count: nodes }],
    nodeIds: utf8Table(Array.from({ length: nodes }, (_, node) => String(node))),
    edgeTypes: [{ relation: 'edge', sourceType: 0, targetType: 0, directed: false }],
    source: Int32Array.from(pairs, ([source]) => source),
    target: Int32Array.from(pairs, ([, target]) => target),
    edgeType: null,
    edgeColumns: [],
  });
  return buildMessageGraph(graph, { flow: 'both' });
}

function dense(matrix: ReturnType<typeof symmetricNormalisation>): number[][] {
  return Array.from({ length: matrix.rows }, (_, row) => {
    const cells = new Array<number>(matrix.cols).fill(0);
    for (let k = matrix.rowPtr[row] ?? 0; k < (matrix.rowPtr[row + 1] ?? 0); k++) {
      const column = matrix.colIndex[k] ?? 0;
      cells[column] = (cells[column] ?? 0) + (matrix.values?.[k] ?? 0);
    }
    return cells;
  });
}

describe('symmetricNormalisation', () => {
  it('gives the rows of the kite graph: a triangle with a tail', () => {
    const s = dense(
      symmetricNormalisation(
        undirected(4, [
          [0, 1],
          [0, 2],
          [1, 2],
          [2, 3],
        ]),
      ),
    );
    const r12 = 1 / Math.sqrt(12);
    const r8 = 1 / Math.sqrt(8);
    const expected = [
      [1 / 3, 1 / 3, r12, 0],
      [1 / 3, 1 / 3, r12, 0],
      [r12, r12, 1 / 4, r8],
      [0, 0, r8, 1 / 2],
    ];
    s.forEach((row, i) =>
      row.forEach((value, j) => expect(value).toBeCloseTo(expected[i]?.[j] ?? Number.NaN, 6)),
    );
  });

  it('keeps an isolated node, adds no second self-loop, counts parallel edges', () => {
    const s = dense(
      symmetricNormalisation(
        undirected(3, [
          [0, 0],
          [0, 1],
          [0, 1],
        ]),
      ),
    );
    // Ã rows: node 0: self 1 + 2 parallel = 3; node 1: 2 + added self 1 = 3; node 2: self 1.
    expect(s[0]?.[0]).toBeCloseTo(1 / 3, 6);
    expect(s[0]?.[1]).toBeCloseTo(2 / 3, 6);
    expect(s[2]).toEqual([0, 0, 1]);
  });
});

const words = (...cells: string[]): CategoryColumn => {
  const dictionary = [...new Set(cells)];
  return {
    kind: 'category',
    name: 'split',
    length: cells.length,
    validity: null,
    codes: Int32Array.from(cells, (cell) => dictionary.indexOf(cell)),
    dictionary,
  };
};

describe('splits', () => {
  it('reads a split column and leaves unlabelled rows out', () => {
    const column = words('train', 'valid', 'test', 'none', 'train');
    expect(isSplitColumn(column)).toBe(true);
    expect(isSplitColumn(words('train', 'banana'))).toBe(false);
    expect(isSplitColumn(words('val', 'test'))).toBe(false);
    const split = splitFromColumn(column, 'public', Int32Array.of(0, 1, 1, 0, -1), 10, 20);
    expect([...bitsetIndices(split.train)]).toEqual([10]);
    expect([...bitsetIndices(split.val)]).toEqual([11]);
    expect([...bitsetIndices(split.test)]).toEqual([12]);
  });

  it('draws a stratified split: disjoint, every class in train, shares kept, equal for equal seeds', () => {
    const codes = Int32Array.from({ length: 200 }, (_, row) => (row % 20 === 19 ? -1 : row % 3));
    const draw = (seed: number) => randomNodeSplit(codes, parseRandomSplit('random:60/20/20'), seed, 0, 200);
    const split = draw(1);
    const labelled = codes.filter((code) => code >= 0).length;
    expect(countBits(split.train) + countBits(split.val) + countBits(split.test)).toBe(labelled);
    const union = new Set([
      ...bitsetIndices(split.train),
      ...bitsetIndices(split.val),
      ...bitsetIndices(split.test),
    ]);
    expect(union.size).toBe(labelled);
    expect(Math.abs(countBits(split.train) / labelled - 0.6)).toBeLessThan(0.02);
    const classesInTrain = new Set([...bitsetIndices(split.train)].map((row) => codes[row]));
    expect(classesInTrain).toEqual(new Set([0, 1, 2]));
    expect(draw(1)).toEqual(split);
    expect(draw(2).train).not.toEqual(split.train);
    expect(split.train).not.toEqual(
      bitsetOf(
        200,
        Array.from({ length: countBits(split.train) }, (_, row) => row),
      ),
    );
  });

  it('puts a class of one node into train', () => {
    const split = randomNodeSplit(Int32Array.of(0, 0, 0, 0, 1), [0.1, 0.1, 0.8], 0, 0, 5);
    expect([...bitsetIndices(split.train)]).toContain(4);
  });

  it.each(['random:60/40', 'random:a/b/c', 'random:0/50/50', 'random:-1/1/1'])('refuses %s', (text) => {
    expect(() => parseRandomSplit(text)).toThrow(expect.objectContaining({ code: 'split-format' }));
  });
});
