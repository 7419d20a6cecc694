/**
 * Additive attention on the WASM backend: assembly/additiveAttention.ts. Scores split by entries, so a hub is shared by
 * all threads; sums split by rows with even numbers of entries.
 */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from '../kernelRuntime.ts';
import { firstRowFrom } from '../rowBalance.ts';
import { wasmKernel } from '../wasmKernel.ts';
import { PAIR_ATTENTION_KERNEL } from '../pairAttention/op.ts';
import { ADDITIVE_ATTENTION_KERNEL, ADDITIVE_ATTENTION_SUMS_KERNEL } from './op.ts';

const scoresKernel = (kernelName: string, runtime: KernelRuntime): KernelConfig =>
  wasmKernel(kernelName, ({ input, optional, attribute, address, output }) => {
    const [receiver, attention] = [input('receiver'), optional('attention')];
    const entries = input('colIndex').shape[0] as number;
    const heads = attribute('heads');
    const width = receiver.shape[1] as number;
    const out = output([entries, heads]);
    runtime.run(
      'additiveAttention',
      [
        address(input('rowOf')),
        address(input('colIndex')),
        address(receiver),
        address(input('sender')),
        attention === null ? 0 : address(attention),
        address(out),
        heads,
        heads === 0 ? 0 : width / heads,
        attribute('negativeSlope'),
      ],
      [0, entries],
      2 * entries * width,
    );
    return out;
  });

export const additiveAttentionWasmKernel = (runtime: KernelRuntime): KernelConfig =>
  scoresKernel(ADDITIVE_ATTENTION_KERNEL, runtime);

export const pairAttentionWasmKernel = (runtime: KernelRuntime): KernelConfig =>
  scoresKernel(PAIR_ATTENTION_KERNEL, runtime);

export function additiveAttentionSumsWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(ADDITIVE_ATTENTION_SUMS_KERNEL, ({ input, optional, attribute, address, output }) => {
    const [rowPtr, own] = [input('rowPtr'), input('own')];
    const [perm, attention] = [optional('perm'), optional('attention')];
    const entries = input('colIndex').shape[0] as number;
    const heads = attribute('heads');
    const [rows, width] = own.shape as [number, number];
    const out = output([rows, width]);
    const rowStarts = new Int32Array(runtime.memory.buffer, address(rowPtr), rows + 1);
    runtime.run(
      'additiveAttentionSums',
      [
        address(rowPtr),
        address(input('colIndex')),
        perm === null ? 0 : address(perm),
        address(own),
        address(input('other')),
        attention === null ? 0 : address(attention),
        address(input('gradient')),
        address(out),
        heads,
        heads === 0 ? 0 : width / heads,
        attribute('negativeSlope'),
        attribute('ofActivation'),
      ],
      [0, rows],
      2 * entries * width,
      (share) => firstRowFrom(rowStarts, share * entries),
    );
    return out;
  });
}
