/**
 * What a builder of edges is: a descriptor that turns columns (or the edges) of one node type into new edges among its
 * nodes. Builders are pure and run in a worker or in Node; the list is `index.ts`, adding the result is `withEdges.ts`.
 */
import type { ColumnKind } from '../columns.ts';
import type { Graph } from '../graph.ts';
import type { ParameterSpec } from '../parameters.ts';

/** Columns that a builder reads; a form offers only these. */
export interface ColumnNeed {
  readonly kinds: readonly ColumnKind[];
  readonly least: number;
  /** Null = any number. */
  readonly most: number | null;
  /** In words, as a message says it: 'one vector column, or number columns'. */
  readonly words: string;
}

export interface EdgeBuilderNeeds {
  /** Null when the builder reads edges instead. */
  readonly columns: ColumnNeed | null;
  readonly edges: boolean;
}

/** What a person picks besides parameters. */
export interface EdgeBuilderChoice {
  /** Name of the node type whose nodes are joined. */
  readonly nodeType: string;
  /** Names of its columns; the order matters only for latitude and longitude. */
  readonly columns: readonly string[];
  /** Relation whose edges are read; null = every one that touches the node type. */
  readonly relation: string | null;
}

export interface BuildContext {
  readonly signal?: AbortSignal;
  /** Share of the work done, 0 to 1, never falling. */
  readonly onProgress?: (fraction: number) => void;
}

/** New edges in ascending order of source, then target; at most one per ordered pair, none from a node to itself. */
export interface BuiltEdges {
  /** Index of the node type that holds all ends. */
  readonly nodeType: number;
  /** [E] global node indices; source < target where edges are undirected. */
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** [E] finite and not negative, or null. */
  readonly weight: Float32Array | null;
  readonly relation: string;
  readonly directed: boolean;
  /** What a person should know, as sentences: rows left out and why, values chosen for them. */
  readonly notes: readonly string[];
}

export interface EdgeBuilderDescriptor {
  /** kebab-case and stable. */
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly parameters: readonly ParameterSpec[];
  readonly needs: EdgeBuilderNeeds;
  /**
   * Returns the edges; the graph stays as it is. Absent values take their defaults.
   * @throws {ParameterError} a value outside its limits
   * @throws {TaskError} the chosen columns or edges cannot serve; says what to choose
   * @throws {InvalidGraphError} a cell that is not a usable number
   * @throws {LimitError} more edges or work than allowed
   * @throws {CancelledError} the signal was aborted
   */
  build(
    graph: Graph,
    choice: EdgeBuilderChoice,
    values: Readonly<Record<string, unknown>>,
    context: BuildContext,
  ): Promise<BuiltEdges>;
}
