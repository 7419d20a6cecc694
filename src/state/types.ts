/**
 * The shape of the workbench's state: one interface per slice, plain data and references to immutable typed arrays.
 * Initial values are in `store.ts`, what a click does in `commands/`; React binds in `components/useStore.ts`.
 */
import type { Bitset } from '../core/bitset.ts';
import type { SerialisedError } from '../core/errors.ts';
import type { Graph } from '../core/graph.ts';
import type { JoinMatch, JoinOptions } from '../core/matchGraphs.ts';
import type { ParameterValue, ParameterValues } from '../core/parameters.ts';
import type {
  BackendChoice,
  BackendName,
  EpochEvent,
  RunDescription,
  RunResult,
} from '../engine/runTypes.ts';
import type {
  ImportOptions,
  ImportPreview,
  ImportProgress,
  ImportReport,
  TaskHints,
} from '../io/importTypes.ts';
import type { LayoutSummary } from '../layouts/layoutTypes.ts';
import type { IoCatalogue, LiveSnapshot, RunEstimate } from '../workers/protocol.ts';
import type { EngineCatalogue } from '../engine/runTypes.ts';
import type { ProjectionCommands, ProjectionSlice } from './projectionTypes.ts';
import type { ExportRows } from '../exporters/exporterTypes.ts';
import type { TableLayout } from './tableLayouts.ts';
import type { ColumnRef, HistorySlice, SchemaCommands, SchemaSlice } from './schemaTypes.ts';
import type { StylePreset } from './stylePreset.ts';
import type { ViewStyle } from './viewStyle.ts';

export interface LoadedGraph {
  readonly title: string;
  readonly graph: Graph;
  readonly report: ImportReport;
  readonly hints: TaskHints;
  /** Data set id when it came from the examples. */
  readonly datasetId: string | null;
  /** Columns that a person took out of sight and out of the default features. Absent = none. */
  readonly hiddenColumns?: readonly ColumnRef[];
}

/** Adding the files to what is open, as the import dialog offers it. */
export interface JoinState {
  /** Title of the open graph. */
  readonly title: string;
  /** Add to it instead of opening a new graph. */
  readonly isChosen: boolean;
  readonly options: JoinOptions;
  /** What would meet; null before the files were compared, or while their mapping has changed since. */
  readonly match: JoinMatch | null;
  readonly isMatching: boolean;
  /** Why the files could not be compared. */
  readonly error: SerialisedError | null;
}

export interface ImportDialogState {
  readonly preview: ImportPreview;
  readonly options: ImportOptions;
  /** The options are those of the last import of files of this shape. */
  readonly isRemembered: boolean;
  /** Null while nothing is open to add to. */
  readonly join: JoinState | null;
  /** Set while the confirmed import is read. */
  readonly isReading: boolean;
  readonly error: SerialisedError | null;
}

export interface DataSlice {
  readonly loaded: LoadedGraph | null;
  /** A file being read; what is open stays open until it succeeds. */
  readonly loading: { readonly title: string; readonly progress: ImportProgress | null } | null;
  readonly importDialog: ImportDialogState | null;
  readonly examplesOpen: boolean;
}

export interface CatalogueSlice {
  readonly engine: EngineCatalogue | null;
  readonly io: IoCatalogue | null;
  readonly layouts: readonly LayoutSummary[] | null;
}

export interface ComputeSlice {
  readonly requested: BackendName | 'auto';
  readonly status: 'starting' | 'ready' | 'failed';
  readonly choice: BackendChoice | null;
  readonly error: SerialisedError | null;
}

/** What the next run will do; defaults come from the graph and the model's parameters. */
export interface SetupSlice {
  readonly task: string;
  readonly nodeType: string | null;
  readonly target: string | null;
  readonly model: string;
  /** Recipe the parameters were filled from; they may have been edited since. */
  readonly preset: string;
  readonly split: string;
  readonly features: 'auto' | readonly string[];
  readonly edgeWeight: string | null;
  readonly seed: number;
  /** Values of the model's and the task's parameters by id. */
  readonly parameters: ParameterValues;
}

/** What the next run would need; the last answer stays while the next is worked out. */
export interface EstimateSlice {
  readonly isPending: boolean;
  readonly estimate: RunEstimate | null;
  /** Why the run would be refused. */
  readonly error: SerialisedError | null;
}

export type RunStatus =
  | { readonly kind: 'idle' }
  /** The graph is being sent to the engine, or the engine prepares the run. */
  | { readonly kind: 'loading'; readonly what: 'graph' | 'run' }
  | { readonly kind: 'running'; readonly epoch: number; readonly stage: string }
  | { readonly kind: 'paused'; readonly epoch: number }
  | { readonly kind: 'stopping'; readonly epoch: number }
  | { readonly kind: 'finished'; readonly epoch: number }
  | { readonly kind: 'stopped'; readonly epoch: number }
  | { readonly kind: 'failed'; readonly epoch: number; readonly error: SerialisedError };

export interface RunCurves {
  /** Appended in place and republished as a new object with a higher `length`; read only up to it. */
  readonly length: number;
  readonly epoch: Float64Array;
  readonly loss: Float64Array;
  /** NaN where not measured. */
  readonly valLoss: Float64Array;
  readonly trainScore: Float64Array;
  readonly valScore: Float64Array;
}

export interface RunSlice {
  readonly status: RunStatus;
  readonly description: RunDescription | null;
  readonly curves: RunCurves;
  readonly lastEpoch: EpochEvent | null;
  readonly snapshot: LiveSnapshot | null;
  readonly result: RunResult | null;
  /** Current learning rate, also while running. */
  readonly learningRate: number | null;
  /** What a schedule multiplies: the parameter, or what a person set since. */
  readonly baseLearningRate: number | null;
  /** Preset of the run, as `recipeName` says it; null before the first. */
  readonly recipe: string | null;
}

export type ViewTab = 'graph' | 'embedding' | 'table' | 'evaluation';
export type ColourBy =
  | 'label'
  | 'prediction'
  | 'confidence'
  | 'correct'
  | 'split'
  | 'type'
  | 'none'
  | `column:${string}`;
export type SizeBy = 'degree' | 'same' | `column:${string}`;

export interface ViewSlice {
  readonly tab: ViewTab;
  /** Show graph and embedding side by side. */
  readonly split: boolean;
  readonly colourBy: ColourBy;
  readonly sizeBy: SizeBy;
  readonly style: ViewStyle;
  /** Styles kept under a name, by name. */
  readonly stylePresets: readonly StylePreset[];
  /** [2 N] of the whole graph, replaced as the layout moves; null before the first frame. */
  readonly positions: Float32Array | null;
  readonly layout: {
    readonly status: 'idle' | 'running' | 'finished' | 'failed';
    readonly iteration: number;
    /** Share of the most steps it may take, in [0, 1]; it may come to rest sooner. */
    readonly progress?: number;
    /** It placed every node at once: the view is fitted to it when it has finished. */
    readonly isStatic?: boolean;
  };
  /** The layout that `runLayout` runs. */
  readonly layoutId: string;
  /** What a person, or the opened file, set of each layout's parameters, by its id; others have their defaults. */
  readonly layoutValues: Readonly<Record<string, ParameterValues>>;
  /** Nodes that iterative layouts leave in place; null = none. */
  readonly pinned: Bitset | null;
}

export interface SelectionSlice {
  /** Over global node indices; null = nothing selected. */
  readonly selected: Bitset | null;
  /** The node the inspector shows. */
  readonly focused: number | null;
  readonly hovered: number | null;
}

export interface Notice {
  readonly id: number;
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly remedy: string;
  readonly details: string;
  /** A button on the message that takes back what it tells of. */
  readonly offersUndo?: boolean;
}

export interface NoticesSlice {
  readonly notices: readonly Notice[];
}

export interface WorkbenchState {
  readonly data: DataSlice;
  readonly catalogue: CatalogueSlice;
  readonly compute: ComputeSlice;
  readonly setup: SetupSlice;
  readonly estimate: EstimateSlice;
  readonly run: RunSlice;
  readonly view: ViewSlice;
  readonly selection: SelectionSlice;
  readonly notices: NoticesSlice;
  readonly schema: SchemaSlice;
  readonly history: HistorySlice;
  readonly projection: ProjectionSlice;
}

/** What the interface can ask for; one method per thing a person does. Implemented in `commands/`. */
export interface Commands extends SchemaCommands, ProjectionCommands {
  /** Shows the import dialog for dropped or chosen files. */
  openFiles(files: readonly { readonly path: string; readonly blob: Blob }[]): Promise<void>;
  /** The same for pasted text, and for the file behind an https address, fetched now. */
  openText(text: string): Promise<void>;
  openAddress(address: string): Promise<void>;
  setImportOptions(options: ImportOptions): void;
  /** Forgets how files of this shape were mapped last time. */
  resetImportOptions(): Promise<void>;
  /** Whether and how the files are added to the open graph. */
  setJoin(change: Partial<Pick<JoinState, 'isChosen' | 'options'>>): void;
  confirmImport(): Promise<void>;
  closeImport(): Promise<void>;
  showExamples(open: boolean): void;
  openDataset(id: string): Promise<void>;
  /** Cancels the read or download under way. */
  cancelLoading(): Promise<void>;
  setSetup(patch: Partial<SetupSlice>): void;
  /** Fills the model's parameters from a recipe again, also from the chosen one. */
  applyPreset(preset: string): void;
  setParameter(id: string, value: number | boolean | string): void;
  setCompute(requested: BackendName | 'auto'): Promise<void>;
  train(): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  step(): Promise<void>;
  stop(): Promise<void>;
  /** Of the run under way; a schedule goes on multiplying it. */
  setLearningRate(learningRate: number): Promise<void>;
  setTab(tab: ViewTab): void;
  setSplitView(split: boolean): void;
  setColourBy(colourBy: ColourBy): void;
  setSizeBy(sizeBy: SizeBy): void;
  setStyle(change: Partial<ViewStyle>): void;
  /** Colour, size and everything else of the style as when the graph was opened. */
  resetStyle(): void;
  /** Keeps the style on screen under a name; one of that name is replaced. */
  saveStyle(name: string): void;
  applyStyle(name: string): void;
  forgetStyle(name: string): void;
  /** Reads a style file, keeps it and applies it. */
  openStyleFile(fileName: string, blob: Blob): Promise<void>;
  /** Saves the style on screen as a file. */
  saveStyleFile(name: string): void;
  /** Puts a node where a person dragged it; not while the layout runs, which would take it away again. */
  moveNode(node: number, x: number, y: number): void;
  /** Chooses a layout and runs it. */
  setLayout(id: string): Promise<void>;
  /** Sets a parameter of the chosen layout and runs it. */
  setLayoutParameter(id: string, value: ParameterValue): Promise<void>;
  runLayout(): Promise<void>;
  stopLayout(): Promise<void>;
  /** Pins the nodes where they are, or lets them go when all of them are pinned. */
  togglePin(nodes: readonly number[]): void;
  /** `add` extends the selection; null clears it. The last node becomes the focused one. */
  select(nodes: readonly number[] | Int32Array | null, add?: boolean): void;
  hover(node: number | null): void;
  /** `rows` for exporters that need a selection; without, they write the selected nodes. */
  exportFile(exporterId: string, rows?: ExportRows): Promise<void>;
  /** How a table of the open graph was laid out last time. */
  tableLayout(table: string): TableLayout;
  rememberTableLayout(table: string, layout: TableLayout): void;
  /** Saves bytes the view itself made (PNG). */
  saveFile(fileName: string, blob: Blob): void;
  notify(notice: Omit<Notice, 'id'>): void;
  dismiss(noticeId: number): void;
}
