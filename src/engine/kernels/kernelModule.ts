/**
 * The compiled kernels of assembly/ on one WebAssembly memory: names, calling convention, instantiation. Shared by the
 * engine's thread and the kernel threads, so it imports nothing of TensorFlow.js.
 */

/** Index = number under which a kernel thread is asked for it. Every kernel ends with the range [start, end). */
export const KERNEL_NAMES = [
  'spmm',
  'dropout',
  'adamStep',
  'weightGradient',
  'gatherRows',
  'scatterAddRows',
  'segmentSoftmax',
  'segmentSoftmaxGradient',
  'additiveAttention',
  'additiveAttentionSums',
  'maskedCrossEntropy',
  'maskedCrossEntropyGradient',
  'spmmHeads',
  'sddmm',
  'spmmMax',
  'spmmMaxScatter',
  'packPanels',
  'dense',
  'columnSums',
  'activationDropout',
  'activationDropoutGradient',
  'momentumStep',
  'rowAdamStep',
  'rowAdagradStep',
  'sumBlocks',
  'columnMoments',
  'normaliseColumns',
  'normaliseRows',
  'normaliseParameterGradients',
  'normaliseColumnsGradient',
  'normaliseRowsGradient',
] as const;

export type KernelName = (typeof KERNEL_NAMES)[number];

/** Addresses may exceed 2^31: WebAssembly takes them modulo 2^32. */
export type KernelFunction = (...args: number[]) => void;

export type KernelFunctions = Readonly<Record<KernelName, KernelFunction>>;

/** Links the kernels to a heap. @throws {WebAssembly.LinkError} plain module with shared memory, or the reverse */
export async function linkKernels(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<KernelFunctions> {
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  return instance.exports as unknown as KernelFunctions;
}
