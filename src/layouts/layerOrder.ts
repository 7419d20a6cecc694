/**
 * The second half of a layered drawing: arcs over several layers become chains of dummy vertices, the vertices of each
 * layer are ordered so that few arcs cross, and get their places across.
 */
import { LimitError } from '../core/errors.ts';
import { groupBy } from '../core/sparseMatrix.ts';
import type { LayeredGraph } from './layeredGraph.ts';

/** Vertices: the nodes, then the dummies. */
export interface LayerOrder {
  /** [V] layer of each vertex. */
  readonly layer: Int32Array;
  /** [layers + 1] into `order`. */
  readonly ptr: Int32Array;
  /** [V on layers] vertices layer by layer, from left to right. */
  readonly order: Int32Array;
  /** CSR of the vertices above and below each vertex. */
  readonly above: Neighbours;
  readonly below: Neighbours;
}

export interface Neighbours {
  readonly ptr: Int32Array;
  readonly vertex: Int32Array;
}

/** More vertices than this cannot be told apart on a screen, and the sweeps would take seconds. */
export const MAX_VERTICES = 150_000;

/**
 * Returns the vertices of each layer ordered by `sweeps` passes of the barycentre heuristic, down and up by turns.
 * Source: Sugiyama, Tagawa & Toda 1981, doi:10.1109/TSMC.1981.4308636.
 * @throws {LimitError} more than `MAX_VERTICES` nodes and dummies
 * Deterministic. O(sweeps (V log V + arcs)).
 */
export function layerOrder(graph: LayeredGraph, sweeps: number): LayerOrder {
  const { layer, from, to } = withDummies(graph);
  const numVertices = layer.length;
  const onLayer = Int32Array.from({ length: numVertices }, (_, vertex) => vertex).filter(
    (vertex) => (layer[vertex] as number) >= 0,
  );
  const grouped = groupBy(
    onLayer.map((vertex) => layer[vertex] as number),
    graph.numLayers,
  );
  const order = grouped.perm.map((at) => onLayer[at] as number);
  const neighbours = (keys: Int32Array, others: Int32Array): Neighbours => {
    const { ptr, perm } = groupBy(keys, numVertices);
    return { ptr, vertex: perm.map((arc) => others[arc] as number) };
  };
  const found: LayerOrder = {
    layer,
    ptr: grouped.ptr,
    order,
    above: neighbours(to, from),
    below: neighbours(from, to),
  };
  const rank = new Float64Array(numVertices);
  for (let index = 0; index < graph.numLayers; index++) writeRanks(found, index, rank);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const isDown = sweep % 2 === 0;
    for (let step = 1; step < graph.numLayers; step++) {
      const index = isDown ? step : graph.numLayers - 1 - step;
      sortLayer(found, index, isDown ? found.above : found.below, rank);
    }
  }
  return found;
}

function writeRanks({ ptr, order }: LayerOrder, index: number, rank: Float64Array): void {
  const start = ptr[index] as number;
  const end = ptr[index + 1] as number;
  for (let at = start; at < end; at++) rank[order[at] as number] = (at - start + 0.5) / (end - start);
}

/** Sorts one layer by the mean rank of its neighbours; vertices without any keep their own. */
function sortLayer(found: LayerOrder, index: number, { ptr, vertex }: Neighbours, rank: Float64Array): void {
  const members = found.order.subarray(found.ptr[index], found.ptr[index + 1]);
  const key = Float64Array.from(members, (member) => {
    const start = ptr[member] as number;
    const end = ptr[member + 1] as number;
    let sum = 0;
    for (let at = start; at < end; at++) sum += rank[vertex[at] as number] as number;
    return end > start ? sum / (end - start) : (rank[member] as number);
  });
  const places = Int32Array.from(members, (_, at) => at).sort(
    (a, b) => (key[a] as number) - (key[b] as number) || a - b,
  );
  members.set(places.map((at) => members[at] as number));
  writeRanks(found, index, rank);
}

function withDummies({ numNodes, layer, from, to }: LayeredGraph): {
  readonly layer: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
} {
  const spanOf = (arc: number): number =>
    (layer[to[arc] as number] as number) - (layer[from[arc] as number] as number);
  let numDummies = 0;
  for (let arc = 0; arc < from.length; arc++) numDummies += spanOf(arc) - 1;
  checkSize(numNodes, numDummies);
  const layers = new Int32Array(numNodes + numDummies);
  layers.set(layer);
  const starts = new Int32Array(from.length + numDummies);
  const ends = new Int32Array(from.length + numDummies);
  let vertex = numNodes;
  let used = 0;
  for (let arc = 0; arc < from.length; arc++) {
    const span = spanOf(arc);
    let before = from[arc] as number;
    for (let step = 1; step < span; step++) {
      layers[vertex] = (layer[from[arc] as number] as number) + step;
      starts[used] = before;
      ends[used++] = vertex;
      before = vertex++;
    }
    starts[used] = before;
    ends[used++] = to[arc] as number;
  }
  return { layer: layers, from: starts, to: ends };
}

function checkSize(numNodes: number, numDummies: number): void {
  if (numNodes + numDummies <= MAX_VERTICES) return;
  const text = (count: number): string => count.toLocaleString('en');
  throw new LimitError(
    `The layered layout would need ${text(numNodes + numDummies)} places (${text(numNodes)} nodes and ${text(numDummies)} bends of edges); it goes up to ${text(MAX_VERTICES)}.`,
    {
      code: 'layered-size',
      remedy: 'Choose ForceAtlas2 or Concentric for this graph, or draw a part of it.',
      details: { numNodes, numDummies, limit: MAX_VERTICES },
    },
  );
}
