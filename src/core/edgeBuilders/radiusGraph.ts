/** Edges between all nodes within a distance of each other. */
import { LimitError } from '../errors.ts';
import { numNodes } from '../graph.ts';
import { type ParameterSpec, resolveValues, type ValuesOf } from '../parameters.ts';
import { createPace, type Pace } from './buildPace.ts';
import { chooseRows } from './chosenColumns.ts';
import {
  distanceWeights,
  MAX_EDGES_SPEC,
  METRIC_SPEC,
  SIGMA_SPEC,
  STANDARDISE_SPEC,
  WEIGHT_SPEC,
} from './distanceWeights.ts';
import { createEdgeBuffer } from './edgeBuffer.ts';
import type { EdgeBuilderDescriptor } from './edgeBuilderTypes.ts';
import { EARTH_RADIUS_KM, type Measure, type MetricId } from './metrics.ts';
import { limitPairs, readMeasure } from './nearestNeighbours.ts';
import { POINT_COLUMNS } from './points.ts';
import { densePairsWithin, gridPairsWithin, type PairSink, sparsePairsWithin } from './pairsWithin.ts';

const PARAMETERS = [
  {
    kind: 'number',
    id: 'radius',
    name: 'Radius',
    help: 'Largest distance of two joined nodes, in the unit of the columns: standard deviations when they are standardised, kilometres for haversine.',
    min: 1e-12,
    max: 1e18,
    step: 0.1,
    default: 1,
    scale: 'log',
  },
  METRIC_SPEC,
  WEIGHT_SPEC,
  SIGMA_SPEC,
  STANDARDISE_SPEC,
  MAX_EDGES_SPEC,
] as const satisfies readonly ParameterSpec[];

export const radiusGraph: EdgeBuilderDescriptor = {
  id: 'radius',
  name: 'Within a radius',
  summary: 'Joins all nodes whose distance by a vector, by number columns or by sets is at most a radius.',
  source:
    'Bentley, Stanat & Williams 1977, "The complexity of finding fixed-radius near neighbors", https://doi.org/10.1016/0020-0190(77)90070-9',
  parameters: PARAMETERS,
  needs: { columns: POINT_COLUMNS, edges: false },
  async build(graph, choice, given, context) {
    const values = resolveValues(PARAMETERS, given) as ValuesOf<typeof PARAMETERS>;
    const { radius, maxEdges, metric } = values;
    const pace = createPace(context, 'Finding nodes within the radius');
    await pace(0);
    const chosen = chooseRows(graph, choice, POINT_COLUMNS);
    const notes = [...chosen.notes];
    const measure = readMeasure(graph, chosen, values, notes);
    const { nodes } = measure.points;
    let ratio = 0;
    const edges = createEdgeBuffer(maxEdges, () => refuse(radius, maxEdges, ratio, edges.values()));
    const sink: PairSink = (i, j, distance, done) => {
      ratio = done;
      edges.push(nodes[i] as number, nodes[j] as number, distance);
    };
    await findPairs(measure, metric, radius, sink, pace);
    const found = edges.finish(numNodes(graph));
    return {
      nodeType: chosen.nodeType,
      source: found.source,
      target: found.target,
      weight: distanceWeights(found.value, metric, values, notes),
      relation: 'near',
      directed: false,
      notes,
    };
  },
};

function findPairs(
  measure: Measure,
  metric: MetricId,
  radius: number,
  sink: PairSink,
  pace: Pace,
): Promise<void> {
  if (measure.kind === 'sparse') return sparsePairsWithin(measure, radius, sink, pace);
  if (measure.points.width <= 3 && metric !== 'cosine') {
    // The longest chord is a diameter of the unit sphere, at half the circumference of the Earth.
    const angle = Math.min(Math.PI, radius / EARTH_RADIUS_KM);
    const cell = metric === 'haversine' ? 2 * Math.sin(angle / 2) : radius;
    return gridPairsWithin(measure, radius, cell, sink, pace);
  }
  limitPairs(measure, 'Use nearest neighbours instead, or at most three number columns, or fewer rows.');
  return densePairsWithin(measure, radius, sink, pace);
}

/**
 * The edges found so far are a sample of all: where the share of pairs looked at is f, the f-quantile of their distances
 * is about the radius that gives as many edges as are allowed.
 */
function refuse(radius: number, maxEdges: number, ratio: number, distances: Float64Array): never {
  const sorted = distances.slice().sort();
  // A tenth less, as it is an estimate; and below all equal distances, which come or go together.
  const tooMany = sorted[Math.floor(0.9 * ratio * sorted.length)] ?? 0;
  const fits = sorted.findLast((distance) => distance < tooMany) ?? 0;
  const smaller = fits > 0 ? Number(fits.toPrecision(3)) : radius / 10;
  const estimate =
    ratio > 0 ? ` (about ${Number((maxEdges / ratio).toPrecision(2)).toLocaleString('en')})` : '';
  throw new LimitError(
    `A radius of ${radius} makes more than ${maxEdges.toLocaleString('en')} edges${estimate}.`,
    {
      code: 'edge-limit',
      remedy: `Set Radius to ${smaller} or less, or raise Most edges.`,
      details: { radius, maxEdges, smaller },
    },
  );
}
