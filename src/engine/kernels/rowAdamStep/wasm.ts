/**
 * Adam on chosen rows on the WASM backend: assembly/rowAdamStep.ts, in place. Never split: a chunk that is done again after
 * a thread was lost would advance its rows twice.
 */
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { AdamOptions, AdamScalars } from '../adamStep/op.ts';
import type { KernelRuntime } from '../kernelRuntime.ts';
import { ROW_ADAM_KERNEL } from './op.ts';

type Attributes = AdamScalars & Pick<AdamOptions, 'beta1' | 'beta2' | 'epsilon'>;

export function rowAdamWasmKernel(runtime: KernelRuntime): KernelConfig {
  return {
    kernelName: ROW_ADAM_KERNEL,
    backendName: 'wasm',
    kernelFunc({ inputs, attrs, backend }) {
      const address = (name: string): number =>
        (backend as BackendWasm).getMemoryOffset((inputs[name] as TensorInfo).dataId);
      const scalars = attrs as unknown as Attributes;
      const [batch, width] = (inputs['gradient'] as TensorInfo).shape as [number, number];
      runtime.run(
        'rowAdamStep',
        [
          ...['table', 'firstMoment', 'secondMoment', 'rows', 'gradient'].map(address),
          width,
          scalars.stepSize,
          scalars.beta1,
          1 - scalars.beta1,
          scalars.beta2,
          1 - scalars.beta2,
          scalars.inverseRootCorrection2,
          scalars.epsilon,
          scalars.coupledDecay,
          scalars.kept,
        ],
        [0, batch],
        0,
      );
      return [];
    },
  };
}
