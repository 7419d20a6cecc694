import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageGraph } from '../../core/messageGraph.ts';
import { createNeighbourSampler, type SampledBlocks } from './neighbourSampler.ts';
import { awkwardGraph, messageGraphOf } from './testMessageGraph.ts';

const inOf = (graph: MessageGraph, node: number): number =>
  (graph.rowPtr[node + 1] as number) - (graph.rowPtr[node] as number);

/** `sender relation weight` of every arc into a node, sorted: weights of the awkward graph tell parallel arcs apart. */
function arcsInto(graph: MessageGraph, node: number): string[] {
  const arcs: string[] = [];
  for (let arc = graph.rowPtr[node] as number; arc < (graph.rowPtr[node + 1] as number); arc++) {
    arcs.push(`${graph.colIndex[arc]} ${graph.relation?.[arc]} ${graph.weight?.[arc]}`);
  }
  return arcs;
}

function sampledArcs({ blocks, nodes }: SampledBlocks, layer: number, row: number): string[] {
  const block = blocks[layer];
  if (block === undefined) throw new Error(`no layer ${layer}`);
  const arcs: string[] = [];
  for (let arc = block.rowPtr[row] as number; arc < (block.rowPtr[row + 1] as number); arc++) {
    arcs.push(`${nodes[block.colIndex[arc] as number]} ${block.relation?.[arc]} ${block.weight?.[arc]}`);
  }
  return arcs;
}

describe('sampled neighbourhoods', () => {
  it('hold different existing arcs, as many as the fan-out allows, and chain from layer to layer', () => {
    const world = fc.record({
      numNodes: fc.integer({ min: 4, max: 40 }),
      numArcs: fc.integer({ min: 3, max: 200 }),
      seed: fc.integer({ min: 0, max: 1000 }),
      fanOuts: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 }),
      numSeeds: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(world, ({ numNodes, numArcs, seed, fanOuts, numSeeds }) => {
        const graph = awkwardGraph(numNodes, numArcs, seed);
        const seeds = Int32Array.from({ length: numSeeds }, (_, at) => numNodes - 1 - at);
        const sampler = createNeighbourSampler(graph);
        const sample = sampler.sample(seeds, fanOuts, seed);
        const { blocks, nodes } = sample;
        expect(blocks.length).toBe(fanOuts.length);
        expect(blocks[0]?.numSenders).toBe(nodes.length);
        expect(blocks.at(-1)?.numReceivers).toBe(numSeeds);
        expect([...nodes.subarray(0, numSeeds)]).toEqual([...seeds]);
        expect(new Set(nodes).size).toBe(nodes.length);
        blocks.forEach((block, layer) => {
          if (layer > 0) expect(blocks[layer - 1]?.numReceivers).toBe(block.numSenders);
          expect(block.numArcs).toBe(block.rowPtr[block.numReceivers]);
          expect(block.numRelations).toBe(graph.numRelations);
          for (let row = 0; row < block.numReceivers; row++) {
            const node = nodes[row] as number;
            const arcs = sampledArcs(sample, layer, row);
            expect(arcs.length).toBe(Math.min(inOf(graph, node), fanOuts[layer] as number));
            expect(new Set(arcs).size).toBe(arcs.length);
            expect(arcsInto(graph, node)).toEqual(expect.arrayContaining(arcs));
          }
        });
        expect(sampler.sample(seeds, fanOuts, seed)).toEqual(sample);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('keeps a node of few neighbours whole and in order, and an isolated one empty', () => {
    const graph = awkwardGraph(6, 10, 1);
    const sample = createNeighbourSampler(graph).sample(Int32Array.of(5, 2), [100], 1);
    expect(sampledArcs(sample, 0, 0)).toEqual([]);
    expect(sampledArcs(sample, 0, 1)).toEqual(arcsInto(graph, 2));
  });

  it('estimates the mean over neighbours without bias', () => {
    const degree = 37;
    const fanOut = 5;
    const draws = 2000;
    const graph = messageGraphOf(degree + 1, {
      senders: Int32Array.from({ length: degree }, (_, at) => at + 1),
      receivers: new Int32Array(degree),
    });
    const sampler = createNeighbourSampler(graph);
    const value = (node: number): number => node ** 2;
    const seen = new Int32Array(degree + 1);
    let sum = 0;
    for (let key = 0; key < draws; key++) {
      const { nodes } = sampler.sample(Int32Array.of(0), [fanOut], key);
      for (const node of nodes.subarray(1)) {
        sum += value(node) / fanOut;
        seen[node] = (seen[node] as number) + 1;
      }
    }
    const values = Array.from({ length: degree }, (_, at) => value(at + 1));
    const mean = values.reduce((total, x) => total + x, 0) / degree;
    const variance = values.reduce((total, x) => total + (x - mean) ** 2, 0) / (degree - 1);
    // Variance of a mean of `fanOut` of `degree` values drawn without replacement.
    const standardError = Math.sqrt((variance / fanOut) * (1 - fanOut / degree) * (1 / draws));
    expect(Math.abs(sum / draws - mean)).toBeLessThan(3 * standardError);
    const ratio = fanOut / degree;
    const spread = Math.sqrt(draws * ratio * (1 - ratio));
    for (const times of seen.subarray(1)) expect(Math.abs(times - draws * ratio)).toBeLessThan(4 * spread);
  });

  it('draws anew for another key, and independently in each layer', () => {
    const degree = 50;
    const graph = messageGraphOf(degree + 1, {
      senders: Int32Array.from({ length: degree }, (_, at) => at + 1),
      receivers: new Int32Array(degree),
    });
    const sampler = createNeighbourSampler(graph);
    const first = sampler.sample(Int32Array.of(0), [5, 5], 1);
    expect(sampler.sample(Int32Array.of(0), [5, 5], 2)).not.toEqual(first);
    expect(sampledArcs(first, 0, 0)).not.toEqual(sampledArcs(first, 1, 0));
  });

  it('pays for what it draws, not for the degree of a hub', () => {
    const degree = 100_000;
    const graph = messageGraphOf(degree + 1, {
      senders: Int32Array.from({ length: degree }, (_, at) => at + 1),
      receivers: new Int32Array(degree),
    });
    let reads = 0;
    const counted = new Proxy(graph.colIndex, {
      get(target, property) {
        reads++;
        return Reflect.get(target, property, target);
      },
    });
    const sampler = createNeighbourSampler({ ...graph, colIndex: counted });
    reads = 0;
    const drawn = new Set<number>();
    for (let key = 0; key < 1000; key++) {
      for (const node of sampler.sample(Int32Array.of(0), [10], key).nodes) drawn.add(node);
    }
    expect(reads).toBe(10_000);
    expect(drawn.size).toBeGreaterThan(9000);
  });

  it('refuses a node twice, a node outside the graph and a fan-out of nothing, and works on', () => {
    const sampler = createNeighbourSampler(awkwardGraph(6, 10, 1));
    const refusal = (code: string, message: string) =>
      expect.objectContaining({ name: 'ParameterError', code, message });
    expect(() => sampler.sample(Int32Array.of(1, 3, 1), [2], 0)).toThrow(
      refusal('batch-node', 'Batch node 2 is 1, which is outside 0 to 5 or in the batch already.'),
    );
    expect(() => sampler.sample(Int32Array.of(6), [2], 0)).toThrow(
      refusal('batch-node', 'Batch node 0 is 6, which is outside 0 to 5 or in the batch already.'),
    );
    expect(() => sampler.sample(Int32Array.of(0), [0], 0)).toThrow(
      refusal('fan-out', 'Neighbours per node is 0; it must be a whole number of 1 or more.'),
    );
    expect([...sampler.sample(Int32Array.of(1, 3), [2], 0).nodes.subarray(0, 2)]).toEqual([1, 3]);
  });
});
