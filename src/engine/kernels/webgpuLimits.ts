/** Refuses tensors that a WebGPU device cannot bind. WebGPU itself would skip the dispatch and leave silent zeros. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { util } from '@tensorflow/tfjs-core';
import { LimitError } from '../../core/errors.ts';

/**
 * @param where  the kernel, for the message
 * @param shapes of every float32 or int32 tensor that the kernel reads or writes
 * @throws {LimitError} one of them is larger than the device's storage binding
 */
export function assertBindable(
  where: string,
  shapes: readonly (readonly number[])[],
  backend: Pick<WebGPUBackend, 'device'>,
): void {
  const limitBytes = backend.device.limits.maxStorageBufferBindingSize;
  for (const shape of shapes) {
    const sizeBytes = 4 * util.sizeFromShape([...shape]);
    if (sizeBytes <= limitBytes) continue;
    throw new LimitError(
      `${where}: a tensor of ${shape.join(' × ')} takes ${sizeBytes} bytes; this graphics device binds ${limitBytes}.`,
      {
        code: 'webgpu-binding',
        remedy: 'Use WASM, or fewer hidden units.',
        details: { where, shape: [...shape], sizeBytes, limitBytes },
      },
    );
  }
}
