/** Worker of kernelsOnWasm.browser.test.ts: runs every kernel on work large enough for threads and posts the bits. */
import {
  grad,
  grads,
  type Tensor,
  tensor,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tidy,
} from '@tensorflow/tfjs-core';
import { drawNormal, drawUint32 } from '../../core/random.ts';
import { groupBy } from '../../core/sparseMatrix.ts';
import { startBackend } from '../../engine/backend.ts';
import { activationDropout } from '../../engine/kernels/activationDropout/op.ts';
import { additiveAttention } from '../../engine/kernels/additiveAttention/op.ts';
import { linear } from '../../engine/kernels/dense/op.ts';
import { counterDropout } from '../../engine/kernels/dropout/op.ts';
import { entrySources, gatherRows } from '../../engine/kernels/gatherRows/op.ts';
import { maskedCrossEntropy } from '../../engine/kernels/maskedCrossEntropy/op.ts';
import { pairAttention } from '../../engine/kernels/pairAttention/op.ts';
import { sddmm } from '../../engine/kernels/sddmm/op.ts';
import { segmentSoftmax } from '../../engine/kernels/segmentSoftmax/op.ts';
import { type SparseTensors, uploadSparse } from '../../engine/kernels/sparseTensors.ts';
import { spmm } from '../../engine/kernels/spmm/op.ts';
import { spmmMax } from '../../engine/kernels/spmmMax/op.ts';
import { browserEngineHost } from '../engineHost.ts';

const NODES = 3000;
const ENTRIES = 90_000;
const WIDTH = 32;
const HEADS = 4;

/** A tenth of the entries belong to one row. */
function hubMatrix(): SparseTensors {
  const rowOf = Int32Array.from({ length: ENTRIES }, (_, k) => (k % 10 === 0 ? 7 : drawUint32(1, k) % NODES));
  return uploadSparse({
    rows: NODES,
    cols: NODES,
    rowPtr: groupBy(rowOf, NODES).ptr,
    colIndex: Int32Array.from({ length: ENTRIES }, (_, k) => drawUint32(2, k) % NODES),
    values: Float32Array.from({ length: ENTRIES }, (_, k) => drawNormal(3, k)),
  });
}

function normals(shape: [number] | [number, number], key: number): Tensor {
  const size = shape.reduce((product, axis) => product * axis, 1);
  return tensor(
    Float32Array.from({ length: size }, (_, element) => drawNormal(key, element)),
    shape,
  );
}

/** Each: a function of the operands whose value and gradients are read. */
function computations(m: SparseTensors): Record<string, { run: (...x: Tensor[]) => Tensor; on: Tensor[] }> {
  const x = () => normals([NODES, WIDTH], 11);
  const perEntry = () => normals([ENTRIES, HEADS], 12);
  const codes = tensor1d(
    Int32Array.from({ length: NODES }, (_, node) => node % WIDTH),
    'int32',
  );
  const weights = tensor1d(new Float32Array(NODES).fill(1 / NODES));
  const d2 = (value: Tensor | undefined): Tensor2D => value as Tensor2D;
  return {
    spmm: { run: (a) => spmm(m, d2(a)), on: [x()] },
    'spmm with heads': { run: (a, v) => spmm(m, d2(a), d2(v)), on: [x(), perEntry()] },
    spmmMax: { run: (a) => spmmMax(m, d2(a)), on: [x()] },
    sddmm: { run: (a, b) => sddmm(m, d2(a), d2(b), HEADS), on: [x(), normals([NODES, WIDTH], 13)] },
    gatherRows: { run: (a) => gatherRows(d2(a), entrySources(m)), on: [x()] },
    segmentSoftmax: { run: (v) => segmentSoftmax(m, d2(v)), on: [perEntry()] },
    pairAttention: {
      run: (a, b) => pairAttention(m, d2(a), d2(b), 0.2),
      on: [normals([NODES, HEADS], 14), normals([NODES, HEADS], 15)],
    },
    additiveAttention: {
      run: (a, b, c) => additiveAttention(m, d2(a), d2(b), d2(c), 0.2),
      on: [x(), normals([NODES, WIDTH], 16), normals([HEADS, WIDTH / HEADS], 17)],
    },
    maskedCrossEntropy: { run: (a) => maskedCrossEntropy(d2(a), codes, weights), on: [x()] },
    linear: {
      run: (a, w, b) => linear(d2(a), d2(w), b as Tensor1D),
      on: [x(), normals([WIDTH, 40], 18), normals([40], 19)],
    },
    dropout: { run: (a) => counterDropout(d2(a), 0.5, 99), on: [x()] },
    activationDropout: { run: (a) => activationDropout(d2(a), 'relu', 0.5, 99), on: [x()] },
  };
}

async function answer(threads: number): Promise<void> {
  try {
    const started = await startBackend('wasm', browserEngineHost(), { threads });
    if (started.threads !== threads) throw new Error(`${started.threads} threads started`);
    const bits: Record<string, Uint32Array> = {};
    const keep = async (name: string, value: Tensor): Promise<void> => {
      bits[name] = new Uint32Array((await value.data()).slice().buffer);
    };
    for (const [name, { run, on }] of Object.entries(computations(hubMatrix()))) {
      await keep(
        name,
        tidy(() => run(...on)),
      );
      const [only] = on;
      const gradients =
        on.length === 1 && only !== undefined ? [tidy(() => grad(run)(only))] : tidy(() => grads(run)(on));
      for (const [index, gradient] of gradients.entries()) await keep(`${name}, gradient ${index}`, gradient);
    }
    self.postMessage(bits);
  } catch (error) {
    self.postMessage(error instanceof Error ? error.message : String(error));
  }
}

self.addEventListener('message', (event: MessageEvent<number>) => void answer(event.data));
