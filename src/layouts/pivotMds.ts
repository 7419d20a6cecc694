/**
 * A quick two-dimensional sketch of one connected component from graph distances: where a force layout starts, so that
 * it has little left to untangle.
 */
import type { RandomSequence } from '../core/random.ts';
import type { UndirectedAdjacency } from '../core/graphMetrics/undirectedAdjacency.ts';

const MAX_PIVOTS = 24;
const POWER_ITERATIONS = 40;

/**
 * Returns [2 n] coordinates of the component's members, centred, of about unit variance along the first axis.
 * Pivots are chosen by the max–min rule; distances by breadth-first search; C = −½ · doubly centred squared distances
 * [n, k]; coordinates are C times the two leading eigenvectors of CᵀC, found by power iteration with deflation.
 *
 * Source: Brandes & Pich 2007, "Eigensolver Methods for Progressive Multidimensional Scaling of Large Data",
 * doi:10.1007/978-3-540-70904-6_6.
 * @param members node indices of one connected component
 * @param hops    [N] scratch shared by the calls for all components; only the members' entries are used
 * Deterministic in (graph, draws). O(k (n + e)) time and O(k n) memory for k ≤ 24 pivots.
 */
export function pivotMds(
  graph: UndirectedAdjacency,
  members: Int32Array,
  hops: Int32Array,
  random: RandomSequence,
): Float64Array {
  const numPivots = Math.min(MAX_PIVOTS, members.length);
  const distances = pivotDistances(graph, members, hops, numPivots, random);
  doublyCentre(distances, members.length, numPivots);
  const first = leadingAxis(distances, members.length, numPivots, null, random);
  const second = leadingAxis(distances, members.length, numPivots, first, random);
  const out = new Float64Array(2 * members.length);
  const scale = 1 / (rootMeanSquare(times(distances, first, members.length, numPivots)) || 1);
  [first, second].forEach((axis, dimension) => {
    times(distances, axis, members.length, numPivots).forEach((value, row) => {
      out[2 * row + dimension] = value * scale;
    });
  });
  return out;
}

/** Squared hop distances [n · k], row-major. */
function pivotDistances(
  graph: UndirectedAdjacency,
  members: Int32Array,
  hops: Int32Array,
  numPivots: number,
  random: RandomSequence,
): Float64Array {
  const queue = new Int32Array(members.length);
  const nearest = new Int32Array(members.length).fill(0x7fffffff);
  const out = new Float64Array(members.length * numPivots);
  let pivot = members[random.below(members.length)] as number;
  for (let column = 0; column < numPivots; column++) {
    for (const node of members) hops[node] = -1;
    breadthFirst(graph, pivot, hops, queue);
    let farthest = 0;
    members.forEach((node, row) => {
      const hop = hops[node] as number;
      out[row * numPivots + column] = hop * hop;
      nearest[row] = Math.min(nearest[row] as number, hop);
      if ((nearest[row] as number) > (nearest[farthest] as number)) farthest = row;
    });
    pivot = members[farthest] as number;
  }
  return out;
}

function breadthFirst(graph: UndirectedAdjacency, start: number, hops: Int32Array, queue: Int32Array): void {
  let head = 0;
  let tail = 0;
  queue[tail++] = start;
  hops[start] = 0;
  while (head < tail) {
    const node = queue[head++] as number;
    for (let at = graph.rowPtr[node] as number; at < (graph.rowPtr[node + 1] as number); at++) {
      const neighbour = graph.colIndex[at] as number;
      if ((hops[neighbour] as number) >= 0) continue;
      hops[neighbour] = (hops[node] as number) + 1;
      queue[tail++] = neighbour;
    }
  }
}

/** C_ij = −½ (d²_ij − mean over the row − mean over the column + mean over all), in place. */
function doublyCentre(values: Float64Array, rows: number, columns: number): void {
  const columnMean = new Float64Array(columns);
  const rowMean = new Float64Array(rows);
  let mean = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column] as number;
      rowMean[row] = (rowMean[row] as number) + value / columns;
      columnMean[column] = (columnMean[column] as number) + value / rows;
      mean += value / (rows * columns);
    }
  }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const centred =
        (values[at] as number) - (rowMean[row] as number) - (columnMean[column] as number) + mean;
      values[at] = -0.5 * centred;
    }
  }
}

function times(matrix: Float64Array, vector: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      sum += (matrix[row * columns + column] as number) * (vector[column] as number);
    }
    out[row] = sum;
  }
  return out;
}

/** Leading eigenvector of CᵀC, orthogonal to `against`. */
function leadingAxis(
  matrix: Float64Array,
  rows: number,
  columns: number,
  against: Float64Array | null,
  random: RandomSequence,
): Float64Array {
  let axis = Float64Array.from({ length: columns }, () => random.normal());
  for (let iteration = 0; iteration < POWER_ITERATIONS; iteration++) {
    const image = times(matrix, axis, rows, columns);
    const next = new Float64Array(columns);
    for (let row = 0; row < rows; row++) {
      const value = image[row] as number;
      for (let column = 0; column < columns; column++) {
        next[column] = (next[column] as number) + value * (matrix[row * columns + column] as number);
      }
    }
    if (against !== null) removeComponent(next, against);
    const length = Math.hypot(...next);
    // A component without a second dimension (a path of two nodes) leaves nothing.
    if (!(length > 1e-12)) return new Float64Array(columns);
    axis = next.map((value) => value / length);
  }
  return axis;
}

function removeComponent(vector: Float64Array, axis: Float64Array): void {
  let along = 0;
  for (let at = 0; at < vector.length; at++) along += (vector[at] as number) * (axis[at] as number);
  for (let at = 0; at < vector.length; at++)
    vector[at] = (vector[at] as number) - along * (axis[at] as number);
}

function rootMeanSquare(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum / Math.max(1, values.length));
}
