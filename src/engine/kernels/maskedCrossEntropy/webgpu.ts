/** Weighted (focal) cross-entropy in WGSL: one invocation per row; the loss is added by the stock sum, a fixed tree. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import {
  getKernel,
  type KernelConfig,
  type NamedTensorInfoMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { assertBindable } from '../webgpuLimits.ts';
import { ElementProgram } from '../webgpuPrograms.ts';
import {
  MASKED_CROSS_ENTROPY_GRADIENT_KERNEL,
  MASKED_CROSS_ENTROPY_KERNEL,
  type MaskedCrossEntropyAttributes,
} from './op.ts';

/** Terms of one row. The true class is left out of `others`, where its 1 would swallow what 1 − p is made of. */
const ROW_TERMS = `
  struct Terms {
    largest : f32,
    total : f32,
    missing : f32,
    crossEntropy : f32,
  }

  fn termsOf(row : i32, code : i32) -> Terms {
    let first = row * uniforms.classes;
    var terms : Terms;
    terms.largest = -3.402823e38;
    for (var c = 0; c < uniforms.classes; c++) {
      terms.largest = max(terms.largest, logits[first + c]);
    }
    var others = 0.0;
    for (var c = 0; c < uniforms.classes; c++) {
      if (c != code) {
        others += exp(logits[first + c] - terms.largest);
      }
    }
    let ownLogit = logits[first + code] - terms.largest;
    terms.total = others + exp(ownLogit);
    terms.missing = others / terms.total;
    let q = terms.missing;
    // −log(1 − q) by its series where the logarithm of nearly 1 would lose q.
    let series = q * (1.0 + q * (0.5 + q * (1.0 / 3.0 + q * 0.25)));
    terms.crossEntropy = select(log(terms.total) - ownLogit, series, q < 0.01);
    return terms;
  }

  fn focus(missing : f32) -> f32 {
    if (uniforms.gamma == 0.0) {
      return 1.0;
    }
    if (missing == 0.0) {
      return 0.0;
    }
    return pow(missing, uniforms.gamma);
  }`;

const LOSSES = `${ROW_TERMS}
  fn compute(row : i32) {
    let weight = weights[row];
    if (weight == 0.0) {
      result[row] = 0.0;
      return;
    }
    let terms = termsOf(row, codes[row]);
    result[row] = weight * focus(terms.missing) * terms.crossEntropy;
  }`;

const GRADIENT = `${ROW_TERMS}
  fn compute(row : i32) {
    let first = row * uniforms.classes;
    let weight = weights[row];
    if (weight == 0.0) {
      for (var c = 0; c < uniforms.classes; c++) {
        result[first + c] = 0.0;
      }
      return;
    }
    let terms = termsOf(row, codes[row]);
    var factor = weight * upstream[0];
    if (uniforms.gamma != 0.0) {
      var ratio = 1.0;
      if (terms.missing > 0.0) {
        ratio = terms.crossEntropy / terms.missing;
      }
      factor *= focus(terms.missing) * (1.0 + uniforms.gamma * (1.0 - terms.missing) * ratio);
    }
    for (var c = 0; c < uniforms.classes; c++) {
      result[first + c] = factor / terms.total * exp(logits[first + c] - terms.largest);
    }
    result[first + codes[row]] = -factor * terms.missing;
  }`;

function runOverRows(
  name: string,
  code: string,
  inputs: Readonly<Record<string, TensorInfo>>,
  outputShape: readonly number[],
  gamma: number,
  backend: WebGPUBackend,
): TensorInfo {
  const [rows, classes] = (inputs.logits as TensorInfo).shape as [number, number];
  assertBindable('maskedCrossEntropy', [[rows, classes]], backend);
  const program = new ElementProgram(
    {
      key: name,
      variableNames: Object.keys(inputs),
      outputShape,
      uniforms: 'classes : i32, gamma : f32,',
      code,
    },
    rows,
  );
  return backend.runWebGPUProgram(program, Object.values(inputs), 'float32', [
    { type: 'int32', data: [rows] },
    { type: 'int32', data: [classes] },
    { type: 'float32', data: [gamma] },
  ]);
}

type Operands = Record<'logits' | 'codes' | 'weights' | 'upstream', TensorInfo>;

function lossOnWebgpu(inputs: NamedTensorInfoMap, gamma: number, backend: WebGPUBackend): TensorInfo {
  const { logits, codes, weights } = inputs as Operands;
  const [rows, classes] = logits.shape as [number, number];
  if (rows * classes === 0) return backend.makeTensorInfo([], 'float32', new Float32Array(1));
  const operands = { logits, codes, weights };
  const losses = runOverRows('graphMaskedCrossEntropy', LOSSES, operands, [rows], gamma, backend);
  const sum = getKernel('Sum', 'webgpu').kernelFunc({
    inputs: { x: losses },
    attrs: { axis: 0, keepDims: false },
    backend,
  }) as TensorInfo;
  backend.disposeData(losses.dataId);
  return sum;
}

function gradientOnWebgpu(inputs: NamedTensorInfoMap, gamma: number, backend: WebGPUBackend): TensorInfo {
  const { logits, codes, weights, upstream } = inputs as Operands;
  const [rows, classes] = logits.shape as [number, number];
  if (rows * classes === 0) return backend.makeTensorInfo(logits.shape, 'float32', new Float32Array(0));
  const operands = { logits, codes, weights, upstream };
  return runOverRows('graphMaskedCrossEntropyGradient', GRADIENT, operands, logits.shape, gamma, backend);
}

export const maskedCrossEntropyWebgpuKernel: KernelConfig = {
  kernelName: MASKED_CROSS_ENTROPY_KERNEL,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, attrs, backend }) =>
    lossOnWebgpu(inputs, (attrs as unknown as MaskedCrossEntropyAttributes).gamma, backend as WebGPUBackend),
};

export const maskedCrossEntropyGradientWebgpuKernel: KernelConfig = {
  kernelName: MASKED_CROSS_ENTROPY_GRADIENT_KERNEL,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, attrs, backend }) =>
    gradientOnWebgpu(
      inputs,
      (attrs as unknown as MaskedCrossEntropyAttributes).gamma,
      backend as WebGPUBackend,
    ),
};
