import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe } from 'vitest';
import { registerCpuKernels } from '../cpuKernels.ts';
import { dropoutContract } from './dropoutContract.ts';

beforeAll(async () => {
  registerCpuKernels();
  await setBackend('cpu');
});

describe('counterDropout on cpu', dropoutContract);
