/** Edges to the k nearest nodes by their columns: the usual graph of a table that has none. */
import { LimitError } from '../errors.ts';
import { type Graph, numNodes } from '../graph.ts';
import { type ParameterSpec, resolveValues, type ValuesOf } from '../parameters.ts';
import { createPace, type Pace } from './buildPace.ts';
import { type ChosenRows, chooseRows } from './chosenColumns.ts';
import {
  distanceWeights,
  MAX_EDGES_SPEC,
  METRIC_SPEC,
  SIGMA_SPEC,
  STANDARDISE_SPEC,
  WEIGHT_SPEC,
} from './distanceWeights.ts';
import type { EdgeBuilderDescriptor } from './edgeBuilderTypes.ts';
import { exactDenseNeighbours, sparseNeighbours } from './exactNeighbours.ts';
import { createMeasure, type DenseMeasure, type Measure, type MetricId } from './metrics.ts';
import { descendToNeighbours } from './neighbourDescent.ts';
import {
  checkNeighbourCount,
  K_SPEC,
  lonelyNote,
  neighbourEdges,
  SYMMETRISE_SPEC,
} from './neighbourEdges.ts';
import type { NeighbourLists } from './neighbourLists.ts';
import { POINT_COLUMNS, readPoints, standardised } from './points.ts';

const PARAMETERS = [
  K_SPEC,
  METRIC_SPEC,
  SYMMETRISE_SPEC,
  WEIGHT_SPEC,
  SIGMA_SPEC,
  STANDARDISE_SPEC,
  {
    kind: 'choice',
    id: 'search',
    name: 'Search',
    help: 'Exact compares all pairs; approximate finds nearly all true neighbours of many rows. Automatic: exact up to 8,000 dense rows; sparse rows are always exact.',
    options: [
      { id: 'auto', name: 'Automatic' },
      { id: 'exact', name: 'Exact' },
      { id: 'approximate', name: 'Approximate' },
    ],
    default: 'auto',
    isAdvanced: true,
  },
  {
    kind: 'integer',
    id: 'seed',
    name: 'Seed',
    help: 'Of the draws of the approximate search; the same seed gives the same edges.',
    min: 0,
    max: 2_147_483_647,
    step: 1,
    default: 0,
    isAdvanced: true,
  },
  MAX_EDGES_SPEC,
] as const satisfies readonly ParameterSpec[];

type Values = ValuesOf<typeof PARAMETERS>;

/** Above, all pairs of dense rows take longer than the approximate search. */
const MAX_EXACT_ROWS = 8000;
/** Multiply–adds of all pairs; more takes many minutes. */
const MAX_PAIR_VALUES = 2e11;
/** The approximate search keeps about 500 bytes a row. */
const MAX_SEARCH_ROWS = 2_000_000;

export const nearestNeighbours: EdgeBuilderDescriptor = {
  id: 'nearest-neighbours',
  name: 'Nearest neighbours',
  summary: 'Joins each node to the k nodes nearest to it by a vector, by number columns or by sets.',
  source:
    'Dong, Moses & Li 2011, "Efficient k-nearest neighbor graph construction for generic similarity measures", https://doi.org/10.1145/1963405.1963487',
  parameters: PARAMETERS,
  needs: { columns: POINT_COLUMNS, edges: false },
  async build(graph, choice, given, context) {
    const values = resolveValues(PARAMETERS, given) as Values;
    const pace = createPace(context, 'Finding nearest neighbours');
    await pace(0);
    const chosen = chooseRows(graph, choice, POINT_COLUMNS);
    const notes = [...chosen.notes];
    const measure = readMeasure(graph, chosen, values, notes);
    const { nodes } = measure.points;
    checkNeighbourCount(values.k, nodes.length, values.maxEdges);
    const lists = await findNeighbours(measure, values, pace, notes);
    notes.push(...lonelyNote(lists));
    const found = neighbourEdges(lists, nodes, values.symmetrise, values.maxEdges, numNodes(graph));
    return {
      nodeType: chosen.nodeType,
      source: found.source,
      target: found.target,
      weight: distanceWeights(found.value, values.metric, values, notes),
      relation: 'nearest',
      directed: values.symmetrise === 'directed',
      notes,
    };
  },
};

/** Points and metric of the chosen columns, standardised where asked for. Errors as `readPoints` and `createMeasure`. */
export function readMeasure(
  graph: Graph,
  chosen: ChosenRows,
  { metric, standardise }: { readonly metric: MetricId; readonly standardise: 'auto' | 'on' | 'off' },
  notes: string[],
): Measure {
  const points = readPoints(graph, chosen);
  const isWanted = standardise === 'on' || (standardise === 'auto' && chosen.columns.length > 1);
  // Degrees have a common unit, and standardised ones are no place on Earth.
  const isStandardised = isWanted && points.kind === 'dense' && metric !== 'haversine';
  return createMeasure(graph, chosen, isStandardised ? standardised(points) : points, metric, notes);
}

async function findNeighbours(
  measure: Measure,
  { k, search, seed }: Values,
  pace: Pace,
  notes: string[],
): Promise<NeighbourLists> {
  if (measure.kind === 'sparse') return sparseNeighbours(measure, k, pace);
  const size = measure.points.nodes.length;
  const isCheap = size <= MAX_EXACT_ROWS && pairValues(measure) <= MAX_PAIR_VALUES;
  if (search === 'exact' || (search === 'auto' && isCheap)) {
    limitPairs(measure, 'Set Search to approximate, or use fewer rows or a narrower vector.');
    return exactDenseNeighbours(measure, k, pace);
  }
  if (size > MAX_SEARCH_ROWS) {
    throw new LimitError(`${size.toLocaleString('en')} rows are too many for a neighbour search in memory.`, {
      code: 'edge-rows-limit',
      remedy: `Use at most ${MAX_SEARCH_ROWS.toLocaleString('en')} rows.`,
      details: { size, limit: MAX_SEARCH_ROWS },
    });
  }
  notes.push('The search was approximate: a few neighbours may be next-best ones.');
  return descendToNeighbours(measure, k, seed, pace);
}

/** Multiply–adds to compare all pairs. */
function pairValues({ points: { nodes, width } }: DenseMeasure): number {
  return (nodes.length * nodes.length * Math.max(width, 4)) / 2;
}

/** @throws {LimitError} comparing all pairs would take many minutes */
export function limitPairs(measure: DenseMeasure, remedy: string): void {
  const work = pairValues(measure);
  if (work <= MAX_PAIR_VALUES) return;
  const { nodes, width } = measure.points;
  throw new LimitError(
    `Comparing all pairs of ${nodes.length.toLocaleString('en')} rows of ${width} numbers takes too long.`,
    { code: 'edge-work', remedy, details: { work, limit: MAX_PAIR_VALUES } },
  );
}
