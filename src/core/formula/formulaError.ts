/** Errors of formulas name the character they are at, counted from 1. */
import { ParameterError } from '../errors.ts';

export function formulaError(
  position: number,
  code: string,
  problem: string,
  remedy: string,
  details: Readonly<Record<string, unknown>> = {},
): ParameterError {
  return new ParameterError(`Formula, character ${position + 1}: ${problem}`, {
    code: `formula-${code}`,
    remedy,
    details: { position, ...details },
  });
}
