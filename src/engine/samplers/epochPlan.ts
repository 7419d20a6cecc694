/** Which nodes make which batch of an epoch: shuffled training nodes, or random parts of the graph joined. */
import { bitsetIndices, hasBit } from '../../core/bitset.ts';
import type { Bitset } from '../../core/bitset.ts';
import type { MessageGraph } from '../../core/messageGraph.ts';
import { drawKey, drawUint32, randomSequence, STREAM } from '../../core/random.ts';
import { clusterPartition } from './clusterPartition.ts';

export interface EpochPlan {
  readonly batchesPerEpoch: number;
  /** Global indices of the nodes of one batch, at least one of them a training node. `epoch` is 1-based. */
  nodes(epoch: number, index: number): Int32Array;
}

// Even steps order an epoch, odd ones draw its neighbours; negative ones made the parts (clusterPartition.ts).
const orderOf = (seed: number, epoch: number) => randomSequence(seed, STREAM.sampling, 2 * epoch);

/** Key of the neighbours that one batch draws. */
export function neighbourKey(seed: number, epoch: number, index: number): number {
  return drawUint32(drawKey(seed, STREAM.sampling, 2 * epoch + 1), index);
}

/** Makes an epoch once while its batches are asked for. */
function rememberEpoch<T>(make: (epoch: number) => T): (epoch: number) => T {
  let made: { readonly epoch: number; readonly value: T } | null = null;
  return (epoch) => {
    if (made?.epoch !== epoch) made = { epoch, value: make(epoch) };
    return made.value;
  };
}

/** Every training node once an epoch, in batches of at most `batchSize` whose sizes differ by one at most. */
export function planTrainingNodes(train: Bitset, batchSize: number, seed: number): EpochPlan {
  const nodes = bitsetIndices(train);
  const batchesPerEpoch = Math.max(1, Math.ceil(nodes.length / batchSize));
  const epochOrder = rememberEpoch((epoch) => {
    const order = nodes.slice();
    orderOf(seed, epoch).shuffle(order);
    return order;
  });
  const startOf = (index: number): number => Math.floor((index * nodes.length) / batchesPerEpoch);
  return {
    batchesPerEpoch,
    nodes: (epoch, index) => epochOrder(epoch).slice(startOf(index), startOf(index + 1)),
  };
}

/**
 * Parts that a batch joins: more of them mix better from epoch to epoch and cut more edges. On generated communities of
 * about the size of a batch, accuracy falls steadily from 2 to 20.
 */
const PARTS_PER_BATCH = 2;

/**
 * About `batchSize` nodes a batch, several random parts joined (Chiang et al. 2019, §3.2, "stochastic multiple
 * partitions"). Every part with training nodes comes once an epoch, and every batch has one; parts without only give
 * context, and sit an epoch out where the batches are full.
 * The partition is made here, once: seconds for millions of arcs.
 */
export function planClusters(graph: MessageGraph, train: Bitset, batchSize: number, seed: number): EpochPlan {
  const { numParts, partPtr, members } = clusterPartition(
    graph,
    Math.ceil(batchSize / PARTS_PER_BATCH),
    seed,
  );
  const partNodes = (part: number): Int32Array => members.subarray(partPtr[part], partPtr[part + 1]);
  const parts = Int32Array.from({ length: numParts }, (_, part) => part);
  const isLabelled = parts.map((part) => (partNodes(part).some((node) => hasBit(train, node)) ? 1 : 0));
  const labelled = parts.filter((part) => isLabelled[part] === 1);
  const others = parts.filter((part) => isLabelled[part] === 0);
  const wanted = Math.ceil(graph.numNodes / batchSize);
  const batchesPerEpoch = Math.max(1, Math.min(wanted, labelled.length));
  const epochBatches = rememberEpoch((epoch) => {
    const random = orderOf(seed, epoch);
    const batches = Array.from({ length: batchesPerEpoch }, () => ({ parts: [] as number[], size: 0 }));
    const deal = (dealt: Int32Array, mayLeaveOut: boolean): void => {
      const order = dealt.slice();
      random.shuffle(order);
      order.forEach((part, at) => {
        const batch = batches[at % batchesPerEpoch] as (typeof batches)[number];
        if (mayLeaveOut && batch.size >= batchSize) return;
        batch.parts.push(part);
        batch.size += partNodes(part).length;
      });
    };
    deal(labelled, false);
    deal(others, true);
    return batches;
  });
  return {
    batchesPerEpoch,
    nodes(epoch, index) {
      const batch = epochBatches(epoch)[index];
      const nodes = new Int32Array(batch?.size ?? 0);
      let at = 0;
      for (const part of batch?.parts ?? []) {
        nodes.set(partNodes(part), at);
        at += partNodes(part).length;
      }
      return nodes;
    },
  };
}
