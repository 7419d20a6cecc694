/** Adam on chosen rows on the plain-JavaScript backend, in place; arithmetic in double precision, stored as float32. */
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { AdamOptions, AdamScalars } from '../adamStep/op.ts';
import { ROW_ADAM_KERNEL } from './op.ts';

type Attributes = AdamScalars & Pick<AdamOptions, 'beta1' | 'beta2' | 'epsilon'>;

export const rowAdamCpuKernel: KernelConfig = {
  kernelName: ROW_ADAM_KERNEL,
  backendName: 'cpu',
  kernelFunc({ inputs, attrs, backend }) {
    const read = <T>(name: string): T =>
      (backend as MathBackendCPU).data.get((inputs[name] as TensorInfo).dataId).values as T;
    const { stepSize, inverseRootCorrection2, coupledDecay, kept, beta1, beta2, epsilon } =
      attrs as unknown as Attributes;
    const [table, first, second] = [
      read<Float32Array>('table'),
      read<Float32Array>('firstMoment'),
      read<Float32Array>('secondMoment'),
    ];
    const gradient = read<Float32Array>('gradient');
    const width = (inputs['table'] as TensorInfo).shape[1] as number;
    read<Int32Array>('rows').forEach((row, i) => {
      for (let k = 0; k < width; k++) {
        const at = row * width + k;
        const theta = table[at] as number;
        const g = (gradient[i * width + k] as number) + coupledDecay * theta;
        const m = beta1 * (first[at] as number) + (1 - beta1) * g;
        const v = beta2 * (second[at] as number) + (1 - beta2) * g * g;
        first[at] = m;
        second[at] = v;
        table[at] = kept * theta - (stepSize * m) / (Math.sqrt(v) * inverseRootCorrection2 + epsilon);
      }
    });
    return [];
  },
};
