/**
 * The 3-layer GCN of the large speed row, on the kernels: relu and dropout 0.5 between layers, Adam. S·X is constant and
 * computed once; each later layer multiplies in the order that costs less, and its bias joins the dense product.
 */
import {
  dispose,
  keep,
  type Scalar,
  type Tensor1D,
  type Tensor2D,
  tensor2d,
  tidy,
  type Variable,
  variable,
  variableGrads,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { createBitset } from '../src/core/bitset.ts';
import { drawKey, STREAM } from '../src/core/random.ts';
import { glorotUniform, zeroBias } from '../src/engine/initializers.ts';
import { activationDropout } from '../src/engine/kernels/activationDropout/op.ts';
import { adamStep } from '../src/engine/kernels/adamStep/op.ts';
import { addBias, linear } from '../src/engine/kernels/dense/op.ts';
import { type SparseTensors, uploadSparse } from '../src/engine/kernels/sparseTensors.ts';
import { spmm } from '../src/engine/kernels/spmm/op.ts';
import { createMaskedCrossEntropy } from '../src/engine/losses/maskedCrossEntropy.ts';
import {
  type SyntheticSize,
  syntheticFeatures,
  syntheticLabels,
  syntheticPropagation,
} from './syntheticGraph.ts';

const SEED = 1;
const DROPOUT = 0.5;
const ADAM = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

interface Learned {
  readonly value: Variable;
  readonly firstMoment: Variable;
  readonly secondMoment: Variable;
}

export interface BigGcn {
  /** One training epoch; returns the loss, which the caller disposes. */
  epoch(): Scalar;
  dispose(): void;
}

function learned(initial: Tensor2D | Tensor1D): Learned {
  const state = tidy(() => ({
    value: variable(initial),
    firstMoment: variable(zerosLike(initial), false),
    secondMoment: variable(zerosLike(initial), false),
  }));
  initial.dispose();
  return state;
}

/** S·x·w + b, narrowing first. */
function convolution(propagation: SparseTensors, x: Tensor2D, w: Tensor2D, bias: Tensor1D): Tensor2D {
  const [inputs, outputs] = w.shape;
  return inputs > outputs
    ? addBias(spmm(propagation, linear(x, w)), bias)
    : linear(spmm(propagation, x), w, bias);
}

export function createBigGcn(size: SyntheticSize, hidden: number): BigGcn {
  const propagation = uploadSparse(syntheticPropagation(size, SEED), { isSymmetric: true });
  const aggregated = tidy(() =>
    keep(spmm(propagation, tensor2d(syntheticFeatures(size, SEED), [size.nodes, size.features]))),
  );
  const everyNode = createBitset(size.nodes, true);
  const objective = createMaskedCrossEntropy(syntheticLabels(size, SEED), everyNode, size.classes);
  const widths = [size.features, hidden, hidden, size.classes];
  const weights = widths
    .slice(1)
    .map((width, layer) => learned(glorotUniform(widths[layer] as number, width, SEED, layer)));
  const biases = widths.slice(1).map((width) => learned(zeroBias(width)));
  const parameters = [...weights, ...biases];
  let step = 0;

  const lossOf = (): Scalar => {
    const w = weights.map(({ value }) => value as unknown as Tensor2D);
    const b = biases.map(({ value }) => value as unknown as Tensor1D);
    let output = linear(aggregated, w[0] as Tensor2D, b[0] as Tensor1D);
    for (let layer = 1; layer < w.length; layer++) {
      const key = drawKey(SEED, STREAM.dropout, step * 64 + layer);
      const hiddenLayer = activationDropout(output, 'relu', DROPOUT, key);
      output = convolution(propagation, hiddenLayer, w[layer] as Tensor2D, b[layer] as Tensor1D);
    }
    return objective.loss(output);
  };

  return {
    epoch() {
      step++;
      return tidy(() => {
        const { value, grads } = variableGrads(
          lossOf,
          parameters.map((parameter) => parameter.value),
        );
        for (const parameter of parameters) {
          const gradient = grads[parameter.value.name];
          if (gradient === undefined) continue;
          adamStep(parameter.value, parameter.firstMoment, parameter.secondMoment, gradient, {
            ...ADAM,
            step,
          });
        }
        return value;
      });
    },
    dispose() {
      propagation.dispose();
      aggregated.dispose();
      objective.dispose();
      for (const { value, firstMoment, secondMoment } of parameters)
        dispose([value, firstMoment, secondMoment]);
    },
  };
}
