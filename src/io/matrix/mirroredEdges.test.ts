import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldMirrored } from './mirroredEdges.ts';
import { numberColumn } from './numberColumns.ts';

type Edge = readonly [source: number, target: number, value: number];

const fold = (edges: readonly Edge[]) =>
  foldMirrored(
    Int32Array.from(edges, ([source]) => source),
    Int32Array.from(edges, ([, target]) => target),
    [
      numberColumn(
        'weight',
        Float64Array.from(edges, ([, , value]) => value),
        'integer',
      ),
    ],
  );

/** The same by looking every edge up among all others. */
function slowFold(edges: readonly Edge[]): { rows: number[]; numUnmatched: number; numDiffering: number } {
  const at = (source: number, target: number): number[] =>
    edges.flatMap(([from, to], edge) => (from === source && to === target ? [edge] : []));
  const rows: number[] = [];
  let numUnmatched = 0;
  let numDiffering = 0;
  edges.forEach(([source, target], edge) => {
    const own = at(source, target);
    const other = at(target, source);
    const keepsOwn =
      source === target || own.length > other.length || (own.length === other.length && source < target);
    if (keepsOwn) rows.push(edge);
    if (source === target) return;
    const rank = own.indexOf(edge);
    if (rank >= other.length) numUnmatched++;
    else if (source < target && edges[other[rank] as number]?.[2] !== edges[edge]?.[2]) numDiffering++;
  });
  return { rows, numUnmatched, numDiffering };
}

describe('foldMirrored', () => {
  it('keeps one of two directions and every self-loop', () => {
    expect(
      fold([
        [1, 0, 5],
        [0, 1, 5],
        [2, 2, 1],
        [1, 2, 3],
        [2, 1, 3],
      ]),
    ).toEqual({
      rows: Int32Array.of(1, 2, 3),
      numUnmatched: 0,
      numDiffering: 0,
    });
  });

  it('agrees with a look-up of every edge', () => {
    const node = fc.integer({ min: 0, max: 4 });
    const edges = fc.array(fc.tuple(node, node, fc.integer({ min: 0, max: 1 })), { maxLength: 40 });
    fc.assert(
      fc.property(edges, (list) => {
        const { rows, numUnmatched, numDiffering } = fold(list);
        expect({ rows: [...rows], numUnmatched, numDiffering }).toEqual(slowFold(list));
      }),
    );
  });
});
