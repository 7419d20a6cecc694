/** Values of a tensor, read without blocking; a lost device rejects the read instead of leaving it pending for ever. */
import { getBackend, type Tensor } from '@tensorflow/tfjs-core';
import { onDeviceLost } from './backends/deviceErrors.ts';

/**
 * Returns the values; the tensor stays the caller's.
 * @throws {BackendError} `device-lost`
 */
export async function readTensor(tensor: Tensor): Promise<Float32Array> {
  const isOnGpu = getBackend().startsWith('webg');
  if (!isOnGpu) return (await tensor.data()) as Float32Array;
  let stopListening = (): void => undefined;
  const loss = new Promise<never>((_, reject) => {
    stopListening = onDeviceLost(reject);
  });
  try {
    return (await Promise.race([tensor.data(), loss])) as Float32Array;
  } finally {
    stopListening();
  }
}
