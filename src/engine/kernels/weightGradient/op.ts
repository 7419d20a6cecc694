/**
 * Dense product x·w whose backward pass is fast on every backend. Stock matMul is not: on WASM its transposed forms run
 * at a fifteenth of the plain one's speed. Gradients are computed only for the inputs that need them, so constant
 * features cost no G·Wᵀ.
 */
import {
  engine,
  getBackend,
  getGradient,
  getKernel,
  type KernelFunc,
  matMul,
  registerGradient,
  registerKernel,
  type Tensor,
  type Tensor2D,
  transpose,
} from '@tensorflow/tfjs-core';
import { ShapeError } from '../../../core/errors.ts';

export const LINEAR_KERNEL = 'GraphLinear';
export const WEIGHT_GRADIENT_KERNEL = 'GraphWeightGradient';

/**
 * Returns x·w. Gradients: dX = G·Wᵀ, dW = Xᵀ·G (`weightGradient`).
 * @param x [N, F] float32
 * @param w [F, H] float32
 * @returns [N, H]; caller disposes
 * @throws {ShapeError} the inner sizes differ
 * Deterministic on every backend. O(N·F·H) time.
 */
export function linear(x: Tensor2D, w: Tensor2D): Tensor2D {
  if (x.shape[1] !== w.shape[0]) {
    throw new ShapeError(`linear: x is [${x.shape}], w is [${w.shape}].`, {
      code: 'shape',
      remedy: 'Give w one row per column of x.',
      details: { where: 'linear', expected: [x.shape[1], 'H'], received: w.shape },
    });
  }
  registerLinear(getBackend());
  return engine().runKernel(LINEAR_KERNEL, { x, w }) as Tensor2D;
}

/**
 * Returns Xᵀ·G, the gradient of a weight matrix: the backend's own kernel where it has one, else stock matMul.
 * @param x        [N, F]
 * @param gradient [N, H]
 * @returns        [F, H]; caller disposes
 */
export function weightGradient(x: Tensor2D, gradient: Tensor2D): Tensor2D {
  if (!getKernel(WEIGHT_GRADIENT_KERNEL, getBackend())) return matMul(x, gradient, true, false);
  return engine().runKernel(WEIGHT_GRADIENT_KERNEL, { x, gradient }) as Tensor2D;
}

/** Declares the operation for a backend: its forward kernel is the stock product. */
function registerLinear(backendName: string): void {
  if (!getGradient(LINEAR_KERNEL)) {
    registerGradient({
      kernelName: LINEAR_KERNEL,
      inputsToSave: ['x', 'w'],
      gradFunc: (gradient, saved) => {
        const [x, w] = saved as [Tensor2D, Tensor2D];
        return {
          x: () => matMul(gradient as Tensor, transpose(w)),
          w: () => weightGradient(x, gradient as Tensor2D),
        };
      },
    });
  }
  if (getKernel(LINEAR_KERNEL, backendName)) return;
  const stockMatMul = getKernel('BatchMatMul', backendName).kernelFunc;
  const kernelFunc: KernelFunc = ({ inputs, backend }) =>
    stockMatMul({
      inputs: { a: inputs['x'], b: inputs['w'] },
      attrs: { transposeA: false, transposeB: false },
      backend,
    } as Parameters<KernelFunc>[0]);
  registerKernel({ kernelName: LINEAR_KERNEL, backendName, kernelFunc });
}
