/**
 * The setup a graph starts with, so that Train works untouched: task, target, model, split and the model's defaults,
 * from what the data says (hints), else from its columns.
 */
import type { Graph } from '../core/graph.ts';
import { defaultValues, type ParameterValues } from '../core/parameters.ts';
import { splitChoices, targetCandidates } from '../core/taskDefaults.ts';
import type { EngineCatalogue } from '../engine/runTypes.ts';
import type { TaskHints } from '../io/importTypes.ts';
import type { SetupSlice } from './types.ts';

export function setupFor(graph: Graph, hints: TaskHints, catalogue: EngineCatalogue | null): SetupSlice {
  const candidates = targetCandidates(graph);
  const hinted = candidates.find((candidate) => candidate.column === hints.target);
  const target = hinted ?? candidates[0];
  const known = catalogue?.tasks.some((task) => task.id === hints.task) === true;
  const task =
    known && hints.task !== undefined
      ? hints.task
      : target === undefined
        ? 'community-detection'
        : 'node-classification';
  const model = defaultModel(catalogue, task);
  return {
    task,
    nodeType: target?.nodeType ?? null,
    target: target?.column ?? null,
    model,
    split: hints.split ?? splitChoices(graph, target?.nodeType ?? null)[0]?.id ?? 'auto',
    features: hints.features ?? 'auto',
    edgeWeight: null,
    seed: 0,
    parameters: modelDefaults(catalogue, model),
  };
}

export function defaultModel(catalogue: EngineCatalogue | null, task: string): string {
  return catalogue?.tasks.find((entry) => entry.id === task)?.defaultModel ?? 'gcn';
}

export function modelDefaults(catalogue: EngineCatalogue | null, model: string): ParameterValues {
  return defaultValues(catalogue?.models.find((entry) => entry.id === model)?.parameters ?? []);
}
