/**
 * What models read, on the device: features and message-passing matrices, uploaded on first use and disposed in one place.
 * A whole graph gives every layer the same structure; a sampled batch gives each layer a block of its own.
 */
import { keep, slice, type Tensor1D, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { MessageBlock, MessageGraph } from '../core/messageGraph.ts';
import type { SparseMatrix } from '../core/sparseMatrix.ts';
import { adjacency } from '../core/transforms/adjacency.ts';
import { relationNormalisation } from '../core/transforms/relationNormalisation.ts';
import { rowNormalisation } from '../core/transforms/rowNormalisation.ts';
import { selfLoopPattern } from '../core/transforms/selfLoopPattern.ts';
import { symmetricNormalisation } from '../core/transforms/symmetricNormalisation.ts';
import type { FeatureMatrix } from './features/encodeFeatures.ts';
import { type RowGroups, uploadRowGroups } from './kernels/gatherRows/op.ts';
import { type SparseTensors, uploadSparse } from './kernels/sparseTensors.ts';
import { spmm } from './kernels/spmm/op.ts';

/** Widths of the two blocks of a layer's input; a hidden layer is dense only. */
export interface InputShape {
  readonly sparse: number;
  readonly dense: number;
}

export interface FeatureTensors {
  /** [N, Fs] pattern and its values (dropped out in training), or null. */
  readonly sparse: { readonly matrix: SparseTensors; readonly values: Tensor1D } | null;
  /** [N, Fd] or null */
  readonly dense: Tensor2D | null;
  readonly shape: InputShape;
  /** True for features as uploaded: products with them may be kept over epochs. */
  readonly isConstant: boolean;
  /** M·dense [R, Fd]; kept when the features are constant, so that it is computed once a run. */
  aggregatedDense(matrix: SparseTensors): Tensor2D;
}

/** What a layer receives: the features (first layer) or the layer before. */
export type LayerInput = FeatureTensors | Tensor2D;

export const isFeatures = (input: LayerInput): input is FeatureTensors => 'isConstant' in input;

/** Arcs with their relations: entry k of `matrix` is of relation `relations.index[k]`. */
export interface RelationTensors {
  /** values: w_k / Σ of the weights of the receiver's arcs of the same relation. */
  readonly matrix: SparseTensors;
  readonly relations: RowGroups;
}

/** One message-passing structure. Each matrix is [receivers, senders]. */
export interface GraphTensors {
  readonly numReceivers: number;
  readonly numSenders: number;
  /** S = D̃^(−1/2) Ã D̃^(−1/2); whole graphs and induced subgraphs only. */
  symmetric(): SparseTensors;
  /** P = D⁻¹A, no self-loops added. */
  mean(): SparseTensors;
  /** A with its weights. */
  adjacency(): SparseTensors;
  /** Pattern for attention: exactly one self-loop a node, values 1. */
  withSelfLoops(): SparseTensors;
  relations(): RelationTensors;
  /** Rows of the receivers of x [senders, F]: x itself when all senders receive. */
  receivers(x: Tensor2D): Tensor2D;
}

/** Everything a forward pass reads. */
export interface ModelInput {
  features(): FeatureTensors;
  /** Structure of message-passing layer `layer`, 0-based from the features. */
  graph(layer: number): GraphTensors;
}

/** A whole graph as a model input. The owner disposes once. */
export interface GraphInput extends ModelInput {
  readonly messageGraph: MessageGraph;
  readonly featureMatrix: FeatureMatrix;
  dispose(): void;
}

export interface OwnedGraphTensors extends GraphTensors {
  dispose(): void;
}

export interface OwnedFeatureTensors extends FeatureTensors {
  dispose(): void;
}

export function createGraphInput(featureMatrix: FeatureMatrix, messageGraph: MessageGraph): GraphInput {
  const graph = createGraphTensors(messageGraph, messageGraph.isSymmetric);
  let uploaded: OwnedFeatureTensors | null = null;
  return {
    messageGraph,
    featureMatrix,
    features() {
      uploaded ??= uploadFeatures(featureMatrix);
      return uploaded;
    },
    graph: () => graph,
    dispose() {
      uploaded?.dispose();
      uploaded = null;
      graph.dispose();
    },
  };
}

export function uploadFeatures(matrix: FeatureMatrix): OwnedFeatureTensors {
  const { sparse, dense, denseWidth, numNodes } = matrix;
  const sparseMatrix = sparse === null ? null : uploadSparse(sparse);
  const denseTensor = dense === null ? null : keep(tensor2d(dense, [numNodes, denseWidth]));
  const products = new Map<SparseTensors, Tensor2D>();
  return {
    sparse: sparseMatrix === null ? null : { matrix: sparseMatrix, values: sparseMatrix.values },
    dense: denseTensor,
    shape: { sparse: sparse?.cols ?? 0, dense: denseWidth },
    isConstant: true,
    aggregatedDense(by) {
      let product = products.get(by);
      if (product === undefined) {
        product = keep(tidy(() => spmm(by, denseTensor as Tensor2D)));
        products.set(by, product);
      }
      return product;
    },
    dispose() {
      sparseMatrix?.dispose();
      denseTensor?.dispose();
      for (const product of products.values()) product.dispose();
      products.clear();
    },
  };
}

/** @param isSymmetric every arc of the block has its reverse with equal weight */
export function createGraphTensors(block: MessageBlock, isSymmetric: boolean): OwnedGraphTensors {
  const uploaded = new Map<string, SparseTensors>();
  let relations: (RelationTensors & { relations: { dispose(): void } }) | null = null;
  const matrixOf = (name: string, make: () => SparseMatrix, symmetric: boolean): SparseTensors => {
    let matrix = uploaded.get(name);
    if (matrix === undefined) {
      matrix = uploadSparse(make(), { isSymmetric: symmetric });
      uploaded.set(name, matrix);
    }
    return matrix;
  };
  return {
    numReceivers: block.numReceivers,
    numSenders: block.numSenders,
    symmetric: () => matrixOf('symmetric', () => symmetricNormalisation(block), isSymmetric),
    mean: () => matrixOf('mean', () => rowNormalisation(block), false),
    adjacency: () => matrixOf('adjacency', () => adjacency(block), isSymmetric),
    withSelfLoops: () => matrixOf('loops', () => selfLoopPattern(block), false),
    relations() {
      relations ??= {
        matrix: matrixOf('relations', () => relationNormalisation(block), false),
        relations: uploadRowGroups(
          block.relation ?? new Int32Array(block.numArcs),
          Math.max(1, block.numRelations),
        ),
      };
      return relations;
    },
    receivers: (x) =>
      block.numReceivers === block.numSenders
        ? x
        : slice(x, [0, 0], [block.numReceivers, x.shape[1] as number]),
    dispose() {
      for (const matrix of uploaded.values()) matrix.dispose();
      uploaded.clear();
      relations?.relations.dispose();
      relations = null;
    },
  };
}

/** The features as one training pass sees them. */
export function droppedFeatures(
  features: FeatureTensors,
  drop: <T extends Tensor1D | Tensor2D>(x: T, block: 'sparse' | 'dense') => T,
): FeatureTensors {
  const { sparse, shape } = features;
  const dense = features.dense === null ? null : drop(features.dense, 'dense');
  return {
    sparse: sparse === null ? null : { matrix: sparse.matrix, values: drop(sparse.values, 'sparse') },
    dense,
    shape,
    isConstant: false,
    aggregatedDense: (by) => spmm(by, dense as Tensor2D),
  };
}
