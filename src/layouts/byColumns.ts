/** Nodes where two columns put them: positions of the file, a map, or any two measures against each other. */
import { ParameterError } from '../core/errors.ts';
import { type ParameterSpec, resolveValues, type ValuesOf } from '../core/parameters.ts';
import type { LayoutDescriptor, LayoutInput } from './layoutTypes.ts';
import { plotPlaces } from './plotPlaces.ts';
import { createStaticLayout } from './staticLayout.ts';

const PARAMETERS = [
  {
    kind: 'choice',
    id: 'x',
    name: 'Across',
    help: 'The numeric column that places nodes from left to right.',
    options: [],
    default: '',
  },
  {
    kind: 'choice',
    id: 'y',
    name: 'Up and down',
    help: 'The numeric column that places nodes from bottom to top, or from top to bottom.',
    options: [],
    default: '',
  },
  {
    kind: 'choice',
    id: 'scale',
    name: 'Scale',
    help: 'Whether one unit is as long on both axes. Automatic: it is, unless one axis would be a thin line. Map: degrees of longitude and latitude.',
    options: [
      { id: 'auto', name: 'Automatic' },
      { id: 'same', name: 'Same on both' },
      { id: 'each', name: 'Each fills its side' },
      { id: 'map', name: 'Map' },
    ],
    default: 'auto',
  },
  {
    kind: 'choice',
    id: 'direction',
    name: 'Higher values',
    help: 'Plots and maps put higher values up; positions of drawings often count downwards from the top.',
    options: [
      { id: 'up', name: 'Further up' },
      { id: 'down', name: 'Further down' },
    ],
    default: 'up',
  },
] as const satisfies readonly ParameterSpec[];

export const byColumns: LayoutDescriptor = {
  id: 'columns',
  name: 'By two columns',
  summary: 'Where two numeric columns put the nodes: positions of the file, a map, a scatter plot.',
  source: 'standard; maps in an equirectangular projection, Snyder 1987, https://doi.org/10.3133/pp1395',
  isStatic: true,
  parameters: PARAMETERS,
  columns: { x: 'numbers', y: 'numbers' },
  needs: null,
  create: (input) => createStaticLayout(input, columnPlaces),
};

function columnPlaces(input: LayoutInput): Float64Array {
  const { scale, direction } = resolveValues(PARAMETERS, input.parameters ?? {}) as ValuesOf<
    typeof PARAMETERS
  >;
  return plotPlaces(input, chosen(input, 'x', 'Across'), chosen(input, 'y', 'Up and down'), {
    scale,
    isUp: direction === 'up',
  });
}

function chosen({ numbers = {} }: LayoutInput, id: string, name: string): Float64Array {
  const values = numbers[id];
  if (values !== undefined) return values;
  throw new ParameterError(`The layout by two columns has no column for '${name}'.`, {
    code: 'layout-column',
    remedy: 'Choose a numeric column in the settings of the layout.',
    details: { id },
  });
}
