/** WebGL 2 on an OffscreenCanvas. */
import { type MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { registerWebglKernels } from '../kernels/webglKernels.ts';
import type { DeviceStarter } from './backendStart.ts';
import { recordDeviceError } from './deviceErrors.ts';
import { isSoftwareName, rendererTitle } from './deviceNames.ts';
import { stockDevice } from './stockDevice.ts';

export const startDevice: DeviceStarter = async () => {
  const device = (await stockDevice('webgl')) as MathBackendWebGL;
  const gl = device.gpgpu.gl;
  const renderer = rendererName(gl);
  const { canvas } = gl as unknown as { readonly canvas: EventTarget };
  const onLost = (): void => recordDeviceError('device-lost', `The WebGL device was lost (${renderer}).`);
  canvas.addEventListener('webglcontextlost', onLost);
  return {
    device,
    label: `WebGL · ${renderer}`,
    threads: 1,
    isSoftware: isSoftwareName(renderer),
    registerKernels: registerWebglKernels,
    dispose: () => canvas.removeEventListener('webglcontextlost', onLost),
  };
};

/** The adapter's own name where the browser tells it, without the layers around it. */
function rendererName(gl: WebGLRenderingContext): string {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const full = String(gl.getParameter(info === null ? gl.RENDERER : info.UNMASKED_RENDERER_WEBGL));
  return rendererTitle(full);
}
