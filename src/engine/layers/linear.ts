/** Fully connected layer: out = X·W + b. Shapes: X [N, F], W [F, O], b [O] → [N, O]. Source: standard. */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { InputShape, LayerInput } from '../graphInput.ts';
import type { LayerContext } from './layerContext.ts';
import { createProjection } from './projection.ts';

export interface Linear {
  forward(x: LayerInput): Tensor2D;
}

/** Creates the weight (Glorot) and `<name>.bias` (zero, never decayed). */
export function createLinear(
  context: LayerContext,
  name: string,
  input: InputShape | number,
  outChannels: number,
): Linear {
  const projection = createProjection(context, name, input, outChannels, { hasBias: true });
  return { forward: projection.forward };
}
