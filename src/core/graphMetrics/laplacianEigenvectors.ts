/**
 * Laplacian positional encoding: the slowest varying patterns over a graph, which tell far regions apart. Works on each
 * connected component by itself; the eigensolver is `largestEigenpairs.ts`.
 */
import { LimitError } from '../errors.ts';
import type { MessageGraph } from '../messageGraph.ts';
import { drawKey, STREAM } from '../random.ts';
import { groupBy } from '../sparseMatrix.ts';
import { connectedComponents } from './connectedComponents.ts';
import { largestEigenpairs } from './largestEigenpairs.ts';
import { componentMatrix, type SquareMatrix, symmetrisedAdjacency } from './normalisedAdjacency.ts';
import { symmetricEigen } from './symmetricEigen.ts';

export interface LaplacianOptions {
  /** k ≥ 1 */
  readonly count: number;
  readonly seed: number;
}

export interface LaplacianEigenvectors {
  /** [N · k] row-major; columns have unit length within each component, by ascending eigenvalue. */
  readonly vectors: Float32Array;
  /** [components · k], component 0 = the largest; NaN where a component has fewer. */
  readonly eigenvalues: Float64Array;
  /** [N] */
  readonly component: Int32Array;
  /** [components] nodes of each. */
  readonly sizes: Int32Array;
  /** Largest ‖L x − λ x‖; above 1e-8 when the work limit came first (very long thin graphs, large random ones). */
  readonly residual: number;
}

const TOLERANCE = 1e-8;
/** Three blocks of float64 of this size are held: 480 MB at most. */
const MAX_BLOCK_VALUES = 2e7;
/** Multiply–adds per component, ten seconds to half a minute. */
const MAX_WORK = 2e9;
const DENSE_SIZE = 48;
/** Keeps these draws apart from the graph generators of the same seed. */
const DRAW_STEP = 0x40000000;

/**
 * Returns, for every connected component by itself, the eigenvectors of its k smallest non-trivial eigenvalues of
 * L = I − D^(−1/2) A D^(−1/2), A symmetric (directions dropped, A + Aᵀ; parallel arcs add up, a self-loop counts once).
 * The trivial eigenvector √d of each component (λ = 0) is left out. A component of n nodes has n − 1; columns beyond
 * are 0, so isolated nodes are all 0. What a component gets does not depend on the others.
 *
 * The sign makes the first entry of (nearly) largest magnitude positive; within a multiple eigenvalue the basis is
 * arbitrary but fixed by the seed.
 *
 * Source: Dwivedi & Bresson 2021, "A Generalization of Transformer Networks to Graphs", §2.1,
 * https://arxiv.org/abs/2012.09699. Small components by Jacobi rotations, others by filtered subspace iteration.
 * Deterministic in (graph, seed). O((N + arcs) · k) per product with L; their number grows as gaps between eigenvalues
 * shrink and is bounded, and `residual` says how far it came.
 * @throws {LimitError} N · k too large for memory
 */
export function laplacianEigenvectors(
  graph: Pick<MessageGraph, 'numNodes' | 'rowPtr' | 'colIndex' | 'weight'>,
  { count, seed }: LaplacianOptions,
): LaplacianEigenvectors {
  const { numNodes } = graph;
  const block = count + Math.max(4, Math.ceil(count / 2));
  if (numNodes * block > MAX_BLOCK_VALUES) refuse(numNodes, count);
  const adjacency = symmetrisedAdjacency(graph);
  const { component, numComponents, sizes } = connectedComponents(
    numNodes,
    rowOfEntry(adjacency),
    adjacency.colIndex,
  );
  const { ptr, perm: members } = groupBy(component, numComponents);
  const localOf = new Int32Array(numNodes);
  members.forEach((node, place) => {
    localOf[node] = place - (ptr[component[node] as number] as number);
  });
  const vectors = new Float32Array(numNodes * count);
  const eigenvalues = new Float64Array(numComponents * count).fill(Number.NaN);
  // One start for all components, so that each gets what it would get alone.
  const key = drawKey(seed, STREAM.generator, DRAW_STEP);
  let worst = 0;
  for (let index = 0; index < numComponents; index++) {
    const nodes = members.subarray(ptr[index] as number, ptr[index + 1] as number);
    const wanted = Math.min(count, nodes.length - 1);
    if (wanted === 0) continue;
    const { matrix, kept } = componentMatrix(adjacency, nodes, localOf);
    const found =
      nodes.length <= Math.max(DENSE_SIZE, 2 * block)
        ? densePairs(matrix, kept)
        : largestEigenpairs(matrix, kept, {
            count: wanted,
            block,
            key,
            tolerance: TOLERANCE,
            maxWork: MAX_WORK,
          });
    worst = Math.max(worst, found.residual);
    const width = found.vectors.length / nodes.length;
    for (let j = 0; j < wanted; j++) {
      eigenvalues[index * count + j] = 1 - (found.values[j] as number);
      const sign = signOf(found.vectors, width, j);
      nodes.forEach((node, row) => {
        vectors[node * count + j] = sign * (found.vectors[row * width + j] as number);
      });
    }
  }
  return { vectors, eigenvalues, component, sizes, residual: worst };
}

function refuse(numNodes: number, count: number): never {
  let possible = count;
  while (possible > 0 && numNodes * (possible + Math.max(4, Math.ceil(possible / 2))) > MAX_BLOCK_VALUES)
    possible--;
  throw new LimitError(
    `${count} Laplacian eigenvectors of ${numNodes.toLocaleString('en')} nodes take too much memory.`,
    {
      code: 'laplacian-size',
      remedy:
        possible === 0
          ? 'Set Laplacian eigenvectors to 0, or use a smaller graph.'
          : `Set Laplacian eigenvectors to at most ${possible}.`,
      details: { numNodes, count, possible },
    },
  );
}

function rowOfEntry({ size, rowPtr, colIndex }: SquareMatrix): Int32Array {
  const rows = new Int32Array(colIndex.length);
  for (let row = 0; row < size; row++) rows.fill(row, rowPtr[row] as number, rowPtr[row + 1] as number);
  return rows;
}

/** All pairs of a small component; the trivial one is moved from eigenvalue 1 to −2, below the spectrum. */
function densePairs(
  matrix: SquareMatrix,
  kept: Float64Array,
): { values: Float64Array; vectors: Float64Array; residual: number } {
  const { size, rowPtr, colIndex, values } = matrix;
  const dense = Float64Array.from(
    { length: size * size },
    (_, at) => -3 * (kept[Math.floor(at / size)] as number) * (kept[at % size] as number),
  );
  for (let row = 0; row < size; row++) {
    for (let k = rowPtr[row] as number; k < (rowPtr[row + 1] as number); k++) {
      const at = row * size + (colIndex[k] as number);
      dense[at] = (dense[at] as number) + (values[k] as number);
    }
  }
  return { ...symmetricEigen(dense, size), residual: 0 };
}

/** +1 or −1, so that the first entry within 1e-6 of the largest magnitude becomes positive whatever rounding does. */
function signOf(vectors: Float64Array, width: number, column: number): 1 | -1 {
  let largest = 0;
  for (let at = column; at < vectors.length; at += width)
    largest = Math.max(largest, Math.abs(vectors[at] as number));
  for (let at = column; at < vectors.length; at += width) {
    const value = vectors[at] as number;
    if (Math.abs(value) >= largest * (1 - 1e-6)) return value < 0 ? -1 : 1;
  }
  return 1;
}
