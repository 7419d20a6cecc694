/** Starts one tfjs backend with this project's kernels, for browser tests and their workers. Tests only. */
import { backend, setBackend } from '@tensorflow/tfjs-core';
// NOTE: after the line above; alone it finds tfjs' flags unregistered.
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { registerCpuKernels } from './cpuKernels.ts';
import { registerWebglKernels } from './webglKernels.ts';
import { registerWebgpuKernels } from './webgpuKernels.ts';

export const TEST_BACKENDS = ['cpu', 'webgl', 'webgpu'] as const;
export type TestBackend = (typeof TEST_BACKENDS)[number];

const LOAD = {
  cpu: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    registerCpuKernels();
  },
  webgl: async () => {
    await import('@tensorflow/tfjs-backend-webgl');
    registerWebglKernels();
  },
  webgpu: async () => {
    await import('@tensorflow/tfjs-backend-webgpu');
    registerWebgpuKernels();
  },
};

const deviceErrors: string[] = [];
const watched = new WeakSet<EventTarget>();

/** Makes the backend current. Returns null, or why it is absent here. */
export async function startBackend(name: TestBackend): Promise<string | null> {
  try {
    await LOAD[name]();
    if (!(await setBackend(name))) return `${name} did not start`;
  } catch (error) {
    return String(error);
  }
  if (name === 'webgpu') {
    const { device } = backend() as WebGPUBackend;
    if (!watched.has(device))
      device.addEventListener('uncapturederror', (event) => deviceErrors.push(event.error.message));
    watched.add(device);
  }
  return null;
}

/** Returns what WebGPU complained of since the start; a faulty shader shows nowhere else. Empty on other backends. */
export async function takeDeviceErrors(name: TestBackend): Promise<string[]> {
  if (name === 'webgpu') {
    await (backend() as WebGPUBackend).device.queue.onSubmittedWorkDone();
    // The event is queued behind the promise.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return deviceErrors.splice(0);
}
