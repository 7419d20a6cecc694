/** Leiden: quality on the karate club, and its guarantee that communities are connected, on random graphs. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CancelledError } from '../errors.ts';
import { leiden } from './leiden.ts';
import { modularity } from './modularity.ts';

const edges = readFileSync(resolve(process.cwd(), 'public/datasets/karate/edges.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','));
const karate = {
  numNodes: 34,
  source: Int32Array.from(edges, (edge) => Number(edge[0]) - 1),
  target: Int32Array.from(edges, (edge) => Number(edge[1]) - 1),
};

const weighted = fc.integer({ min: 2, max: 14 }).chain((numNodes) => {
  const node = fc.integer({ min: 0, max: numNodes - 1 });
  return fc
    .array(fc.tuple(node, node, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 36 })
    .map((ends) => ({
      numNodes,
      source: Int32Array.from(ends, (edge) => edge[0]),
      target: Int32Array.from(ends, (edge) => edge[1]),
      weight: Float64Array.from(ends, (edge) => edge[2]),
    }));
});

/** Members reached from the first one by edges of positive weight inside the community. */
function reachable(graph: typeof karate & { weight: Float64Array }, members: number[]): Set<number> {
  const inside = new Set(members);
  const reached = new Set(members.slice(0, 1));
  for (let round = 0; round < members.length; round++) {
    graph.source.forEach((from, edge) => {
      const to = graph.target[edge] as number;
      if (graph.weight[edge] === 0 || !inside.has(from) || !inside.has(to)) return;
      if (reached.has(from)) reached.add(to);
      if (reached.has(to)) reached.add(from);
    });
  }
  return reached;
}

describe('leiden', () => {
  it('reaches the best known range on the karate club from every seed', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const found = await leiden({ ...karate, seed });
      expect(found.modularity).toBeGreaterThanOrEqual(0.415);
      expect(found.modularity).toBeLessThanOrEqual(0.4197897);
      expect(modularity({ ...karate, community: found.community })).toBe(found.modularity);
    }
  });

  it('gives connected communities on random graphs, and no move of one node improves them', async () => {
    await fc.assert(
      fc.asyncProperty(weighted, fc.integer({ min: 0, max: 99 }), async (graph, seed) => {
        const { community, numCommunities, modularity: reached } = await leiden({ ...graph, seed });
        for (let label = 0; label < numCommunities; label++) {
          const members = [...community.keys()].filter((node) => community[node] === label);
          expect(members.length).toBeGreaterThan(0);
          expect(reachable(graph, members).size).toBe(members.length);
        }
        for (let node = 0; node < graph.numNodes; node++) {
          for (let label = 0; label < numCommunities; label++) {
            const moved = community.slice();
            moved[node] = label;
            expect(modularity({ ...graph, community: moved })).toBeLessThanOrEqual(reached + 1e-9);
          }
        }
      }),
    );
  });

  it('finds ring cliques, follows the resolution, and repeats itself for the same seed', async () => {
    const source: number[] = [];
    const target: number[] = [];
    for (let clique = 0; clique < 6; clique++) {
      for (let i = 0; i < 5; i++) {
        for (let j = 0; j < i; j++) {
          source.push(5 * clique + i);
          target.push(5 * clique + j);
        }
      }
      source.push(5 * clique);
      target.push(5 * ((clique + 1) % 6) + 1);
    }
    const ring = { numNodes: 30, source: Int32Array.from(source), target: Int32Array.from(target) };
    const found = await leiden({ ...ring, seed: 4 });
    expect(found.community).toEqual(Int32Array.from({ length: 30 }, (_, node) => Math.floor(node / 5)));
    expect(await leiden({ ...ring, seed: 4 })).toEqual(found);
    expect((await leiden({ ...ring, seed: 4, resolution: 0.01 })).numCommunities).toBeLessThan(6);
  });

  it('leaves every node alone without edges, and stops when cancelled', async () => {
    const none = new Int32Array(0);
    const empty = { numNodes: 3, source: none, target: none, seed: 0 };
    expect([...(await leiden(empty)).community]).toEqual([0, 1, 2]);
    const signal = AbortSignal.abort();
    await expect(leiden({ ...karate, seed: 0 }, { signal })).rejects.toEqual(new CancelledError('Leiden'));
  });
});
