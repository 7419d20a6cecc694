/**
 * S^k·X·W for models that propagate features and learn afterwards (SGC, SIGN). What costs less is done once a run: the
 * dense block is propagated ahead, the sparse block only when its propagated table stays small; otherwise the product
 * X·W, which is narrow, is propagated in every pass. The result is the same up to rounding.
 */
import { add, keep, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import type { NumberSpec } from '../../core/parameters.ts';
import type { SparseMatrix } from '../../core/sparseMatrix.ts';
import { sparseProduct } from '../../core/transforms/sparseProduct.ts';
import { symmetricNormalisation } from '../../core/transforms/symmetricNormalisation.ts';
import type { FeatureTensors, GraphInput, ModelInput } from '../graphInput.ts';
import { type SparseTensors, uploadSparse } from '../kernels/sparseTensors.ts';
import { spmm } from '../kernels/spmm/op.ts';
import type { Projection } from '../layers/projection.ts';

/** K of the models that propagate ahead. */
export const hops = (value: number) =>
  ({
    kind: 'integer',
    id: 'hops',
    name: 'Hops',
    help: 'How far features travel before learning starts. More hops smooth more; the learned part costs the same.',
    min: 1,
    max: 64,
    step: 1,
    default: value,
    search: [1, 2, 3, 4],
  }) as const satisfies NumberSpec;

export interface PropagatedFeatures {
  /** S^k·X·W [N, O] with the projection's weights. */
  project(projection: Projection): Tensor2D;
}

export interface PropagationCache {
  /** One per hop asked for, in that order; computed at first use. */
  of(input: ModelInput): readonly PropagatedFeatures[];
  dispose(): void;
}

/**
 * @param graphs the whole graphs that `of` will be asked about; an inductive run has two
 * @param hops   powers k ≥ 0 of S, ascending
 */
export function createPropagationCache(
  graphs: readonly GraphInput[],
  hops: readonly number[],
): PropagationCache {
  const known = new Map<ModelInput, { features: PropagatedFeatures[]; dispose(): void }>();
  return {
    of(input) {
      let made = known.get(input);
      if (made === undefined) {
        const graph = graphs.find((candidate) => candidate === input);
        if (graph === undefined) throw new Error('features are propagated over whole graphs only');
        made = propagateAhead(graph, hops);
        known.set(input, made);
      }
      return made.features;
    },
    dispose() {
      for (const made of known.values()) made.dispose();
      known.clear();
    },
  };
}

function propagateAhead(input: GraphInput, hops: readonly number[]) {
  const features = input.features();
  const matrix = input.graph(0).symmetric();
  const sparse = propagatedTables(input, matrix.numEntries, hops);
  const dense = propagatedBlocks(features, matrix, hops);
  const uploads = sparse.map((table) => (table === null ? null : uploadSparse(table)));
  return {
    features: hops.map((hop, index): PropagatedFeatures => {
      const table = hop === 0 ? features.sparse : asBlock(uploads[index] ?? null);
      const ahead = { ...features, sparse: table, dense: dense[index] ?? null };
      const left = table === null && features.sparse !== null ? { ...features, dense: null } : null;
      return { project: (projection) => projectHop(projection, ahead, left, matrix, hop) };
    }),
    dispose() {
      for (const upload of uploads) upload?.dispose();
      hops.forEach((hop, index) => {
        if (hop > 0) dense[index]?.dispose();
      });
    },
  };
}

const asBlock = (matrix: SparseTensors | null): FeatureTensors['sparse'] =>
  matrix === null ? null : { matrix, values: matrix.values };

/** @param left the sparse block when it was not propagated ahead */
function projectHop(
  projection: Projection,
  ahead: FeatureTensors,
  left: FeatureTensors | null,
  matrix: SparseTensors,
  hop: number,
): Tensor2D {
  const products: Tensor2D[] = [];
  if (ahead.sparse !== null || ahead.dense !== null) products.push(projection.forward(ahead));
  if (left !== null) {
    let product = projection.forward(left);
    for (let step = 0; step < hop; step++) product = spmm(matrix, product);
    products.push(product);
  }
  return products.reduce((sum, product) => add(sum, product));
}

/**
 * S^k·X per hop as a table, or null where multiplying with it would touch more entries than X and k times S do. Hop 0 is
 * null: it is X itself.
 */
function propagatedTables(
  input: GraphInput,
  entriesOfS: number,
  hops: readonly number[],
): (SparseMatrix | null)[] {
  const { sparse } = input.featureMatrix;
  const last = hops.at(-1) ?? 0;
  if (sparse === null || last === 0) return hops.map(() => null);
  const propagation = symmetricNormalisation(input.messageGraph);
  const affordable = (hop: number): number => sparse.colIndex.length + hop * entriesOfS;
  const tables: (SparseMatrix | null)[] = [];
  let table: SparseMatrix | null = sparse;
  for (let hop = 0; hop <= last; hop++) {
    if (hop > 0 && table !== null) table = sparseProduct(propagation, table, affordable(last));
    if (!hops.includes(hop)) continue;
    const isCheaper = hop > 0 && table !== null && table.colIndex.length <= affordable(hop);
    tables.push(isCheaper ? table : null);
  }
  return tables;
}

/** S^k·D per hop for the dense block D; hop 0 is D itself, the others are the caller's to dispose. */
function propagatedBlocks(
  { dense }: FeatureTensors,
  matrix: SparseTensors,
  hops: readonly number[],
): (Tensor2D | null)[] {
  if (dense === null) return hops.map(() => null);
  const blocks: Tensor2D[] = [];
  let block = dense;
  for (let hop = 0; hop <= (hops.at(-1) ?? 0); hop++) {
    if (hop > 0) {
      const next = keep(tidy(() => spmm(matrix, block)));
      if (block !== dense && !blocks.includes(block)) block.dispose();
      block = next;
    }
    if (hops.includes(hop)) blocks.push(block);
  }
  return blocks;
}
