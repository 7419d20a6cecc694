/**
 * Softmax per row in GLSL, in two programs, because a fragment writes one element and must not walk its whole row for it:
 * first maximum and sum of every row [R, 2·A], then every entry, which finds its row by binary search in the row starts.
 */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { type KernelConfig, type NamedTensorInfoMap, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { runFlatProgram } from '../webglFlatProgram.ts';
import { assertExactIndices } from '../webglIndices.ts';
import { DENOMINATOR_TERM, SEGMENT_SOFTMAX_GRADIENT_KERNEL, SEGMENT_SOFTMAX_KERNEL } from './op.ts';

/** Sums run in chunks: 100,000 terms added one by one would lose a digit and a half. */
const CHUNK = '    const int CHUNK = 256;';

/** Columns [0, A) are maxima, [A, 2·A) sums of exponentials. */
const ROW_STATISTICS = `${CHUNK}
    void main() {
      int at = outputIndex();
      int row = at / (2 * heads);
      int column = at - row * 2 * heads;
      int head = column < heads ? column : column - heads;
      int first = int(read_rowPtr(row));
      int end = int(read_rowPtr(row + 1));
      float largest = -3.402823e38;
      for (int k = first; k < end; k++) largest = max(largest, read_scores(k * heads + head));
      if (column < heads) {
        setOutput(largest);
        return;
      }
      float sum = 0.0;
      for (int start = first; start < end; start += CHUNK) {
        float part = 0.0;
        for (int k = start; k < min(start + CHUNK, end); k++) {
          part += exp(read_scores(k * heads + head) - largest);
        }
        sum += part;
      }
      setOutput(sum);
    }`;

/** The last row that starts at or before entry k: empty rows before it start there too, and are passed. */
const ROW_OF = `
    int rowOf(int k, int rows) {
      int low = 0;
      int high = rows - 1;
      while (low < high) {
        int middle = (low + high + 1) / 2;
        if (int(read_rowPtr(middle)) <= k) low = middle;
        else high = middle - 1;
      }
      return low;
    }`;

const SOFTMAX = `${ROW_OF}
    void main() {
      int at = outputIndex();
      int heads = outShape[1];
      int k = at / heads;
      int from = rowOf(k, rows) * 2 * heads + at - k * heads;
      float weight = exp(read_scores(at) - read_statistics(from));
      setOutput(weight / (read_statistics(from + heads) + ${DENOMINATOR_TERM}));
    }`;

const ROW_MEANS = `${CHUNK}
    void main() {
      int at = outputIndex();
      int heads = outShape[1];
      int row = at / heads;
      int head = at - row * heads;
      int end = int(read_rowPtr(row + 1));
      float sum = 0.0;
      for (int start = int(read_rowPtr(row)); start < end; start += CHUNK) {
        float part = 0.0;
        for (int k = start; k < min(start + CHUNK, end); k++) {
          part += read_alpha(k * heads + head) * read_gradient(k * heads + head);
        }
        sum += part;
      }
      setOutput(sum);
    }`;

const GRADIENT = `${ROW_OF}
    void main() {
      int at = outputIndex();
      int heads = outShape[1];
      int k = at / heads;
      float mean = read_means(rowOf(k, rows) * heads + at - k * heads);
      setOutput(read_alpha(at) * (read_gradient(at) - mean));
    }`;

function softmaxOnWebgl(inputs: NamedTensorInfoMap, backend: MathBackendWebGL): TensorInfo {
  const { rowPtr, scores } = inputs as { rowPtr: TensorInfo; scores: TensorInfo };
  const [entries, heads] = scores.shape as [number, number];
  const rows = (rowPtr.shape[0] as number) - 1;
  assertExactIndices(rows, rows, entries);
  if (util.sizeFromShape(scores.shape) === 0)
    return backend.makeTensorInfo(scores.shape, 'float32', new Float32Array(0));
  const statistics = runFlatProgram(
    {
      inputs: { rowPtr, scores },
      outputShape: [rows, 2 * heads],
      code: ROW_STATISTICS,
      uniforms: { heads: ['int', [heads]] },
    },
    backend,
  );
  const softmax = runFlatProgram(
    {
      inputs: { rowPtr, scores, statistics },
      outputShape: scores.shape,
      code: SOFTMAX,
      uniforms: { rows: ['int', [rows]] },
    },
    backend,
  );
  backend.disposeIntermediateTensorInfo(statistics);
  return softmax;
}

function gradientOnWebgl(inputs: NamedTensorInfoMap, backend: MathBackendWebGL): TensorInfo {
  const { rowPtr, alpha, gradient } = inputs as Record<'rowPtr' | 'alpha' | 'gradient', TensorInfo>;
  const [entries, heads] = alpha.shape as [number, number];
  const rows = (rowPtr.shape[0] as number) - 1;
  assertExactIndices(rows, rows, entries);
  if (util.sizeFromShape(alpha.shape) === 0)
    return backend.makeTensorInfo(alpha.shape, 'float32', new Float32Array(0));
  const means = runFlatProgram(
    { inputs: { rowPtr, alpha, gradient }, outputShape: [rows, heads], code: ROW_MEANS },
    backend,
  );
  const result = runFlatProgram(
    {
      inputs: { rowPtr, alpha, gradient, means },
      outputShape: alpha.shape,
      code: GRADIENT,
      uniforms: { rows: ['int', [rows]] },
    },
    backend,
  );
  backend.disposeIntermediateTensorInfo(means);
  return result;
}

export const segmentSoftmaxWebglKernel: KernelConfig = {
  kernelName: SEGMENT_SOFTMAX_KERNEL,
  backendName: 'webgl',
  kernelFunc: ({ inputs, backend }) => softmaxOnWebgl(inputs, backend as MathBackendWebGL),
};

export const segmentSoftmaxGradientWebglKernel: KernelConfig = {
  kernelName: SEGMENT_SOFTMAX_GRADIENT_KERNEL,
  backendName: 'webgl',
  kernelFunc: ({ inputs, backend }) => gradientOnWebgl(inputs, backend as MathBackendWebGL),
};
