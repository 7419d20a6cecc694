import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { similarTexts } from './similarTexts.ts';
import { itemGraph, textColumn, triples } from './testGraph.ts';

const choice = { nodeType: 'item', columns: ['x'], relation: null };

/** Cosine of every pair of texts over a table of all words. */
function slowCosines(texts: readonly string[], minTexts: number, maxTextsRatio: number): number[][] {
  const bags = texts.map((text) => text.split(' ').filter((word) => word !== ''));
  const vocabulary = [...new Set(bags.flat())].filter((word) => {
    const textsWith = bags.filter((bag) => bag.includes(word)).length;
    return textsWith >= minTexts && textsWith <= Math.max(2, Math.floor(maxTextsRatio * texts.length));
  });
  const vectors = bags.map((bag) =>
    vocabulary.map((word) => {
      const textsWith = bags.filter((other) => other.includes(word)).length;
      const count = bag.filter((other) => other === word).length;
      return count * (Math.log((1 + texts.length) / (1 + textsWith)) + 1);
    }),
  );
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, at) => sum + value * (b[at] as number), 0);
  return vectors.map((a) => vectors.map((b) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))));
}

describe('similar texts', () => {
  it('are the k of largest TF-IDF cosine', async () => {
    const text = fc
      .array(fc.constantFrom('graph', 'node', 'edge', 'walk', 'heat', 'flow', 'the'), { maxLength: 8 })
      .map((words) => words.join(' '));
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 4, maxLength: 15 }),
        fc.constantFrom(0.4, 1),
        fc.integer({ min: 1, max: 2 }),
        async (texts, maxTextsRatio, minTexts) => {
          const cosines = slowCosines(texts, minTexts, maxTextsRatio);
          const usable = cosines.filter((row, own) => !Number.isNaN(row[own] as number)).length;
          fc.pre(usable > 2);
          const built = await similarTexts.build(
            itemGraph(texts.length, [textColumn('x', texts)]),
            choice,
            { k: 2, symmetrise: 'directed', maxTextsRatio, minTexts },
            {},
          );
          const edges = triples(built);
          for (const [own, row] of cosines.entries()) {
            const best = row
              .filter((cosine, other) => other !== own && cosine > 0)
              .sort((a, b) => b - a)
              .slice(0, 2);
            const found = edges.filter(([from]) => from === own);
            const weights = found.map((edge) => edge[2] as number).sort((a, b) => b - a);
            expect(weights.length).toBe(best.length);
            // Ties may be ordered by rounding: compare what was found, and that each edge tells the truth.
            weights.forEach((weight, at) => expect(weight).toBeCloseTo(best[at] as number, 6));
            for (const [, to, weight] of found) expect(weight).toBeCloseTo(row[to as number] as number, 6);
          }
        },
      ),
    );
  });

  it('read words of any script and case, composed or not, and leave out empty and missing texts', async () => {
    const texts = ['Äpfel, ЛЕС!', 'a\u0308pfel лес', '', null, 'other words', 'words other'];
    const built = await similarTexts.build(itemGraph(6, [textColumn('x', texts)]), choice, { k: 1 }, {});
    expect(triples(built)).toEqual([
      [0, 1, 1],
      [4, 5, 1],
    ]);
    expect(built.notes).toEqual([
      "1 node without a value in 'x' got no edges.",
      '4 words compared; 0 too rare or too common.',
      '1 node whose row is all zeros got no edges.',
    ]);
  });

  it('say so when no text shares a word', async () => {
    await expect(
      similarTexts.build(itemGraph(3, [textColumn('x', ['one', 'two', 'three'])]), choice, {}, {}),
    ).rejects.toMatchObject({ name: 'TaskError', code: 'edge-rows' });
  });
});
