/**
 * The Adam step in three element-wise programs for graphics backends, which write one tensor each: both moments, then the
 * parameter from them. The expressions are the same in WGSL and GLSL; NAME stands for the element of input NAME.
 */

export interface AdamProgram {
  readonly inputs: readonly string[];
  /** Scalars that the expression reads as `u_NAME`. */
  readonly scalars: readonly string[];
  readonly expression: string;
}

const GRADIENT = '(gradient + u_coupledDecay * parameter)';

export const FIRST_MOMENT: AdamProgram = {
  inputs: ['parameter', 'firstMoment', 'gradient'],
  scalars: ['beta1', 'rest1', 'coupledDecay'],
  expression: `u_beta1 * firstMoment + u_rest1 * ${GRADIENT}`,
};

export const SECOND_MOMENT: AdamProgram = {
  inputs: ['parameter', 'secondMoment', 'gradient'],
  scalars: ['beta2', 'rest2', 'coupledDecay'],
  expression: `u_beta2 * secondMoment + u_rest2 * ${GRADIENT} * ${GRADIENT}`,
};

/** Reads the new moments. */
export const PARAMETER: AdamProgram = {
  inputs: ['parameter', 'firstMoment', 'secondMoment'],
  scalars: ['stepSize', 'inverseRootCorrection2', 'epsilon', 'kept'],
  expression:
    'u_kept * parameter - u_stepSize * firstMoment / (sqrt(secondMoment) * u_inverseRootCorrection2 + u_epsilon)',
};

/** Returns the expression with every input NAME replaced by `read(NAME)`. */
export function withReads({ expression, inputs }: AdamProgram, read: (name: string) => string): string {
  return expression.replaceAll(/\w+/g, (word) => (inputs.includes(word) ? read(word) : word));
}

/** The scalars of all programs from the attributes of the kernel. */
export function adamScalarValues(attributes: Readonly<Record<string, number>>): Record<string, number> {
  return {
    ...attributes,
    rest1: 1 - (attributes['beta1'] as number),
    rest2: 1 - (attributes['beta2'] as number),
  };
}
