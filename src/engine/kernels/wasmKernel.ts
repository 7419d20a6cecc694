/**
 * Bridge from a TensorFlow.js kernel call to addresses on the WASM heap, shared by the wasm.ts of every kernel.
 */
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

export interface WasmKernelCall {
  /** The named input; one that the operation always passes. */
  input(name: string): TensorInfo;
  optional(name: string): TensorInfo | null;
  attribute(name: string): number;
  /** Byte address of a tensor's data; valid until the tensor is disposed (growth of the heap does not move it). */
  address(tensor: TensorInfo): number;
  /** Allocates an uninitialised float32 result. */
  output(shape: readonly number[]): TensorInfo;
  /** Frees an `output` that was working space. */
  release(tensor: TensorInfo): void;
}

export function wasmKernel(kernelName: string, compute: (call: WasmKernelCall) => TensorInfo): KernelConfig {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc({ inputs, attrs, backend }) {
      const wasm = backend as BackendWasm;
      return compute({
        input: (name) => inputs[name] as TensorInfo,
        optional: (name) => inputs[name] ?? null,
        attribute: (name) => attrs?.[name] as number,
        address: (tensor) => wasm.getMemoryOffset(tensor.dataId),
        output: (shape) => wasm.makeOutput([...shape], 'float32'),
        release: (tensor) => wasm.disposeData(tensor.dataId),
      });
    },
  };
}
