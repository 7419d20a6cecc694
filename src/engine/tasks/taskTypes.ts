/**
 * The contract of a task: it turns a graph and a configuration into something to train (inputs, objective, message
 * graph) and judges what comes out. A task knows nothing of particular models, a model nothing of particular tasks.
 */
import type { Graph } from '../../core/graph.ts';
import type { ParameterValues } from '../../core/parameters.ts';
import type { Inference, Model, ModelDescriptor } from '../models/modelTypes.ts';
import type {
  BaselineResult,
  Metrics,
  PartMetrics,
  RunConfig,
  RunDescription,
  RunResult,
} from '../runTypes.ts';

/** Cheap judgement after every epoch. */
export interface EpochAssessment {
  readonly trainScore: number | null;
  readonly valScore: number | null;
  readonly valLoss: number | null;
}

export interface SnapshotCodes {
  readonly codes: Uint16Array;
  readonly confidence: Uint8Array;
}

/** The part of a result that depends on the task. */
export type TaskOutcome = Pick<
  RunResult,
  'metrics' | 'confusion' | 'perClass' | 'scores' | 'truth' | 'parts' | 'embedding' | 'embeddingWidth'
>;

export type TaskDescription = Pick<
  RunDescription,
  | 'taskName'
  | 'classes'
  | 'nodeRange'
  | 'splitName'
  | 'counts'
  | 'featureWidth'
  | 'features'
  | 'leftOut'
  | 'warnings'
>;

export interface PreparedTask {
  readonly description: TaskDescription;
  /** Rough bytes a run of this width keeps: matrices, features, activations. */
  estimateBytes(hidden: number): number;
  createModel(descriptor: ModelDescriptor, values: ParameterValues, breathe: () => Promise<void>): Model;
  assess(inference: Inference): EpochAssessment;
  snapshot(inference: Inference): SnapshotCodes;
  /** Full judgement, once, of the best parameters. */
  judge(inference: Inference): TaskOutcome;
  /** Models trained after the main one, for comparison; the main model itself is skipped. */
  readonly baselines: readonly string[];
  verdict(metrics: PartMetrics, baselines: readonly BaselineResult[], descriptor: ModelDescriptor): string;
  dispose(): void;
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
  /** @throws {TaskError | ParameterError} the data cannot serve the task; says why and what to do */
  prepare(graph: Graph, config: RunConfig): PreparedTask;
}

export const NO_METRICS: Metrics = {};
