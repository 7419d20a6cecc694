/**
 * The words of a training run, as plain data: what it is asked to do (RunConfig), what it says while it runs (RunEvent)
 * and what it leaves (RunResult). Shared by the generator, the worker, the store, the headless runner and saved runs.
 */
import type { ParameterSpec, ParameterValues } from '../core/parameters.ts';
import type { SerialisedError } from '../core/errors.ts';

export interface RunConfig {
  readonly task: string;
  /** Node type the task predicts for; null = the only or largest one. */
  readonly nodeType: string | null;
  /** Column to predict; null for tasks without one. */
  readonly target: string | null;
  readonly model: string;
  readonly seed: number;
  /** See core/transforms/resolveNodeSplit.ts; `auto` = public when present, else random. */
  readonly split: string;
  /** `auto` = every usable column (see the left-out list of the run), or names. Empty = structure only. */
  readonly features: 'auto' | readonly string[];
  /** Columns that `auto` does not take although they are usable. Absent = none. */
  readonly leaveOut?: readonly { readonly nodeType: string; readonly column: string }[];
  readonly edgeWeight: string | null;
  /** Values of the model's and the task's parameters; missing ones take their defaults. */
  readonly parameters: ParameterValues;
}

/** Metric key (`accuracy`, `macroF1`, `nll`, …) → value. Absent = not defined for this data. */
export type Metrics = Readonly<Record<string, number>>;

export interface PartMetrics {
  readonly train: Metrics;
  readonly val: Metrics;
  readonly test: Metrics;
}

/** What a result holds for each node: one class, several labels, a number, or a community. */
export type ResultKind = 'classes' | 'labels' | 'value' | 'communities';

export interface LeftOutColumn {
  readonly name: string;
  readonly reason: string;
}

/** What a run works on, known before the first epoch. */
export interface RunDescription {
  readonly config: RunConfig;
  readonly graphVersion: string;
  readonly taskName: string;
  readonly modelName: string;
  readonly backend: string;
  readonly outputKind: ResultKind;
  /** Class or label names by code; empty for tasks without classes. */
  readonly classes: readonly string[];
  /** [least, largest] training value that snapshot codes 0 … 255 stand for; null unless numbers are predicted. */
  readonly valueRange: readonly [number, number] | null;
  /** Global node index range [start, end) that predictions cover. */
  readonly nodeRange: readonly [number, number];
  readonly splitName: string;
  readonly counts: { readonly train: number; readonly val: number; readonly test: number };
  readonly featureWidth: number;
  readonly features: readonly string[];
  readonly leftOut: readonly LeftOutColumn[];
  readonly warnings: readonly string[];
  readonly numParameters: number;
  readonly epochs: number;
  readonly memoryEstimateBytes: number;
  /** `full`, `neighbours` or `clusters`, with the reason in words. */
  readonly batching: { readonly kind: string; readonly reason: string };
}

export interface EpochEvent {
  readonly kind: 'epoch';
  /** 1-based. */
  readonly epoch: number;
  readonly loss: number;
  readonly valLoss: number | null;
  /** The task's headline metric (accuracy, modularity, …) on train and val. */
  readonly trainScore: number | null;
  readonly valScore: number | null;
  readonly trainMs: number;
  readonly evalMs: number;
  readonly learningRate: number;
  readonly bestEpoch: number;
}

/** State of the predictions at one epoch, small enough for 15 a second; arrays are transferred. */
export interface SnapshotEvent {
  readonly kind: 'snapshot';
  readonly epoch: number;
  /** [n] predicted class, likeliest label or community per covered node; for numbers the step 0 … 255 of `valueRange`. */
  readonly codes: Uint16Array;
  /** [n] confidence 0..255. */
  readonly confidence: Uint8Array;
  /** [n · embeddingWidth] hidden layer, or null when the model has none. */
  readonly embedding: Float32Array | null;
  readonly embeddingWidth: number;
}

export interface BaselineResult {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly metrics: PartMetrics;
}

export interface RunResult {
  readonly outcome: 'finished' | 'stopped';
  readonly outputKind: ResultKind;
  readonly metrics: PartMetrics;
  readonly baselines: readonly BaselineResult[];
  /** One or two sentences in plain words, first thing a person reads. */
  readonly verdict: string;
  readonly bestEpoch: number;
  readonly epochsRun: number;
  readonly stoppedEarly: boolean;
  /** [C · C] counts on the test part, row = true class; null for tasks without classes. */
  readonly confusion: Int32Array | null;
  readonly perClass: readonly ClassReport[];
  /** [n · C] class or label probabilities, or null. */
  readonly scores: Float32Array | null;
  /** [n] true class per covered node, -1 = unlabelled; null without classes. */
  readonly truth: Int32Array | null;
  /** [n] predicted numbers in the target's unit, or null. */
  readonly predictedValues: Float32Array | null;
  /** [n] true numbers, or [n · L] true labels, NaN = missing; null otherwise. */
  readonly trueValues: Float32Array | null;
  /** By which logits are divided to make probabilities honest, fitted on validation nodes; null without any. */
  readonly temperature: number | null;
  /** [n] 0 none, 1 train, 2 val, 3 test. */
  readonly parts: Uint8Array;
  readonly embedding: Float32Array | null;
  readonly embeddingWidth: number;
  readonly timing: {
    readonly firstEpochMs: number;
    readonly medianEpochMs: number;
    readonly totalMs: number;
  };
}

export interface ClassReport {
  readonly name: string;
  readonly support: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export type RunEvent =
  | { readonly kind: 'started'; readonly run: RunDescription }
  | EpochEvent
  | SnapshotEvent
  | { readonly kind: 'status'; readonly status: 'running' | 'paused' | 'stopping'; readonly stage: string }
  | { readonly kind: 'finished'; readonly result: RunResult }
  | { readonly kind: 'failed'; readonly error: SerialisedError };

export type BackendName = 'webgpu' | 'webgl' | 'wasm' | 'cpu';

export interface BackendChoice {
  readonly backend: BackendName;
  /** 'WASM · SIMD', 'WebGPU · Apple M2' */
  readonly label: string;
  /** Why this one, one sentence with the measurement. */
  readonly reason: string;
  readonly threads: number;
  readonly considered: readonly {
    readonly backend: BackendName;
    /** Of a small training epoch; null when not measured. */
    readonly epochMs: number | null;
    /** Of a large one; null when it failed, absent when there was no GPU to weigh against. */
    readonly largeEpochMs?: number | null;
    readonly note: string;
  }[];
}

/** The serialisable half of a model or task descriptor, for menus and forms. */
export interface ModelEntry {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly summary: string;
  readonly source: string;
  readonly tasks: readonly string[];
  readonly uses: { readonly structure: boolean; readonly features: boolean };
  /** Kinds of results it can learn. */
  readonly outputs: readonly ResultKind[];
  /** Mini-batches it can be trained with besides the whole graph. */
  readonly batching: readonly string[];
  readonly parameters: readonly ParameterSpec[];
  readonly presets: readonly {
    readonly id: string;
    readonly name: string;
    readonly summary: string;
    readonly parameters: ParameterValues;
  }[];
}

export interface TaskEntry {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly needsTarget: boolean;
  readonly defaultModel: string;
  readonly headline: string;
  /** Of the data, the loss and the choice of the best epoch; beside the model's own. */
  readonly parameters: readonly ParameterSpec[];
}

export interface EngineCatalogue {
  readonly tasks: readonly TaskEntry[];
  readonly models: readonly ModelEntry[];
  /** Ids of those task parameters that say how columns become features. */
  readonly featureParameters: readonly string[];
  /** Ids of those task parameters that are about mini-batches. */
  readonly batchParameters: readonly string[];
  readonly metrics: readonly {
    readonly key: string;
    readonly name: string;
    readonly help: string;
    readonly higherIsBetter: boolean;
    readonly isRatio: boolean;
  }[];
}
