/** Layers from sources to sinks: directed edges run one way, so that flows, taxonomies and dependencies read like text. */
import { type ParameterSpec, resolveValues, type ValuesOf } from '../core/parameters.ts';
import { type LayeredGraph, layeredGraph } from './layeredGraph.ts';
import { type LayerOrder, layerOrder, type Neighbours } from './layerOrder.ts';
import { type LayoutDescriptor, type LayoutInput, NODE_SPACING } from './layoutTypes.ts';
import { createStaticLayout, placeRows } from './staticLayout.ts';

const PARAMETERS = [
  {
    kind: 'choice',
    id: 'direction',
    name: 'Direction',
    help: 'Where edges point. Edges that close a cycle point back.',
    options: [
      { id: 'down', name: 'Down' },
      { id: 'right', name: 'To the right' },
    ],
    default: 'down',
  },
  {
    kind: 'number',
    id: 'layerGap',
    name: 'Layer distance',
    help: 'Distance between layers, in units of the distance between neighbours on a layer.',
    min: 0.5,
    max: 20,
    step: 0.5,
    default: 2.5,
  },
  {
    kind: 'integer',
    id: 'sweeps',
    name: 'Sweeps',
    help: 'Passes that sort the layers against crossings of edges. More take longer and may cross less.',
    min: 0,
    max: 100,
    step: 1,
    default: 12,
  },
] as const satisfies readonly ParameterSpec[];

/** Room of a bend of a long edge, as a share of that of a node. */
const DUMMY_WIDTH = 0.4;
/** Passes over all layers that pull vertices over their neighbours. */
const STRAIGHTENING = 6;

export const layered: LayoutDescriptor = {
  id: 'layered',
  name: 'Layered',
  summary:
    'Directed edges point down, layer by layer, with few crossings; edges that close a cycle point back.',
  source: 'Sugiyama, Tagawa & Toda 1981, https://doi.org/10.1109/TSMC.1981.4308636',
  isStatic: true,
  parameters: PARAMETERS,
  columns: {},
  needs: 'directed-edges',
  create: (input) => createStaticLayout(input, layeredPlaces),
};

function layeredPlaces(input: LayoutInput): Float64Array {
  const { numNodes, source, target } = input;
  const { direction, layerGap, sweeps } = resolveValues(PARAMETERS, input.parameters ?? {}) as ValuesOf<
    typeof PARAMETERS
  >;
  const graph = layeredGraph(numNodes, source, target);
  const x = placesAcross(layerOrder(graph, sweeps), numNodes);
  const places = new Float64Array(2 * numNodes);
  for (let node = 0; node < numNodes; node++) {
    const along = (graph.layer[node] as number) * layerGap * NODE_SPACING;
    places[2 * node] = direction === 'down' ? (x[node] as number) : along;
    places[2 * node + 1] = direction === 'down' ? along : (x[node] as number);
  }
  placeIsolated(graph, places);
  return places;
}

/** Nodes without arcs stand in rows below the drawing. */
function placeIsolated({ numNodes, layer }: LayeredGraph, places: Float64Array): void {
  const isolated: number[] = [];
  let [left, right, bottom] = [Infinity, -Infinity, -Infinity];
  for (let node = 0; node < numNodes; node++) {
    if (layer[node] === -1) {
      isolated.push(node);
      continue;
    }
    left = Math.min(left, places[2 * node] as number);
    right = Math.max(right, places[2 * node] as number);
    bottom = Math.max(bottom, places[2 * node + 1] as number);
  }
  if (left > right) [left, right, bottom] = [0, 0, 0];
  const perRow = Math.ceil(Math.max(Math.sqrt(isolated.length), (right - left) / NODE_SPACING, 1));
  placeRows(isolated, perRow, { x: left, y: bottom + 2 * NODE_SPACING }, places);
}

/**
 * Returns [V] places across. In each pass every layer moves to the least-squares fit of its vertices to the means of
 * their neighbours above or below, under the order and the room each vertex needs: a monotone regression.
 */
function placesAcross(found: LayerOrder, numNodes: number): Float64Array {
  const numLayers = found.ptr.length - 1;
  const x = new Float64Array(found.layer.length);
  const offset = roomOf(found, numNodes);
  for (let index = 0; index < numLayers; index++) {
    const end = found.ptr[index + 1] as number;
    const middle = (offset[end - 1] ?? 0) / 2;
    for (let at = found.ptr[index] as number; at < end; at++) {
      x[found.order[at] as number] = (offset[at] as number) - middle;
    }
  }
  for (let pass = 0; pass < STRAIGHTENING; pass++) {
    const isDown = pass % 2 === 0;
    for (let step = 1; step < numLayers; step++) {
      const index = isDown ? step : numLayers - 1 - step;
      straighten(found, index, isDown ? found.above : found.below, offset, x);
    }
  }
  return x;
}

/** [V on layers] least distance of each vertex from the first of its layer. */
function roomOf({ ptr, order }: LayerOrder, numNodes: number): Float64Array {
  const offset = new Float64Array(order.length);
  const widthOf = (at: number): number => ((order[at] as number) < numNodes ? 1 : DUMMY_WIDTH) * NODE_SPACING;
  for (let index = 0; index + 1 < ptr.length; index++) {
    for (let at = (ptr[index] as number) + 1; at < (ptr[index + 1] as number); at++) {
      offset[at] = (offset[at - 1] as number) + (widthOf(at - 1) + widthOf(at)) / 2;
    }
  }
  return offset;
}

/** Pool adjacent violators: Ayer et al. 1955, doi:10.1214/aoms/1177728423. O(vertices and arcs of the layer). */
function straighten(
  { ptr, order }: LayerOrder,
  index: number,
  neighbours: Neighbours,
  offset: Float64Array,
  x: Float64Array,
): void {
  const start = ptr[index] as number;
  const end = ptr[index + 1] as number;
  const mean = new Float64Array(end - start);
  const size = new Int32Array(end - start);
  let blocks = 0;
  for (let at = start; at < end; at++) {
    mean[blocks] = wantedPlace(order[at] as number, neighbours, x) - (offset[at] as number);
    size[blocks++] = 1;
    while (blocks > 1 && (mean[blocks - 2] as number) > (mean[blocks - 1] as number)) {
      const [left, right] = [size[blocks - 2] as number, size[blocks - 1] as number];
      mean[blocks - 2] =
        (left * (mean[blocks - 2] as number) + right * (mean[blocks - 1] as number)) / (left + right);
      size[blocks - 2] = left + right;
      blocks--;
    }
  }
  let at = start;
  for (let block = 0; block < blocks; block++) {
    for (let left = size[block] as number; left > 0; left--, at++) {
      x[order[at] as number] = (mean[block] as number) + (offset[at] as number);
    }
  }
}

function wantedPlace(member: number, { ptr, vertex }: Neighbours, x: Float64Array): number {
  const start = ptr[member] as number;
  const end = ptr[member + 1] as number;
  if (start === end) return x[member] as number;
  let sum = 0;
  for (let at = start; at < end; at++) sum += x[vertex[at] as number] as number;
  return sum / (end - start);
}
