/** Modularity, Louvain, components and homophily on graphs with known values; the karate club is read from public/datasets. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidGraphError } from '../errors.ts';
import { connectedComponents } from './connectedComponents.ts';
import { edgeHomophily } from './homophily.ts';
import { louvain } from './louvain.ts';
import { modularity } from './modularity.ts';

const read = (name: string): string[][] =>
  readFileSync(resolve(process.cwd(), 'public/datasets/karate', name), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
const edges = read('edges.csv');
const karate = {
  numNodes: 34,
  source: Int32Array.from(edges, (edge) => Number(edge[0]) - 1),
  target: Int32Array.from(edges, (edge) => Number(edge[1]) - 1),
};
const faction = Int32Array.from(read('nodes.csv'), (row) => (row[1] === 'Mr. Hi' ? 0 : 1));
const GOLDEN = resolve(process.cwd(), '../shared/golden/measures.json');

/** Q from the definition Σ_ij [A_ij − k_i k_j / 2m] δ(c_i, c_j) / 2m over a dense matrix. */
function denseModularity(numNodes: number, ends: [number, number, number][], community: number[]): number {
  const a = Array.from({ length: numNodes }, () => new Float64Array(numNodes));
  for (const [from, to, weight] of ends) {
    (a[from] as Float64Array)[to] = ((a[from] as Float64Array)[to] as number) + weight;
    (a[to] as Float64Array)[from] = ((a[to] as Float64Array)[from] as number) + weight;
  }
  const degree = a.map((row) => row.reduce((sum, value) => sum + value, 0));
  const twoM = degree.reduce((sum, value) => sum + value, 0);
  let q = 0;
  for (let i = 0; i < numNodes; i++) {
    for (let j = 0; j < numNodes; j++) {
      if (community[i] !== community[j]) continue;
      q += ((a[i]?.[j] as number) - ((degree[i] as number) * (degree[j] as number)) / twoM) / twoM;
    }
  }
  return q;
}

const weightedGraph = fc.integer({ min: 2, max: 9 }).chain((numNodes) =>
  fc.record({
    numNodes: fc.constant(numNodes),
    ends: fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: numNodes - 1 }),
        fc.integer({ min: 0, max: numNodes - 1 }),
        fc.integer({ min: 1, max: 5 }),
      ),
      { minLength: 1, maxLength: 20 },
    ),
    community: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: numNodes, maxLength: numNodes }),
  }),
);

const columns = (ends: [number, number, number][]) => ({
  source: Int32Array.from(ends, (edge) => edge[0]),
  target: Int32Array.from(ends, (edge) => edge[1]),
  weight: Float64Array.from(ends, (edge) => edge[2]),
});

describe('modularity', () => {
  it('has the known values of the two ways to count the karate club', () => {
    expect(modularity({ ...karate, community: faction })).toBeCloseTo(0.371466, 6);
    const withNineAtMrHi = faction.slice();
    withNineAtMrHi[8] = 0;
    expect(modularity({ ...karate, community: withNineAtMrHi })).toBeCloseTo(0.358235, 6);
  });

  it('equals the double sum of its definition, with weights, loops and parallel edges', () => {
    fc.assert(
      fc.property(weightedGraph, ({ numNodes, ends, community }) => {
        const value = modularity({ numNodes, ...columns(ends), community: Int32Array.from(community) });
        expect(value).toBeCloseTo(denseModularity(numNodes, ends, community), 10);
      }),
    );
  });

  it('is 0 without edges', () => {
    const none = new Int32Array(0);
    expect(modularity({ numNodes: 3, source: none, target: none, community: Int32Array.of(0, 1, 2) })).toBe(
      0,
    );
  });
});

describe('louvain', () => {
  it('reaches the best known range on the karate club from every seed', () => {
    for (let seed = 0; seed < 20; seed++) {
      const found = louvain({ ...karate, seed });
      expect(found.modularity).toBeGreaterThanOrEqual(0.41);
      expect(found.modularity).toBeLessThanOrEqual(0.4197897);
      expect(modularity({ ...karate, community: found.community })).toBe(found.modularity);
    }
  });

  it.skipIf(!existsSync(GOLDEN))('is not worse than networkx on the golden karate club', () => {
    const { cases } = JSON.parse(readFileSync(GOLDEN, 'utf8')) as {
      cases: { name: string; edges: [number, number][]; louvainModularity: number }[];
    };
    const golden = cases.find((item) => item.name === 'nodes')?.edges ?? [];
    const expected = cases.find((item) => item.name === 'pairs')?.louvainModularity ?? Infinity;
    const found = louvain({
      numNodes: 34,
      source: Int32Array.from(golden, (edge) => edge[0]),
      target: Int32Array.from(golden, (edge) => edge[1]),
      seed: 1,
    });
    expect(found.modularity).toBeGreaterThanOrEqual(expected - 1e-3);
  });

  it('finds two cliques joined by one edge, the larger first', () => {
    const ends: [number, number, number][] = [[3, 4, 1]];
    for (let i = 0; i < 4; i++) for (let j = 0; j < i; j++) ends.push([i, j, 1]);
    for (let i = 4; i < 9; i++) for (let j = 4; j < i; j++) ends.push([i, j, 1]);
    const { community, numCommunities } = louvain({ numNodes: 9, ...columns(ends), seed: 3 });
    expect(numCommunities).toBe(2);
    expect([...community]).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0]);
  });

  it('follows weights', () => {
    const ends: [number, number, number][] = [
      [0, 1, 10],
      [1, 2, 1],
      [2, 3, 10],
      [3, 0, 1],
    ];
    expect([...louvain({ numNodes: 4, ...columns(ends), seed: 1 }).community]).toEqual([0, 0, 1, 1]);
  });

  it('never returns less than every node on its own, and no move of one node improves it', () => {
    fc.assert(
      fc.property(weightedGraph, ({ numNodes, ends }) => {
        const graph = { numNodes, ...columns(ends) };
        const found = louvain({ ...graph, seed: 5 });
        const alone = modularity({ ...graph, community: Int32Array.from({ length: numNodes }, (_, i) => i) });
        expect(found.modularity).toBeGreaterThanOrEqual(alone - 1e-12);
        for (let node = 0; node < numNodes; node++) {
          for (let label = 0; label < found.numCommunities; label++) {
            const moved = found.community.slice();
            moved[node] = label;
            expect(modularity({ ...graph, community: moved })).toBeLessThanOrEqual(found.modularity + 1e-9);
          }
        }
      }),
    );
  });

  it('is the same for the same seed and leaves isolated nodes alone', () => {
    const graph = { numNodes: 36, source: karate.source, target: karate.target };
    const first = louvain({ ...graph, seed: 11 });
    expect(louvain({ ...graph, seed: 11 })).toEqual(first);
    expect(first.community[34]).toBe(first.numCommunities - 2);
    expect(first.community[35]).toBe(first.numCommunities - 1);
  });

  it('refuses an end outside the graph', () => {
    const bad = { numNodes: 2, source: Int32Array.of(0), target: Int32Array.of(2), seed: 1 };
    expect(() => louvain(bad)).toThrow(
      new InvalidGraphError('Edge 0 ends at node index 2; the graph has 2 nodes.', {
        code: 'edge-end',
        remedy: 'Check the edge table against the node table.',
        details: { edge: 0, node: 2, numNodes: 2 },
      }),
    );
  });
});

describe('connectedComponents', () => {
  it('numbers components by size, isolated nodes last', () => {
    const found = connectedComponents(7, Int32Array.of(1, 5, 5), Int32Array.of(2, 4, 6));
    expect([...found.component]).toEqual([2, 1, 1, 3, 0, 0, 0]);
    expect([...found.sizes]).toEqual([3, 2, 1, 1]);
    expect(found.numComponents).toBe(4);
  });

  it('agrees with flooding on random graphs', () => {
    fc.assert(
      fc.property(weightedGraph, ({ numNodes, ends }) => {
        const { source, target } = columns(ends);
        const { component } = connectedComponents(numNodes, source, target);
        const label = Array.from({ length: numNodes }, (_, node) => node);
        for (let round = 0; round < numNodes; round++) {
          for (const [from, to] of ends) {
            const low = Math.min(label[from] as number, label[to] as number);
            label[from] = low;
            label[to] = low;
          }
        }
        for (let i = 0; i < numNodes; i++) {
          for (let j = 0; j < numNodes; j++) {
            expect(component[i] === component[j]).toBe(label[i] === label[j]);
          }
        }
      }),
    );
  });
});

describe('edgeHomophily', () => {
  it('counts edges between labelled nodes, loops left out', () => {
    const source = Int32Array.of(0, 0, 1, 2, 3);
    const target = Int32Array.of(1, 2, 1, 3, 0);
    const labels = Int32Array.of(0, 0, 1, -1);
    expect(edgeHomophily(source, target, labels)).toEqual({ edgeHomophilyRatio: 0.5, numEdgesCounted: 2 });
  });

  it('is null when no edge counts', () => {
    const none = edgeHomophily(Int32Array.of(0), Int32Array.of(1), Int32Array.of(-1, 0));
    expect(none).toEqual({ edgeHomophilyRatio: null, numEdgesCounted: 0 });
  });

  it('of the karate factions is 68 of 78', () => {
    expect(edgeHomophily(karate.source, karate.target, faction).edgeHomophilyRatio).toBe(68 / 78);
  });
});
