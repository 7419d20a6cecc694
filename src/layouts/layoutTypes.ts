/**
 * What a layout is: a descriptor that creates a resumable computation of node positions. Life-cycle: create → step as
 * often as wanted → read `positions` at any time. A layout holds no timers and no workers; dropping it ends it.
 */
import type { Bitset } from '../core/bitset.ts';
import type { ParameterSpec, ParameterValues } from '../core/parameters.ts';

export interface LayoutInput {
  readonly numNodes: number;
  /** [E] global node indices; only the layered layout looks at directions. */
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** [2 N] x0, y0, x1, y1, … to start from, or null for the layout's own seeded start. Copied, not kept. */
  readonly initial: Float32Array | null;
  readonly seed: number;
  /** Missing values take their defaults; parameters that `numbers` answers are left out. */
  readonly parameters?: ParameterValues;
  /** [N] numbers by the id of the parameter that chose them; NaN where a node has none. */
  readonly numbers?: Readonly<Record<string, Float64Array>>;
  /** Nodes that stay where `initial` has them. Iterative layouts heed it; the others place every node. */
  readonly pinned?: Bitset | null;
}

export interface Layout {
  /**
   * [2 N] x0, y0, x1, y1, …, centred on 0 (unless nodes are pinned) and of about `NODE_SPACING`² area per node. Valid before the first step. The
   * same array changes in place at every step: copy it before handing it away.
   */
  readonly positions: Float32Array;
  /** Steps done so far. */
  readonly iteration: number;
  /** True when further steps would not be seen; stepping on is allowed. */
  readonly isConverged: boolean;
  /** Moves every node once. Returns the mean distance moved, in units of the layout's radius. */
  step(): number;
}

/** What a choice parameter also takes: numeric columns and dates, or those and categories, in their display order. */
export type ColumnKinds = 'numbers' | 'values';

/** A layout without its code: what a menu shows and a form is made of. Plain data. */
export interface LayoutSummary {
  /** kebab-case and stable. */
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  /** Positions stand after the first step; the others move step by step. */
  readonly isStatic: boolean;
  readonly parameters: readonly ParameterSpec[];
  /** Choice parameters whose options are, or go on with, the columns of the graph. */
  readonly columns: Readonly<Record<string, ColumnKinds>>;
  /** What it cannot do without: the direction of edges, or the coordinates of the embedding as numbers `x` and `y`. */
  readonly needs: 'directed-edges' | 'embedding' | null;
}

export interface LayoutDescriptor extends LayoutSummary {
  /**
   * @throws {InvalidGraphError} an edge end outside the nodes
   * @throws {ShapeError}        `initial` or a list of numbers has another length
   * @throws {ParameterError}    a parameter outside its limits, or without the column it needs
   * @throws {LimitError}        the graph is too large for this layout
   */
  create(input: LayoutInput): Layout;
}

/** Distance between neighbouring places in a full layout, in the units of a view at zoom 1: about two node diameters. */
export const NODE_SPACING = 36;
