/** What follows when one choice of the set-up changes: dependent choices keep what can be kept. Pure. */
import type { Graph } from '../core/graph.ts';
import { splitChoices } from '../core/taskDefaults.ts';
import type { EngineCatalogue } from '../engine/runTypes.ts';
import { carriedValues, DEFAULT_PRESET } from './runParameters.ts';
import { defaultModel, modelsFor, needsTarget } from './setupDefaults.ts';
import { namesColumns, outputOf, targetChoices } from './targets.ts';
import type { SetupSlice } from './types.ts';

/**
 * Returns the set-up after a change. Another task or node type takes its first target unless the present one serves it
 * too; another target or task takes the task's default model unless the present one was chosen and can learn it; another
 * model keeps parameters that were changed by hand and mean the same there.
 */
export function changedSetup(
  current: SetupSlice,
  change: Partial<SetupSlice>,
  engine: EngineCatalogue | null,
  graph: Graph | null,
): SetupSlice {
  const next: SetupSlice = { ...current, ...change };
  const aimed = graph === null ? next : aim(graph, current, next, change);
  const output = graph === null ? null : outputOf(graph, aimed, needsTarget(engine, aimed.task));
  const servesIt = modelsFor(engine, aimed.task, output).some((entry) => entry.id === aimed.model);
  const canServe = servesIt && !(aimed.task !== current.task && isUnchosen(engine, current, change));
  const model = canServe || engine === null ? aimed.model : defaultModel(engine, aimed.task, output);
  const isSame = model === current.model && aimed.task === current.task;
  if (isSame || engine === null) return { ...aimed, model };
  const parameters = carriedValues(engine, current, { task: aimed.task, model });
  return { ...aimed, model, preset: DEFAULT_PRESET, parameters };
}

/** The model was the task's default, not a person's choice. */
const isUnchosen = (
  engine: EngineCatalogue | null,
  current: SetupSlice,
  change: Partial<SetupSlice>,
): boolean =>
  change.model === undefined &&
  engine?.tasks.find((entry) => entry.id === current.task)?.defaultModel === current.model;

/** Node type, target, split and features that fit one another. */
function aim(graph: Graph, current: SetupSlice, next: SetupSlice, change: Partial<SetupSlice>): SetupSlice {
  const choices = targetChoices(graph, next.task);
  const isFree = next.task === current.task && next.nodeType === current.nodeType;
  const serves = ({ nodeType, target }: (typeof choices)[number]): boolean =>
    target === next.target && (next.nodeType === null || nodeType === next.nodeType);
  const isKept =
    change.target !== undefined ||
    choices.some(serves) ||
    (isFree && (next.target === null || namesColumns(graph, next.nodeType, next.target)));
  const ofType = choices.find((choice) => next.nodeType === null || choice.nodeType === next.nodeType);
  // A node type that a person chose stays, even when nothing of it can be predicted.
  const found = ofType ?? (change.nodeType === undefined ? choices[0] : undefined);
  const target = isKept ? next.target : (found?.target ?? null);
  const nodeType = isKept ? next.nodeType : (found?.nodeType ?? next.nodeType);
  const isOtherType = nodeType !== current.nodeType;
  const splits = isOtherType ? splitChoices(graph, nodeType) : [];
  const keepsSplit = !isOtherType || splits.some((choice) => choice.id === next.split);
  return {
    ...next,
    nodeType,
    target,
    split: keepsSplit ? next.split : (splits[0]?.id ?? 'auto'),
    features: fittingFeatures(next.features, target, isOtherType && change.features === undefined),
  };
}

function fittingFeatures(
  features: SetupSlice['features'],
  target: string | null,
  isOtherType: boolean,
): SetupSlice['features'] {
  if (features === 'auto' || features.length === 0) return features;
  if (isOtherType) return 'auto';
  const answers = target?.split(',').map((part) => part.trim()) ?? [];
  const kept = features.filter((name) => !answers.includes(name));
  return kept.length === features.length ? features : kept.length === 0 ? 'auto' : kept;
}
