/**
 * The contract of a model: what a person picks from the menu. A model is created by a task for one run and owns its
 * parameters; everything it needs comes with the context. Baselines are models.
 */
import type { Bitset } from '../../core/bitset.ts';
import { ParameterError } from '../../core/errors.ts';
import type { ParameterSpec, ParameterValues } from '../../core/parameters.ts';
import type { GraphInput, ModelInput } from '../graphInput.ts';
import type { Objective } from '../losses/objective.ts';
import type { ModelState } from '../parameterStore.ts';

/** What the outputs mean: one class of several, independent labels, or numbers in standard units. */
export type OutputKind = 'classes' | 'labels' | 'value';

/** What a supervised task adds to the context. */
export interface Supervision {
  readonly kind: OutputKind;
  /** Width of the output: classes, labels or numbers per node. */
  readonly numOutputs: number;
  /** [N] class codes, -1 = unlabelled; only `train` rows may be read. All -1 unless `kind` is classes. */
  readonly codes: Int32Array;
  /** [N · numOutputs] 0/1 labels or standardised numbers, NaN = missing; null for classes. Only `train` rows may be read. */
  readonly targets: Float32Array | null;
  readonly train: Bitset;
  /**
   * The loss over the training rows among `nodes` (global indices in the order of the output's rows); null = every node of
   * the graph. Caller disposes.
   */
  objective(nodes: Int32Array | null): Objective;
}

/** One step's worth of data: output rows are the batch's nodes. */
export interface TrainingBatch {
  readonly input: ModelInput;
  readonly objective: Objective;
  /** Training nodes in the batch; losses are averaged by it. */
  readonly numTrainNodes: number;
  dispose(): void;
}

export interface BatchSource {
  readonly batchesPerEpoch: number;
  /** Deterministic in (seed, epoch, index); caller disposes. `epoch` is 1-based. */
  batch(epoch: number, index: number): TrainingBatch;
}

export interface ModelContext {
  /** The graph to learn from: in an inductive run without the arcs of held-out nodes. */
  readonly training: GraphInput;
  /** The graph to predict on; the same object in a transductive run. */
  readonly evaluation: GraphInput;
  /** Null for tasks that learn from structure alone. */
  readonly supervision: Supervision | null;
  /** Mini-batches whose outputs see `numGraphLayers` hops, or null to train on the whole graph at once. */
  batches(numGraphLayers: number): BatchSource | null;
  readonly seed: number;
  readonly values: ParameterValues;
  /** Awaited by models that compute for longer than ~10 ms between tensor operations, so that messages arrive. */
  readonly breathe: () => Promise<void>;
}

export interface Inference {
  /** [N · outputs] logits or standardised numbers, or null for models without supervised outputs. */
  readonly output: Float32Array | null;
  /** [N · embeddingWidth] last hidden layer; null when not asked for or absent. */
  readonly embedding: Float32Array | null;
  readonly embeddingWidth: number;
}

/** How strongly a node listened to each neighbour: one weight per arc and head of the last layer that attends. */
export interface AttentionWeights {
  readonly heads: number;
  /** [numArcs + N] sending and receiving node, self-loops included. */
  readonly senders: Int32Array;
  readonly receivers: Int32Array;
  /** [entries · heads]; the entries of one receiver sum to 1 per head. */
  readonly weights: Float32Array;
}

export interface Model {
  readonly numParameters: number;
  /** One epoch of optimisation steps; `epoch` is 1-based. Returns the mean training loss (with dropout). */
  step(epoch: number, learningRate: number): Promise<number>;
  /** Output without dropout; `withEmbedding` reads the hidden layer too. */
  predict(withEmbedding: boolean): Promise<Inference>;
  /** What is done once to the best epoch's output before it is judged (Correct & Smooth). */
  refine?(inference: Inference): Promise<Inference>;
  attention?(): Promise<AttentionWeights | null>;
  /** Remembers the current parameters as the best so far; `restoreBest` goes back to them. */
  keepBest(): void;
  restoreBest(): void;
  state(): Promise<ModelState>;
  restore(state: ModelState): void;
  dispose(): void;
}

/** A published recipe: values that differ from the defaults. */
export interface ModelPreset {
  readonly id: string;
  readonly name: string;
  /** One sentence: for what, from where. */
  readonly summary: string;
  readonly parameters: ParameterValues;
}

/** What sizes a run before anything is allocated. */
export interface RunShape {
  readonly numNodes: number;
  readonly numArcs: number;
  readonly sparseEntries: number;
  readonly featureWidth: number;
  readonly denseWidth: number;
  readonly numRelations: number;
  readonly numOutputs: number;
}

export interface ModelDescriptor {
  /** kebab-case, stable for ever. */
  readonly id: string;
  readonly name: string;
  readonly family: 'gnn' | 'classical' | 'baseline' | 'embedding';
  readonly summary: string;
  readonly source: string;
  /** Task ids it can serve. */
  readonly tasks: readonly string[];
  readonly uses: { readonly structure: boolean; readonly features: boolean };
  /** Kinds of outputs it can learn; default classes, labels and values. */
  readonly outputs?: readonly OutputKind[];
  /** False when what it learns fits no other graph than its own; default true. */
  readonly isTransferable?: boolean;
  /** Mini-batches it can be trained with besides the whole graph. */
  readonly batching?: readonly ('neighbours' | 'clusters')[];
  readonly parameters: readonly ParameterSpec[];
  readonly presets?: readonly ModelPreset[];
  /** Floats of activations that one training step keeps, besides data and parameters; default: see memoryEstimate.ts. */
  activationFloats?(shape: RunShape, values: ParameterValues): number;
  create(context: ModelContext): Model;
}

/** @throws {ParameterError} the task gives the model nothing to predict */
export function requireSupervision(context: ModelContext, modelName: string): Supervision {
  if (context.supervision === null) {
    throw new ParameterError(`${modelName} needs a label to learn from, and this task has none.`, {
      code: 'needs-target',
      remedy: 'Choose the task Predict label, or another model.',
    });
  }
  return context.supervision;
}
