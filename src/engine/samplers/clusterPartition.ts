/**
 * Parts of a graph of about equal size with few edges between them, for cluster batches: most neighbours of a node are in
 * its own part. Which parts make a batch is `batchSource.ts`.
 *
 * Sources: Chiang et al. 2019, "Cluster-GCN", https://arxiv.org/abs/1905.07953 (why; they partition by METIS); Meyerhenke,
 * Sanders & Schulz 2014, "Partitioning Complex Networks via Size-constrained Clustering",
 * https://arxiv.org/abs/1402.3281, §3 (how: label propagation under a limit of size, then on the graph of the clusters).
 */
import { aggregate } from '../../core/graphMetrics/louvain.ts';
import { renumberBySize } from '../../core/graphMetrics/renumberBySize.ts';
import {
  type UndirectedAdjacency,
  undirectedAdjacency,
} from '../../core/graphMetrics/undirectedAdjacency.ts';
import type { MessageGraph } from '../../core/messageGraph.ts';
import { randomSequence, STREAM } from '../../core/random.ts';
import { groupBy } from '../../core/sparseMatrix.ts';

export interface ClusterPartition {
  readonly numParts: number;
  /** [N] part of each node. */
  readonly part: Int32Array;
  /** [numParts + 1] where the nodes of each part start in `members`. */
  readonly partPtr: Int32Array;
  /** [N] nodes by part, ascending within one. */
  readonly members: Int32Array;
}

/** Sweeps of label propagation on one level; later ones move few nodes. */
const MAX_SWEEPS = 8;
/** A sweep that moves fewer than one node in so many is the last of its level. */
const FEW_MOVES = 50;

/**
 * Returns parts of at most `maxSize` nodes, all but one of more than half of that. Directions are ignored, weights count.
 * Clusters that no edge joins (isolated nodes, small components) are packed together.
 * Deterministic in (graph, maxSize, seed). O(N + arcs) per sweep and level; levels shrink several times each.
 */
export function clusterPartition(graph: MessageGraph, maxSize: number, seed: number): ClusterPartition {
  let level = undirected(graph);
  let size: Int32Array = new Int32Array(level.numNodes).fill(1);
  // Which node of the present level each node of the graph has become.
  let position: Int32Array = Int32Array.from(size, (_, node) => node);
  for (let depth = 0; level.numNodes > 1; depth++) {
    const order = Int32Array.from(size, (_, node) => node);
    // Negative steps: the positive ones are the epochs' (batchSource.ts).
    randomSequence(seed, STREAM.sampling, -1 - depth).shuffle(order);
    const { group, numGroups } = renumberBySize(grownClusters(level, size, order, maxSize), level.numNodes);
    if (numGroups === level.numNodes) break;
    const grown = new Int32Array(numGroups);
    group.forEach((into, node) => {
      grown[into] = (grown[into] as number) + (size[node] as number);
    });
    position = position.map((at) => group[at] as number);
    level = aggregate(level, group, numGroups);
    size = grown;
  }
  const bin = packed(size, maxSize);
  const part = position.map((cluster) => bin.of[cluster] as number);
  const { ptr, perm } = groupBy(part, bin.count);
  return { numParts: bin.count, part, partPtr: ptr, members: perm };
}

function undirected(graph: MessageGraph): UndirectedAdjacency {
  const { numNodes, rowPtr, colIndex, weight } = graph;
  if (graph.isSymmetric) {
    const ones = weight === null ? new Float64Array(graph.numArcs).fill(1) : new Float64Array(weight);
    return { numNodes, rowPtr, colIndex, weight: ones };
  }
  const receiver = new Int32Array(graph.numArcs);
  for (let row = 0; row < numNodes; row++) receiver.fill(row, rowPtr[row], rowPtr[row + 1]);
  return undirectedAdjacency(numNodes, colIndex, receiver, weight);
}

/** Moves every node to the neighbouring cluster it has most weight to and that has room; returns the clusters. */
function grownClusters(
  graph: UndirectedAdjacency,
  size: Int32Array,
  order: Int32Array,
  maxSize: number,
): Int32Array {
  const label = Int32Array.from(size, (_, node) => node);
  const labelSize = size.slice();
  const linkTo = new Float64Array(graph.numNodes);
  const touched = new Int32Array(graph.numNodes);

  /** The best cluster with room; the present one on equal weight, then the lower number. */
  const choose = (node: number): number => {
    let numTouched = 0;
    for (let at = graph.rowPtr[node] as number; at < (graph.rowPtr[node + 1] as number); at++) {
      const other = graph.colIndex[at] as number;
      if (other === node) continue;
      const cluster = label[other] as number;
      if (linkTo[cluster] === 0) touched[numTouched++] = cluster;
      // NOTE: an arc of weight 0 may list its cluster twice, which changes nothing.
      linkTo[cluster] = (linkTo[cluster] as number) + (graph.weight[at] as number);
    }
    const own = label[node] as number;
    let best = own;
    let bestLink = linkTo[own] as number;
    for (let at = 0; at < numTouched; at++) {
      const cluster = touched[at] as number;
      const link = linkTo[cluster] as number;
      linkTo[cluster] = 0;
      if (link < bestLink || (labelSize[cluster] as number) + (size[node] as number) > maxSize) continue;
      if (link > bestLink || (best !== own && cluster < best)) {
        bestLink = link;
        best = cluster;
      }
    }
    return best;
  };

  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let moved = 0;
    for (const node of order) {
      const own = label[node] as number;
      const chosen = choose(node);
      if (chosen === own) continue;
      labelSize[own] = (labelSize[own] as number) - (size[node] as number);
      labelSize[chosen] = (labelSize[chosen] as number) + (size[node] as number);
      label[node] = chosen;
      moved++;
    }
    if (moved * FEW_MOVES < graph.numNodes) break;
  }
  return label;
}

/**
 * Packs clusters into bins of at most `maxSize`: the largest left, then the smallest ones while they fit. A bin that takes
 * no more holds over half of `maxSize`, since the smallest cluster left is no larger than the one it began with.
 * O(clusters log clusters).
 */
function packed(size: Int32Array, maxSize: number): { of: Int32Array; count: number } {
  const descending = Int32Array.from(size, (_, cluster) => cluster).sort(
    (a, b) => (size[b] as number) - (size[a] as number) || a - b,
  );
  const of = new Int32Array(size.length);
  let count = 0;
  for (let first = 0, last = size.length - 1; first <= last; first++) {
    let filled = size[descending[first] as number] as number;
    of[descending[first] as number] = count;
    while (last > first && filled + (size[descending[last] as number] as number) <= maxSize) {
      filled += size[descending[last] as number] as number;
      of[descending[last--] as number] = count;
    }
    count++;
  }
  return { of, count };
}
