/** A learned offset per channel, shared by the layers that have one. */
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { zeroBias } from '../initializers.ts';
import { addBias } from '../kernels/dense/op.ts';
import type { LayerContext } from './layerContext.ts';

/** Creates `<name>.bias` [O] and returns x ↦ x + b. */
export function createBias(context: LayerContext, name: string, width: number): (x: Tensor2D) => Tensor2D {
  const bias = context.store.add(`${name}.bias`, zeroBias(width), 0);
  return (x) => addBias(x, bias.value as unknown as Tensor1D);
}
