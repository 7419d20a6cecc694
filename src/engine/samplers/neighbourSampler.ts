/**
 * Sampled neighbourhoods for mini-batches: what a network of L message-passing layers must read to compute the outputs of a
 * few nodes, at most `fanOut` neighbours of every node and layer. Which nodes make a batch is `batchSource.ts`.
 *
 * Source: Hamilton, Ying & Leskovec 2017, "Inductive Representation Learning on Large Graphs", §3.1 and appendix A,
 * https://arxiv.org/abs/1706.02216 (here without replacement, so that a node of few neighbours hears each once).
 */
import { ParameterError } from '../../core/errors.ts';
import type { MessageBlock } from '../../core/messageGraph.ts';
import { drawUint32 } from '../../core/random.ts';
import { selectArcs } from '../../core/transforms/selectArcs.ts';

export interface SampledBlocks {
  /** [L] block 0 reads the features; the receivers of each block are its first senders, and the senders of the next. */
  readonly blocks: readonly MessageBlock[];
  /** Global indices of the senders of block 0; the seeds come first, in order. */
  readonly nodes: Int32Array;
}

export interface NeighbourSampler {
  /**
   * Returns the blocks whose last receivers are `seeds`. Every receiver keeps all of its arcs where they are at most
   * `fanOuts[layer]`, else that many, each subset equally likely: means over neighbours are unbiased, sums are not.
   * Parallel arcs count one by one, self-loops like others; relation and weight of an arc stay with it.
   * @param fanOuts most arcs per receiver, one number per layer, from the features on
   * @param key     of the draws (random.ts): the same key gives the same sample; layers draw independently
   * @throws {ParameterError} a seed is outside the graph or given twice, or a fan-out is not a positive whole number
   * O(sampled arcs) time and memory whatever the degrees.
   */
  sample(seeds: Int32Array, fanOuts: readonly number[], key: number): SampledBlocks;
}

/** Creates a sampler of one square graph with its scratch arrays, 9 bytes a node at most. O(N). */
export function createNeighbourSampler(graph: MessageBlock): NeighbourSampler {
  const { rowPtr, colIndex } = graph;
  // Place of a node in the sample, -1 outside of it; cleaned after each sample, so that the cost is the sample's.
  const placeOf = new Int32Array(graph.numSenders).fill(-1);
  const found = new Int32Array(graph.numSenders);
  const isTaken = new Uint8Array(largestDegree(graph));
  let numFound = 0;

  function placeNode(node: number): number {
    let place = placeOf[node] as number;
    if (place < 0) {
      place = numFound++;
      placeOf[node] = place;
      found[place] = node;
    }
    return place;
  }

  /**
   * Writes `count` different arcs of the `degree` ones from `first` into arcs[start…]. Floyd's draw (Bentley & Floyd 1987,
   * "A sample of brilliance", doi:10.1145/30401.315746): O(count), each subset equally likely.
   */
  function drawArcs(
    arcs: Int32Array,
    start: number,
    count: number,
    first: number,
    degree: number,
    key: number,
  ) {
    for (let at = 0; at < count; at++) {
      const last = degree - count + at;
      const draw = Math.floor((drawUint32(key, at) / 4294967296) * (last + 1));
      const position = isTaken[draw] === 0 ? draw : last;
      isTaken[position] = 1;
      arcs[start + at] = first + position;
    }
    for (let at = start; at < start + count; at++) isTaken[(arcs[at] as number) - first] = 0;
  }

  function sampleLayer(fanOut: number, key: number): MessageBlock {
    const numReceivers = numFound;
    const ptr = new Int32Array(numReceivers + 1);
    for (let row = 0; row < numReceivers; row++) {
      const node = found[row] as number;
      const degree = (rowPtr[node + 1] as number) - (rowPtr[node] as number);
      ptr[row + 1] = (ptr[row] as number) + Math.min(degree, fanOut);
    }
    const arcs = new Int32Array(ptr[numReceivers] as number);
    const senders = new Int32Array(arcs.length);
    for (let row = 0; row < numReceivers; row++) {
      const node = found[row] as number;
      const first = rowPtr[node] as number;
      const degree = (rowPtr[node + 1] as number) - first;
      const start = ptr[row] as number;
      const end = ptr[row + 1] as number;
      if (end - start < degree) drawArcs(arcs, start, end - start, first, degree, drawUint32(key, node));
      else for (let at = start; at < end; at++) arcs[at] = first + at - start;
      for (let at = start; at < end; at++) senders[at] = placeNode(colIndex[arcs[at] as number] as number);
    }
    return { ...selectArcs(graph, arcs), numReceivers, numSenders: numFound, rowPtr: ptr, colIndex: senders };
  }

  return {
    sample(seeds, fanOuts, key) {
      for (const fanOut of fanOuts) requireFanOut(fanOut);
      requireSeeds(seeds, placeOf);
      numFound = 0;
      for (const seed of seeds) placeNode(seed);
      const blocks: MessageBlock[] = [];
      for (let layer = fanOuts.length - 1; layer >= 0; layer--) {
        blocks.unshift(sampleLayer(fanOuts[layer] as number, drawUint32(key, layer)));
      }
      const nodes = found.slice(0, numFound);
      for (const node of nodes) placeOf[node] = -1;
      return { blocks, nodes };
    },
  };
}

function largestDegree({ rowPtr, numReceivers }: MessageBlock): number {
  let largest = 0;
  for (let row = 0; row < numReceivers; row++) {
    largest = Math.max(largest, (rowPtr[row + 1] as number) - (rowPtr[row] as number));
  }
  return largest;
}

function requireFanOut(fanOut: number): void {
  if (Number.isInteger(fanOut) && fanOut > 0) return;
  throw new ParameterError(`Neighbours per node is ${fanOut}; it must be a whole number of 1 or more.`, {
    code: 'fan-out',
    remedy: 'Sample at least one neighbour per node and layer.',
    details: { fanOut },
  });
}

/** @param placeOf all -1, and again so afterwards */
function requireSeeds(seeds: Int32Array, placeOf: Int32Array): void {
  let wrong = -1;
  seeds.forEach((seed, at) => {
    if (wrong < 0 && placeOf[seed] !== -1) wrong = at;
    if (seed >= 0 && seed < placeOf.length) placeOf[seed] = at;
  });
  for (const seed of seeds) if (seed >= 0 && seed < placeOf.length) placeOf[seed] = -1;
  if (wrong < 0) return;
  const seed = seeds[wrong] as number;
  throw new ParameterError(
    `Batch node ${wrong} is ${seed}, which is outside 0 to ${placeOf.length - 1} or in the batch already.`,
    { code: 'batch-node', remedy: 'Give different nodes of the graph.', details: { position: wrong, seed } },
  );
}
