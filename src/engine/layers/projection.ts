/**
 * Linear map of whatever a layer receives: features (sparse block, dense block or both) or the layer before. The feature
 * table is never densified: its sparse block is a sparse × dense product.
 */
import { add, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { type FeatureTensors, type InputShape, isFeatures, type LayerInput } from '../graphInput.ts';
import { glorotUniform, zeroBias } from '../initializers.ts';
import { addBias, linear } from '../kernels/dense/op.ts';
import type { SparseTensors } from '../kernels/sparseTensors.ts';
import { spmm } from '../kernels/spmm/op.ts';
import type { Parameter } from '../parameterStore.ts';
import type { LayerContext } from './layerContext.ts';

export interface Projection {
  /** X·W (+ b): input [N, F] → [N, O]. O(stored entries · O). */
  forward(x: LayerInput): Tensor2D;
  /**
   * M·X·W (+ b). Multiplies in the order that costs less: a constant dense block is aggregated once a run, else the matrix
   * that shrinks the width comes first. The result is the same up to rounding.
   */
  aggregate(matrix: SparseTensors, x: LayerInput): Tensor2D;
}

/**
 * Creates W = [Ws; Wd], Glorot over the whole width: `<name>.sparse` [Fs, O] and `<name>.dense` [Fd, O] where features
 * have both blocks, else `<name>.weight` or the one block's name.
 * @param options hasBias adds `<name>.bias` [O] (zero, never decayed) to every row of the result
 */
export function createProjection(
  context: LayerContext,
  name: string,
  input: InputShape | number,
  outChannels: number,
  options: { readonly hasBias?: boolean } = {},
): Projection {
  const shape = typeof input === 'number' ? { sparse: 0, dense: input } : input;
  const total = shape.sparse + shape.dense;
  const parameterOf = (part: string, width: number): Parameter | null => {
    if (width === 0) return null;
    const index = context.store.all.length;
    const initial = glorotUniform(width, outChannels, context.seed, index, total, outChannels);
    return context.store.add(`${name}.${part}`, initial, context.weightDecay);
  };
  const sparseWeight = parameterOf('sparse', shape.sparse);
  const denseWeight = parameterOf(typeof input === 'number' ? 'weight' : 'dense', shape.dense);
  const bias = options.hasBias === true ? context.store.add(`${name}.bias`, zeroBias(outChannels), 0) : null;
  const valueOf = (parameter: Parameter | null): Tensor2D => parameter?.value as unknown as Tensor2D;

  /** x·Wd, plus the bias where nothing follows. */
  function dense(x: Tensor2D, isLast: boolean): Tensor2D {
    return isLast && bias !== null
      ? linear(x, valueOf(denseWeight), bias.value as unknown as Tensor1D)
      : linear(x, valueOf(denseWeight));
  }
  function shifted(x: Tensor2D): Tensor2D {
    return bias === null ? x : addBias(x, bias.value as unknown as Tensor1D);
  }
  function sparse({ matrix, values }: NonNullable<FeatureTensors['sparse']>): Tensor2D {
    return spmm(matrix, valueOf(sparseWeight), values);
  }

  return {
    forward(x) {
      if (!isFeatures(x)) return dense(x, true);
      if (x.sparse === null) return dense(x.dense as Tensor2D, true);
      const narrow = sparse(x.sparse);
      return x.dense === null ? shifted(narrow) : add(narrow, dense(x.dense, true));
    },
    aggregate(matrix, x) {
      if (!isFeatures(x)) {
        return shape.dense > outChannels
          ? shifted(spmm(matrix, dense(x, false)))
          : dense(spmm(matrix, x), true);
      }
      const aggregatesFirst = x.dense !== null && (x.isConstant || shape.dense <= outChannels);
      const narrow: Tensor2D[] = [];
      if (x.sparse !== null) narrow.push(sparse(x.sparse));
      if (x.dense !== null && !aggregatesFirst) narrow.push(dense(x.dense, false));
      if (!aggregatesFirst) return shifted(spmm(matrix, sumOf(narrow)));
      const wide = dense(x.aggregatedDense(matrix), true);
      return narrow.length === 0 ? wide : add(wide, spmm(matrix, sumOf(narrow)));
    },
  };
}

const sumOf = (products: readonly Tensor2D[]): Tensor2D =>
  products.reduce((sum, product) => add(sum, product));
