/**
 * Softmax per row in WGSL, one dispatch each way: whoever walks a row of a head (one invocation, or a workgroup for a long
 * row) finds its maximum and sum, then writes its entries.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type KernelConfig, type NamedTensorInfoMap, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { assertBindable } from '../webgpuLimits.ts';
import { laneTree, RowTileProgram } from '../webgpuPrograms.ts';
import { DENOMINATOR_TERM, SEGMENT_SOFTMAX_GRADIENT_KERNEL, SEGMENT_SOFTMAX_KERNEL } from './op.ts';

const LANE_SUM = laneTree('laneSum', 'f32', 'a + b');

const SOFTMAX = `
  ${laneTree('laneMax', 'f32', 'max(a, b)')}
  ${LANE_SUM}

  fn largestOf(span : vec2<i32>, first : i32, step : i32, column : i32) -> f32 {
    var largest = -3.402823e38;
    for (var k = span.x + first; k < span.x + span.y; k += step) {
      largest = max(largest, scores[k * uniforms.outShape.y + column]);
    }
    return largest;
  }

  fn sumOf(span : vec2<i32>, first : i32, step : i32, column : i32, largest : f32) -> f32 {
    var sum = 0.0;
    for (var k = span.x + first; k < span.x + span.y; k += step) {
      sum += exp(scores[k * uniforms.outShape.y + column] - largest);
    }
    return sum;
  }

  fn write(span : vec2<i32>, first : i32, step : i32, column : i32, largest : f32, sum : f32) {
    for (var k = span.x + first; k < span.x + span.y; k += step) {
      let at = k * uniforms.outShape.y + column;
      result[at] = exp(scores[at] - largest) / (sum + ${DENOMINATOR_TERM});
    }
  }

  fn writeShortRow(span : vec2<i32>, row : i32, column : i32) {
    if (isMine(span, row, column)) {
      let largest = largestOf(span, 0, 1, column);
      write(span, 0, 1, column, largest, sumOf(span, 0, 1, column, largest));
    }
  }

  fn writeLongRow(span : vec2<i32>, row : i32, column : i32, local : i32) {
    let lane = local / TILE_COLUMNS;
    let isInside = column < uniforms.outShape.y;
    var part = -3.402823e38;
    if (isInside) {
      part = largestOf(span, lane, LANES, column);
    }
    let largest = laneMax(part, local);
    part = 0.0;
    if (isInside) {
      part = sumOf(span, lane, LANES, column, largest);
    }
    let sum = laneSum(part, local);
    if (isInside) {
      write(span, lane, LANES, column, largest, sum);
    }
  }`;

const GRADIENT = `
  ${LANE_SUM}

  fn meanOf(span : vec2<i32>, first : i32, step : i32, column : i32) -> f32 {
    var sum = 0.0;
    for (var k = span.x + first; k < span.x + span.y; k += step) {
      let at = k * uniforms.outShape.y + column;
      sum += alpha[at] * gradient[at];
    }
    return sum;
  }

  fn write(span : vec2<i32>, first : i32, step : i32, column : i32, mean : f32) {
    for (var k = span.x + first; k < span.x + span.y; k += step) {
      let at = k * uniforms.outShape.y + column;
      result[at] = alpha[at] * (gradient[at] - mean);
    }
  }

  fn writeShortRow(span : vec2<i32>, row : i32, column : i32) {
    if (isMine(span, row, column)) {
      write(span, 0, 1, column, meanOf(span, 0, 1, column));
    }
  }

  fn writeLongRow(span : vec2<i32>, row : i32, column : i32, local : i32) {
    let lane = local / TILE_COLUMNS;
    let isInside = column < uniforms.outShape.y;
    var part = 0.0;
    if (isInside) {
      part = meanOf(span, lane, LANES, column);
    }
    let mean = laneSum(part, local);
    if (isInside) {
      write(span, lane, LANES, column, mean);
    }
  }`;

/** Runs a program over rows that writes entries; `entryInputs` are [E, A] like its output. */
function runOverRows(
  where: string,
  code: string,
  rowPtr: TensorInfo,
  entryInputs: Readonly<Record<string, TensorInfo>>,
  backend: WebGPUBackend,
): TensorInfo {
  const inputs = Object.values(entryInputs);
  const { shape } = inputs[0] as TensorInfo;
  // A buffer of zero bytes cannot be bound.
  if (util.sizeFromShape(shape) === 0) return backend.makeTensorInfo(shape, 'float32', new Float32Array(0));
  assertBindable(where, [rowPtr.shape, shape], backend);
  const program = new RowTileProgram(
    { key: where, variableNames: ['rowPtr', ...Object.keys(entryInputs)], outputShape: shape, code },
    (rowPtr.shape[0] as number) - 1,
  );
  return backend.runWebGPUProgram(program, [rowPtr, ...inputs], 'float32');
}

function softmaxOnWebgpu(inputs: NamedTensorInfoMap, backend: WebGPUBackend): TensorInfo {
  const { rowPtr, scores } = inputs as Record<'rowPtr' | 'scores', TensorInfo>;
  return runOverRows('segmentSoftmax', SOFTMAX, rowPtr, { scores }, backend);
}

function gradientOnWebgpu(inputs: NamedTensorInfoMap, backend: WebGPUBackend): TensorInfo {
  const { rowPtr, alpha, gradient } = inputs as Record<'rowPtr' | 'alpha' | 'gradient', TensorInfo>;
  return runOverRows('segmentSoftmaxGradient', GRADIENT, rowPtr, { alpha, gradient }, backend);
}

export const segmentSoftmaxWebgpuKernel: KernelConfig = {
  kernelName: SEGMENT_SOFTMAX_KERNEL,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => softmaxOnWebgpu(inputs, backend as WebGPUBackend),
};

export const segmentSoftmaxGradientWebgpuKernel: KernelConfig = {
  kernelName: SEGMENT_SOFTMAX_GRADIENT_KERNEL,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => gradientOnWebgpu(inputs, backend as WebGPUBackend),
};
