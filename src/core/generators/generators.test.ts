/** The generators hold the counts they promise and the shares they aim at. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edgeHomophily } from '../graphMetrics/homophily.ts';
import { randomSequence, STREAM } from '../random.ts';
import { type BlockModelOptions, degreeCorrectedBlockModel } from './degreeCorrectedBlockModel.ts';
import { topicWords } from './topicWords.ts';
import { weightedChoice } from './weightedChoice.ts';

const options: BlockModelOptions = {
  blockSizes: [500, 300, 200],
  meanDegree: 6,
  homophilyRatio: 0.8,
  degreeExponent: 2.8,
  everyNodeLinks: false,
  seed: 1,
};

function degrees(graph: { source: Int32Array; target: Int32Array }, numNodes: number): Int32Array {
  const degree = new Int32Array(numNodes);
  for (const node of [...graph.source, ...graph.target]) degree[node] = (degree[node] as number) + 1;
  return degree;
}

describe('degreeCorrectedBlockModel', () => {
  it('has exactly the block sizes and the number of edges asked for', () => {
    const graph = degreeCorrectedBlockModel(options);
    const sizes = [0, 1, 2].map((block) => graph.block.filter((own) => own === block).length);
    expect(sizes).toEqual([500, 300, 200]);
    expect(graph.source.length).toBe(3000);
  });

  it('is simple: no loops, no doubled edges, source below target', () => {
    const shape = fc.record({ seed: fc.integer(), everyNodeLinks: fc.boolean() });
    fc.assert(
      fc.property(shape, (given) => {
        const graph = degreeCorrectedBlockModel({ ...options, blockSizes: [30, 20], ...given });
        const keys = Array.from(graph.source, (from, edge) => {
          expect(from).toBeLessThan(graph.target[edge] as number);
          return from * 50 + (graph.target[edge] as number);
        });
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 25 },
    );
  });

  it.each([0.1, 0.5, 0.8])('keeps the homophily asked for: %f', (homophilyRatio) => {
    const graph = degreeCorrectedBlockModel({ ...options, homophilyRatio });
    const { edgeHomophilyRatio } = edgeHomophily(graph.source, graph.target, graph.block);
    // Three standard deviations of 3,000 draws, and a little for the edges drawn again.
    expect(Math.abs((edgeHomophilyRatio ?? 0) - homophilyRatio)).toBeLessThan(0.04);
  });

  it('has hubs where degrees are corrected and none where they are even', () => {
    const uneven = Math.max(...degrees(degreeCorrectedBlockModel(options), 1000));
    const even = Math.max(...degrees(degreeCorrectedBlockModel({ ...options, degreeExponent: 1000 }), 1000));
    expect(uneven).toBeGreaterThan(30);
    expect(even).toBeLessThan(20);
  });

  it('leaves no node isolated when every node links', () => {
    expect(Math.min(...degrees(degreeCorrectedBlockModel(options), 1000))).toBe(0);
    const linked = degreeCorrectedBlockModel({ ...options, everyNodeLinks: true });
    expect(Math.min(...degrees(linked, 1000))).toBe(1);
  });

  it('is the same for the same seed and another for another', () => {
    expect(degreeCorrectedBlockModel(options)).toEqual(degreeCorrectedBlockModel(options));
    expect(degreeCorrectedBlockModel({ ...options, seed: 2 })).not.toEqual(
      degreeCorrectedBlockModel(options),
    );
  });

  it('refuses more edges than fit', () => {
    const full = { ...options, blockSizes: [3], meanDegree: 20 };
    expect(() => degreeCorrectedBlockModel(full)).toThrow('30 edges do not fit these blocks.');
  });
});

describe('topicWords', () => {
  const block = Int32Array.from({ length: 600 }, (_, node) => node % 3);
  const wordOptions = {
    block,
    numBlocks: 3,
    numWords: 200,
    wordsPerTopic: 30,
    meanWords: 15,
    topicRatio: 0.5,
    seed: 1,
  };

  it('gives every document different words of the vocabulary in ascending order, about as many as asked', () => {
    const words = topicWords(wordOptions);
    expect([words.rows, words.cols]).toEqual([600, 200]);
    for (let row = 0; row < 600; row++) {
      const own = words.colIndex.subarray(words.rowPtr[row], words.rowPtr[row + 1]);
      expect(own.length).toBeGreaterThanOrEqual(8);
      expect(own.length).toBeLessThanOrEqual(22);
      own.forEach((word, at) => {
        expect(word).toBeGreaterThan(at === 0 ? -1 : (own[at - 1] as number));
        expect(word).toBeLessThan(200);
      });
    }
    expect(words.colIndex.length / 600).toBeCloseTo(15, 0);
  });

  it('shares more words within a topic than between topics', () => {
    const words = topicWords(wordOptions);
    const counts = [0, 1, 2].map(() => new Float64Array(200));
    for (let row = 0; row < 600; row++) {
      const own = counts[block[row] as number] as Float64Array;
      for (let at = words.rowPtr[row] as number; at < (words.rowPtr[row + 1] as number); at++) {
        const word = words.colIndex[at] as number;
        own[word] = (own[word] as number) + 1;
      }
    }
    const cosine = (a: Float64Array, b: Float64Array): number => {
      const dot = (p: Float64Array, q: Float64Array): number =>
        p.reduce((sum, v, i) => sum + v * (q[i] as number), 0);
      return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    };
    expect(cosine(counts[0] as Float64Array, counts[1] as Float64Array)).toBeLessThan(0.8);
  });
});

describe('weightedChoice', () => {
  it('draws in proportion and never a weight of 0', () => {
    const draw = weightedChoice([1, 0, 3], randomSequence(1, STREAM.generator));
    const drawn = Array.from({ length: 4000 }, draw);
    expect(drawn.filter((index) => index === 1)).toEqual([]);
    const thirds = drawn.filter((index) => index === 2).length;
    expect(Math.abs(thirds / 4000 - 0.75)).toBeLessThan(0.03);
  });

  it('refuses weights without a positive sum', () => {
    expect(() => weightedChoice([0, 0], randomSequence(1, 1))).toThrow('Every weight is 0.');
  });
});
