import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsetOf } from './bitset.ts';
import type { Graph } from './graph.ts';
import { buildGraph } from './graphBuilder.ts';
import { sampleNodes } from './sampleNodes.ts';
import { utf8Table } from './utf8Table.ts';

function graphOf(count: number, pairs: readonly (readonly [number, number])[]): Graph {
  return buildGraph({
    name: 'test',
    nodeTables: [{ type: 'node', columns: [], count }],
    nodeIds: utf8Table(Array.from({ length: count }, (_, node) => `n${node}`)),
    edgeTypes: [{ relation: 'edge', sourceType: 0, targetType: 0, directed: false }],
    source: Int32Array.from(pairs, (pair) => pair[0]),
    target: Int32Array.from(pairs, (pair) => pair[1]),
    edgeType: null,
    edgeColumns: [],
  });
}

/** A star around node 0 and a ring through all nodes. */
function wheel(count: number): Graph {
  const spokes = Array.from({ length: count - 1 }, (_, at) => [0, at + 1] as const);
  const ring = Array.from({ length: count - 1 }, (_, at) => [at + 1, ((at + 1) % (count - 1)) + 1] as const);
  return graphOf(count, [...spokes, ...ring]);
}

const arbitraryGraph = fc
  .integer({ min: 1, max: 60 })
  .chain((count) =>
    fc
      .array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 120 })
      .map((pairs) => graphOf(count, pairs)),
  );

describe('sampleNodes', () => {
  it('shows everything below the limits', () => {
    const sample = sampleNodes(wheel(10), { maxNodes: 10, maxEdges: 18, keep: [], seed: 0 });
    expect([...sample.nodes]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(sample.edges.length).toBe(18);
    expect([sample.totalNodes, sample.totalEdges]).toEqual([10, 18]);
  });

  it('keeps what it is told to and the hub, and counts what it left out', () => {
    const sample = sampleNodes(wheel(1000), { maxNodes: 20, maxEdges: 1000, keep: [777, 778], seed: 0 });
    expect(sample.nodes.length).toBe(20);
    expect([...sample.nodes]).toEqual(expect.arrayContaining([0, 777, 778]));
    expect([sample.totalNodes, sample.totalEdges]).toEqual([1000, 1998]);
  });

  it('keeps the edges of kept nodes when edges are over the limit', () => {
    const graph = wheel(200);
    const sample = sampleNodes(graph, { maxNodes: 200, maxEdges: 10, keep: [50], seed: 0 });
    const ends = [...sample.edges].map((edge) => [graph.source[edge], graph.target[edge]]);
    expect(sample.edges.length).toBe(10);
    expect(ends.filter((pair) => pair.includes(50)).length).toBe(3);
  });

  it('leaves deleted nodes and their edges out', () => {
    const graph = { ...wheel(6), deletedNodes: bitsetOf(6, [0]) };
    const sample = sampleNodes(graph, { maxNodes: 10, maxEdges: 20, keep: [0], seed: 0 });
    expect([...sample.nodes]).toEqual([1, 2, 3, 4, 5]);
    expect([sample.totalNodes, sample.totalEdges]).toEqual([5, 5]);
  });

  it('moves few nodes when what is kept changes', () => {
    const graph = wheel(2000);
    const options = { maxNodes: 100, maxEdges: 1000, seed: 0 };
    const before = new Set(sampleNodes(graph, { ...options, keep: [] }).nodes);
    const after = sampleNodes(graph, { ...options, keep: [1500, 1501] }).nodes;
    expect([...after].filter((node) => !before.has(node)).length).toBeLessThanOrEqual(4);
  });

  it('is deterministic, in range, sorted, and closed under its edges', () => {
    fc.assert(
      fc.property(arbitraryGraph, fc.nat(30), fc.nat(40), fc.nat(9), (graph, maxNodes, maxEdges, seed) => {
        const options = { maxNodes, maxEdges, keep: [], seed };
        const sample = sampleNodes(graph, options);
        expect(sampleNodes(graph, options)).toEqual(sample);
        expect(sample.nodes.length).toBe(Math.min(maxNodes, sample.totalNodes));
        expect(sample.edges.length).toBeLessThanOrEqual(maxEdges);
        expect([...sample.nodes]).toEqual([...new Set(sample.nodes)].sort((a, b) => a - b));
        const shown = new Set(sample.nodes);
        for (const edge of sample.edges) {
          expect(shown.has(graph.source[edge] as number) && shown.has(graph.target[edge] as number)).toBe(
            true,
          );
        }
      }),
    );
  });
});
