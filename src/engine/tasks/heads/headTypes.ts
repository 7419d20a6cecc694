/** The end of a node task that depends on what is predicted: loss, judgement, what the views show. */
import { bitsetOf, type Bitset, bitsetIndices } from '../../../core/bitset.ts';
import type { Objective } from '../../losses/objective.ts';
import type { Inference, ModelDescriptor, OutputKind } from '../../models/modelTypes.ts';
import type { BaselineResult, PartMetrics } from '../../runTypes.ts';
import type { EpochAssessment, SnapshotCodes, TaskOutcome } from '../taskTypes.ts';

/** Rows of the three parts, as global node indices. */
export interface PartRows {
  readonly train: Int32Array;
  readonly val: Int32Array;
  readonly test: Int32Array;
}

export interface OutputHead {
  readonly kind: OutputKind;
  readonly numOutputs: number;
  /** [N] see Supervision */
  readonly codes: Int32Array;
  readonly targets: Float32Array | null;
  objective(nodes: Int32Array | null): Objective;
  assess(output: Float32Array): EpochAssessment;
  snapshot(output: Float32Array): SnapshotCodes;
  judge(inference: Inference): HeadOutcome;
  /** Models trained for comparison. */
  readonly baselines: readonly string[];
  verdict(
    metrics: PartMetrics,
    baselines: readonly BaselineResult[],
    descriptor: ModelDescriptor,
    seesEdges: boolean,
  ): string;
  /** [least, largest] target of the training rows, for colours; null for classes and labels. */
  readonly valueRange: readonly [number, number] | null;
}

/** What remains of a result is the same for every head. */
export type HeadOutcome = Omit<TaskOutcome, 'parts' | 'embedding' | 'embeddingWidth'>;

export interface HeadInput {
  /** [start, end) of the covered nodes. */
  readonly nodeRange: readonly [number, number];
  readonly numNodes: number;
  readonly rows: PartRows;
}

/** Of the batch's rows, those that are training nodes. */
export function trainRowsAmong(
  nodes: Int32Array | null,
  train: Bitset,
  isTrain: (node: number) => boolean,
): Bitset {
  if (nodes === null) return train;
  const rows: number[] = [];
  nodes.forEach((node, row) => {
    if (isTrain(node)) rows.push(row);
  });
  return bitsetOf(nodes.length, rows);
}

export const partRows = (split: { train: Bitset; val: Bitset; test: Bitset }): PartRows => ({
  train: bitsetIndices(split.train),
  val: bitsetIndices(split.val),
  test: bitsetIndices(split.test),
});

/** Spreads per-row values of one node type over the global index. */
export function spread(values: Float32Array, width: number, start: number, numNodes: number): Float32Array {
  const all = new Float32Array(numNodes * width).fill(Number.NaN);
  all.set(values, start * width);
  return all;
}
