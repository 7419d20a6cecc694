/** State and commands of the schema view: its dialogs, the computation under way, the summary, and the history of edits. */
import type { SerialisedError } from '../core/errors.ts';
import type { GraphSummary } from '../core/graphSummary/summaryTypes.ts';
import type { ConvertibleKind, ConvertOptions } from '../core/schema/convertColumn.ts';
import type { TableRef } from '../core/schema/graphTables.ts';
import type {
  BuildRequest,
  BuiltGraph,
  DeriveRequest,
  EditedGraph,
  FormulaRequest,
  SchemaCatalogue,
} from '../workers/schemaProtocol.ts';
import type { LoadedGraph, SelectionSlice, SetupSlice, ViewSlice } from './types.ts';

/** A column of the open graph. */
export interface ColumnRef {
  readonly table: TableRef;
  readonly name: string;
}

/** Which dialog is open, and on what. */
export type SchemaDialog =
  | { readonly kind: 'rename-column'; readonly column: ColumnRef }
  | { readonly kind: 'convert-column'; readonly column: ColumnRef }
  | { readonly kind: 'rename-node-type'; readonly name: string }
  | { readonly kind: 'rename-relation'; readonly name: string }
  | { readonly kind: 'derive'; readonly nodeType: string }
  | { readonly kind: 'formula'; readonly table: TableRef }
  | { readonly kind: 'build-edges'; readonly nodeType: string };

/** What an edit replaces: the graph, and what of the set-up and the views follows it. */
export interface EditSide {
  readonly loaded: LoadedGraph;
  readonly setup: SetupSlice;
  readonly colourBy: ViewSlice['colourBy'];
  /** Kept only where the edit moves nodes or gives them other indices. */
  readonly positions?: ViewSlice['positions'];
  readonly selection?: SelectionSlice;
}

/** A step that can be taken back: references to immutable values, so that keeping it costs what was replaced. */
export interface Edit {
  /** What was done, as it follows 'Undo': 'rename age to years'. */
  readonly label: string;
  readonly before: EditSide;
  readonly after: EditSide;
}

export interface SummaryState {
  readonly status: 'idle' | 'pending' | 'ready' | 'failed';
  /** The last one stays while the next is worked out, as long as the same graph is open. */
  readonly summary: GraphSummary | null;
  readonly error: SerialisedError | null;
}

export interface SchemaSlice {
  readonly catalogue: SchemaCatalogue | null;
  readonly dialog: SchemaDialog | null;
  /** A measure, formula, build or edit under way; the share done, null = not known. */
  readonly work: { readonly doneRatio: number | null } | null;
  /** Why what the dialog asked for could not be done. */
  readonly error: SerialisedError | null;
  /** What a conversion would do, waiting to be confirmed. */
  readonly conversion: { readonly to: ConvertibleKind; readonly edited: EditedGraph } | null;
  /** What the last build made, for the dialog that asked for it. */
  readonly built: Omit<BuiltGraph, 'delta'> | null;
  /** The column that was added last, to be brought into sight. */
  readonly added: ColumnRef | null;
  readonly summary: SummaryState;
}

/** Edits in the order they were made, the latest last; and what was undone, the next to be done again last. */
export interface HistorySlice {
  readonly past: readonly Edit[];
  readonly future: readonly Edit[];
}

export interface SchemaCommands {
  /** Opens a dialog, or closes it with what it was waiting for. */
  showSchemaDialog(dialog: SchemaDialog | null): void;
  renameColumn(column: ColumnRef, to: string): Promise<void>;
  renameNodeType(from: string, to: string): Promise<void>;
  renameRelation(from: string, to: string): Promise<void>;
  dropColumn(column: ColumnRef): Promise<void>;
  /** Hidden columns are in no view and no default feature; their cells stay. */
  setHidden(columns: readonly ColumnRef[], isHidden: boolean): void;
  /** Works out what a conversion would lose; `confirmConversion` applies it. */
  previewConversion(column: ColumnRef, to: ConvertibleKind, options: ConvertOptions): Promise<void>;
  confirmConversion(column: ColumnRef): void;
  deriveColumn(request: DeriveRequest): Promise<void>;
  applyFormula(request: FormulaRequest): Promise<void>;
  buildEdges(request: BuildRequest): Promise<void>;
  /** Ends the measure, formula or build under way. */
  cancelComputation(): Promise<void>;
  undo(): void;
  redo(): void;
}
