/**
 * Parameters as data: a descriptor lists what it can be told, with defaults, limits and words; forms, command-line
 * options, validation and saved runs are derived from the list. Defaults live only there.
 */
import { ParameterError } from './errors.ts';
import { nearMatches } from './nearMatches.ts';

interface SpecBase {
  /** camelCase and stable: it is written into files. */
  readonly id: string;
  /** Accessible name in the form. */
  readonly name: string;
  /** One or two sentences for the tooltip. */
  readonly help: string;
  /** Shown on request: few people need it. */
  readonly isAdvanced?: boolean;
}
export interface NumberSpec extends SpecBase {
  readonly kind: 'number' | 'integer';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly default: number;
  readonly scale?: 'linear' | 'log';
  readonly unit?: string;
  /** What a hyper-parameter search draws from: a range (on `scale`) or a list. Absent = left at its value. */
  readonly search?: { readonly from: number; readonly to: number } | readonly number[];
}
export interface BooleanSpec extends SpecBase {
  readonly kind: 'boolean';
  readonly default: boolean;
  readonly search?: readonly boolean[];
}
export interface ChoiceSpec extends SpecBase {
  readonly kind: 'choice';
  readonly options: readonly { readonly id: string; readonly name: string }[];
  readonly default: string;
  readonly search?: readonly string[];
}
export type ParameterSpec = NumberSpec | BooleanSpec | ChoiceSpec;
export type ParameterValue = number | boolean | string;
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

type ValueOf<S extends ParameterSpec> = S extends NumberSpec
  ? number
  : S extends BooleanSpec
    ? boolean
    : S extends { readonly options: readonly { readonly id: infer Id }[] }
      ? Id
      : never;

/** Typed values of a spec list declared `as const satisfies readonly ParameterSpec[]`. */
export type ValuesOf<Specs extends readonly ParameterSpec[]> = {
  readonly [S in Specs[number] as S['id']]: ValueOf<S>;
};

export function defaultValues(specs: readonly ParameterSpec[]): ParameterValues {
  return Object.fromEntries(specs.map((spec) => [spec.id, spec.default]));
}

/**
 * Returns the values with defaults filled in, numbers parsed from text.
 * @throws {ParameterError} unknown id, wrong kind or outside its limits; the message names id, value and what is allowed
 */
export function resolveValues(
  specs: readonly ParameterSpec[],
  given: Readonly<Record<string, unknown>>,
): ParameterValues {
  const known = new Map(specs.map((spec) => [spec.id, spec]));
  for (const id of Object.keys(given)) {
    if (!known.has(id)) {
      throw new ParameterError(`Unknown parameter '${id}'.`, {
        code: 'unknown-parameter',
        remedy: `Did you mean ${nearMatches(id, known.keys())
          .map((near) => `'${near}'`)
          .join(', ')}? Known: ${[...known.keys()].join(', ')}.`,
        details: { id },
      });
    }
  }
  return Object.fromEntries(specs.map((spec) => [spec.id, resolveValue(spec, given[spec.id])]));
}

export function resolveValue(spec: ParameterSpec, given: unknown): ParameterValue {
  if (given === undefined) return spec.default;
  const refuse = (allowed: string): never => {
    throw new ParameterError(`${spec.name} is ${String(given)}; allowed is ${allowed}.`, {
      code: 'parameter-value',
      remedy: `Set ${spec.name} to ${allowed}.`,
      details: { id: spec.id, value: given, allowed },
    });
  };
  switch (spec.kind) {
    case 'number':
    case 'integer': {
      const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
      const what = spec.kind === 'integer' ? 'a whole number' : 'a number';
      const allowed = `${what} from ${spec.min} to ${spec.max}`;
      if (typeof value !== 'number' || !Number.isFinite(value)) return refuse(allowed);
      if (value < spec.min || value > spec.max) return refuse(allowed);
      if (spec.kind === 'integer' && !Number.isInteger(value)) return refuse(allowed);
      return value;
    }
    case 'boolean':
      if (given === true || given === 'true') return true;
      if (given === false || given === 'false') return false;
      return refuse('true or false');
    case 'choice': {
      const ids = spec.options.map((option) => option.id);
      return typeof given === 'string' && ids.includes(given) ? given : refuse(ids.join(', '));
    }
    default:
      return spec satisfies never;
  }
}
