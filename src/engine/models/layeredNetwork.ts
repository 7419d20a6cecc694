/**
 * The shape that most networks share: layers with normalisation, activation and dropout between them, residual and
 * jumping connections on request. A model says what one layer is; depth, widths, names and training are here.
 */
import {
  add,
  concat,
  maximum,
  relu,
  elu,
  slice,
  type Tensor2D,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import type { ParameterValues } from '../../core/parameters.ts';
import {
  droppedFeatures,
  type GraphTensors,
  type InputShape,
  type LayerInput,
  type ModelInput,
} from '../graphInput.ts';
import { activationDropout } from '../kernels/activationDropout/op.ts';
import { withEdgeDropout } from '../layers/edgeDropout.ts';
import {
  createLayerContext,
  dropAt,
  dropoutKey,
  FEATURE_SITES,
  type ForwardPass,
  type LayerContext,
} from '../layers/layerContext.ts';
import { createLinear } from '../layers/linear.ts';
import { createNormalisation } from '../layers/normalisation.ts';
import { createParameterStore } from '../parameterStore.ts';
import { createGradientModel, type ForwardResult } from './gradientModel.ts';
import { type Model, type ModelContext, requireSupervision } from './modelTypes.ts';
import { choiceValue, isOn, numberOr, numberValue } from './trainerParameters.ts';

/** Where one layer stands. */
export interface LayerPlace {
  /** Carries the weight decay of this layer. */
  readonly context: LayerContext;
  /** Prefix of its parameters: `conv1`. */
  readonly name: string;
  readonly input: InputShape | number;
  readonly outChannels: number;
  /** The last layer gives the outputs; layers with heads average them there. */
  readonly isLast: boolean;
  readonly values: ParameterValues;
  /** Of the graph; 1 when its arcs are of one kind. */
  readonly numRelations: number;
}

/** x [senders, F] → [receivers, O]; x is already dropped out. */
export type NetworkLayer = (graph: GraphTensors, x: LayerInput, pass: ForwardPass) => Tensor2D;

export interface NetworkRecipe {
  /** As error messages say it. */
  readonly modelName: string;
  /** `conv` gives conv1, conv2, … */
  readonly layerName: string;
  /** L2 on the first layer only (as in the GCN paper) or on every layer. */
  readonly decay: 'first' | 'all';
  readonly activation: 'relu' | 'elu';
  /** False for networks that never look at the graph. */
  readonly usesGraph: boolean;
  /** Width of a hidden layer's output; the parameter `hidden` unless given. */
  hiddenWidth?(values: ParameterValues): number;
  createLayer(place: LayerPlace): NetworkLayer;
}

/**
 * Returns the network h_l = act(norm(layer_l(drop(h_{l−1})))) (+ h_{l−1} when residual and of one width), whose output is
 * the last layer, or with jumping knowledge a linear map of all h_l. The embedding is the last hidden layer after its
 * activation (the output itself when there is one layer).
 *
 * Reads `layers`, `hidden`, `dropout`, `weightDecay` and, where the model has them, `dropInputs`, `edgeDropout`,
 * `normalisation`, `residual` and `jumpingKnowledge` (trainerParameters.ts).
 * Jumping knowledge: Xu et al. 2018, "Representation Learning on Graphs with Jumping Knowledge Networks",
 * https://arxiv.org/abs/1806.03536. Edge dropout: Rong et al. 2020, "DropEdge", https://arxiv.org/abs/1907.10903.
 */
export function createLayeredNetwork(context: ModelContext, recipe: NetworkRecipe): Model {
  const { values, seed, training } = context;
  const { numOutputs } = requireSupervision(context, recipe.modelName);
  const store = createParameterStore();
  const options = optionsOf(values, recipe, training.featureMatrix.width);
  const { depth, width, jumping } = options;
  const base = createLayerContext(store, seed, numberValue(values, 'weightDecay'));
  const { sparse, denseWidth } = training.featureMatrix;
  const places = Array.from({ length: depth }, (_, index) => {
    const isLast = index === depth - 1 && jumping === 'none';
    return { index, isLast, outChannels: isLast ? numOutputs : width };
  });
  const layers = places.map(({ index, isLast, outChannels }) => {
    const isDecayed = recipe.decay === 'all' || index === 0;
    const layerContext = isDecayed ? base : { ...base, weightDecay: 0 };
    const name = `${recipe.layerName}${index + 1}`;
    const forward = recipe.createLayer({
      context: layerContext,
      name,
      input: index === 0 ? { sparse: sparse?.cols ?? 0, dense: denseWidth } : width,
      outChannels,
      isLast,
      values,
      numRelations: Math.max(1, training.messageGraph.numRelations),
    });
    return {
      forward,
      normalise: isLast
        ? null
        : createNormalisation(base, `norm${index + 1}`, options.normalisation, outChannels),
      // The first layer's input is dropped feature by feature, at sites of its own.
      site: index === 0 ? FEATURE_SITES.dense : base.nextSite(),
      edgeSite: options.edgeDropout > 0 ? base.nextSite() : 0,
    };
  });
  const head =
    jumping === 'none'
      ? null
      : createLinear(base, 'jump', jumping === 'concat' ? depth * width : width, numOutputs);
  const headSite = head === null ? 0 : base.nextSite();

  /** drop(act(x)) in one pass over x, where nothing else needs act(x). */
  const fuses = !options.residual && head === null;

  function forward(input: ModelInput, pass: ForwardPass): ForwardResult {
    const hidden: Tensor2D[] = [];
    let x: LayerInput = inputOf(input, pass, options);
    let output: Tensor2D | null = null;
    layers.forEach((layer, index) => {
      const graph = input.graph(recipe.usesGraph ? index : 0);
      const used = withEdgeDropout(graph, options.edgeDropout, layer.edgeSite, pass);
      const before = hidden.at(-1) ?? null;
      const next = layers[index + 1];
      // Scratch tensors of a layer go with it, so that inference keeps two layers at a time.
      const made = tidy(() => {
        const mixed = layer.forward(used, x, pass);
        if (layer.normalise === null) return mixed;
        const scaled = layer.normalise(mixed, pass);
        if (fuses && pass.isTraining && next !== undefined)
          return activationDropout(scaled, recipe.activation, pass.dropout, dropoutKey(next.site, pass));
        const activated = activate(scaled, recipe.activation);
        return options.residual && before !== null
          ? add(activated, recipe.usesGraph ? graph.receivers(before) : before)
          : activated;
      }) as Tensor2D;
      if (layer.normalise === null) {
        output = made;
        return;
      }
      hidden.push(made);
      if (!pass.isTraining && jumping === 'none' && hidden.length > 1) hidden.shift()?.dispose();
      x = fuses || next === undefined ? made : dropAt(made, next.site, pass);
    });
    if (head !== null) {
      const joined = join(hidden, jumping);
      return { output: head.forward(dropAt(joined, headSite, pass)), hidden: joined };
    }
    const last = output as unknown as Tensor2D;
    return { output: last, hidden: hidden.at(-1) ?? last };
  }

  return createGradientModel(context, {
    modelName: recipe.modelName,
    store,
    forward,
    numGraphLayers: recipe.usesGraph ? depth : 0,
  });
}

interface NetworkOptions {
  readonly depth: number;
  readonly width: number;
  readonly jumping: string;
  readonly normalisation: string;
  readonly residual: boolean;
  readonly edgeDropout: number;
  readonly dropsInputs: boolean;
}

/** A node of fewer columns would lose most of what is known about it. */
const MIN_DROPPED_COLUMNS = 16;

function optionsOf(values: ParameterValues, recipe: NetworkRecipe, numColumns: number): NetworkOptions {
  return {
    depth: numberValue(values, 'layers'),
    width: recipe.hiddenWidth?.(values) ?? numberValue(values, 'hidden'),
    jumping: choiceValue(values, 'jumpingKnowledge', 'none'),
    normalisation: choiceValue(values, 'normalisation', 'none'),
    residual: isOn(values, 'residual'),
    edgeDropout: numberOr(values, 'edgeDropout', 0),
    dropsInputs: isOn(values, 'dropInputs') && numColumns >= MIN_DROPPED_COLUMNS,
  };
}

const activate = (x: Tensor2D, activation: 'relu' | 'elu'): Tensor2D =>
  activation === 'elu' ? elu(x) : relu(x);

/** Features of a pass. Products with them are kept over epochs only while neither they nor the arcs are dropped. */
function inputOf(
  input: ModelInput,
  pass: ForwardPass,
  { dropsInputs, edgeDropout }: NetworkOptions,
): LayerInput {
  const features = input.features();
  const isDropped = pass.isTraining && dropsInputs && pass.dropout > 0;
  if (!isDropped && !(pass.isTraining && edgeDropout > 0)) return features;
  return droppedFeatures(
    features,
    <T extends Tensor>(x: T, block: 'sparse' | 'dense'): T =>
      isDropped ? dropAt(x, FEATURE_SITES[block], pass) : x,
  );
}

/** In a sampled batch earlier layers have more rows; the receivers of the last layer come first in each. */
function join(hidden: readonly Tensor2D[], jumping: string): Tensor2D {
  const rows = (hidden.at(-1) as Tensor2D).shape[0];
  const cut = hidden.map((x) => (x.shape[0] === rows ? x : slice(x, [0, 0], [rows, x.shape[1]])));
  return jumping === 'concat' ? concat(cut, 1) : cut.reduce((largest, x) => maximum(largest, x));
}
