/**
 * The parameters of a set-up: which there are for a model and a task, what a preset sets them to, and what of a person's
 * changes survives another choice. Pure.
 */
import { WorkbenchError } from '../core/errors.ts';
import { defaultValues, type ParameterSpec, type ParameterValues, resolveValue } from '../core/parameters.ts';
import type { EngineCatalogue, ModelEntry } from '../engine/runTypes.ts';

/** The preset that every model has: its own defaults. */
export const DEFAULT_PRESET = 'defaults';

/** Lists of a form, in its order; no id is in two of them. */
export interface RunParameters {
  readonly model: readonly ParameterSpec[];
  /** How columns become features. */
  readonly features: readonly ParameterSpec[];
  /** What else the task can be told. */
  readonly task: readonly ParameterSpec[];
}

interface Chosen {
  readonly task: string;
  readonly model: string;
}

const NONE: RunParameters = { model: [], features: [], task: [] };

export function runParameters(engine: EngineCatalogue | null, chosen: Chosen): RunParameters {
  const model = engine?.models.find((entry) => entry.id === chosen.model);
  const task = engine?.tasks.find((entry) => entry.id === chosen.task);
  if (engine === null || model === undefined) return NONE;
  const taskSpecs = (task?.parameters ?? []).flatMap((spec) => batchSpec(spec, model, engine));
  const isFeature = (spec: ParameterSpec): boolean => engine.featureParameters.includes(spec.id);
  return {
    model: model.parameters,
    features: taskSpecs.filter(isFeature),
    task: taskSpecs.filter((spec) => !isFeature(spec)),
  };
}

/** Says nothing without sampled neighbours. */
const FAN_OUT = 'fanOut';

/** Of the batch parameters, those that the model can follow. */
function batchSpec(
  spec: ParameterSpec,
  model: ModelEntry,
  engine: EngineCatalogue,
): readonly ParameterSpec[] {
  if (!engine.batchParameters.includes(spec.id)) return [spec];
  if (model.batching.length === 0) return [];
  if (spec.id === FAN_OUT && !model.batching.includes('neighbours')) return [];
  if (spec.kind !== 'choice') return [spec];
  const offered = new Set(['auto', 'full', ...model.batching]);
  return [{ ...spec, options: spec.options.filter((option) => offered.has(option.id)) }];
}

const allSpecs = ({ model, features, task }: RunParameters): readonly ParameterSpec[] => [
  ...model,
  ...features,
  ...task,
];

/** Every parameter at its default, except what the preset says. */
export function presetValues(
  engine: EngineCatalogue | null,
  chosen: Chosen,
  presetId: string,
): ParameterValues {
  const specs = allSpecs(runParameters(engine, chosen));
  const preset = engine?.models
    .find((entry) => entry.id === chosen.model)
    ?.presets.find((entry) => entry.id === presetId);
  const own = Object.entries(preset?.parameters ?? {}).filter(([id]) => specs.some((spec) => spec.id === id));
  return { ...defaultValues(specs), ...Object.fromEntries(own) };
}

export interface Recipe extends Chosen {
  readonly preset: string;
  readonly parameters: ParameterValues;
}

/** Ids of the parameters that differ from the preset's. */
export function editedParameters(engine: EngineCatalogue | null, recipe: Recipe): readonly string[] {
  const asPreset = presetValues(engine, recipe, recipe.preset);
  return Object.entries(recipe.parameters)
    .filter(([id, value]) => asPreset[id] !== undefined && asPreset[id] !== value)
    .map(([id]) => id);
}

/** 'Defaults', 'As in the paper, edited' */
export function recipeName(engine: EngineCatalogue | null, recipe: Recipe): string {
  const preset = engine?.models
    .find((entry) => entry.id === recipe.model)
    ?.presets.find((entry) => entry.id === recipe.preset);
  const name = preset?.name ?? 'Defaults';
  return editedParameters(engine, recipe).length === 0 ? name : `${name}, edited`;
}

/** Returns the values after choosing a preset: the model's parameters are the preset's, the task's stay unless it says. */
export function filledValues(
  engine: EngineCatalogue | null,
  before: Recipe,
  preset: string,
): ParameterValues {
  const filled = presetValues(engine, before, preset);
  const { features, task } = runParameters(engine, before);
  const defaults = presetValues(engine, before, DEFAULT_PRESET);
  const kept = [...features, ...task].flatMap(({ id }) => {
    const value = before.parameters[id];
    return value === undefined || filled[id] !== defaults[id] ? [] : [[id, value] as const];
  });
  return { ...filled, ...Object.fromEntries(kept) };
}

/**
 * Returns the values for another model or task: its defaults, with what a person had changed wherever that still exists
 * and is allowed.
 */
export function carriedValues(
  engine: EngineCatalogue | null,
  before: Recipe,
  after: Chosen,
): ParameterValues {
  const specs = allSpecs(runParameters(engine, after));
  const kept = editedParameters(engine, before).flatMap((id) => {
    const spec = specs.find((candidate) => candidate.id === id);
    const value = before.parameters[id];
    return spec === undefined || value === undefined || !isAllowed(spec, value) ? [] : [[id, value] as const];
  });
  return { ...presetValues(engine, after, DEFAULT_PRESET), ...Object.fromEntries(kept) };
}

function isAllowed(spec: ParameterSpec, value: ParameterValues[string]): boolean {
  try {
    resolveValue(spec, value);
    return true;
  } catch (thrown) {
    if (thrown instanceof WorkbenchError) return false;
    throw thrown;
  }
}
