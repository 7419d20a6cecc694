/**
 * One step of gradient descent with momentum: fused where the backend has the kernel (wasm.ts), else composed of stock
 * operations. Both follow reference.ts.
 */
import {
  add,
  engine,
  getBackend,
  getKernel,
  mul,
  sub,
  type Tensor,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import { ShapeError } from '../../../core/errors.ts';

export const MOMENTUM_STEP_KERNEL = 'GraphMomentumStep';

export interface MomentumOptions {
  readonly learningRate: number;
  /** μ in [0, 1); 0 is plain gradient descent. */
  readonly momentum: number;
  /** L2 factor: weightDecay · parameter is added to the gradient. */
  readonly weightDecay: number;
}

/**
 * Updates parameter and velocity: v ← μv + (∇ + λθ), θ ← θ − ηv.
 *
 * Source: Sutskever et al. 2013, "On the importance of initialization and momentum in deep learning", in PyTorch's
 * convention: the learning rate multiplies the whole velocity, so that a change of it acts at once.
 * @param velocity starts at 0; owned by the optimiser alone, because its data change in place
 * @param gradient left alone; caller disposes
 * @throws {ShapeError} the three shapes differ
 * The parameter gets new storage (see adamStep/op.ts). Deterministic on every backend. O(size) time and memory.
 */
export function momentumStep(
  parameter: Variable,
  velocity: Variable,
  gradient: Tensor,
  options: MomentumOptions,
): void {
  for (const [name, tensor] of Object.entries({ velocity, gradient })) {
    if (tensor.shape.join() === parameter.shape.join()) continue;
    throw new ShapeError(
      `momentumStep: ${name} is [${tensor.shape}], the parameter is [${parameter.shape}].`,
      {
        code: 'shape',
        remedy: 'Give velocity and gradient the shape of the parameter.',
        details: { where: 'momentumStep', expected: parameter.shape, received: tensor.shape },
      },
    );
  }
  if (getKernel(MOMENTUM_STEP_KERNEL, getBackend())) {
    const inputs = { parameter: parameter as Tensor, velocity: velocity as Tensor, gradient };
    const updated = engine().runKernel(MOMENTUM_STEP_KERNEL, inputs, { ...options }) as Tensor;
    parameter.assign(updated);
    updated.dispose();
    return;
  }
  const { learningRate, momentum, weightDecay } = options;
  tidy(() => {
    const g = weightDecay === 0 ? gradient : add(gradient, mul(parameter, weightDecay));
    const v = add(mul(velocity, momentum), g);
    velocity.assign(v);
    parameter.assign(sub(parameter, mul(v, learningRate)));
  });
}
