/** Fused activation and dropout on the WASM backend: assembly/activationDropout.ts in place on the tfjs heap. */
import { type KernelConfig, util } from '@tensorflow/tfjs-core';
import type { KernelName } from '../kernelModule.ts';
import type { KernelRuntime } from '../kernelRuntime.ts';
import { wasmKernel } from '../wasmKernel.ts';
import { ACTIVATION_DROPOUT_GRADIENT_KERNEL, ACTIVATION_DROPOUT_KERNEL } from './op.ts';

/** Mixing twice costs about as much as this many multiply-adds. */
const WORK_PER_ELEMENT = 8;

/** Both directions differ in their inputs alone. */
function elementwise(
  runtime: KernelRuntime,
  kernelName: string,
  kernel: KernelName,
  inputNames: readonly string[],
): KernelConfig {
  return wasmKernel(kernelName, ({ input, attribute, address, output }) => {
    const inputs = inputNames.map(input);
    const [first] = inputs;
    const shape = first === undefined ? [] : first.shape;
    const size = util.sizeFromShape(shape);
    const out = output(shape);
    runtime.run(
      kernel,
      [
        ...inputs.map(address),
        address(out),
        attribute('isElu'),
        attribute('key'),
        attribute('threshold'),
        attribute('scale'),
      ],
      [0, size],
      size * WORK_PER_ELEMENT,
    );
    return out;
  });
}

export const activationDropoutWasmKernel = (runtime: KernelRuntime): KernelConfig =>
  elementwise(runtime, ACTIVATION_DROPOUT_KERNEL, 'activationDropout', ['x']);

export const activationDropoutGradientWasmKernel = (runtime: KernelRuntime): KernelConfig =>
  elementwise(runtime, ACTIVATION_DROPOUT_GRADIENT_KERNEL, 'activationDropoutGradient', [
    'output',
    'gradient',
  ]);
