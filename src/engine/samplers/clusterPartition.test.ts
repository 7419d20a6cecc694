import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageGraph } from '../../core/messageGraph.ts';
import { clusterPartition, type ClusterPartition } from './clusterPartition.ts';
import { awkwardGraph, blockGraph, messageGraphOf, undirectedGraph } from './testMessageGraph.ts';

/** Share of arcs whose two ends are in one part. */
function insideRatio(graph: MessageGraph, part: Int32Array): number {
  let inside = 0;
  for (let row = 0; row < graph.numNodes; row++) {
    for (let arc = graph.rowPtr[row] as number; arc < (graph.rowPtr[row + 1] as number); arc++) {
      if (part[row] === part[graph.colIndex[arc] as number]) inside++;
    }
  }
  return inside / graph.numArcs;
}

const sizesOf = ({ numParts, partPtr }: ClusterPartition): number[] =>
  Array.from({ length: numParts }, (_, at) => (partPtr[at + 1] as number) - (partPtr[at] as number));

describe('clusterPartition', () => {
  it('puts every node in one part of at most the size asked, all but one over half full', () => {
    const world = fc.record({
      numNodes: fc.integer({ min: 4, max: 80 }),
      numArcs: fc.integer({ min: 3, max: 200 }),
      maxSize: fc.integer({ min: 1, max: 100 }),
      seed: fc.integer({ min: 0, max: 1000 }),
    });
    fc.assert(
      fc.property(world, ({ numNodes, numArcs, maxSize, seed }) => {
        const partition = clusterPartition(awkwardGraph(numNodes, numArcs, seed), maxSize, seed);
        const sizes = sizesOf(partition);
        expect(Math.max(...sizes)).toBeLessThanOrEqual(maxSize);
        expect(sizes.filter((size) => 2 * size <= maxSize).length).toBeLessThanOrEqual(1);
        expect([...partition.members].sort((a, b) => a - b)).toEqual(
          Array.from({ length: numNodes }, (_, i) => i),
        );
        sizes.forEach((_, part) => {
          for (const node of partition.members.subarray(
            partition.partPtr[part],
            partition.partPtr[part + 1],
          )) {
            expect(partition.part[node]).toBe(part);
          }
        });
      }),
      { numRuns: 100, seed: 11 },
    );
  });

  it('finds communities that fit, as few other edges as they have', () => {
    const { graph, block } = blockGraph(Array(20).fill(100), 10, 0.9);
    const { part } = clusterPartition(graph, 100, 1);
    expect(insideRatio(graph, part)).toBeGreaterThan(0.9 * insideRatio(graph, block));
    const shuffled = block.map((_, node) => node % 20);
    expect(insideRatio(graph, shuffled)).toBeLessThan(0.1);
  });

  it('keeps components apart while they fill parts, and packs isolated nodes', () => {
    // Two cliques of five, and six nodes alone.
    const source: number[] = [];
    const target: number[] = [];
    for (const start of [0, 5]) {
      for (let a = 0; a < 5; a++) {
        for (let b = 0; b < a; b++) {
          source.push(start + a);
          target.push(start + b);
        }
      }
    }
    const graph = undirectedGraph(16, Int32Array.from(source), Int32Array.from(target));
    const partition = clusterPartition(graph, 6, 3);
    expect(insideRatio(graph, partition.part)).toBe(1);
    expect(sizesOf(partition)).toEqual([6, 6, 4]);
  });

  it('sees an arc from either end, and its weight', () => {
    const chain = messageGraphOf(4, {
      senders: Int32Array.of(0, 1, 2),
      receivers: Int32Array.of(1, 2, 3),
      weight: Float32Array.of(1, 5, 1),
    });
    for (let seed = 0; seed < 10; seed++) {
      const { part } = clusterPartition(chain, 3, seed);
      expect(part[1]).toBe(part[2]);
    }
  });

  it('is the same for the same seed', () => {
    const { graph } = blockGraph(Array(4).fill(50), 6, 0.8);
    expect(clusterPartition(graph, 25, 4)).toEqual(clusterPartition(graph, 25, 4));
  });

  it('handles a graph without edges', () => {
    const none = new Int32Array(0);
    const partition = clusterPartition(undirectedGraph(7, none, none), 3, 1);
    expect(sizesOf(partition)).toEqual([3, 3, 1]);
  });
});
