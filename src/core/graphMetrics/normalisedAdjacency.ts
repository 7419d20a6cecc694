/** The matrix behind the normalised Laplacian, directions dropped and parallel arcs merged; one matrix per component. */
import type { MessageGraph } from '../messageGraph.ts';
import { transposePattern } from '../sparseMatrix.ts';

export interface SquareMatrix {
  readonly size: number;
  /** [size + 1] */
  readonly rowPtr: Int32Array;
  readonly colIndex: Int32Array;
  /** [entries] float64 */
  readonly values: Float64Array;
}

/** Returns B = A + Aᵀ with entries of one pair added up; weights of 0 leave no entry. O(N + arcs). */
export function symmetrisedAdjacency(
  graph: Pick<MessageGraph, 'numNodes' | 'rowPtr' | 'colIndex' | 'weight'>,
): SquareMatrix {
  const { numNodes, weight } = graph;
  const reverse = transposePattern({ ...graph, rows: numNodes, cols: numNodes });
  const rowPtr = new Int32Array(numNodes + 1);
  const colIndex = new Int32Array(2 * graph.colIndex.length);
  const values = new Float64Array(colIndex.length);
  const placeOf = new Int32Array(numNodes).fill(-1);
  let used = 0;
  for (let row = 0; row < numNodes; row++) {
    const first = used;
    const add = (col: number, value: number): void => {
      if (value === 0) return;
      let place = placeOf[col] as number;
      if (place < first) {
        place = used++;
        placeOf[col] = place;
        colIndex[place] = col;
      }
      values[place] = (values[place] as number) + value;
    };
    for (let arc = graph.rowPtr[row] as number; arc < (graph.rowPtr[row + 1] as number); arc++)
      add(graph.colIndex[arc] as number, weight === null ? 1 : (weight[arc] as number));
    for (let k = reverse.rowPtr[row] as number; k < (reverse.rowPtr[row + 1] as number); k++)
      add(reverse.colIndex[k] as number, weight === null ? 1 : (weight[reverse.perm[k] as number] as number));
    rowPtr[row + 1] = used;
  }
  return { size: numNodes, rowPtr, colIndex: colIndex.slice(0, used), values: values.slice(0, used) };
}

/**
 * Returns S = D^(−1/2) B D^(−1/2) over `members` only, which must be closed under neighbours (a component), and the unit
 * vector √d / ‖√d‖ that S keeps: S t = t.
 * @param localOf [N] position of each member in `members`
 */
export function componentMatrix(
  adjacency: SquareMatrix,
  members: Int32Array,
  localOf: Int32Array,
): { matrix: SquareMatrix; kept: Float64Array } {
  const size = members.length;
  const rowPtr = new Int32Array(size + 1);
  const degree = new Float64Array(size);
  members.forEach((node, row) => {
    const start = adjacency.rowPtr[node] as number;
    const end = adjacency.rowPtr[node + 1] as number;
    rowPtr[row + 1] = (rowPtr[row] as number) + end - start;
    for (let k = start; k < end; k++) degree[row] = (degree[row] as number) + (adjacency.values[k] as number);
  });
  const colIndex = new Int32Array(rowPtr[size] as number);
  const values = new Float64Array(colIndex.length);
  let at = 0;
  members.forEach((node, row) => {
    for (let k = adjacency.rowPtr[node] as number; k < (adjacency.rowPtr[node + 1] as number); k++) {
      const col = localOf[adjacency.colIndex[k] as number] as number;
      colIndex[at] = col;
      values[at++] =
        (adjacency.values[k] as number) / Math.sqrt((degree[row] as number) * (degree[col] as number));
    }
  });
  const total = degree.reduce((sum, value) => sum + value, 0);
  return {
    matrix: { size, rowPtr, colIndex, values },
    kept: degree.map((value) => Math.sqrt(value / total)),
  };
}
