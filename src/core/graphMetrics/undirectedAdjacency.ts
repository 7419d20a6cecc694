/**
 * The weighted undirected adjacency that graph metrics and layouts walk: CSR over nodes, direction dropped.
 * Parallel edges stay parallel entries; what a model sees is `messageGraph.ts`.
 */
import { InvalidGraphError } from '../errors.ts';

export interface UndirectedAdjacency {
  readonly numNodes: number;
  /** [N + 1] */
  readonly rowPtr: Int32Array;
  /** [entries] neighbour of each entry, in edge order within a row. */
  readonly colIndex: Int32Array;
  /** [entries] */
  readonly weight: Float64Array;
}

/**
 * Returns the symmetric adjacency matrix A as CSR: an edge {u, v} of weight w adds w to A[u,v] and A[v,u]; a self-loop
 * is one entry A[u,u] = 2w, so that a row sum is the weighted degree in which a loop counts twice.
 * @param weight one value per edge, or null when every edge weighs 1
 * @throws {InvalidGraphError} an end outside [0, numNodes), a negative or non-finite weight
 * O(N + E).
 */
export function undirectedAdjacency(
  numNodes: number,
  source: Int32Array,
  target: Int32Array,
  weight: ArrayLike<number> | null = null,
): UndirectedAdjacency {
  const rowPtr = new Int32Array(numNodes + 1);
  let entries = 0;
  for (let edge = 0; edge < source.length; edge++) {
    const from = checkedNode(source[edge] as number, numNodes, edge);
    const to = checkedNode(target[edge] as number, numNodes, edge);
    rowPtr[from + 1] = (rowPtr[from + 1] as number) + 1;
    entries++;
    if (from === to) continue;
    rowPtr[to + 1] = (rowPtr[to + 1] as number) + 1;
    entries++;
  }
  for (let node = 0; node < numNodes; node++) {
    rowPtr[node + 1] = (rowPtr[node + 1] as number) + (rowPtr[node] as number);
  }
  const next = rowPtr.slice(0, numNodes);
  const colIndex = new Int32Array(entries);
  const values = new Float64Array(entries);
  const put = (row: number, col: number, value: number): void => {
    const at = next[row] as number;
    colIndex[at] = col;
    values[at] = value;
    next[row] = at + 1;
  };
  for (let edge = 0; edge < source.length; edge++) {
    const from = source[edge] as number;
    const to = target[edge] as number;
    const value = weight === null ? 1 : checkedWeight(weight[edge] as number, edge);
    put(from, to, from === to ? 2 * value : value);
    if (from !== to) put(to, from, value);
  }
  return { numNodes, rowPtr, colIndex, weight: values };
}

function checkedNode(node: number, numNodes: number, edge: number): number {
  if (node >= 0 && node < numNodes) return node;
  throw new InvalidGraphError(`Edge ${edge} ends at node index ${node}; the graph has ${numNodes} nodes.`, {
    code: 'edge-end',
    remedy: 'Check the edge table against the node table.',
    details: { edge, node, numNodes },
  });
}

function checkedWeight(weight: number, edge: number): number {
  if (weight >= 0 && weight < Infinity) return weight;
  throw new InvalidGraphError(`Edge ${edge} has weight ${weight}; weights must be finite and not negative.`, {
    code: 'weight-value',
    remedy: 'Correct that row of the edge table, or leave the weights out.',
    details: { edge, weight },
  });
}
