/**
 * WebGPU, with its errors recorded (they arrive outside any call) and its one irreproducible product avoided.
 */
import { type WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { env, getKernel, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { registerWebgpuKernels } from '../kernels/webgpuKernels.ts';
import { type DeviceStarter, startFailure } from './backendStart.ts';
import { recordDeviceError } from './deviceErrors.ts';
import { isSoftwareName } from './deviceNames.ts';
import { stockDevice } from './stockDevice.ts';

const onError = (event: GPUUncapturedErrorEvent): void =>
  recordDeviceError('device-error', `WebGPU reported: ${event.error.message}`);

export const startDevice: DeviceStarter = async () => {
  // tfjs itself would fail on a missing adapter with "Cannot read properties of null".
  const { navigator: scope } = globalThis as { readonly navigator?: { readonly gpu?: GPU } };
  const adapter = await scope?.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw startFailure('webgpu', 'there is no GPU adapter.');
  const device = (await stockDevice('webgpu')) as WebGPUBackend;
  const name = adapterName(adapter.info);
  let isDisposed = false;
  device.device.addEventListener('uncapturederror', onError);
  const watchLoss = async (): Promise<void> => {
    const { message } = await device.device.lost;
    if (!isDisposed) recordDeviceError('device-lost', `The WebGPU device was lost: ${message || name}.`);
  };
  void watchLoss();
  return {
    device,
    label: `WebGPU · ${name}`,
    threads: 1,
    isSoftware: isFallback(adapter.info),
    registerKernels() {
      registerWebgpuKernels();
      avoidSplitK();
    },
    dispose() {
      isDisposed = true;
      device.device.removeEventListener('uncapturederror', onError);
      device.device.destroy();
    },
  };
};

/** `isFallbackAdapter` moved from the adapter to its info in 2025; older versions show it by architecture only. */
function isFallback(info: GPUAdapterInfo): boolean {
  const { isFallbackAdapter } = info as { isFallbackAdapter?: boolean };
  return (
    isFallbackAdapter === true || isSoftwareName(`${info.architecture} ${info.description} ${info.device}`)
  );
}

function adapterName(info: GPUAdapterInfo): string {
  const name = info.description || [info.vendor, info.architecture].filter((part) => part !== '').join(' ');
  return name || 'unnamed adapter';
}

/** Values of tfjs's WEBGPU_MATMUL_PROGRAM_TYPE. */
const CHOOSE_PROGRAM = -1;
const SMALL_OUTPUT_PROGRAM = 2;
/** tfjs splits the inner size from here on, adding the parts with float atomics: in no fixed order. */
const SPLIT_K_FROM = 2000;
const TILE = 32;

let isSplitKAvoided = false;

/**
 * Makes matMul reproducible: products for which tfjs may choose its split-K program (long inner size, few output tiles)
 * take the small-output program, which differs only in adding in order.
 */
function avoidSplitK(): void {
  if (isSplitKAvoided) return;
  isSplitKAvoided = true;
  const config = getKernel('BatchMatMul', 'webgpu');
  const stock = config.kernelFunc;
  const kernelFunc: KernelFunc = (call) => {
    const backend = call.backend as WebGPUBackend & { readonly thresholdToIncreaseWorkgroups: number };
    const { transposeA, transposeB } = call.attrs as { transposeA: boolean; transposeB: boolean };
    const a = (call.inputs['a']?.shape ?? []).slice(-2);
    const b = (call.inputs['b']?.shape ?? []).slice(-2);
    const inner = (transposeA ? a[0] : a[1]) ?? 0;
    const rows = (transposeA ? a[1] : a[0]) ?? 0;
    const columns = (transposeB ? b[0] : b[1]) ?? 0;
    const tiles = Math.ceil(rows / TILE) * Math.ceil(columns / TILE);
    if (inner < SPLIT_K_FROM || tiles > 2 * backend.thresholdToIncreaseWorkgroups) return stock(call);
    env().set('WEBGPU_MATMUL_PROGRAM_TYPE', SMALL_OUTPUT_PROGRAM);
    try {
      return stock(call);
    } finally {
      env().set('WEBGPU_MATMUL_PROGRAM_TYPE', CHOOSE_PROGRAM);
    }
  };
  unregisterKernel('BatchMatMul', 'webgpu');
  registerKernel({ ...config, kernelFunc });
}
