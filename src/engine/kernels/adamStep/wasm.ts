/**
 * Fused Adam step on the WASM backend: assembly/adamStep.ts; both moments are updated in place. Never split: a part that
 * is done again after a thread was lost would advance its moments twice.
 */
import { type KernelConfig, util } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from '../kernelRuntime.ts';
import { wasmKernel } from '../wasmKernel.ts';
import { ADAM_STEP_KERNEL } from './op.ts';

export function adamStepWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(ADAM_STEP_KERNEL, ({ input, attribute, address, output }) => {
    const parameter = input('parameter');
    const size = util.sizeFromShape(parameter.shape);
    const updated = output(parameter.shape);
    runtime.run(
      'adamStep',
      [
        address(parameter),
        address(input('firstMoment')),
        address(input('secondMoment')),
        address(input('gradient')),
        address(updated),
        attribute('stepSize'),
        attribute('beta1'),
        1 - attribute('beta1'),
        attribute('beta2'),
        1 - attribute('beta2'),
        attribute('inverseRootCorrection2'),
        attribute('epsilon'),
        attribute('coupledDecay'),
        attribute('kept'),
      ],
      [0, size],
      0,
    );
    return updated;
  });
}
