/**
 * One Adam step on a parameter: fused where the backend has the kernel (wasm.ts, webgpu.ts, webgl.ts), else composed of
 * stock operations. All follow reference.ts. Learning-rate schedules and clipping belong to the trainer.
 */
import {
  add,
  div,
  engine,
  getBackend,
  getKernel,
  mul,
  sqrt,
  square,
  sub,
  type Tensor,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import { ShapeError } from '../../../core/errors.ts';

/** Results: the new parameter; then both moments where they were not changed in place. */
export const ADAM_STEP_KERNEL = 'GraphAdamStep';

export interface AdamOptions {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** 1-based number of this step, for the bias corrections. */
  readonly step: number;
  /** λ: weightDecay · parameter is added to the gradient, or see `isDecoupled`. */
  readonly weightDecay: number;
  /** AdamW: the parameter is scaled by 1 − η·λ before the step, and the gradient is left alone. Default false. */
  readonly isDecoupled?: boolean;
}

/** The scalars of one step. */
export interface AdamScalars {
  /** η / (1 − β₁ᵗ) */
  readonly stepSize: number;
  /** 1 / √(1 − β₂ᵗ) */
  readonly inverseRootCorrection2: number;
  /** L2 factor of the gradient. */
  readonly coupledDecay: number;
  /** Factor of the parameter before the step. */
  readonly kept: number;
}

/** Computes the scalars once, in double precision. */
export function adamScalars(options: AdamOptions): AdamScalars {
  const { learningRate, beta1, beta2, step, weightDecay, isDecoupled = false } = options;
  return {
    stepSize: learningRate / (1 - beta1 ** step),
    inverseRootCorrection2: 1 / Math.sqrt(1 - beta2 ** step),
    coupledDecay: isDecoupled ? 0 : weightDecay,
    kept: isDecoupled ? 1 - learningRate * weightDecay : 1,
  };
}

/**
 * Updates parameter and moments: g = ∇ + λθ, m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g²,
 * θ ← θ − η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε).
 *
 * Decoupled: g = ∇ and θ ← (1 − ηλ)θ before the step.
 * Sources: Kingma & Ba 2015, "Adam: A Method for Stochastic Optimization", algorithm 1. https://arxiv.org/abs/1412.6980;
 * Loshchilov & Hutter 2019, "Decoupled Weight Decay Regularization". https://arxiv.org/abs/1711.05101
 * @param firstMoment, secondMoment start at 0; owned by the optimiser alone, because their data change in place
 * @param gradient left alone; caller disposes
 * @throws {ShapeError} the four shapes differ
 * NOTE: the parameter gets new storage rather than new values in the old one: tfjs's WASM matMul caches its right operand
 * packed by storage and would go on using the old values (adamStep.test.ts, "matMul sees the step").
 * Deterministic on every backend. O(size) time and memory.
 */
export function adamStep(
  parameter: Variable,
  firstMoment: Variable,
  secondMoment: Variable,
  gradient: Tensor,
  options: AdamOptions,
): void {
  assertSameShape(parameter, { firstMoment, secondMoment, gradient });
  const scalars = adamScalars(options);
  const { beta1, beta2, epsilon } = options;
  if (getKernel(ADAM_STEP_KERNEL, getBackend())) {
    const updated = engine().runKernel(
      ADAM_STEP_KERNEL,
      { parameter, firstMoment, secondMoment, gradient },
      { ...scalars, beta1, beta2, epsilon },
    );
    const variables = [parameter, firstMoment, secondMoment];
    (Array.isArray(updated) ? updated : [updated]).forEach((tensor, index) => {
      variables[index]?.assign(tensor);
      tensor.dispose();
    });
    return;
  }
  tidy(() => {
    const { stepSize, inverseRootCorrection2, coupledDecay, kept } = scalars;
    const g = coupledDecay === 0 ? gradient : add(gradient, mul(parameter, coupledDecay));
    const m = add(mul(firstMoment, beta1), mul(g, 1 - beta1));
    const v = add(mul(secondMoment, beta2), mul(square(g), 1 - beta2));
    const denominator = add(mul(sqrt(v), inverseRootCorrection2), epsilon);
    firstMoment.assign(m);
    secondMoment.assign(v);
    const decayed = kept === 1 ? parameter : mul(parameter, kept);
    parameter.assign(sub(decayed, mul(div(m, denominator), stepSize)));
  });
}

function assertSameShape(parameter: Variable, others: Readonly<Record<string, Tensor>>): void {
  for (const [name, tensor] of Object.entries(others)) {
    if (tensor.shape.join() === parameter.shape.join()) continue;
    throw new ShapeError(`adamStep: ${name} is [${tensor.shape}], the parameter is [${parameter.shape}].`, {
      code: 'shape',
      remedy: 'Give moments and gradient the shape of the parameter.',
      details: { where: 'adamStep', expected: parameter.shape, received: tensor.shape },
    });
  }
}
