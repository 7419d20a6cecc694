/**
 * The contract for editing the open graph in the io worker: edits of its tables, measures, formulas, built edges and the
 * summary. A new version travels back as what changed (`graphDelta.ts`), so that untouched columns stay the same objects.
 */
import type { Graph } from '../core/graph.ts';
import type { GraphSummary, SummaryTarget } from '../core/graphSummary/summaryTypes.ts';
import type { EdgeBuilderChoice, EdgeBuilderNeeds } from '../core/edgeBuilders/edgeBuilderTypes.ts';
import type { ParameterSpec, ParameterValues } from '../core/parameters.ts';
import type { ConvertibleKind, ConvertOptions } from '../core/schema/convertColumn.ts';
import type { TableRef } from '../core/schema/graphTables.ts';
import type { GraphDelta } from './graphDelta.ts';

/** An edit that takes no longer than hashing the graph. */
export type SchemaEdit =
  | {
      readonly kind: 'rename-column';
      readonly table: TableRef;
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: 'drop-column'; readonly table: TableRef; readonly name: string }
  | {
      readonly kind: 'convert-column';
      readonly table: TableRef;
      readonly name: string;
      readonly to: ConvertibleKind;
      readonly options: ConvertOptions;
    }
  | { readonly kind: 'rename-node-type'; readonly from: string; readonly to: string }
  | { readonly kind: 'rename-relation'; readonly from: string; readonly to: string };

export interface EditedGraph {
  readonly delta: GraphDelta;
  /** Cells that held something and are missing now; 0 but for conversions. */
  readonly numLost: number;
  /** The first of them, as a person reads them. */
  readonly examples: readonly string[];
}

export interface DeriveRequest {
  readonly id: string;
  readonly columnName: string;
  /** Node types that get the column; null = all. */
  readonly nodeTypes: readonly string[] | null;
  readonly weightColumn: string | null;
  readonly values: ParameterValues;
}

export interface FormulaRequest {
  readonly table: TableRef;
  readonly columnName: string;
  readonly text: string;
}

export interface BuildRequest {
  readonly id: string;
  readonly choice: EdgeBuilderChoice;
  readonly values: ParameterValues;
  /** The new edges take the place of all others. */
  readonly isOnly: boolean;
}

export interface BuiltGraph {
  readonly delta: GraphDelta;
  readonly relation: string;
  readonly numEdges: number;
  /** Edge ends per node of the type. */
  readonly meanDegree: number;
  readonly notes: readonly string[];
}

export interface SummaryRequest {
  readonly target: SummaryTarget | null;
  readonly split: string;
  readonly seed: number;
}

/** What the menus offer, as plain data. */
export interface SchemaCatalogue {
  readonly measures: readonly {
    readonly id: string;
    readonly name: string;
    readonly columnName: string;
    readonly summary: string;
    readonly source: string;
    readonly parameters: readonly ParameterSpec[];
    readonly usesEdgeWeight: boolean;
  }[];
  readonly builders: readonly {
    readonly id: string;
    readonly name: string;
    readonly summary: string;
    readonly source: string;
    readonly parameters: readonly ParameterSpec[];
    readonly needs: EdgeBuilderNeeds;
  }[];
}

export type ProgressListener = (doneRatio: number) => void;

/** All reject with the errors of the functions in `core` that they call. One computation at a time. */
export interface SchemaService {
  schemaCatalogue(): Promise<SchemaCatalogue>;
  editSchema(graph: Graph, edit: SchemaEdit): Promise<EditedGraph>;
  deriveColumn(graph: Graph, request: DeriveRequest, onProgress: ProgressListener): Promise<GraphDelta>;
  applyFormula(graph: Graph, request: FormulaRequest, onProgress: ProgressListener): Promise<GraphDelta>;
  buildEdges(graph: Graph, request: BuildRequest, onProgress: ProgressListener): Promise<BuiltGraph>;
  /** Ends the measure, formula or build under way; its promise rejects with CancelledError. */
  cancelComputation(): Promise<void>;
  summariseGraph(graph: Graph, request: SummaryRequest): Promise<GraphSummary>;
}
