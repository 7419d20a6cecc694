/**
 * The contract of a model: what a person picks from the menu. A model is created by a task for one run and owns its
 * parameters; everything it needs comes with the context. Baselines are models.
 */
import type { Bitset } from '../../core/bitset.ts';
import { ParameterError } from '../../core/errors.ts';
import type { MessageGraph } from '../../core/messageGraph.ts';
import type { ParameterSpec, ParameterValues } from '../../core/parameters.ts';
import type { Objective } from '../losses/maskedCrossEntropy.ts';
import type { ModelState } from '../parameterStore.ts';
import type { RunTensors } from '../runTensors.ts';

/** What a supervised task adds to the context. */
export interface Supervision {
  readonly objective: Objective;
  readonly numClasses: number;
  /** [N] class codes; only `train` rows may be read. */
  readonly codes: Int32Array;
  readonly train: Bitset;
}

export interface ModelContext {
  readonly messageGraph: MessageGraph;
  readonly tensors: RunTensors;
  /** Null for tasks that learn from structure alone. */
  readonly supervision: Supervision | null;
  readonly seed: number;
  readonly values: ParameterValues;
  /** Awaited by models that compute for longer than ~10 ms between tensor operations, so that messages arrive. */
  readonly breathe: () => Promise<void>;
}

export interface Inference {
  /** [N · outputs] logits, or null for models without supervised outputs. */
  readonly output: Float32Array | null;
  /** [N · embeddingWidth] last hidden layer; null when not asked for or absent. */
  readonly embedding: Float32Array | null;
  readonly embeddingWidth: number;
}

export interface Model {
  readonly numParameters: number;
  /** One optimisation step over the full batch; `step` is 1-based. Returns the training loss (with dropout). */
  step(step: number, learningRate: number): Promise<number>;
  /** Output without dropout; `withEmbedding` reads the hidden layer too. */
  predict(withEmbedding: boolean): Promise<Inference>;
  /** Remembers the current parameters as the best so far; `restoreBest` goes back to them. */
  keepBest(): void;
  restoreBest(): void;
  state(): Promise<ModelState>;
  restore(state: ModelState): void;
  dispose(): void;
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
  readonly parameters: readonly ParameterSpec[];
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
