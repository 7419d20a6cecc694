import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LimitError, TaskError } from '../errors.ts';
import { edgeGraph, triples } from './testGraph.ts';
import { sharedNeighbours } from './sharedNeighbours.ts';

const choice = { nodeType: 'a', columns: [], relation: null };
const WRITES = { relation: 'writes', sourceType: 0, targetType: 1, directed: true };

/** Pairs of a-nodes by comparing their sets of neighbours. */
function slowProjection(
  sizeA: number,
  edges: readonly (readonly [number, number])[],
  weight: string,
  maxDegree: number,
  minShared: number,
): number[][] {
  const members = new Map<number, Set<number>>();
  for (const [a, b] of edges) members.set(b, (members.get(b) ?? new Set()).add(a));
  const hubs = new Set([...members].filter(([, set]) => set.size > maxDegree).map(([b]) => b));
  const neighbours = Array.from(
    { length: sizeA },
    (_, a) => new Set(edges.filter(([from, to]) => from === a && !hubs.has(to)).map(([, to]) => to)),
  );
  const found: number[][] = [];
  neighbours.forEach((own, i) => {
    neighbours.forEach((others, j) => {
      const shared = [...own].filter((b) => others.has(b));
      if (j <= i || shared.length < Math.max(1, minShared)) return;
      const value = {
        count: shared.length,
        jaccard: shared.length / new Set([...own, ...others]).size,
        newman: shared.reduce((sum, b) => sum + 1 / ((members.get(b) as Set<number>).size - 1), 0),
      }[weight] as number;
      found.push([i, j, value]);
    });
  });
  return found;
}

describe('shared neighbours', () => {
  it.each(['count', 'jaccard', 'newman'])('are those of comparing sets, weight %s', async (weight) => {
    const edges = fc.array(fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 8, max: 13 })), {
      minLength: 1,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(
        edges,
        fc.integer({ min: 2, max: 8 }),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        async (pairs, maxDegree, minShared, isReversed) => {
          // Whichever way the edges point, the same authors share the same papers.
          const type = isReversed ? { ...WRITES, sourceType: 1, targetType: 0 } : WRITES;
          const drawn = isReversed ? pairs.map(([a, b]) => [b, a] as const) : pairs;
          const graph = edgeGraph([8, 6], [{ ...type, edges: drawn }]);
          const built = await sharedNeighbours.build(graph, choice, { weight, maxDegree, minShared }, {});
          const expected = slowProjection(8, pairs, weight, maxDegree, minShared);
          expect(triples(built, 0).map(([i, j]) => [i, j])).toEqual(expected.map(([i, j]) => [i, j]));
          expected.forEach(([, , value], at) => expect(built.weight?.[at]).toBeCloseTo(value as number, 6));
        },
      ),
    );
  });

  it('skip hubs and count them', async () => {
    const edges = [0, 1, 2, 3].map((a) => [a, 4] as const);
    const graph = edgeGraph([4, 2], [{ ...WRITES, edges: [...edges, [0, 5], [1, 5]] }]);
    const built = await sharedNeighbours.build(graph, choice, { maxDegree: 3 }, {});
    expect(triples(built, 0)).toEqual([[0, 1, 1]]);
    expect(built.notes).toEqual(['1 shared neighbour of more than 3 nodes skipped; the largest has 4.']);
    expect(built).toMatchObject({ nodeType: 0, directed: false, relation: 'shares' });
  });

  it('tell sources that share targets from targets that share sources in a graph of one type', async () => {
    const cites = { relation: 'cites', sourceType: 0, targetType: 0, directed: true };
    // 0 and 1 cite 2; 2 cites 3 and 4, and itself, which says nothing.
    const edges = [
      [0, 2],
      [1, 2],
      [2, 3],
      [2, 4],
      [2, 2],
    ] as const;
    const graph = edgeGraph([5, 0], [{ ...cites, edges }]);
    const pairs = async (end: string) => triples(await sharedNeighbours.build(graph, choice, { end }, {}), 0);
    expect(await pairs('source')).toEqual([[0, 1, 1]]);
    expect(await pairs('target')).toEqual([[3, 4, 1]]);
    expect((await pairs('any')).length).toBe(6);
  });

  it('read one relation when it is named, and no deleted edges', async () => {
    const graph = edgeGraph(
      [3, 2],
      [
        {
          ...WRITES,
          edges: [
            [0, 3],
            [1, 3],
          ] as const,
        },
        {
          ...WRITES,
          relation: 'reads',
          edges: [
            [1, 4],
            [2, 4],
          ] as const,
        },
      ],
    );
    const build = (relation: string | null, of = graph) =>
      sharedNeighbours.build(of, { ...choice, relation }, {}, {});
    expect(triples(await build('reads'), 0)).toEqual([[1, 2, 1]]);
    expect((await build(null)).source.length).toBe(2);
    const edited = { ...graph, deletedEdges: { length: 4, bits: Uint8Array.of(0b1000) } };
    expect(triples(await build(null, edited), 0)).toEqual([[0, 1, 1]]);
    await expect(build('likes')).rejects.toThrow(TaskError);
    await expect(build('likes')).rejects.toMatchObject({
      code: 'edge-relation',
      remedy: "Choose 'writes', 'reads', with the joined nodes at either end.",
    });
  });

  it('stop above the limit on edges', async () => {
    const graph = edgeGraph(
      [9, 1],
      [{ ...WRITES, edges: Array.from({ length: 9 }, (_, a) => [a, 9] as const) }],
    );
    const attempt = sharedNeighbours.build(graph, choice, { maxEdges: 35 }, {});
    await expect(attempt).rejects.toThrow(LimitError);
    expect((await sharedNeighbours.build(graph, choice, { maxEdges: 36 }, {})).source.length).toBe(36);
  });
});
