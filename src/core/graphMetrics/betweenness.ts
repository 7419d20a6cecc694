/** How many shortest paths run through a node: bridges and brokers. */
import { type Bitset, hasBit } from '../bitset.ts';
import { drawKey, drawUint32, STREAM } from '../random.ts';
import { createMeasurePacer, type MeasureContext } from './measureContext.ts';
import type { SimpleAdjacency } from './simpleAdjacency.ts';

export interface BetweennessOptions {
  /** Exact up to this many nodes; above, paths start at this many nodes drawn without replacement. */
  readonly maxPivots: number;
  readonly seed: number;
  /** Nodes that do not take part; their value is 0. */
  readonly exclude?: Bitset | null;
}

export interface Betweenness {
  /** [N] */
  readonly centrality: Float64Array;
  /** Nodes that paths started from. */
  readonly numPivots: number;
  readonly isExact: boolean;
}

/** Counts of paths above this are kept with an exponent of their own: a 600 × 600 grid has more than float64 holds. */
const LARGE_COUNT = 1e150;
/** Keeps these draws apart from other samples of the same seed. */
const DRAW_STEP = 0x20000000;

/**
 * Returns the normalised betweenness centrality Σ_{s≠v≠t} σ_st(v) / σ_st over ordered pairs, divided by (n − 1)(n − 2):
 * σ_st shortest paths from s to t by number of edges, σ_st(v) those through v, n the nodes taking part. That is
 * networkx' `normalized=True` with and without directions; 0 where n < 3. Weights are not lengths here; parallel edges
 * are one path and self-loops none, as there. With pivots the sum over s is scaled by n / pivots (unbiased).
 *
 * Source: Brandes 2001, "A faster algorithm for betweenness centrality", doi:10.1080/0022250X.2001.9990249; pivots:
 * Brandes & Pich 2007, "Centrality estimation in large networks", doi:10.1142/S0218127407018403.
 * @param adjacency simple adjacency; predecessors serve as well as successors, since reversal keeps every path's middle
 * @throws {CancelledError} the signal was aborted
 * Deterministic in (graph, seed). O(pivots · (N + E)) time, O(N) memory.
 */
export async function betweenness(
  adjacency: SimpleAdjacency,
  options: BetweennessOptions,
  context: MeasureContext = {},
): Promise<Betweenness> {
  const { maxPivots, seed, exclude = null } = options;
  const all = Int32Array.from({ length: adjacency.numNodes }, (_, node) => node);
  const nodes = exclude === null ? all : all.filter((node) => !hasBit(exclude, node));
  const pivots = nodes.length <= maxPivots ? nodes : drawPivots(nodes, maxPivots, seed);
  const centrality = new Float64Array(adjacency.numNodes);
  const accumulate = createAccumulator(adjacency, centrality);
  const pace = createMeasurePacer(context, 'Betweenness');
  for (let done = 0; done < pivots.length; done++) {
    await pace(done / pivots.length);
    accumulate(pivots[done] as number);
  }
  const n = nodes.length;
  const scale = n < 3 ? 0 : n / pivots.length / ((n - 1) * (n - 2));
  for (let node = 0; node < centrality.length; node++) {
    centrality[node] = (centrality[node] as number) * scale;
  }
  context.report?.(1);
  return { centrality, numPivots: pivots.length, isExact: pivots.length === n };
}

/** The `count` nodes with the smallest draw of their own; ascending. */
function drawPivots(nodes: Int32Array, count: number, seed: number): Int32Array {
  const key = drawKey(seed, STREAM.sampling, DRAW_STEP);
  const draw = Float64Array.from(nodes, (node) => drawUint32(key, node));
  const order = Int32Array.from(nodes, (_, at) => at);
  order.sort((a, b) => (draw[a] as number) - (draw[b] as number) || a - b);
  return Int32Array.from(order.subarray(0, Math.max(1, count)), (at) => nodes[at] as number).sort();
}

interface PathSearch {
  /** Nodes reached by the last search, nearest first. */
  readonly queue: Int32Array;
  /** Edges from the source, -1 = not reached. */
  readonly distance: Int32Array;
  /** Shortest paths from the source: σ = paths · LARGE_COUNT ^ exponent. */
  readonly paths: Float64Array;
  readonly exponent: Int32Array;
  /** Returns the number of nodes reached. */
  run(source: number): number;
  /** Forgets the last search; only what was reached, so that small components of a large graph stay cheap. */
  clear(numReached: number): void;
}

function createPathSearch({ numNodes, rowPtr, colIndex }: SimpleAdjacency): PathSearch {
  const queue = new Int32Array(numNodes);
  const distance = new Int32Array(numNodes).fill(-1);
  const paths = new Float64Array(numNodes);
  const exponent = new Int32Array(numNodes);

  function addPaths(from: number, to: number): void {
    const gap = (exponent[from] as number) - (exponent[to] as number);
    if (gap === 0) paths[to] = (paths[to] as number) + (paths[from] as number);
    else if (gap > 0) {
      paths[to] = (paths[from] as number) + (paths[to] as number) * LARGE_COUNT ** -gap;
      exponent[to] = exponent[from] as number;
    } else paths[to] = (paths[to] as number) + (paths[from] as number) * LARGE_COUNT ** gap;
  }

  function run(source: number): number {
    let length = 0;
    queue[length++] = source;
    distance[source] = 0;
    paths[source] = 1;
    for (let head = 0; head < length; head++) {
      const node = queue[head] as number;
      if ((paths[node] as number) > LARGE_COUNT) {
        paths[node] = (paths[node] as number) / LARGE_COUNT;
        exponent[node] = (exponent[node] as number) + 1;
      }
      const further = (distance[node] as number) + 1;
      for (let at = rowPtr[node] as number; at < (rowPtr[node + 1] as number); at++) {
        const neighbour = colIndex[at] as number;
        if (distance[neighbour] === -1) {
          distance[neighbour] = further;
          queue[length++] = neighbour;
        }
        if (distance[neighbour] === further) addPaths(node, neighbour);
      }
    }
    return length;
  }

  function clear(numReached: number): void {
    for (const node of queue.subarray(0, numReached)) {
      distance[node] = -1;
      paths[node] = 0;
      exponent[node] = 0;
    }
  }
  return { queue, distance, paths, exponent, run, clear };
}

/** Returns the function that adds the dependencies of one source on every node to `centrality`. */
function createAccumulator(adjacency: SimpleAdjacency, centrality: Float64Array): (source: number) => void {
  const { numNodes, rowPtr, colIndex } = adjacency;
  const { queue, distance, paths, exponent, run, clear } = createPathSearch(adjacency);
  const dependency = new Float64Array(numNodes);
  return (source) => {
    const numReached = run(source);
    for (let place = numReached - 1; place >= 0; place--) {
      const node = queue[place] as number;
      const further = (distance[node] as number) + 1;
      let sum = 0;
      for (let at = rowPtr[node] as number; at < (rowPtr[node + 1] as number); at++) {
        const next = colIndex[at] as number;
        // Farther nodes come later in the queue, so theirs is of this search already.
        if (distance[next] !== further) continue;
        const share =
          ((paths[node] as number) / (paths[next] as number)) * (1 + (dependency[next] as number));
        const gap = (exponent[next] as number) - (exponent[node] as number);
        sum += gap === 0 ? share : share * LARGE_COUNT ** -gap;
      }
      dependency[node] = sum;
      if (node !== source) centrality[node] = (centrality[node] as number) + sum;
    }
    clear(numReached);
  };
}
