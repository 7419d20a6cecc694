/**
 * Dense products on the WASM backend: assembly/dense.ts and assembly/columnSums.ts. The weights are packed anew for each
 * call (their size is small beside the product's), so values changed in place are always seen.
 */
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from '../kernelRuntime.ts';
import { wasmKernel, type WasmKernelCall } from '../wasmKernel.ts';
import { COLUMN_SUMS_KERNEL, INPUT_GRADIENT_KERNEL, LINEAR_KERNEL } from './op.ts';

const PANEL = 8;
/** Rows that one tile covers: parts end at multiples, or they would leave rows to the slow path. */
const TILE_ROWS = 4;

/** B of a product a·B, as it lies in memory. */
interface Operand {
  readonly tensor: TensorInfo;
  readonly columns: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

function product(
  runtime: KernelRuntime,
  { address, output, release }: WasmKernelCall,
  a: TensorInfo,
  b: Operand,
  bias: TensorInfo | null,
): TensorInfo {
  const [rows, inner] = a.shape as [number, number];
  const numPanels = Math.ceil(b.columns / PANEL);
  const panels = output([numPanels * inner * PANEL]);
  runtime.run(
    'packPanels',
    [address(b.tensor), address(panels), inner, b.columns, b.rowStep, b.columnStep],
    [0, numPanels],
    inner * b.columns,
  );
  const out = output([rows, b.columns]);
  runtime.run(
    'dense',
    [address(a), address(panels), bias === null ? 0 : address(bias), address(out), inner, b.columns],
    [0, rows],
    rows * inner * b.columns,
    (share) => Math.min(rows, TILE_ROWS * Math.round((rows * share) / TILE_ROWS)),
  );
  release(panels);
  return out;
}

export function linearWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(LINEAR_KERNEL, (call) => {
    const tensor = call.input('w');
    const columns = tensor.shape[1] as number;
    const w = { tensor, columns, rowStep: columns, columnStep: 1 };
    return product(runtime, call, call.input('x'), w, call.optional('bias'));
  });
}

export function inputGradientWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(INPUT_GRADIENT_KERNEL, (call) => {
    const tensor = call.input('w');
    const [inputs, columns] = tensor.shape as [number, number];
    const transposed = { tensor, columns: inputs, rowStep: 1, columnStep: columns };
    return product(runtime, call, call.input('gradient'), transposed, null);
  });
}

export function columnSumsWasmKernel(runtime: KernelRuntime): KernelConfig {
  return wasmKernel(COLUMN_SUMS_KERNEL, ({ input, address, output }) => {
    const x = input('x');
    const [rows, columns] = x.shape as [number, number];
    const out = output([columns]);
    runtime.run(
      'columnSums',
      [address(x), address(out), rows, columns],
      [0, columns],
      rows * columns,
      // Whole cache lines per thread.
      (share) => Math.min(columns, 16 * Math.round((columns * share) / 16)),
    );
    return out;
  });
}
