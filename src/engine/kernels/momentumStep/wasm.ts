/**
 * Fused momentum step on the WASM backend: assembly/momentumStep.ts; the velocity is updated in place. Never split: a part
 * that is done again after a thread was lost would advance its velocity twice.
 */
import { type KernelConfig, util } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from '../kernelRuntime.ts';
import { wasmKernel } from '../wasmKernel.ts';
import { MOMENTUM_STEP_KERNEL } from './op.ts';

export function momentumStepWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(MOMENTUM_STEP_KERNEL, ({ input, attribute, address, output }) => {
    const parameter = input('parameter');
    const updated = output(parameter.shape);
    runtime.run(
      'momentumStep',
      [
        address(parameter),
        address(input('velocity')),
        address(input('gradient')),
        address(updated),
        attribute('learningRate'),
        attribute('momentum'),
        attribute('weightDecay'),
      ],
      [0, util.sizeFromShape(parameter.shape)],
      0,
    );
    return updated;
  });
}
