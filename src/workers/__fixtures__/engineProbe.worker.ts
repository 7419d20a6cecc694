/**
 * Worker of engineHost.browser.test.ts: starts a backend as the training worker does and multiplies once, or chooses one.
 */
import { serialiseError } from '../../core/errors.ts';
import { chooseBackend, startBackend } from '../../engine/backend.ts';
import { spmm } from '../../engine/kernels/spmm/op.ts';
import { uploadSparse } from '../../engine/kernels/sparseTensors.ts';
import type { BackendName } from '../../engine/runTypes.ts';
import { type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import { browserEngineHost } from '../engineHost.ts';

/** A ring of `nodes` nodes, each the sum of its two neighbours, over `width` columns of ones. */
function ringProduct(nodes: number, width: number): Tensor2D {
  const matrix = {
    rows: nodes,
    cols: nodes,
    rowPtr: Int32Array.from({ length: nodes + 1 }, (_, row) => 2 * row),
    colIndex: Int32Array.from({ length: 2 * nodes }, (_, k) =>
      k % 2 === 0 ? ((k >> 1) + 1) % nodes : ((k >> 1) + nodes - 1) % nodes,
    ),
    values: null,
  };
  return spmm(uploadSparse(matrix), tensor2d(new Float32Array(nodes * width).fill(1), [nodes, width]));
}

interface ProbeRequest {
  readonly backend: BackendName | 'auto';
  readonly threads?: number;
}

async function answer({ backend, ...options }: ProbeRequest): Promise<void> {
  try {
    if (backend === 'auto') {
      self.postMessage(await chooseBackend('auto', null, browserEngineHost()));
      return;
    }
    const { label, threads, isSoftware } = await startBackend(backend, browserEngineHost(), options);
    const out = await ringProduct(50_000, 16).data();
    self.postMessage({ label, threads, isSoftware, isRight: out.every((value) => value === 2) });
  } catch (error) {
    self.postMessage({ error: serialiseError(error) });
  }
}

self.addEventListener('message', (event: MessageEvent<ProbeRequest>) => void answer(event.data));
