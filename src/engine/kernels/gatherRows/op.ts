/**
 * Rows by index and the transpose of that, each the other's gradient: how node rows reach edges, batches and embedding
 * look-ups, and how gradients come back. Stock gather cannot be trained on WASM, and elsewhere its gradient scatters with
 * atomics or one pass per row. Device code: reference.ts (oracle), cpu.ts, wasm.ts, webgl.ts, webgpu.ts.
 */
import {
  customGrad,
  engine,
  keep,
  type NamedTensorMap,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
} from '@tensorflow/tfjs-core';
import { ParameterError } from '../../../core/errors.ts';
import { groupBy } from '../../../core/sparseMatrix.ts';
import { requireShape } from '../kernelShapes.ts';
import type { SparseTensors } from '../sparseTensors.ts';

/** Inputs `x` [T, F], `index` [B] int32: out[i, :] = x[index[i], :]. */
export const GATHER_ROWS_KERNEL = 'GraphGatherRows';
/** Inputs `y` [B, F], `ptr` [T + 1], `perm` [B] or absent: out[r, :] = Σ_k y[perm ? perm[k] : k, :] over group r. */
export const SCATTER_ADD_ROWS_KERNEL = 'GraphScatterAddRows';

/**
 * Which of T rows each of B outputs reads, and the reverse. All indices lie in range: `uploadRowGroups` checks them and a
 * matrix has them by construction; devices cannot report a wrong one.
 */
export interface RowGroups {
  /** T */
  readonly numRows: number;
  /** [B] int32 row read by each output. */
  readonly index: Tensor1D;
  /** [T + 1] int32 where the outputs of each row start in `perm`. */
  readonly ptr: Tensor1D;
  /** [B] int32 outputs by row; null when the outputs are in row order already. */
  readonly perm: Tensor1D | null;
}

/** The groups that give every entry of a matrix its row (the receiver of an arc). They live as long as the matrix. */
export function entryTargets(matrix: SparseTensors): RowGroups {
  return {
    numRows: matrix.rows,
    get index() {
      return matrix.rowOfEntry();
    },
    ptr: matrix.rowPtr,
    perm: null,
  };
}

/** The groups that give every entry of a matrix its column (the sender of an arc). They live as long as the matrix. */
export function entrySources(matrix: SparseTensors): RowGroups {
  return {
    numRows: matrix.cols,
    index: matrix.colIndex,
    get ptr() {
      return matrix.transpose().rowPtr;
    },
    get perm() {
      return matrix.transpose().perm;
    },
  };
}

/**
 * Uploads the groups of an index array; the caller disposes them, after the last gradient that needs them.
 * @throws {ParameterError} an index is negative or not below `numRows`
 * O(B + numRows) time and memory.
 */
export function uploadRowGroups(index: Int32Array, numRows: number): RowGroups & { dispose(): void } {
  const wrong = index.findIndex((row) => row < 0 || row >= numRows);
  if (wrong >= 0) {
    throw new ParameterError(`gatherRows: index ${wrong} is ${index[wrong]}, outside 0 to ${numRows - 1}.`, {
      code: 'row-index',
      remedy: 'Give indices of existing rows.',
      details: { position: wrong, index: index[wrong], numRows },
    });
  }
  const { ptr, perm } = groupBy(index, numRows);
  const isInOrder = perm.every((output, k) => output === k);
  // NOTE: kept, because a first use may happen inside a tidy, which would dispose them.
  const groups = {
    numRows,
    index: keep(tensor1d(index.slice(), 'int32')),
    ptr: keep(tensor1d(ptr, 'int32')),
    perm: isInOrder ? null : keep(tensor1d(perm, 'int32')),
  };
  return {
    ...groups,
    dispose() {
      for (const tensor of [groups.index, groups.ptr, groups.perm]) tensor?.dispose();
    },
  };
}

function runGather(x: Tensor2D, groups: RowGroups): Tensor2D {
  return engine().runKernel(GATHER_ROWS_KERNEL, { x, index: groups.index }) as Tensor2D;
}

function runScatter(y: Tensor2D, { ptr, perm }: RowGroups): Tensor2D {
  const inputs: NamedTensorMap = perm === null ? { y, ptr } : { y, ptr, perm };
  return engine().runKernel(SCATTER_ADD_ROWS_KERNEL, inputs) as Tensor2D;
}

/**
 * Returns out[i, :] = x[index[i], :]. Gradient: `scatterAddRows` of the incoming one, so the groups must live until then.
 * @param x [T, F] float32
 * @returns [B, F]; caller disposes
 * @throws {ShapeError} x has another row count than the groups
 * Deterministic on every backend. O(B·F) time and memory.
 */
export function gatherRows(x: Tensor2D, groups: RowGroups): Tensor2D {
  requireShape('gatherRows', 'x', x, [groups.numRows, 'F']);
  const gather = customGrad((...inputs) => ({
    value: runGather(inputs[0] as Tensor2D, groups),
    gradFunc: (gradient: Tensor) => runScatter(gradient as Tensor2D, groups),
  }));
  return gather(x) as Tensor2D;
}

/**
 * Returns out[r, :] = Σ y[i, :] over the outputs i that read row r; zero where none does. Gradient: `gatherRows`.
 * @param y [B, F] float32
 * @returns [T, F]; caller disposes
 * @throws {ShapeError} y has another row count than the groups have outputs
 * Deterministic: the order of additions depends on the groups alone (`perm` order; on WebGPU a fixed tree for rows read by
 * more than 128 outputs). O((B + T)·F) time.
 */
export function scatterAddRows(y: Tensor2D, groups: RowGroups): Tensor2D {
  requireShape('scatterAddRows', 'y', y, [groups.index.size, 'F']);
  const scatter = customGrad((...inputs) => ({
    value: runScatter(inputs[0] as Tensor2D, groups),
    gradFunc: (gradient: Tensor) => runGather(gradient as Tensor2D, groups),
  }));
  return scatter(y) as Tensor2D;
}
