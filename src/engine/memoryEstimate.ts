/**
 * What a run will need on the device, told before anything is allocated: data, parameters and the activations that one
 * training step keeps for its backward pass. From it follow whole graph or mini-batches, and the refusal of what cannot
 * fit. Counted in tensors that are alive at once; memoryEstimate.test.ts holds the constants against real steps.
 */
import { OutOfMemoryError, ParameterError } from '../core/errors.ts';
import type { ParameterValues } from '../core/parameters.ts';
import type { ModelDescriptor, RunShape } from './models/modelTypes.ts';
import { choiceValue, isOn, numberOr } from './models/trainerParameters.ts';

/** Bytes on the device. */
export interface MemoryEstimate {
  /** Graph matrices and features. */
  readonly data: number;
  /** Weights, their gradients and moments, and the copy of the best epoch. */
  readonly parameters: number;
  /** Peak of one full-batch training step beyond data and parameters. */
  readonly activations: number;
  /** Peak of one prediction on the whole graph beyond data and parameters: what mini-batches do not save. */
  readonly inference: number;
  /** Of training on the whole graph at once. */
  readonly total: number;
}

export type BatchingKind = 'full' | 'neighbours' | 'clusters';

export interface BatchingChoice {
  readonly kind: BatchingKind;
  /** One sentence for people, with the numbers. */
  readonly reason: string;
}

/** The WASM heap ends at 4 GiB, never shrinks and fragments: a quarter is left. Graphics devices: the caller says. */
export const DEFAULT_MEMORY_BUDGET_BYTES = 3 * 2 ** 30;

const FLOAT_BYTES = 4;
/** Value, two moments, gradient, best copy. */
const PARAMETER_COPIES = 5;
/**
 * Tensors of rows × width that a training step keeps for each hidden layer, and one more where the graph is used: what
 * the layer, its bias, activation and dropout leave for the backward pass. Fitted to measured peaks, as those below are.
 */
const LAYER_TENSORS = 4;
/** For an activation that is kept beside its dropped-out copy, because something else reads it. */
const UNFUSED_TENSORS = 2;
/** For each projection beyond the first: of the node itself beside its neighbours, of messages before a maximum. */
const PROJECTION_TENSORS = 4;
/** For each basis of a relational layer. */
const BASIS_TENSORS = 7;
const ATTENTION_TENSORS = 3;
const NORMALISATION_TENSORS = 2;
const RESIDUAL_TENSORS = 2;
const JUMP_TENSORS = 3;
/** Tensors of the widest layer that the backward pass has beside those. */
const GRADIENT_TENSORS = 1;
/** Tensors of entries × heads in each attention layer: scores, softmax, dropped, and their gradients. */
const SCORE_TENSORS = 7;
/** Tensors of arcs × bases in each relational layer. */
const SHARE_TENSORS = 3;
/** Bases of a relational model that is left to choose (models/rgcn.ts). */
const MOST_BASES = 8;

/** What the parameters of a run say about its layers; models without a parameter have it absent, off or once. */
interface Layers {
  readonly depth: number;
  /** Layers before the output; with jumping knowledge all of them. */
  readonly numHidden: number;
  readonly width: number;
  readonly lastWidth: number;
  /** Maps of the input in each layer. */
  readonly projections: number;
  /** Matrices that relations share; 0 where arcs are of one kind. */
  readonly bases: number;
  readonly heads: number;
  readonly outputHeads: number;
  readonly dropsInputs: boolean;
  readonly isNormalised: boolean;
  readonly isResidual: boolean;
  /** Width of all hidden layers together, 0 without jumping knowledge. */
  readonly jumpWidth: number;
}

function layersOf(shape: RunShape, values: ParameterValues): Layers {
  const depth = numberOr(values, 'layers', 1);
  const heads = numberOr(values, 'heads', 0);
  const outputHeads = numberOr(values, 'outputHeads', heads);
  const width = numberOr(values, 'hidden', 0) * Math.max(1, heads);
  const isJumping = choiceValue(values, 'jumpingKnowledge', 'none') !== 'none';
  const numRelations = values['useEdgeTypes'] === false ? 1 : Math.max(1, shape.numRelations);
  const isRelational = values['bases'] !== undefined;
  const wantedBases = numberOr(values, 'bases', 0) || MOST_BASES;
  const aggregation = choiceValue(values, 'aggregation', 'none');
  return {
    depth,
    numHidden: isJumping ? depth : depth - 1,
    width,
    lastWidth: shape.numOutputs * Math.max(1, outputHeads),
    // The messages of a maximum are mapped, activated and kept with the place of each maximum.
    projections: aggregation === 'max' ? 4 : isRelational || aggregation !== 'none' ? 2 : 1,
    bases: isRelational && numRelations > 1 ? Math.min(wantedBases, numRelations) : 0,
    heads,
    outputHeads,
    dropsInputs: isOn(values, 'dropInputs') && numberOr(values, 'dropout', 0) > 0,
    isNormalised: choiceValue(values, 'normalisation', 'none') !== 'none',
    isResidual: isOn(values, 'residual'),
    jumpWidth: isJumping ? depth * width : 0,
  };
}

/**
 * Returns the bytes a run keeps on the device when it trains on the whole graph at once.
 *
 * Data: CSR and transpose of one propagation matrix with self-loops and of the sparse features, the dense features, and
 * with message passing their aggregate. Parameters: every layer a matrix and a bias. Activations: the descriptor's own
 * count, else that of a layered network (models/layeredNetwork.ts) read off its parameters. O(layers).
 */
export function estimateBytes(
  descriptor: ModelDescriptor,
  shape: RunShape,
  values: ParameterValues,
): MemoryEstimate {
  const layers = layersOf(shape, values);
  const activationFloats =
    descriptor.activationFloats?.(shape, values) ?? layeredActivationFloats(descriptor, shape, layers);
  const data = FLOAT_BYTES * dataFloats(descriptor, shape, layers);
  const parameters = FLOAT_BYTES * PARAMETER_COPIES * parameterCount(shape, layers);
  const activations = FLOAT_BYTES * activationFloats;
  const inference = Math.min(activations, FLOAT_BYTES * inferenceFloats(shape, layers));
  return { data, parameters, activations, inference, total: data + parameters + activations };
}

function dataFloats({ uses }: ModelDescriptor, shape: RunShape, { heads }: Layers): number {
  const { numNodes, numArcs, sparseEntries, featureWidth, denseWidth } = shape;
  const sparse = sparseEntries === 0 ? 0 : sparseFloats(numNodes, featureWidth - denseWidth, sparseEntries);
  if (!uses.structure) return sparse + numNodes * denseWidth;
  const entries = numArcs + numNodes;
  // Attention reads the row of every entry; relations the relation of every arc, and the arcs of every relation.
  const perEntry = (heads > 0 ? entries : 0) + (shape.numRelations > 1 ? 3 * numArcs : 0);
  return sparse + 2 * numNodes * denseWidth + sparseFloats(numNodes, numNodes, entries) + perEntry;
}

/** Pointers of rows and columns; column and value of each entry; row and position of each entry of the transpose. */
const sparseFloats = (rows: number, cols: number, entries: number): number => rows + cols + 4 * entries;

function parameterCount(shape: RunShape, layers: Layers): number {
  const { numHidden, width, lastWidth, jumpWidth } = layers;
  const matrices = layers.bases > 0 ? layers.bases + 1 : layers.projections;
  const lastInput = numHidden === 0 ? shape.featureWidth : Math.max(width, jumpWidth);
  let count = lastWidth * (lastInput * (jumpWidth > 0 ? 1 : matrices) + 1);
  for (let layer = 0; layer < numHidden; layer++) {
    count += width * (matrices * (layer === 0 ? shape.featureWidth : width) + 1);
  }
  return count;
}

function layeredActivationFloats({ uses }: ModelDescriptor, shape: RunShape, layers: Layers): number {
  const { numNodes, numArcs, denseWidth, sparseEntries } = shape;
  const { depth, numHidden, width, lastWidth, projections, bases, heads, jumpWidth } = layers;
  const relational = BASIS_TENSORS * bases;
  const tensors =
    LAYER_TENSORS +
    (layers.isResidual || jumpWidth > 0 ? UNFUSED_TENSORS : 0) +
    (uses.structure ? 1 : 0) +
    (bases > 0 ? relational : PROJECTION_TENSORS * (projections - 1)) +
    (heads > 0 ? ATTENTION_TENSORS : 0) +
    (layers.isNormalised ? NORMALISATION_TENSORS : 0) +
    (layers.isResidual ? RESIDUAL_TENSORS : 0);
  const perNode =
    numHidden * tensors * width +
    (bases > 0 ? LAYER_TENSORS + relational : 2 + projections) * lastWidth +
    JUMP_TENSORS * jumpWidth +
    GRADIENT_TENSORS * Math.max(1, bases) * Math.max(width, lastWidth, jumpWidth) +
    (layers.dropsInputs ? denseWidth : 0);
  const scores = SCORE_TENSORS * (heads * numHidden + layers.outputHeads);
  return (
    numNodes * perNode +
    (numArcs + numNodes) * scores +
    SHARE_TENSORS * numArcs * bases * depth +
    (layers.dropsInputs ? 2 * sparseEntries : 0)
  );
}

/** A prediction keeps the output of every layer, and scratch of one. */
function inferenceFloats(shape: RunShape, layers: Layers): number {
  const { numHidden, width, lastWidth, projections, bases, heads, outputHeads, jumpWidth } = layers;
  const scratch = 3 + (bases > 0 ? 4 * bases : 2 * (projections - 1)) + (layers.isNormalised ? 4 : 0);
  const perNode = numHidden * width + scratch * Math.max(width, lastWidth) + jumpWidth + lastWidth;
  return (
    shape.numNodes * perNode +
    3 * (shape.numArcs + shape.numNodes) * Math.max(heads, outputHeads) +
    SHARE_TENSORS * shape.numArcs * bases
  );
}

export interface BatchingRequest {
  /** Value of the parameter `batching`: auto, full, neighbours or clusters. */
  readonly requested: string;
  readonly estimate: MemoryEstimate;
  readonly budgetBytes: number;
  readonly descriptor: Pick<ModelDescriptor, 'name' | 'batching'>;
}

/**
 * Returns how the run is trained: as requested; on `auto` the whole graph while it fits, else in the first kind of batches
 * that the model offers. A whole graph that was asked for is not refused here: see `assertFits`.
 * @throws {ParameterError} the model does not offer the requested batches
 * @throws {OutOfMemoryError} neither the whole graph nor batches fit
 */
export function chooseBatching(request: BatchingRequest): BatchingChoice {
  const { requested, estimate, budgetBytes, descriptor } = request;
  const offered = descriptor.batching ?? [];
  const sizes = `${sizeText(estimate.total)} of ${sizeText(budgetBytes)}`;
  if (requested === 'full') return { kind: 'full', reason: `The whole graph, as asked for: about ${sizes}.` };
  if (requested === 'auto') {
    if (estimate.total <= budgetBytes)
      return { kind: 'full', reason: `The whole graph fits: about ${sizes}.` };
    const [kind] = offered;
    if (kind === undefined) assertFits(estimate, budgetBytes, descriptor);
    else {
      assertPredictionFits(estimate, budgetBytes);
      return { kind, reason: `The whole graph would need about ${sizes}, so training takes ${WORDS[kind]}.` };
    }
  }
  const kind = offered.find((each) => each === requested);
  if (kind === undefined) throw notOffered(requested, descriptor);
  assertPredictionFits(estimate, budgetBytes);
  return { kind, reason: `${capitalised(WORDS[kind])}, as asked for.` };
}

const WORDS = { neighbours: 'sampled neighbours', clusters: 'clusters' } as const;
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function notOffered(
  requested: string,
  { name, batching = [] }: BatchingRequest['descriptor'],
): ParameterError {
  const allowed = ['auto', 'full', ...batching].join(', ');
  return new ParameterError(`${name} cannot be trained with batches '${requested}'; allowed is ${allowed}.`, {
    code: 'parameter-value',
    remedy: `Set Batches to ${allowed}.`,
    details: { id: 'batching', value: requested, allowed },
  });
}

/** @throws {OutOfMemoryError} training on the whole graph needs more than the budget */
export function assertFits(
  estimate: MemoryEstimate,
  budgetBytes: number,
  { name, batching = [] }: BatchingRequest['descriptor'],
): void {
  if (estimate.total <= budgetBytes) return;
  const batches = batching.map((kind) => `'${kind}'`).join(' or ');
  throw new OutOfMemoryError(
    `${name} on the whole graph needs about ${sizeText(estimate.total)}; ${sizeText(budgetBytes)} are there.`,
    {
      code: 'out-of-memory',
      remedy:
        batches === ''
          ? 'Use fewer hidden units or layers, fewer features, or a smaller graph.'
          : `Set Batches to ${batches}, or use fewer hidden units or layers.`,
      details: { ...estimate, budgetBytes },
    },
  );
}

/** @throws {OutOfMemoryError} batches do not help, because predictions read the whole graph */
function assertPredictionFits(estimate: MemoryEstimate, budgetBytes: number): void {
  const { data, parameters, inference } = estimate;
  const needed = data + parameters + inference;
  if (needed <= budgetBytes) return;
  throw new OutOfMemoryError(
    `Predictions for the whole graph need about ${sizeText(needed)}; ${sizeText(budgetBytes)} are there.`,
    {
      code: 'out-of-memory',
      remedy: 'Use fewer hidden units, fewer features, or a smaller graph.',
      details: { ...estimate, budgetBytes },
    },
  );
}

/** '3.0 GiB', '240 MiB'; at least 1 MiB */
function sizeText(bytes: number): string {
  const mebibytes = bytes / 2 ** 20;
  if (mebibytes < 1) return '1 MiB';
  return mebibytes < 1000 ? `${Math.round(mebibytes)} MiB` : `${(mebibytes / 1024).toFixed(1)} GiB`;
}
