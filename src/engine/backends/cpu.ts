/** Plain JavaScript: slow, always there. */
import '@tensorflow/tfjs-backend-cpu';
import { registerCpuKernels } from '../kernels/cpuKernels.ts';
import type { DeviceStarter } from './backendStart.ts';
import { stockDevice } from './stockDevice.ts';

export const startDevice: DeviceStarter = async () => ({
  device: await stockDevice('cpu'),
  label: 'CPU · JavaScript',
  threads: 1,
  isSoftware: false,
  registerKernels: registerCpuKernels,
  dispose: () => undefined,
});
