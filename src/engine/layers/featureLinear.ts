/**
 * First linear map of a model, from features (sparse block, dense block or both) to a narrow width. The feature table
 * is never densified: the sparse block is a sparse × dense product and dropout acts on its stored entries.
 */
import { add, type Tensor2D } from '@tensorflow/tfjs-core';
import { glorotUniform } from '../initializers.ts';
import { spmm } from '../kernels/spmm/op.ts';
import { linear } from '../kernels/weightGradient/op.ts';
import type { Parameter } from '../parameterStore.ts';
import type { FeatureTensors } from '../runTensors.ts';
import { dropAt, type ForwardPass, type LayerContext } from './layerContext.ts';

export interface FeatureLinear {
  forward(features: FeatureTensors, pass: ForwardPass): Tensor2D;
}

/**
 * Returns drop(X)·W with X = [Xs | Xd], W = [Ws; Wd] (Glorot over the whole width); no bias.
 * @param outChannels O
 * forward: features [N, F] → [N, O]. O(stored entries · O).
 */
export function createFeatureLinear(
  context: LayerContext,
  name: string,
  features: FeatureTensors,
  outChannels: number,
  isDecayed: boolean,
): FeatureLinear {
  const parameterOf = (part: 'sparse' | 'dense', width: number | undefined): Parameter | null => {
    if (width === undefined) return null;
    const index = context.store.all.length;
    const initial = glorotUniform(width, outChannels, context.seed, index, features.width, outChannels);
    return context.store.add(`${name}.${part}`, initial, isDecayed);
  };
  const sparseWeight = parameterOf('sparse', features.sparse?.cols);
  const denseWeight = parameterOf('dense', features.dense?.shape[1]);
  return {
    forward({ sparse, dense }, pass) {
      const products: Tensor2D[] = [];
      if (sparse !== null && sparseWeight !== null) {
        products.push(
          spmm(sparse, sparseWeight.value as unknown as Tensor2D, dropAt(sparse.values, 0, pass)),
        );
      }
      if (dense !== null && denseWeight !== null) {
        products.push(linear(dropAt(dense, 1, pass), denseWeight.value as unknown as Tensor2D));
      }
      return products.reduce((sum, product) => add(sum, product));
    },
  };
}
