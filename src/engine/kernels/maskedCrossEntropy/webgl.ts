/**
 * Weighted (focal) cross-entropy in GLSL. Loss: one fragment per row, then the stock sum, a fixed tree. Gradient: first
 * maximum, sum and factor of every row, then every element from these three.
 */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import {
  getKernel,
  type KernelConfig,
  type NamedTensorInfoMap,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import { runFlatProgram } from '../webglFlatProgram.ts';
import {
  MASKED_CROSS_ENTROPY_GRADIENT_KERNEL,
  MASKED_CROSS_ENTROPY_KERNEL,
  type MaskedCrossEntropyAttributes,
} from './op.ts';

/** Terms of one row. The true class is left out of `others`, where its 1 would swallow what 1 − p is made of. */
const ROW_TERMS = `
    float largest;
    float total;
    float missing;
    float crossEntropy;

    void findTerms(int row, int code) {
      int first = row * classes;
      largest = -3.402823e38;
      for (int c = 0; c < classes; c++) largest = max(largest, read_logits(first + c));
      float others = 0.0;
      for (int c = 0; c < classes; c++) {
        if (c != code) others += exp(read_logits(first + c) - largest);
      }
      float ownLogit = read_logits(first + code) - largest;
      total = others + exp(ownLogit);
      missing = others / total;
      // −log(1 − q) by its series where the logarithm of nearly 1 would lose q.
      crossEntropy = missing < 0.01
        ? missing * (1.0 + missing * (0.5 + missing * (1.0 / 3.0 + missing * 0.25)))
        : log(total) - ownLogit;
    }

    float focus() {
      if (gamma == 0.0) return 1.0;
      return missing == 0.0 ? 0.0 : pow(missing, gamma);
    }`;

const LOSSES = `${ROW_TERMS}
    void main() {
      int row = outputIndex();
      float weight = read_weights(row);
      if (weight == 0.0) {
        setOutput(0.0);
        return;
      }
      findTerms(row, int(read_codes(row)));
      setOutput(weight * focus() * crossEntropy);
    }`;

/** Columns: maximum; factor of the true class (negative); factor of exp(z − maximum) for the others. */
const ROW_FACTORS = `${ROW_TERMS}
    void main() {
      int at = outputIndex();
      int row = at / 3;
      int column = at - row * 3;
      float weight = read_weights(row);
      if (weight == 0.0) {
        setOutput(0.0);
        return;
      }
      findTerms(row, int(read_codes(row)));
      float ratio = missing == 0.0 ? 1.0 : crossEntropy / missing;
      float focal = gamma == 0.0 ? 1.0 : focus() * (1.0 + gamma * (1.0 - missing) * ratio);
      float factor = weight * read_upstream(0) * focal;
      setOutput(column == 0 ? largest : (column == 1 ? -factor * missing : factor / total));
    }`;

const GRADIENT = `
    void main() {
      int at = outputIndex();
      int row = at / classes;
      if (read_weights(row) == 0.0) {
        setOutput(0.0);
        return;
      }
      float ownGradient = read_factors(row * 3 + 1);
      float otherGradient = read_factors(row * 3 + 2) * exp(read_logits(at) - read_factors(row * 3));
      setOutput(at - row * classes == int(read_codes(row)) ? ownGradient : otherGradient);
    }`;

type Operands = Record<'logits' | 'codes' | 'weights' | 'upstream', TensorInfo>;

function lossOnWebgl(inputs: NamedTensorInfoMap, gamma: number, backend: MathBackendWebGL): TensorInfo {
  const { logits, codes, weights } = inputs as Operands;
  const [rows, classes] = logits.shape as [number, number];
  if (rows * classes === 0) return backend.makeTensorInfo([], 'float32', new Float32Array(1));
  const losses = runFlatProgram(
    {
      inputs: { logits, codes, weights },
      outputShape: [rows],
      code: LOSSES,
      uniforms: { classes: ['int', [classes]], gamma: ['float', [gamma]] },
    },
    backend,
  );
  const sum = getKernel('Sum', 'webgl').kernelFunc({
    inputs: { x: losses },
    attrs: { axis: 0, keepDims: false },
    backend,
  }) as TensorInfo;
  backend.disposeIntermediateTensorInfo(losses);
  return sum;
}

function gradientOnWebgl(inputs: NamedTensorInfoMap, gamma: number, backend: MathBackendWebGL): TensorInfo {
  const { logits, codes, weights, upstream } = inputs as Operands;
  const [rows, classes] = logits.shape as [number, number];
  if (util.sizeFromShape(logits.shape) === 0)
    return backend.makeTensorInfo(logits.shape, 'float32', new Float32Array(0));
  const factors = runFlatProgram(
    {
      inputs: { logits, codes, weights, upstream },
      outputShape: [rows, 3],
      code: ROW_FACTORS,
      uniforms: { classes: ['int', [classes]], gamma: ['float', [gamma]] },
    },
    backend,
  );
  const gradient = runFlatProgram(
    {
      inputs: { logits, codes, weights, factors },
      outputShape: logits.shape,
      code: GRADIENT,
      uniforms: { classes: ['int', [classes]] },
    },
    backend,
  );
  backend.disposeIntermediateTensorInfo(factors);
  return gradient;
}

export const maskedCrossEntropyWebglKernel: KernelConfig = {
  kernelName: MASKED_CROSS_ENTROPY_KERNEL,
  backendName: 'webgl',
  kernelFunc: ({ inputs, attrs, backend }) =>
    lossOnWebgl(
      inputs,
      (attrs as unknown as MaskedCrossEntropyAttributes).gamma,
      backend as MathBackendWebGL,
    ),
};

export const maskedCrossEntropyGradientWebglKernel: KernelConfig = {
  kernelName: MASKED_CROSS_ENTROPY_GRADIENT_KERNEL,
  backendName: 'webgl',
  kernelFunc: ({ inputs, attrs, backend }) =>
    gradientOnWebgl(
      inputs,
      (attrs as unknown as MaskedCrossEntropyAttributes).gamma,
      backend as MathBackendWebGL,
    ),
};
