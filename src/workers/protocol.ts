/**
 * The contract between the main thread and the workers: one interface per service, called through Comlink, and the
 * events a run or a layout streams on a MessagePort of its own. Column buffers are shared (or copied once per graph
 * version); arrays in events and results are transferred and the sender loses them.
 */
import type { Graph } from '../core/graph.ts';
import type { JoinedGraph } from '../core/joinGraphs.ts';
import type { JoinMatch, JoinOptions } from '../core/matchGraphs.ts';
import type { DatasetCard } from '../datasets/cardTypes.ts';
import type {
  BackendChoice,
  BackendName,
  EngineCatalogue,
  EpochEvent,
  RunConfig,
  RunDescription,
  RunResult,
} from '../engine/runTypes.ts';
import type { SerialisedError } from '../core/errors.ts';
import type { ExportRows } from '../exporters/exporterTypes.ts';
import type { ImportOptions, ImportPreview, ImportProgress, ImportResult } from '../io/importTypes.ts';
import type { LayoutInput, LayoutSummary } from '../layouts/layoutTypes.ts';

/** A named browser file as it was dropped; `path` keeps the folder it came from. */
export interface DroppedFile {
  readonly path: string;
  readonly blob: Blob;
}

export interface ExporterEntry {
  readonly id: string;
  /** As the menu shows it: 'Predictions (CSV)'. */
  readonly name: string;
  readonly needs: 'graph' | 'selection' | 'result' | 'embedding';
}

export interface IoCatalogue {
  /** What an import does unless a person says otherwise. */
  readonly importDefaults: ImportOptions;
  readonly datasets: readonly DatasetCard[];
  readonly exporters: readonly ExporterEntry[];
  readonly formats: readonly {
    readonly id: string;
    readonly name: string;
    readonly extensions: readonly string[];
    readonly summary: string;
  }[];
}

export interface ExportRequest {
  readonly exporterId: string;
  readonly graph: Graph;
  readonly run: { readonly description: RunDescription; readonly result: RunResult } | null;
  /** What exporters that need a selection write. */
  readonly rows: ExportRows | null;
}

export interface ExportedFile {
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The graph with the files added; report and hints are those of the files, the summary that of the whole. */
export type JoinResult = ImportResult & Omit<JoinedGraph, 'graph'>;

export interface IoService {
  catalogue(): Promise<IoCatalogue>;
  /** Detects the format and reads first rows. Files stay with the service until `read` or the next `inspect`. */
  inspect(files: readonly DroppedFile[]): Promise<ImportPreview>;
  /** As `inspect`, for the file behind an address. @throws {ParameterError | WorkbenchError} as `fetchAddress` */
  inspectAddress(address: string, onProgress: (progress: ImportProgress) => void): Promise<ImportPreview>;
  /**
   * Reads the inspected files and compares their ids with those of the open graph. What was read is kept for the `join` or
   * `read` with the same options that follows.
   */
  matchJoin(
    options: ImportOptions,
    joinOptions: JoinOptions,
    graph: Graph,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<JoinMatch>;
  /** Reads the inspected files and adds them to the open graph. */
  join(
    options: ImportOptions,
    joinOptions: JoinOptions,
    graph: Graph,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<JoinResult>;
  read(options: ImportOptions, onProgress: (progress: ImportProgress) => void): Promise<ImportResult>;
  /** Opens a bundled or gallery data set; `baseUrl` is the page's. */
  openDataset(
    id: string,
    baseUrl: string,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<ImportResult>;
  /** Ends the read or download under way; its promise rejects with CancelledError. What `matchJoin` kept is let go. */
  cancel(): Promise<void>;
  exportFile(request: ExportRequest): Promise<ExportedFile>;
}

/** A snapshot after projection: what the views need to paint one moment of a run. */
export interface LiveSnapshot {
  readonly epoch: number;
  readonly codes: Uint16Array;
  readonly confidence: Uint8Array;
  /** [2 n] aligned PCA of the hidden layer, or null when the model has none. */
  readonly coordinates: Float32Array | null;
  /** Share of variance of the two axes. */
  readonly explained: readonly [number, number] | null;
}

export type RunStreamEvent = { readonly sequence: number } & (
  | { readonly kind: 'started'; readonly run: RunDescription }
  /** The GPU was lost: the run goes on elsewhere from its last checkpoint. */
  | { readonly kind: 'backendChanged'; readonly choice: BackendChoice }
  | { readonly kind: 'epochs'; readonly epochs: readonly EpochEvent[] }
  | { readonly kind: 'snapshot'; readonly snapshot: LiveSnapshot }
  | { readonly kind: 'status'; readonly status: 'running' | 'paused' | 'stopping'; readonly stage: string }
  | { readonly kind: 'finished'; readonly result: RunResult }
  | { readonly kind: 'failed'; readonly error: SerialisedError }
);

/** What is known of a run before it starts. */
export type RunEstimate = Pick<RunDescription, 'memoryEstimateBytes' | 'batching'>;

export interface TrainingService {
  catalogue(): Promise<EngineCatalogue>;
  /** Starts and, for `auto`, measures backends; at most 5 s each. `remembered` skips the measurement. */
  chooseBackend(requested: BackendName | 'auto', remembered: BackendChoice | null): Promise<BackendChoice>;
  /** Keeps the graph under its version for the runs that follow; the previous one is dropped. */
  setGraph(graph: Graph): Promise<void>;
  /**
   * Memory and batches of a run on the graph that was set, without starting it. O(N + E).
   * Rejects with what would refuse the run: OutOfMemoryError, ParameterError, TaskError.
   */
  estimateRun(config: RunConfig): Promise<RunEstimate>;
  /** Begins a run whose events go to `port`; resolves when the first event was sent. */
  startRun(config: RunConfig, port: MessagePort): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  step(): Promise<void>;
  stop(): Promise<void>;
  setLearningRate(learningRate: number): Promise<void>;
}

export type LayoutStreamEvent =
  | {
      readonly kind: 'positions';
      readonly iteration: number;
      readonly positions: Float32Array;
      readonly moved: number;
    }
  | { readonly kind: 'finished'; readonly iteration: number; readonly positions: Float32Array }
  | { readonly kind: 'failed'; readonly error: SerialisedError };

export interface LayoutRequest extends LayoutInput {
  readonly layoutId: string;
  readonly maxIterations: number;
}

export interface LayoutService {
  catalogue(): Promise<readonly LayoutSummary[]>;
  start(request: LayoutRequest, port: MessagePort): Promise<void>;
  stop(): Promise<void>;
}
