/** Node measures against networkx on the karate club, against slow definitions on random graphs, and on known shapes. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../bitset.ts';
import { CancelledError, ParameterError } from '../errors.ts';
import { buildGraph } from '../graphBuilder.ts';
import { buildMessageGraph, type MessageGraph } from '../messageGraph.ts';
import { utf8Table } from '../utf8Table.ts';
import { betweenness } from './betweenness.ts';
import { clusteringCoefficients } from './clusteringCoefficients.ts';
import { coreNumbers } from './coreNumbers.ts';
import { degreeAssortativity, density } from './degreeDistribution.ts';
import { pageRank, type PageRankOptions } from './pageRank.ts';
import { simpleAdjacency } from './simpleAdjacency.ts';

type Ends = readonly (readonly [number, number, number?])[];

function messages(numNodes: number, ends: Ends, directed = false): MessageGraph {
  const graph = buildGraph({
    name: 'g',
    nodeTables: [{ type: 'node', columns: [], count: numNodes }],
    nodeIds: utf8Table(Array.from({ length: numNodes }, (_, node) => String(node))),
    edgeTypes: [{ relation: 'to', sourceType: 0, targetType: 0, directed }],
    source: Int32Array.from(ends, (edge) => edge[0]),
    target: Int32Array.from(ends, (edge) => edge[1]),
    edgeType: null,
    edgeColumns: [
      {
        kind: 'f32',
        name: 'w',
        length: ends.length,
        validity: null,
        values: Float32Array.from(ends, (edge) => edge[2] ?? 1),
      },
    ],
  });
  return buildMessageGraph(graph, { flow: 'forward', weightColumn: 'w' });
}
const simple = (numNodes: number, ends: Ends, directed = false) =>
  simpleAdjacency(messages(numNodes, ends, directed));

const graphs = fc.integer({ min: 1, max: 9 }).chain((numNodes) => {
  const node = fc.integer({ min: 0, max: numNodes - 1 });
  return fc.record({
    numNodes: fc.constant(numNodes),
    ends: fc.array(fc.tuple(node, node, fc.integer({ min: 0, max: 4 })), { maxLength: 24 }),
  });
});

/** Symmetric 0/1 matrix without a diagonal. */
function matrix(numNodes: number, ends: Ends, directed = false): number[][] {
  const a = Array.from({ length: numNodes }, () => new Array<number>(numNodes).fill(0));
  for (const [from, to] of ends) {
    if (from === to) continue;
    (a[from] as number[])[to] = 1;
    if (!directed) (a[to] as number[])[from] = 1;
  }
  return a;
}

const GOLDEN = resolve(process.cwd(), '../shared/golden/measures.json');
interface Golden {
  readonly edges: [number, number][];
  readonly pageRank085: number[];
  readonly betweenness: number[];
  readonly clustering: number[];
  readonly coreNumber: number[];
  readonly triangles: number[];
  readonly assortativity: number;
  readonly transitivity: number;
  readonly density: number;
}
function golden(): Golden {
  const { cases } = JSON.parse(readFileSync(GOLDEN, 'utf8')) as { cases: (Golden & { name: string })[] };
  return cases.find((item) => item.name === 'nodes') as Golden;
}
function expectClose(received: ArrayLike<number>, expected: readonly number[], digits: number): void {
  expect(received.length).toBe(expected.length);
  expected.forEach((value, node) => expect(received[node]).toBeCloseTo(value, digits));
}
const PAGERANK: PageRankOptions = { damping: 0.85, tolerance: 1e-12, maxIterations: 1000 };

describe.skipIf(!existsSync(GOLDEN))('golden karate club of networkx 2.8.8', () => {
  it('core numbers, clustering, triangles and transitivity', async () => {
    const expected = golden();
    const adjacency = simple(34, expected.edges);
    expect([...coreNumbers(adjacency)]).toEqual(expected.coreNumber);
    const found = await clusteringCoefficients(adjacency);
    expectClose(found.coefficient, expected.clustering, 12);
    expect([...found.triangles]).toEqual(expected.triangles);
    expect(found.transitivity).toBeCloseTo(expected.transitivity, 12);
  });

  it('PageRank', async () => {
    const expected = golden();
    const { rank } = await pageRank(messages(34, expected.edges), PAGERANK);
    expectClose(rank, expected.pageRank085, 9);
  });

  it('betweenness', async () => {
    const expected = golden();
    const found = await betweenness(simple(34, expected.edges), { maxPivots: 34, seed: 0 });
    expectClose(found.centrality, expected.betweenness, 12);
    expect(found.isExact).toBe(true);
  });

  it('assortativity and density', () => {
    const expected = golden();
    const source = Int32Array.from(expected.edges, (edge) => edge[0]);
    const target = Int32Array.from(expected.edges, (edge) => edge[1]);
    expect(degreeAssortativity(34, source, target)).toBeCloseTo(expected.assortativity, 12);
    expect(density(34, 78, false)).toBeCloseTo(expected.density, 12);
  });
});

describe('coreNumbers', () => {
  it('equals peeling by definition on random graphs', () => {
    fc.assert(
      fc.property(graphs, ({ numNodes, ends }) => {
        const a = matrix(numNodes, ends);
        const expected = new Array<number>(numNodes).fill(0);
        for (let k = 1; k < numNodes; k++) {
          const left = new Set(a.keys());
          const degree = (node: number): number =>
            [...left].reduce((sum, other) => sum + (a[node]?.[other] as number), 0);
          for (let low: number | undefined; ; ) {
            low = [...left].find((node) => degree(node) < k);
            if (low === undefined) break;
            left.delete(low);
          }
          for (const node of left) expected[node] = k;
        }
        expect([...coreNumbers(simple(numNodes, ends))]).toEqual(expected);
      }),
    );
  });

  it('of a clique with a tail is the clique size less one, then 1; isolated 0', () => {
    const clique: Ends = [
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
      [3, 4],
      [4, 4],
    ];
    expect([...coreNumbers(simple(6, clique))]).toEqual([3, 3, 3, 3, 1, 0]);
  });
});

describe('pageRank', () => {
  /** Power iteration on the dense Google matrix. */
  function densePageRank(numNodes: number, ends: Ends, directed: boolean, damping: number): number[] {
    const a = Array.from({ length: numNodes }, () => new Array<number>(numNodes).fill(0));
    const add = (from: number, to: number, weight: number): void => {
      (a[from] as number[])[to] = (a[from]?.[to] as number) + weight;
    };
    for (const [from, to, weight = 1] of ends) {
      add(from, to, weight);
      if (!directed && from !== to) add(to, from, weight);
    }
    let rank = new Array<number>(numNodes).fill(1 / numNodes);
    for (let iteration = 0; iteration < 2000; iteration++) {
      const next = new Array<number>(numNodes).fill((1 - damping) / numNodes);
      a.forEach((row, from) => {
        const sum = row.reduce((x, y) => x + y, 0);
        row.forEach((weight, to) => {
          const share = sum === 0 ? 1 / numNodes : weight / sum;
          next[to] = (next[to] as number) + damping * share * (rank[from] as number);
        });
      });
      rank = next;
    }
    return rank;
  }

  it('is the stationary distribution of the dense Google matrix, directed or not, with weights', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.boolean(), async ({ numNodes, ends }, directed) => {
        const { rank } = await pageRank(messages(numNodes, ends, directed), PAGERANK);
        expectClose(rank, densePageRank(numNodes, ends, directed, 0.85), 8);
      }),
      { numRuns: 30 },
    );
  });

  it('leaves excluded nodes out of every jump', async () => {
    const { rank } = await pageRank(messages(3, [[0, 1]]), { ...PAGERANK, exclude: bitsetOf(3, [2]) });
    expectClose(rank, [0.5, 0.5, 0], 9);
  });

  it('refuses to return a rank that still moves', async () => {
    const path = messages(
      3,
      [
        [0, 1],
        [1, 2],
      ],
      true,
    );
    await expect(pageRank(path, { ...PAGERANK, maxIterations: 1 })).rejects.toThrow(ParameterError);
  });

  it('reports progress that never falls and ends at 1', async () => {
    const seen: number[] = [];
    const path = messages(4, [
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    await pageRank(path, PAGERANK, { report: (ratio) => seen.push(ratio) });
    expect(seen.at(-1)).toBe(1);
    expect(seen.every((ratio) => ratio >= 0 && ratio <= 1)).toBe(true);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('of no nodes is empty', async () => {
    expect((await pageRank(messages(0, []), PAGERANK)).rank).toHaveLength(0);
  });
});

describe('clusteringCoefficients', () => {
  it('equals counting joined pairs of neighbours on random graphs', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async ({ numNodes, ends }) => {
        const a = matrix(numNodes, ends);
        const expected = a.map((row) => {
          const near = row.flatMap((joined, node) => (joined === 1 ? [node] : []));
          const joined = near.flatMap((x) => near.map((y) => a[x]?.[y] as number)).reduce((x, y) => x + y, 0);
          return near.length < 2 ? 0 : joined / (near.length * (near.length - 1));
        });
        expectClose((await clusteringCoefficients(simple(numNodes, ends))).coefficient, expected, 12);
      }),
    );
  });
});

describe('betweenness', () => {
  /** Enumerates every shortest path. */
  function slowBetweenness(a: number[][]): number[] {
    const n = a.length;
    const through = new Array<number>(n).fill(0);
    for (let s = 0; s < n; s++) {
      for (let t = 0; t < n; t++) {
        if (s === t) continue;
        let paths: number[][] = [[s]];
        for (let length = 0; length < n && !paths.some((path) => path.at(-1) === t); length++) {
          paths = paths.flatMap((path) =>
            (a[path.at(-1) as number] as number[]).flatMap((joined, next) =>
              joined === 1 && !path.includes(next) ? [[...path, next]] : [],
            ),
          );
        }
        const found = paths.filter((path) => path.at(-1) === t);
        for (const path of found) {
          for (const node of path.slice(1, -1)) {
            through[node] = (through[node] as number) + 1 / found.length;
          }
        }
      }
    }
    return through.map((value) => (n < 3 ? 0 : value / ((n - 1) * (n - 2))));
  }

  it('equals enumerating the shortest paths, directed or not', async () => {
    const small = graphs.filter(({ numNodes }) => numNodes <= 7);
    await fc.assert(
      fc.asyncProperty(small, fc.boolean(), async ({ numNodes, ends }, directed) => {
        const found = await betweenness(simple(numNodes, ends, directed), { maxPivots: 100, seed: 0 });
        expectClose(found.centrality, slowBetweenness(matrix(numNodes, ends, directed)), 10);
      }),
      { numRuns: 40 },
    );
  });

  it('of pivots is unbiased: the mean over many seeds nears the exact value', async () => {
    const ring: Ends = [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 5],
      [5, 0],
      [0, 6],
      [6, 7],
    ];
    const exact = await betweenness(simple(8, ring), { maxPivots: 8, seed: 0 });
    const mean = new Float64Array(8);
    for (let seed = 0; seed < 400; seed++) {
      const found = await betweenness(simple(8, ring), { maxPivots: 3, seed });
      expect(found).toMatchObject({ numPivots: 3, isExact: false });
      found.centrality.forEach((value, node) => {
        mean[node] = (mean[node] as number) + value / 400;
      });
    }
    exact.centrality.forEach((value, node) =>
      expect(Math.abs((mean[node] as number) - value)).toBeLessThan(0.03),
    );
  });

  it('holds where there are more paths than float64 can count', async () => {
    // 1,100 diamonds in a row: 2^1100 shortest paths from end to end.
    const ends: [number, number][] = [];
    const diamonds = 1100;
    for (let k = 0; k < diamonds; k++) {
      const [left, upper, lower, right] = [3 * k, 3 * k + 1, 3 * k + 2, 3 * k + 3];
      ends.push([left, upper], [left, lower], [upper, right], [lower, right]);
    }
    const n = 3 * diamonds + 1;
    const found = await betweenness(simple(n, ends), { maxPivots: n, seed: 0 });
    const middle = 3 * (diamonds / 2);
    // Every pair on different sides of the middle passes it, and half of the paths across the two diamonds beside it.
    const pairs = 2 * middle * (n - 1 - middle) + 2;
    expect(found.centrality[middle]).toBeCloseTo(pairs / ((n - 1) * (n - 2)), 10);
    expect(found.centrality[0]).toBeCloseTo(1 / ((n - 1) * (n - 2)), 14);
    expect(found.centrality[1]).toBeCloseTo(found.centrality[2] as number, 12);
  });

  it('counts only the nodes that take part', async () => {
    const path: Ends = [
      [0, 1],
      [1, 2],
    ];
    const found = await betweenness(simple(5, path), {
      maxPivots: 10,
      seed: 0,
      exclude: bitsetOf(5, [3, 4]),
    });
    expect([...found.centrality]).toEqual([0, 1, 0, 0, 0]);
  });

  it('stops when cancelled', async () => {
    const controller = new AbortController();
    const running = betweenness(
      simple(3, [
        [0, 1],
        [1, 2],
      ]),
      { maxPivots: 3, seed: 0 },
      { signal: controller.signal, report: () => controller.abort() },
    );
    await expect(running).rejects.toEqual(new CancelledError('Betweenness'));
  });
});
