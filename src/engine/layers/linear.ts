/** Fully connected layer: out = X·W + b. Shapes: X [N, F], W [F, O], b [O] → [N, O]. Source: standard. */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { glorotUniform } from '../initializers.ts';
import { linear } from '../kernels/weightGradient/op.ts';
import { createBias } from './bias.ts';
import type { LayerContext } from './layerContext.ts';

export interface Linear {
  forward(x: Tensor2D): Tensor2D;
}

/** Creates `<name>.weight` (Glorot) and `<name>.bias` (zero, never decayed). */
export function createLinear(
  context: LayerContext,
  name: string,
  inChannels: number,
  outChannels: number,
  isDecayed: boolean,
): Linear {
  const initial = glorotUniform(inChannels, outChannels, context.seed, context.store.all.length);
  const weight = context.store.add(`${name}.weight`, initial, isDecayed);
  const addBias = createBias(context, name, outChannels);
  return { forward: (x) => addBias(linear(x, weight.value as unknown as Tensor2D)) };
}
