/** The summary of a graph as plain data: it crosses worker boundaries and goes into reports. */
import type { ClassBalance } from '../graphMetrics/classBalance.ts';
import type { DegreeDistribution } from '../graphMetrics/degreeDistribution.ts';
import type { Homophily } from '../graphMetrics/homophily.ts';

/** The column to be predicted. */
export interface SummaryTarget {
  readonly nodeType: string;
  readonly column: string;
}

export type GraphWarningCode =
  | 'target-leak'
  | 'single-class'
  | 'tiny-classes'
  | 'imbalanced-classes'
  | 'low-homophily'
  | 'class-outside-train'
  | 'class-only-in-train'
  | 'test-without-train-neighbour'
  | 'identifier-column'
  | 'constant-column'
  | 'mostly-missing-column'
  | 'isolated-nodes';

export interface GraphWarning {
  readonly code: GraphWarningCode;
  /** `severe`: results would mislead. `warning`: results may suffer. `info`: good to know. */
  readonly severity: 'severe' | 'warning' | 'info';
  /** One sentence with the numbers behind it. */
  readonly message: string;
  /** Table the columns are in; null for the edge table and for the graph as a whole. */
  readonly nodeType: string | null;
  /** Names of the columns it is about; may be empty. */
  readonly columns: readonly string[];
}

export interface StructureSummary {
  readonly numNodes: number;
  readonly numEdges: number;
  readonly nodeTypes: readonly { readonly name: string; readonly numNodes: number }[];
  readonly edgeTypes: readonly {
    readonly relation: string;
    readonly sourceType: string;
    readonly targetType: string;
    readonly directed: boolean;
    readonly numEdges: number;
  }[];
  /** Nodes without an edge; a self-loop is an edge. */
  readonly numIsolated: number;
  /** Directions ignored; an isolated node is a component of its own. */
  readonly numComponents: number;
  /** Share of the nodes in the largest component. */
  readonly largestComponentRatio: number;
  readonly degrees: DegreeDistribution;
  /** All edge types directed: E / (N (N − 1)), else 2E / (N (N − 1)). */
  readonly density: number;
  readonly degreeAssortativity: number | null;
  readonly numSelfLoops: number;
  /** Edges beyond the first of the same type between the same two nodes (in the same direction, where directed). */
  readonly numParallelEdges: number;
}

export interface TargetSummary extends SummaryTarget {
  /** Null for a target that is a number, not a class. */
  readonly balance: ClassBalance | null;
  readonly homophily: Homophily | null;
}

export interface GraphSummary extends StructureSummary {
  readonly target: TargetSummary | null;
  /** Most severe first. */
  readonly warnings: readonly GraphWarning[];
}

export const countText = (count: number): string => count.toLocaleString('en');
/** '12 %'; below one per cent with a digit more, so that what is there is not 0. */
export const percentText = (ratio: number): string =>
  `${(100 * ratio).toLocaleString('en', { maximumSignificantDigits: ratio < 0.01 ? 1 : 3 })} %`;
