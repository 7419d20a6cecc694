/** Validation of one field: the same rule as everywhere else (core/parameters.ts), as a value or a message. */
import { WorkbenchError } from '../../core/errors.ts';
import { type ParameterSpec, type ParameterValue, resolveValue } from '../../core/parameters.ts';

export type Checked =
  | { readonly isValid: true; readonly value: ParameterValue }
  | { readonly isValid: false; readonly message: string };

/** An empty field is refused rather than read as the default: what is shown is what will run. */
export function checkValue(spec: ParameterSpec, given: unknown): Checked {
  if (typeof given === 'string' && given.trim() === '') {
    return { isValid: false, message: `${spec.name} is empty.` };
  }
  try {
    return { isValid: true, value: resolveValue(spec, given) };
  } catch (thrown) {
    if (thrown instanceof WorkbenchError) return { isValid: false, message: thrown.remedy };
    throw thrown;
  }
}
