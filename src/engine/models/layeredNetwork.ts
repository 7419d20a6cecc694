/**
 * The shape that most networks share: a first layer that reads the features, further layers that read the layer before,
 * relu and dropout between them. A model says what its layers are; depth, widths, names and training are here.
 */
import { relu, type Tensor2D } from '@tensorflow/tfjs-core';
import { dropAt, type ForwardPass, type LayerContext } from '../layers/layerContext.ts';
import { createParameterStore } from '../parameterStore.ts';
import type { RunTensors } from '../runTensors.ts';
import { createGradientModel, type ForwardResult } from './gradientModel.ts';
import { type Model, type ModelContext, requireSupervision } from './modelTypes.ts';
import { numberValue } from './trainerParameters.ts';

/** Where one layer stands. */
export interface LayerPlace {
  readonly context: LayerContext;
  readonly tensors: RunTensors;
  /** Prefix of its parameters: `conv1`. */
  readonly name: string;
  readonly outChannels: number;
  readonly isDecayed: boolean;
}

export interface NetworkRecipe {
  /** As error messages say it. */
  readonly modelName: string;
  /** `conv` gives conv1, conv2, … */
  readonly layerName: string;
  /** L2 on the first layer only (as in the GCN paper) or on every layer. */
  readonly decay: 'first' | 'all';
  /** Creates the first layer; drops its own input, which is sparse. Returns [N, O]. */
  first(place: LayerPlace): (pass: ForwardPass) => Tensor2D;
  /** Creates a later layer: [N, inChannels] → [N, O]. */
  next(place: LayerPlace, inChannels: number): (x: Tensor2D) => Tensor2D;
}

/**
 * Returns layer_L(drop(relu( … drop(relu(layer_1(X))) … ))) trained on the task's objective; the embedding is the last
 * hidden layer after relu (the output itself when there is one layer).
 * Reads the parameters `layers`, `hidden`, `dropout` and `weightDecay` (trainerParameters.ts).
 */
export function createLayeredNetwork(context: ModelContext, recipe: NetworkRecipe): Model {
  const { values, seed, tensors } = context;
  const { objective, numClasses } = requireSupervision(context, recipe.modelName);
  const store = createParameterStore();
  const depth = numberValue(values, 'layers');
  const hidden = numberValue(values, 'hidden');
  const place = (index: number): LayerPlace => ({
    context: { store, seed },
    tensors,
    name: `${recipe.layerName}${index + 1}`,
    outChannels: index === depth - 1 ? numClasses : hidden,
    isDecayed: recipe.decay === 'all' || index === 0,
  });
  const first = recipe.first(place(0));
  const later = Array.from({ length: depth - 1 }, (_, index) => recipe.next(place(index + 1), hidden));

  function forward(pass: ForwardPass): ForwardResult {
    let output = first(pass);
    let lastHidden = output;
    later.forEach((layer, index) => {
      lastHidden = relu(output);
      // Sites 0 and 1 are the feature blocks of the first layer.
      output = layer(dropAt(lastHidden, index + 2, pass));
    });
    return { output, hidden: lastHidden };
  }

  return createGradientModel({
    store,
    forward,
    objective,
    seed,
    dropout: numberValue(values, 'dropout'),
    weightDecay: numberValue(values, 'weightDecay'),
  });
}
