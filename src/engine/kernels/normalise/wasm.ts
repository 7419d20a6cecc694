/**
 * Normalisation on the WASM backend: assembly/normalise.ts in place on the tfjs heap. Element-wise parts are split over
 * threads by rows, sums over rows by columns, so that each sum has one writer.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from '../kernelRuntime.ts';
import { wasmKernel } from '../wasmKernel.ts';
import {
  COLUMN_MOMENTS_KERNEL,
  EPSILON,
  NORMALISE_COLUMNS_GRADIENT_KERNEL,
  NORMALISE_COLUMNS_KERNEL,
  NORMALISE_ROWS_GRADIENT_KERNEL,
  NORMALISE_ROWS_KERNEL,
} from './op.ts';

/** A cache line in float32. */
const LINE_COLUMNS = 16;
/** Passes over x, in multiply-adds per element. */
const PASSES = 2;

const wholeLines =
  (columns: number) =>
  (share: number): number =>
    Math.min(columns, LINE_COLUMNS * Math.round((columns * share) / LINE_COLUMNS));

type Addresses = (tensor: TensorInfo | undefined) => number;

/** A kernel with several results; `compute` gets the heap and the address of a tensor on it. */
function heapKernel(
  kernelName: string,
  compute: (
    inputs: Readonly<Record<string, TensorInfo>>,
    wasm: BackendWasm,
    address: Addresses,
  ) => TensorInfo[],
): KernelConfig {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc({ inputs, backend }) {
      const wasm = backend as BackendWasm;
      const address: Addresses = (tensor) => wasm.getMemoryOffset((tensor as TensorInfo).dataId);
      return compute(inputs as Record<string, TensorInfo>, wasm, address);
    },
  };
}

export function columnMomentsWasmKernel(runtime: KernelRuntime): KernelConfig {
  return heapKernel(COLUMN_MOMENTS_KERNEL, ({ x }, wasm, address) => {
    const [rows, columns] = (x as TensorInfo).shape as [number, number];
    const [mean, variance, inverse, partial] = [0, 1, 2, 3].map(() => wasm.makeOutput([columns], 'float32'));
    runtime.run(
      'columnMoments',
      [...[x, mean, variance, inverse, partial].map(address), rows, columns, EPSILON],
      [0, columns],
      PASSES * rows * columns,
      wholeLines(columns),
    );
    wasm.disposeData((partial as TensorInfo).dataId);
    return [mean, variance, inverse] as TensorInfo[];
  });
}

export function normaliseColumnsWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(NORMALISE_COLUMNS_KERNEL, ({ input, address, output }) => {
    const x = input('x');
    const [rows, columns] = x.shape as [number, number];
    const out = output([rows, columns]);
    const operands = [x, input('mean'), input('inverse'), input('scale'), input('offset'), out];
    runtime.run('normaliseColumns', [...operands.map(address), columns], [0, rows], rows * columns);
    return out;
  });
}

export function normaliseRowsWasmKernel(runtime: KernelRuntime): KernelConfig {
  return heapKernel(NORMALISE_ROWS_KERNEL, ({ x, scale, offset }, wasm, address) => {
    const [rows, columns] = (x as TensorInfo).shape as [number, number];
    const out = wasm.makeOutput([rows, columns], 'float32');
    const [mean, inverse] = [0, 1].map(() => wasm.makeOutput([rows, 1], 'float32')) as [
      TensorInfo,
      TensorInfo,
    ];
    runtime.run(
      'normaliseRows',
      [...[x, scale, offset, out, mean, inverse].map(address), columns, EPSILON],
      [0, rows],
      PASSES * rows * columns,
    );
    return [out, mean, inverse];
  });
}

/** dγ and dβ. */
function parameterGradients(
  runtime: KernelRuntime,
  inputs: Readonly<Record<string, TensorInfo>>,
  byRow: boolean,
  wasm: BackendWasm,
  address: Addresses,
): [TensorInfo, TensorInfo] {
  const { x, gradient, mean, inverse } = inputs;
  const [rows, columns] = (x as TensorInfo).shape as [number, number];
  const [scale, offset] = [0, 1].map(() => wasm.makeOutput([columns], 'float32')) as [TensorInfo, TensorInfo];
  const partials = wasm.makeOutput([2 * columns], 'float32');
  runtime.run(
    'normaliseParameterGradients',
    [...[x, gradient, mean, inverse, scale, offset, partials].map(address), rows, columns, byRow ? 1 : 0],
    [0, columns],
    PASSES * rows * columns,
    wholeLines(columns),
  );
  wasm.disposeData(partials.dataId);
  return [scale, offset];
}

export function normaliseColumnsGradientWasmKernel(runtime: KernelRuntime): KernelConfig {
  return heapKernel(NORMALISE_COLUMNS_GRADIENT_KERNEL, (inputs, wasm, address) => {
    const { x, gradient, mean, inverse, scale } = inputs;
    const [rows, columns] = (x as TensorInfo).shape as [number, number];
    const [ofScale, ofOffset] = parameterGradients(runtime, inputs, false, wasm, address);
    const out = wasm.makeOutput([rows, columns], 'float32');
    const operands = [x, gradient, mean, inverse, scale, ofScale, ofOffset, out];
    runtime.run(
      'normaliseColumnsGradient',
      [...operands.map(address), rows, columns],
      [0, rows],
      PASSES * rows * columns,
    );
    return [out, ofScale, ofOffset];
  });
}

export function normaliseRowsGradientWasmKernel(runtime: KernelRuntime): KernelConfig {
  return heapKernel(NORMALISE_ROWS_GRADIENT_KERNEL, (inputs, wasm, address) => {
    const { x, gradient, mean, inverse, scale } = inputs;
    const [rows, columns] = (x as TensorInfo).shape as [number, number];
    const [ofScale, ofOffset] = parameterGradients(runtime, inputs, true, wasm, address);
    const out = wasm.makeOutput([rows, columns], 'float32');
    const operands = [x, gradient, mean, inverse, scale, out];
    runtime.run(
      'normaliseRowsGradient',
      [...operands.map(address), columns],
      [0, rows],
      PASSES * rows * columns,
    );
    return [out, ofScale, ofOffset];
  });
}
