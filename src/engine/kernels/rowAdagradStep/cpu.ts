/** Adagrad on chosen rows on the plain-JavaScript backend, in place; arithmetic in double precision, stored as float32. */
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { ROW_ADAGRAD_KERNEL } from './op.ts';

export const rowAdagradCpuKernel: KernelConfig = {
  kernelName: ROW_ADAGRAD_KERNEL,
  backendName: 'cpu',
  kernelFunc({ inputs, attrs, backend }) {
    const read = <T>(name: string): T =>
      (backend as MathBackendCPU).data.get((inputs[name] as TensorInfo).dataId).values as T;
    const { learningRate, epsilon } = attrs as unknown as { learningRate: number; epsilon: number };
    const [table, accumulator] = [read<Float32Array>('table'), read<Float32Array>('accumulator')];
    const gradient = read<Float32Array>('gradient');
    const width = (inputs['table'] as TensorInfo).shape[1] as number;
    read<Int32Array>('rows').forEach((row, i) => {
      let squares = 0;
      for (let k = 0; k < width; k++) squares += (gradient[i * width + k] as number) ** 2;
      const sum = (accumulator[row] as number) + squares / width;
      accumulator[row] = sum;
      const rate = learningRate / (Math.sqrt(sum) + epsilon);
      for (let k = 0; k < width; k++) {
        const at = row * width + k;
        table[at] = (table[at] as number) - rate * (gradient[i * width + k] as number);
      }
    });
    return [];
  },
};
