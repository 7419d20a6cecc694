/** What goes into the feature encoding and what comes out of it. */
import type { Column } from '../../core/columns.ts';
import type { MessageGraph } from '../../core/messageGraph.ts';
import type { SparseMatrix } from '../../core/sparseMatrix.ts';

export interface FeatureMatrix {
  readonly numNodes: number;
  /** [N, Fs] or null when no column is sparse. */
  readonly sparse: SparseMatrix | null;
  /** [N · Fd] row-major, or null. */
  readonly dense: Float32Array | null;
  readonly denseWidth: number;
  readonly width: number;
  /** What is inside, for people: 'words (1433 sparse)'. */
  readonly names: readonly string[];
}

export interface EncodedFeatures extends FeatureMatrix {
  /** True when some columns stand for single nodes: what is learned then fits no other graph. */
  readonly usesIdentity: boolean;
}

/** The chosen columns of one node type. */
export interface FeatureTable {
  /** Node type name; the position in the list when absent. */
  readonly type?: string;
  readonly columns: readonly Column[];
  /** Global index of the table's first node. */
  readonly offset: number;
  readonly count: number;
}

/** Name of a table's node type, as it is stored. */
export const typeName = (table: FeatureTable, index: number): string => table.type ?? String(index);

/** What structural features are computed from; not needed without them. */
export interface FeatureContext {
  readonly messageGraph?: Pick<MessageGraph, 'numNodes' | 'rowPtr' | 'colIndex' | 'weight' | 'isSymmetric'>;
}

/** Dense features of the rows of one table. */
export interface DenseRows {
  readonly width: number;
  /** Fills out[base .. base + width), which is 0 before. */
  write(row: number, out: Float32Array, base: number): void;
}

/** Sparse features of the rows of one table. */
export interface SparseRows {
  readonly width: number;
  /** Number of entries in a row. */
  stored(row: number): number;
  /**
   * Writes exactly `stored(row)` entries from `position` on and returns the position behind them; columns are counted
   * from `at`.
   */
  write(row: number, colIndex: Int32Array, values: Float32Array, position: number, at: number): number;
}
