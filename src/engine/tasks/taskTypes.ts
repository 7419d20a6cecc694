/**
 * The contract of a task: it turns a graph and a configuration into something to train (inputs, objective, message
 * graph) and judges what comes out. A task knows nothing of particular models, a model nothing of particular tasks.
 */
import type { Graph } from '../../core/graph.ts';
import type { ParameterSpec, ParameterValues } from '../../core/parameters.ts';
import type { FittedFeatures } from '../features/fittedFeatures.ts';
import type { Inference, Model, ModelDescriptor } from '../models/modelTypes.ts';
import type {
  BaselineResult,
  Metrics,
  PartMetrics,
  ResultKind,
  RunConfig,
  RunDescription,
  RunResult,
} from '../runTypes.ts';

/** Cheap judgement after every epoch. */
export interface EpochAssessment {
  readonly trainScore: number | null;
  readonly valScore: number | null;
  readonly valLoss: number | null;
  /** What chooses the best epoch, higher = better; null without validation nodes. */
  readonly monitored: number | null;
}

export interface SnapshotCodes {
  readonly codes: Uint16Array;
  readonly confidence: Uint8Array;
}

/** The part of a result that depends on the task. */
export type TaskOutcome = Pick<
  RunResult,
  | 'metrics'
  | 'outputKind'
  | 'confusion'
  | 'perClass'
  | 'scores'
  | 'truth'
  | 'predictedValues'
  | 'trueValues'
  | 'temperature'
  | 'parts'
  | 'embedding'
  | 'embeddingWidth'
>;

export type TaskDescription = Pick<
  RunDescription,
  | 'taskName'
  | 'outputKind'
  | 'valueRange'
  | 'classes'
  | 'nodeRange'
  | 'splitName'
  | 'counts'
  | 'featureWidth'
  | 'features'
  | 'leftOut'
  | 'warnings'
  | 'memoryEstimateBytes'
  | 'batching'
>;

/** Of a numeric target on the training rows. */
export interface ValueScale {
  readonly mean: number;
  /** 1 where the training values do not vary. */
  readonly sd: number;
  readonly min: number;
  readonly max: number;
}

/** What it takes, besides the weights, to predict on another graph. Plain data. */
export interface TaskArtifact {
  readonly outputKind: ResultKind;
  readonly target: string | null;
  readonly nodeType: string;
  readonly classes: readonly string[];
  readonly features: FittedFeatures;
  /** Back from standard units; null unless numbers are predicted. */
  readonly valueScale: ValueScale | null;
  readonly relationNames: readonly string[];
}

export interface PreparedTask {
  readonly description: TaskDescription;
  /** @throws {ParameterError} the model cannot learn this kind of output */
  createModel(descriptor: ModelDescriptor, values: ParameterValues, breathe: () => Promise<void>): Model;
  assess(inference: Inference): EpochAssessment;
  snapshot(inference: Inference): SnapshotCodes;
  /** Full judgement, once, of the best parameters. */
  judge(inference: Inference): TaskOutcome;
  /** Models trained after the main one, for comparison; the main model itself is skipped. */
  readonly baselines: readonly string[];
  verdict(metrics: PartMetrics, baselines: readonly BaselineResult[], descriptor: ModelDescriptor): string;
  /** Null for tasks that learn nothing to be carried over. */
  readonly artifact: TaskArtifact | null;
  dispose(): void;
}

export interface TaskInput {
  readonly graph: Graph;
  readonly config: RunConfig;
  readonly values: ParameterValues;
  readonly descriptor: ModelDescriptor;
  readonly budgetBytes: number;
}

export interface TaskDescriptor {
  readonly id: string;
  /** As the menu says it: 'Predict label'. */
  readonly name: string;
  readonly summary: string;
  readonly needsTarget: boolean;
  readonly defaultModel: string;
  /** Metric key that decides the best epoch and leads every sentence. */
  readonly headline: string;
  readonly parameters: readonly ParameterSpec[];
  /**
   * @param values of model and task, resolved
   * @throws {TaskError | ParameterError} the data cannot serve the task; says why and what to do
   * @throws {OutOfMemoryError} the run would need more memory than there is
   */
  prepare(input: TaskInput): PreparedTask;
}

export const NO_METRICS: Metrics = {};
