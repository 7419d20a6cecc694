/**
 * Dense product x·w (+ bias): every learned linear map. On WASM a threaded kernel of our own, because tfjs's runs on one
 * thread and its transposed forms at a fifteenth of the plain one's speed; elsewhere stock operations. Gradients are
 * computed only for the operands that need them: constant features cost no G·Wᵀ.
 */
import {
  add,
  customGrad,
  engine,
  getBackend,
  getGradient,
  getKernel,
  type KernelFunc,
  matMul,
  type NamedTensorMap,
  registerGradient,
  registerKernel,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type TensorInfo,
  transpose,
  zeros,
} from '@tensorflow/tfjs-core';
import { ShapeError } from '../../../core/errors.ts';
import { weightGradient } from '../weightGradient/op.ts';

export const LINEAR_KERNEL = 'GraphLinear';
export const INPUT_GRADIENT_KERNEL = 'GraphInputGradient';
export const COLUMN_SUMS_KERNEL = 'GraphColumnSums';

/**
 * Returns x·w, plus the bias in every row. Gradients: dX = G·Wᵀ, dW = Xᵀ·G (`weightGradient`), db = column sums of G.
 * @param x    [N, F] float32
 * @param w    [F, H] float32
 * @param bias [H] float32
 * @returns    [N, H]; caller disposes
 * @throws {ShapeError} the inner sizes differ, or the bias is not as wide as w
 * Deterministic on every backend; on WASM with the same bits at any thread count. O(N·F·H) time.
 */
export function linear(x: Tensor2D, w: Tensor2D, bias?: Tensor1D): Tensor2D {
  if (x.shape[1] !== w.shape[0]) {
    throw new ShapeError(`linear: x is [${x.shape}], w is [${w.shape}].`, {
      code: 'shape',
      remedy: 'Give w one row per column of x.',
      details: { where: 'linear', expected: [x.shape[1], 'H'], received: w.shape },
    });
  }
  if (bias !== undefined && bias.shape.join() !== `${w.shape[1]}`) {
    throw new ShapeError(`linear: bias is [${bias.shape}], w is [${w.shape}].`, {
      code: 'shape',
      remedy: 'Give the bias one value per column of w.',
      details: { where: 'linear', expected: [w.shape[1]], received: bias.shape },
    });
  }
  registerLinear(getBackend());
  const inputs: NamedTensorMap = bias === undefined ? { x, w } : { x, w, bias };
  return engine().runKernel(LINEAR_KERNEL, inputs) as Tensor2D;
}

/**
 * Returns G·Wᵀ, the gradient of the input of a linear map.
 * @param gradient [N, H]
 * @param w        [F, H]
 * @returns        [N, F]; caller disposes
 */
export function inputGradient(gradient: Tensor2D, w: Tensor2D): Tensor2D {
  if (!getKernel(INPUT_GRADIENT_KERNEL, getBackend())) return matMul(gradient, transpose(w));
  return engine().runKernel(INPUT_GRADIENT_KERNEL, { gradient, w }) as Tensor2D;
}

/** Returns the sum over the rows of x [N, H] as [H], the gradient of a bias; caller disposes. */
export function columnSums(x: Tensor2D): Tensor1D {
  if (getKernel(COLUMN_SUMS_KERNEL, getBackend()))
    return engine().runKernel(COLUMN_SUMS_KERNEL, { x }) as Tensor1D;
  // Stock sums of nothing throw on graphics backends.
  return x.size === 0 ? zeros([x.shape[1]]) : (sum(x, 0) as Tensor1D);
}

/**
 * Returns x + bias in every row; for sums that no dense product ends. Gradients: G itself, and its column sums, which stock
 * operations take through a transposition on WASM.
 * @param x    [N, H]
 * @param bias [H]
 * @returns    [N, H]; caller disposes
 */
export function addBias(x: Tensor2D, bias: Tensor1D): Tensor2D {
  const shifted = customGrad((...inputs) => {
    const [rows, offset] = inputs as [Tensor2D, Tensor1D];
    return {
      value: add(rows, offset),
      gradFunc: (gradient: Tensor) => [gradient.clone(), columnSums(gradient as Tensor2D)],
    };
  });
  return shifted(x, bias) as Tensor2D;
}

/** Declares the operation for a backend that has no kernel of its own: stock product, then stock sum. */
function registerLinear(backendName: string): void {
  if (!getGradient(LINEAR_KERNEL)) {
    registerGradient({
      kernelName: LINEAR_KERNEL,
      inputsToSave: ['x', 'w'],
      gradFunc: (gradient, saved) => {
        const [x, w] = saved as [Tensor2D, Tensor2D];
        const incoming = gradient as Tensor2D;
        return {
          x: () => inputGradient(incoming, w),
          w: () => weightGradient(x, incoming),
          bias: () => columnSums(incoming) as Tensor,
        };
      },
    });
  }
  if (getKernel(LINEAR_KERNEL, backendName)) return;
  registerKernel({ kernelName: LINEAR_KERNEL, backendName, kernelFunc: stockLinear(backendName) });
}

function stockLinear(backendName: string): KernelFunc {
  const matMulKernel = getKernel('BatchMatMul', backendName).kernelFunc;
  const addKernel = getKernel('Add', backendName).kernelFunc;
  return ({ inputs, backend }) => {
    const call = (kernel: KernelFunc, named: Record<string, unknown>, attrs: object): TensorInfo =>
      kernel({ inputs: named, attrs, backend } as Parameters<KernelFunc>[0]) as TensorInfo;
    const product = call(
      matMulKernel,
      { a: inputs['x'], b: inputs['w'] },
      { transposeA: false, transposeB: false },
    );
    if (inputs['bias'] === undefined) return product;
    const shifted = call(addKernel, { a: product, b: inputs['bias'] }, {});
    (backend as { disposeData(dataId: object): boolean }).disposeData(product.dataId);
    return shifted;
  };
}
