/**
 * Distances between points. A dense metric is a comparison of two rows that orders pairs as the distance does, and the
 * map from it to the distance; a sparse one is a sum over the columns two rows share, and the map from that sum and
 * the sizes of both rows.
 */
import { InvalidGraphError, TaskError } from '../errors.ts';
import { type Graph, nodeId } from '../graph.ts';
import { type ChosenRows, countOf, refuseFewRows } from './chosenColumns.ts';
import { type DensePoints, type Points, selectPoints, type SparsePoints } from './points.ts';

export const METRICS = [
  { id: 'euclidean', name: 'Euclidean' },
  { id: 'cosine', name: 'Cosine (1 − cosine of the angle)' },
  { id: 'manhattan', name: 'Manhattan' },
  { id: 'jaccard', name: 'Jaccard (sets: 1 − shared ∕ all)' },
  { id: 'hamming', name: 'Hamming (sets: members in one of both)' },
  { id: 'haversine', name: 'Haversine (latitude, longitude → km)' },
] as const;
export type MetricId = (typeof METRICS)[number]['id'];

export interface DenseMeasure {
  readonly kind: 'dense';
  readonly points: DensePoints;
  /** [n] squared lengths where the metric is cosine, else null: random hyperplanes go by direction then. */
  readonly squares: Float64Array | null;
  /** Orders pairs as the distance does; symmetric to the last bit. O(width). */
  compare(i: number, j: number): number;
  distance(compared: number): number;
}

export interface SparseMeasure {
  readonly kind: 'sparse';
  readonly points: SparsePoints;
  /** What a shared column adds: a·b, or |a − b| − |a| − |b|. */
  readonly term: 'product' | 'difference';
  /** [n] squared length, sum of magnitudes or number of members. */
  readonly sizes: Float64Array;
  /** Distance of two rows from the sum over what they share and their sizes; ascending in sizes where the sum is 0. */
  distance(shared: number, sizeA: number, sizeB: number): number;
  /** False where rows that share nothing are as far apart as can be and are no neighbours. */
  readonly joinsStrangers: boolean;
}

export type Measure = DenseMeasure | SparseMeasure;

/** Mean radius of the Earth (IUGG 1980, R1), as the haversine formula takes it to be a sphere. */
export const EARTH_RADIUS_KM = 6371.0088;

/** Below this squared length a row has no direction (its products would underflow). */
const LEAST_SQUARE = 1e-150;

/**
 * Returns how to compare the points, without those that have no distance by this metric (no direction, or no members).
 *
 * Euclidean √Σ(a−b)², Manhattan Σ|a−b|, cosine 1 − a·b ∕ |a||b|, Jaccard 1 − |A∩B| ∕ |A∪B|, Hamming |A∆B| (the members
 * of a sparse row are its non-zero columns), haversine 2R·asin √(sin²(Δφ∕2) + cos φ₁ cos φ₂ sin²(Δλ∕2)).
 * Sources: Deza & Deza 2016, "Encyclopedia of Distances", 4th ed., doi:10.1007/978-3-662-52844-0; haversine: Sinnott
 * 1984, "Virtues of the Haversine", Sky and Telescope 68(2):159. Sparse Euclidean distances are differences of squares:
 * exact 0 for equal rows, else to about 1e-8 of the rows' length.
 * @throws {TaskError} the metric does not fit the columns, or fewer than two points are left
 * @throws {InvalidGraphError} a latitude or longitude out of range
 */
export function createMeasure(
  graph: Graph,
  chosen: ChosenRows,
  points: SparsePoints,
  metric: MetricId,
  notes: string[],
): SparseMeasure;
export function createMeasure(
  graph: Graph,
  chosen: ChosenRows,
  points: Points,
  metric: MetricId,
  notes: string[],
): Measure;
export function createMeasure(
  graph: Graph,
  chosen: ChosenRows,
  points: Points,
  metric: MetricId,
  notes: string[],
): Measure {
  const usable = (kept: Int32Array, what: string): void => {
    const left = points.nodes.length - kept.length;
    if (left > 0) notes.push(`${countOf(left, 'node')} ${what} got no edges.`);
    const names = chosen.columns.map((column) => `'${column.name}'`).join(', ');
    const type = graph.nodeTypes[chosen.nodeType]?.name ?? '';
    if (kept.length < 2) refuseFewRows(kept.length, names, type);
  };
  if (points.kind === 'dense') return denseMeasure(graph, chosen, points, metric, usable);
  return sparseMeasure(points, metric, usable);
}

/** Returns the Euclidean measure of dense points, finite and of usual magnitude: what a search compares by its squares. */
export function euclideanMeasure(points: DensePoints): DenseMeasure {
  return { kind: 'dense', points, squares: null, compare: squaredDistance(points), distance: Math.sqrt };
}

type Usable = (kept: Int32Array, what: string) => void;

function denseMeasure(
  graph: Graph,
  chosen: ChosenRows,
  points: DensePoints,
  metric: MetricId,
  usable: Usable,
): DenseMeasure {
  switch (metric) {
    case 'euclidean':
      return euclideanMeasure(points);
    case 'manhattan':
      return {
        kind: 'dense',
        points,
        squares: null,
        compare: absoluteDistance(points),
        distance: (compared) => compared,
      };
    case 'cosine': {
      const kept = indicesAbove(squaredLengths(points), LEAST_SQUARE);
      usable(kept, 'whose row is all zeros');
      const directed = kept.length === points.nodes.length ? points : selectPoints(points, kept);
      const squares = squaredLengths(directed);
      return {
        kind: 'dense',
        points: directed,
        squares,
        compare: cosineDistance(directed, squares),
        distance: (compared) => compared,
      };
    }
    case 'haversine': {
      const sphere = spherePoints(graph, chosen, points);
      return {
        kind: 'dense',
        points: sphere,
        squares: null,
        compare: squaredDistance(sphere),
        distance: (chordSquare) => 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chordSquare) / 2)),
      };
    }
    default:
      throw new TaskError(`The ${metric} distance compares sets; the chosen columns hold numbers.`, {
        code: 'edge-metric',
        remedy: 'Choose another metric, or a sparse column, or yes/no and category columns.',
        details: { metric },
      });
  }
}

function squaredDistance({ width, values }: DensePoints): (i: number, j: number) => number {
  return (i, j) => {
    let sum = 0;
    let b = j * width;
    for (let a = i * width; a < (i + 1) * width; a++) {
      const difference = (values[a] as number) - (values[b++] as number);
      sum += difference * difference;
    }
    return sum;
  };
}

function absoluteDistance({ width, values }: DensePoints): (i: number, j: number) => number {
  return (i, j) => {
    let sum = 0;
    let b = j * width;
    for (let a = i * width; a < (i + 1) * width; a++) {
      sum += Math.abs((values[a] as number) - (values[b++] as number));
    }
    return sum;
  };
}

function cosineDistance(
  { width, values }: DensePoints,
  squares: Float64Array,
): (i: number, j: number) => number {
  return (i, j) => {
    let dot = 0;
    let b = j * width;
    for (let a = i * width; a < (i + 1) * width; a++) dot += (values[a] as number) * (values[b++] as number);
    return angleDistance(dot, squares[i] as number, squares[j] as number);
  };
}

/** One root of the product, not a product of roots: it is exactly 0 between equal rows. */
function angleDistance(dot: number, squareA: number, squareB: number): number {
  return Math.max(0, 1 - dot / Math.sqrt(squareA * squareB));
}

function squaredLengths({ nodes, width, values }: DensePoints): Float64Array {
  const squares = new Float64Array(nodes.length);
  for (let point = 0; point < nodes.length; point++) {
    let sum = 0;
    for (let at = point * width; at < (point + 1) * width; at++) sum += (values[at] as number) ** 2;
    squares[point] = sum;
  }
  return squares;
}

function indicesAbove(sizes: Float64Array, least: number): Int32Array {
  const kept = new Int32Array(sizes.length);
  let used = 0;
  for (let point = 0; point < sizes.length; point++)
    if ((sizes[point] as number) > least) kept[used++] = point;
  return kept.subarray(0, used);
}

/** Points on the unit sphere: the square of half a chord is the haversine, so that trees and grids know no date line. */
function spherePoints(graph: Graph, chosen: ChosenRows, { nodes, width, values }: DensePoints): DensePoints {
  if (width !== 2) {
    throw new TaskError(`The haversine distance needs two number columns, not ${width}.`, {
      code: 'edge-coordinates',
      remedy: 'Choose the latitude column, then the longitude column, both in degrees.',
      details: { columns: width },
    });
  }
  const sphere = new Float64Array(3 * nodes.length);
  for (let point = 0; point < nodes.length; point++) {
    const latitude = values[2 * point] as number;
    const longitude = values[2 * point + 1] as number;
    if (Math.abs(latitude) > 90 || Math.abs(longitude) > 360) {
      const name = nodeId(graph, nodes[point] as number);
      const [first, second] = chosen.columns.map((column) => `'${column.name}'`);
      throw new InvalidGraphError(`Node '${name}' has latitude ${latitude} and longitude ${longitude}.`, {
        code: 'edge-coordinates',
        remedy: `Give degrees; ${first} is read as latitude and ${second} as longitude: change their order if need be.`,
        details: { node: name, latitude, longitude },
      });
    }
    const phi = (latitude * Math.PI) / 180;
    const lambda = (longitude * Math.PI) / 180;
    sphere[3 * point] = Math.cos(phi) * Math.cos(lambda);
    sphere[3 * point + 1] = Math.cos(phi) * Math.sin(lambda);
    sphere[3 * point + 2] = Math.sin(phi);
  }
  return { kind: 'dense', nodes, width: 3, values: sphere };
}

function sparseMeasure(points: SparsePoints, metric: MetricId, usable: Usable): SparseMeasure {
  const product = { kind: 'sparse', term: 'product' } as const;
  switch (metric) {
    case 'euclidean':
      return {
        ...product,
        points,
        sizes: rowSums(points, (value) => value * value),
        distance: (shared, a, b) => Math.sqrt(Math.max(0, a + b - 2 * shared)),
        joinsStrangers: true,
      };
    case 'manhattan':
      return {
        kind: 'sparse',
        term: 'difference',
        points,
        sizes: rowSums(points, Math.abs),
        distance: (shared, a, b) => Math.max(0, a + b + shared),
        joinsStrangers: true,
      };
    case 'hamming': {
      const sets = { ...points, values: new Float32Array(points.values.length).fill(1) };
      return {
        ...product,
        points: sets,
        sizes: rowSums(sets, () => 1),
        distance: (shared, a, b) => a + b - 2 * shared,
        joinsStrangers: true,
      };
    }
    case 'cosine': {
      const kept = indicesAbove(
        rowSums(points, (value) => value * value),
        LEAST_SQUARE,
      );
      usable(kept, 'whose row is all zeros');
      const directed = selectPoints(points, kept);
      const sizes = rowSums(directed, (value) => value * value);
      return { ...product, points: directed, sizes, distance: angleDistance, joinsStrangers: false };
    }
    case 'jaccard': {
      const kept = indicesAbove(
        rowSums(points, () => 1),
        0,
      );
      usable(kept, 'whose set is empty');
      const filled = selectPoints(points, kept);
      const sets = { ...filled, values: new Float32Array(filled.values.length).fill(1) };
      return {
        ...product,
        points: sets,
        sizes: rowSums(sets, () => 1),
        distance: (shared, a, b) => 1 - shared / (a + b - shared),
        joinsStrangers: false,
      };
    }
    case 'haversine':
      throw new TaskError('The haversine distance compares coordinates; the chosen columns hold sets.', {
        code: 'edge-metric',
        remedy: 'Choose the latitude column, then the longitude column, or another metric.',
        details: { metric },
      });
    default:
      return metric satisfies never;
  }
}

function rowSums({ nodes, rowPtr, values }: SparsePoints, term: (value: number) => number): Float64Array {
  const sums = new Float64Array(nodes.length);
  for (let row = 0; row < nodes.length; row++) {
    let sum = 0;
    for (let k = rowPtr[row] as number; k < (rowPtr[row + 1] as number); k++)
      sum += term(values[k] as number);
    sums[row] = sum;
  }
  return sums;
}
