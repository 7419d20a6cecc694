/**
 * Adagrad on chosen rows on the WASM backend: assembly/rowAdagradStep.ts, in place. Never split: a chunk that is done again
 * after a thread was lost would advance its rows twice.
 */
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelRuntime } from '../kernelRuntime.ts';
import { ROW_ADAGRAD_KERNEL } from './op.ts';

export function rowAdagradWasmKernel(runtime: KernelRuntime): KernelConfig {
  return {
    kernelName: ROW_ADAGRAD_KERNEL,
    backendName: 'wasm',
    kernelFunc({ inputs, attrs, backend }) {
      const address = (name: string): number =>
        (backend as BackendWasm).getMemoryOffset((inputs[name] as TensorInfo).dataId);
      const { learningRate, epsilon } = attrs as unknown as { learningRate: number; epsilon: number };
      const [batch, width] = (inputs['gradient'] as TensorInfo).shape as [number, number];
      runtime.run(
        'rowAdagradStep',
        [...['table', 'accumulator', 'rows', 'gradient'].map(address), width, learningRate, epsilon],
        [0, batch],
        0,
      );
      return [];
    },
  };
}
