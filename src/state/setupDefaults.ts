/**
 * The setup a graph starts with, so that Train works untouched: task, target, model, split and the model's defaults,
 * from what the data says (hints), else from its columns. What changes when a choice changes: setupChange.ts.
 */
import type { Graph } from '../core/graph.ts';
import { splitChoices } from '../core/taskDefaults.ts';
import type { ResultKind, RunConfig } from '../engine/runTypes.ts';
import type { TaskHints } from '../io/importTypes.ts';
import type { EngineCatalogue, ModelEntry } from '../engine/runTypes.ts';
import { leaveOutOf } from './hiddenColumns.ts';
import { DEFAULT_PRESET, presetValues } from './runParameters.ts';
import { outputOf, targetChoices } from './targets.ts';
import type { LoadedGraph, SetupSlice } from './types.ts';

const LABEL_TASK = 'node-classification';
const UNLABELLED_TASK = 'community-detection';

export function setupFor(graph: Graph, hints: TaskHints, engine: EngineCatalogue | null): SetupSlice {
  const isKnown = engine?.tasks.some((entry) => entry.id === hints.task) === true;
  const hintedTask = isKnown ? hints.task : undefined;
  const choices = targetChoices(graph, hintedTask ?? LABEL_TASK);
  const chosen = choices.find((choice) => choice.target === hints.target) ?? choices[0];
  const task = hintedTask ?? (chosen === undefined ? UNLABELLED_TASK : LABEL_TASK);
  const target = { nodeType: chosen?.nodeType ?? null, target: chosen?.target ?? null };
  const model = defaultModel(engine, task, outputOf(graph, { task, ...target }, needsTarget(engine, task)));
  return {
    task,
    ...target,
    model,
    preset: DEFAULT_PRESET,
    split: hints.split ?? splitChoices(graph, target.nodeType)[0]?.id ?? 'auto',
    features: hints.features ?? 'auto',
    edgeWeight: null,
    seed: 0,
    parameters: presetValues(engine, { task, model }, DEFAULT_PRESET),
  };
}

export function needsTarget(engine: EngineCatalogue | null, task: string): boolean {
  return engine?.tasks.find((entry) => entry.id === task)?.needsTarget ?? task !== UNLABELLED_TASK;
}

/** Models that serve the task and can learn that kind of result, in menu order. */
export function modelsFor(
  engine: EngineCatalogue | null,
  task: string,
  output: ResultKind | null,
): readonly ModelEntry[] {
  return (engine?.models ?? []).filter(
    (model) => model.tasks.includes(task) && (output === null || model.outputs.includes(output)),
  );
}

/** The task's own default where it can learn the result, else the first model that can. */
export function defaultModel(
  engine: EngineCatalogue | null,
  task: string,
  output: ResultKind | null,
): string {
  const wanted = engine?.tasks.find((entry) => entry.id === task)?.defaultModel ?? 'gcn';
  const models = modelsFor(engine, task, output);
  return models.some((model) => model.id === wanted) ? wanted : (models[0]?.id ?? wanted);
}

/** What the engine is told: the set-up without what only the form knows, and the columns that were hidden. */
export function runConfigOf({ preset: _preset, ...config }: SetupSlice, loaded: LoadedGraph): RunConfig {
  return { ...config, ...leaveOutOf(loaded) };
}
