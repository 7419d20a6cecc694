/** Nodes on one circle, alike side by side: shows who links across, and costs one step. */
import { connectedComponents } from '../core/graphMetrics/connectedComponents.ts';
import { louvain } from '../core/graphMetrics/louvain.ts';
import { undirectedAdjacency } from '../core/graphMetrics/undirectedAdjacency.ts';
import { type ParameterSpec, resolveValues, type ValuesOf } from '../core/parameters.ts';
import { type LayoutDescriptor, type LayoutInput, NODE_SPACING } from './layoutTypes.ts';
import { degreesOf } from './nodeMeasures.ts';
import { createStaticLayout, descendingOrder } from './staticLayout.ts';

/** Beyond, communities can take many seconds where there are none to find; a circle should stand at once. */
const MAX_COMMUNITY_EDGES = 50_000;

const PARAMETERS = [
  {
    kind: 'choice',
    id: 'order',
    name: 'Order',
    help: 'What stands side by side on the circle: members of one community (of one connected part in graphs of over 50,000 edges), nodes of like degree, or equal values.',
    options: [
      { id: 'community', name: 'Community' },
      { id: 'degree', name: 'Degree' },
      { id: 'file', name: 'As in the data' },
    ],
    default: 'community',
  },
] as const satisfies readonly ParameterSpec[];

export const circular: LayoutDescriptor = {
  id: 'circular',
  name: 'Circular',
  summary: 'All nodes on one circle, in order of their communities or of a column.',
  source: 'standard; order by Louvain communities, https://doi.org/10.1088/1742-5468/2008/10/P10008',
  isStatic: true,
  parameters: PARAMETERS,
  columns: { order: 'values' },
  needs: null,
  create: (input) => createStaticLayout(input, circlePlaces),
};

function circlePlaces(input: LayoutInput): Float64Array {
  const { numNodes } = input;
  const order = circleOrder(input);
  // The circumference gives each node half the usual spacing, or a large circle would be empty inside.
  const radius = (numNodes * NODE_SPACING) / 2 / (2 * Math.PI);
  const places = new Float64Array(2 * numNodes);
  if (numNodes === 1) return places;
  order.forEach((node, rank) => {
    // From the top, clockwise, as a clock is read; y points down on a screen.
    const angle = (2 * Math.PI * rank) / numNodes - Math.PI / 2;
    places[2 * node] = radius * Math.cos(angle);
    places[2 * node + 1] = radius * Math.sin(angle);
  });
  return places;
}

function circleOrder(input: LayoutInput): Int32Array {
  const { numNodes, source, target, numbers = {}, parameters = {} } = input;
  // Checks the ends of edges for every order.
  const adjacency = undirectedAdjacency(numNodes, source, target);
  if (numbers['order'] !== undefined) return descendingOrder(numbers['order']);
  const { order } = resolveValues(PARAMETERS, parameters) as ValuesOf<typeof PARAMETERS>;
  switch (order) {
    case 'degree':
      return descendingOrder(degreesOf(input));
    case 'file':
      return Int32Array.from({ length: adjacency.numNodes }, (_, node) => node);
    case 'community': {
      const community =
        source.length > MAX_COMMUNITY_EDGES
          ? connectedComponents(numNodes, source, target).component
          : louvain(input).community;
      // Communities and components are numbered by size: the largest comes first.
      return descendingOrder(Int32Array.from(community, (index) => -index));
    }
    default:
      return order satisfies never;
  }
}
