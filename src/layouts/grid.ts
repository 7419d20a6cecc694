/** Nodes in rows, sorted: shows how a value runs through the graph, and every node at the same size. */
import { type ParameterSpec, resolveValues, type ValuesOf } from '../core/parameters.ts';
import { type LayoutDescriptor, type LayoutInput, NODE_SPACING } from './layoutTypes.ts';
import { coresOf, degreesOf } from './nodeMeasures.ts';
import { createStaticLayout, descendingOrder, placeRows } from './staticLayout.ts';

const PARAMETERS = [
  {
    kind: 'choice',
    id: 'order',
    name: 'Sorted by',
    help: 'What the nodes are sorted by, highest first, row by row. Nodes without a value come last.',
    options: [
      { id: 'degree', name: 'Degree' },
      { id: 'core', name: 'Core number' },
      { id: 'file', name: 'As in the data' },
    ],
    default: 'degree',
  },
  {
    kind: 'integer',
    id: 'perRow',
    name: 'Nodes per row',
    help: '0 makes the grid a little wider than high, as screens are.',
    min: 0,
    max: 100_000,
    step: 1,
    default: 0,
  },
] as const satisfies readonly ParameterSpec[];

/** Width over height when the number per row is left to the layout. */
const ASPECT = 1.5;

export const grid: LayoutDescriptor = {
  id: 'grid',
  name: 'Grid',
  summary: 'Rows of equal steps, sorted by degree, core number or a column.',
  source: 'standard',
  isStatic: true,
  parameters: PARAMETERS,
  columns: { order: 'values' },
  needs: null,
  create: (input) => createStaticLayout(input, gridPlaces),
};

function gridPlaces(input: LayoutInput): Float64Array {
  const { numNodes, numbers = {}, parameters = {} } = input;
  const { order, perRow } = resolveValues(PARAMETERS, parameters) as ValuesOf<typeof PARAMETERS>;
  const nodes =
    numbers['order'] !== undefined
      ? descendingOrder(numbers['order'])
      : order === 'file'
        ? Int32Array.from({ length: numNodes }, (_, node) => node)
        : descendingOrder(order === 'core' ? coresOf(input) : degreesOf(input));
  const width = perRow === 0 ? Math.max(1, Math.ceil(Math.sqrt(numNodes * ASPECT))) : perRow;
  const places = new Float64Array(2 * numNodes);
  placeRows(nodes, width, { x: -(width * NODE_SPACING) / 2, y: 0 }, places);
  return places;
}
