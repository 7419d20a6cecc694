/**
 * The training epochs by which backends are compared: a two-layer graph convolution on a random graph with sparse
 * features, forward, backward and Adam, with the operations and kernels that real runs use. How the figures decide is
 * backendRanking.ts.
 */
import {
  dispose,
  type Scalar,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
  type Variable,
  variable,
  variableGrads,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { drawKey, drawNormal, randomSequence, STREAM } from '../core/random.ts';
import type { SparseMatrix } from '../core/sparseMatrix.ts';
import { activationDropout } from './kernels/activationDropout/op.ts';
import { adamStep } from './kernels/adamStep/op.ts';
import { linear } from './kernels/dense/op.ts';
import { maskedCrossEntropy } from './kernels/maskedCrossEntropy/op.ts';
import { type SparseTensors, uploadSparse } from './kernels/sparseTensors.ts';
import { spmm } from './kernels/spmm/op.ts';

export interface BenchmarkSize {
  readonly numNodes: number;
  readonly arcsPerNode: number;
  readonly inChannels: number;
  readonly featuresPerNode: number;
  readonly hiddenChannels: number;
  readonly numClasses: number;
}

export const SMALL_BENCHMARK: BenchmarkSize = {
  numNodes: 2000,
  arcsPerNode: 8,
  inChannels: 1000,
  featuresPerNode: 16,
  hiddenChannels: 16,
  numClasses: 7,
};

/** Where memory and arithmetic weigh more than the number of dispatches: 300,000 arcs, 64 units. */
export const LARGE_BENCHMARK: BenchmarkSize = {
  numNodes: 30_000,
  arcsPerNode: 10,
  inChannels: 1000,
  featuresPerNode: 16,
  hiddenChannels: 64,
  numClasses: 16,
};

export interface BenchmarkModel {
  /** One training epoch; returns the loss before the step, which the caller reads (waiting for the device) and disposes. */
  epoch(): Scalar;
  dispose(): void;
}

const SEED = 1;
const EPOCHS = 5;
const DROPOUT = 0.5;

/** Rows with `perRow` entries 1/perRow at random columns. */
function randomRows(rows: number, cols: number, perRow: number, step: number): SparseMatrix {
  const sequence = randomSequence(SEED, STREAM.generator, step);
  const entries = rows * perRow;
  return {
    rows,
    cols,
    rowPtr: Int32Array.from({ length: rows + 1 }, (_, row) => row * perRow),
    colIndex: Int32Array.from({ length: entries }, () => sequence.below(cols)),
    values: new Float32Array(entries).fill(1 / perRow),
  };
}

interface Trained {
  readonly parameter: Variable;
  readonly firstMoment: Variable;
  readonly secondMoment: Variable;
}

function trained(rows: number, cols: number, step: number): Trained {
  const key = drawKey(SEED, STREAM.initialisation, step);
  const scale = Math.sqrt(2 / (rows + cols));
  const values = Float32Array.from({ length: rows * cols }, (_, i) => scale * drawNormal(key, i));
  const initial = tensor2d(values, [rows, cols]);
  const state = {
    parameter: variable(initial),
    firstMoment: tidy(() => variable(zerosLike(initial), false)),
    secondMoment: tidy(() => variable(zerosLike(initial), false)),
  };
  initial.dispose();
  return state;
}

function forward(
  features: SparseTensors,
  graph: SparseTensors,
  [first, second]: readonly [Trained, Trained],
  dropoutKey: number,
): Tensor2D {
  const mixed = spmm(graph, spmm(features, first.parameter as unknown as Tensor2D));
  const kept = activationDropout(mixed, 'relu', DROPOUT, dropoutKey);
  return spmm(graph, linear(kept, second.parameter as unknown as Tensor2D));
}

/** Places the model on the current backend. */
export function createBenchmarkModel(size: BenchmarkSize): BenchmarkModel {
  const features = uploadSparse(randomRows(size.numNodes, size.inChannels, size.featuresPerNode, 1));
  const graph = uploadSparse(randomRows(size.numNodes, size.numNodes, size.arcsPerNode, 2));
  const codes = tensor1d(
    Int32Array.from({ length: size.numNodes }, (_, node) => node % size.numClasses),
    'int32',
  );
  const weights = tensor1d(new Float32Array(size.numNodes).fill(1 / size.numNodes));
  const layers: [Trained, Trained] = [
    trained(size.inChannels, size.hiddenChannels, 1),
    trained(size.hiddenChannels, size.numClasses, 2),
  ];
  let step = 0;
  const lossOf = (): Scalar =>
    maskedCrossEntropy(forward(features, graph, layers, drawKey(SEED, STREAM.dropout, step)), codes, weights);
  return {
    epoch() {
      step++;
      return tidy(() => {
        const { value, grads } = variableGrads(
          lossOf,
          layers.map((layer) => layer.parameter),
        );
        for (const { parameter, firstMoment, secondMoment } of layers) {
          const gradient = grads[parameter.name];
          if (gradient === undefined) continue;
          const options = {
            learningRate: 0.01,
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-8,
            weightDecay: 5e-4,
            step,
          };
          adamStep(parameter, firstMoment, secondMoment, gradient, options);
        }
        return value;
      });
    },
    dispose() {
      features.dispose();
      graph.dispose();
      dispose([codes, weights]);
      for (const layer of layers) dispose(Object.values(layer));
    },
  };
}

/**
 * Returns the median milliseconds of an epoch on the current backend, each awaited on the device: one to warm up, then
 * five, or as many as fit into `limitMs`; the first one's own where nothing more fits.
 */
export async function measureEpochMs(
  now: () => number,
  limitMs: number,
  size: BenchmarkSize = SMALL_BENCHMARK,
): Promise<number> {
  const model = createBenchmarkModel(size);
  try {
    const startedMs = now();
    let warmUpMs = 0;
    const elapsed: number[] = [];
    for (let epoch = 0; epoch <= EPOCHS; epoch++) {
      const epochStartedMs = now();
      const loss = model.epoch();
      await loss.data();
      loss.dispose();
      if (epoch === 0) warmUpMs = now() - epochStartedMs;
      else elapsed.push(now() - epochStartedMs);
      if (now() - startedMs > limitMs) break;
    }
    elapsed.sort((a, b) => a - b);
    return elapsed[elapsed.length >> 1] ?? warmUpMs;
  } finally {
    model.dispose();
  }
}
