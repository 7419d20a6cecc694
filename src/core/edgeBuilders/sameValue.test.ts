import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../columns.ts';
import { sameValue } from './sameValue.ts';
import { boolColumn, categoryColumn, itemGraph, textColumn, triples } from './testGraph.ts';

const choice = { nodeType: 'item', columns: ['x'], relation: null };
const cells = fc.array(fc.constantFrom('a', 'b', 'c', null), { minLength: 2, maxLength: 30 });

describe('same value', () => {
  it.each<[string, (values: readonly (string | null)[]) => Column]>([
    ['category', (values) => categoryColumn('x', values)],
    ['text', (values) => textColumn('x', values)],
  ])('joins all pairs of equal cells of a %s column, except of common values', async (_, column) => {
    await fc.assert(
      fc.asyncProperty(cells, fc.integer({ min: 2, max: 12 }), async (values, maxMembers) => {
        fc.pre(values.filter((value) => value !== null).length >= 2);
        const count = (value: string | null) => values.filter((other) => other === value).length;
        const expected = values.flatMap((value, i) =>
          values.flatMap((other, j) =>
            j > i && value !== null && value === other && count(value) <= maxMembers ? [[i, j]] : [],
          ),
        );
        const built = await sameValue.build(
          itemGraph(values.length, [column(values)]),
          choice,
          { maxMembers },
          {},
        );
        expect(triples(built)).toEqual(expected);
        const skipped = ['a', 'b', 'c'].filter((value) => count(value) > maxMembers);
        const missing = count(null);
        expect(built.notes.length).toBe(Number(skipped.length > 0) + Number(missing > 0));
      }),
    );
  });

  it('counts what it skips and what is missing', async () => {
    const graph = itemGraph(6, [categoryColumn('x', ['a', 'a', 'a', 'b', 'b', null])]);
    const built = await sameValue.build(graph, choice, { maxMembers: 2 }, {});
    expect(triples(built)).toEqual([[3, 4]]);
    expect(built.notes).toEqual([
      "1 node without a value in 'x' got no edges.",
      '1 value of more than 2 nodes skipped (3 nodes).',
    ]);
  });

  it('names a cap that keeps within the limit on edges', async () => {
    const values = [...Array<string>(20).fill('a'), ...Array<string>(5).fill('b')];
    const graph = itemGraph(25, [categoryColumn('x', values)]);
    await expect(sameValue.build(graph, choice, { maxEdges: 100 }, {})).rejects.toMatchObject({
      name: 'LimitError',
      message: 'Equal values make 200 edges; the limit is 100.',
      remedy: expect.stringMatching(/^Set Most nodes per value to 1[0-9], or raise Most edges\.$/),
    });
  });

  it('takes yes/no columns, and refuses numbers with fractions', async () => {
    const yes = await sameValue.build(itemGraph(3, [boolColumn('x', [true, false, true])]), choice, {}, {});
    expect(triples(yes)).toEqual([[0, 2]]);
    const column = {
      kind: 'f32',
      name: 'x',
      length: 2,
      validity: null,
      values: new Float32Array(2),
    } as const;
    await expect(sameValue.build(itemGraph(2, [column]), choice, {}, {})).rejects.toMatchObject({
      name: 'TaskError',
      code: 'edge-column-kind',
    });
  });
});
