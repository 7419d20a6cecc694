/**
 * Menu entries of the set-up, derived from the catalogue and the open graph; pure. What happens to dependent choices
 * when one changes is the commands' business.
 */
import { edgeWeightCandidates, splitChoices } from '../../core/taskDefaults.ts';
import type { Graph } from '../../core/graph.ts';
import { DEFAULT_PRESET } from '../../state/runParameters.ts';
import { modelsFor, needsTarget } from '../../state/setupDefaults.ts';
import { namesColumns, outputOf, targetChoices } from '../../state/targets.ts';
import type { SetupSlice } from '../../state/types.ts';
import type { EngineCatalogue, ModelEntry } from '../../engine/runTypes.ts';

export interface MenuOption {
  readonly value: string;
  readonly label: string;
}

export function taskOptions(catalogue: EngineCatalogue | null): MenuOption[] {
  return (catalogue?.tasks ?? []).map((task) => ({ value: task.id, label: task.name }));
}

export interface ModelOption extends MenuOption {
  readonly summary: string;
}

export interface ModelGroup {
  readonly group: string;
  readonly items: ModelOption[];
}

/** Headings in menu order: by what a model is and whether it reads the graph. */
const MODEL_GROUPS: readonly { readonly heading: string; has(model: ModelEntry): boolean }[] = [
  { heading: 'Graph networks', has: ({ family }) => family === 'gnn' },
  { heading: 'Fast', has: ({ family, uses }) => family === 'classical' && uses.structure },
  { heading: 'Features only', has: ({ family, uses }) => family === 'classical' && !uses.structure },
  { heading: 'Embeddings', has: ({ family }) => family === 'embedding' },
  { heading: 'Baselines', has: ({ family }) => family === 'baseline' },
];

/** Models that can serve the set-up, under headings; what fits no heading comes last. */
export function modelGroups(
  catalogue: EngineCatalogue | null,
  graph: Graph | null,
  setup: Pick<SetupSlice, 'task' | 'nodeType' | 'target'>,
): ModelGroup[] {
  const output = graph === null ? null : outputOf(graph, setup, needsTarget(catalogue, setup.task));
  const models = modelsFor(catalogue, setup.task, output);
  const isPlaced = (model: ModelEntry): boolean => MODEL_GROUPS.some((group) => group.has(model));
  const groups = [
    ...MODEL_GROUPS.map(({ heading, has }) => ({ group: heading, models: models.filter(has) })),
    { group: 'Others', models: models.filter((model) => !isPlaced(model)) },
  ];
  return groups
    .filter((group) => group.models.length > 0)
    .map(({ group, models: members }) => ({
      group,
      items: members.map(({ id, name, summary }) => ({ value: id, label: name, summary })),
    }));
}

/**
 * What the task can predict of the chosen node type, most likely first; the current target is always among them. Several
 * yes/no columns are shown as a list.
 */
export function targetOptions(
  graph: Graph,
  setup: Pick<SetupSlice, 'task' | 'nodeType' | 'target'>,
): MenuOption[] {
  const targets = targetChoices(graph, setup.task)
    .filter((choice) => setup.nodeType === null || choice.nodeType === setup.nodeType)
    .map((choice) => choice.target);
  const isKnown = setup.target !== null && namesColumns(graph, setup.nodeType, setup.target);
  const all = new Set(isKnown ? [...targets, setup.target as string] : targets);
  return [...all].map((target) => ({ value: target, label: target.split(',').join(', ') }));
}

export function presetOptions(model: ModelEntry): ModelOption[] {
  return [
    { value: DEFAULT_PRESET, label: 'Defaults', summary: 'Sensible for most data.' },
    ...model.presets.map(({ id, name, summary }) => ({ value: id, label: name, summary })),
  ];
}

/** Split choices; a value that is not among them (set by a command or a saved file) is shown as it is written. */
export function splitOptions(graph: Graph, setup: Pick<SetupSlice, 'nodeType' | 'split'>): MenuOption[] {
  const choices = splitChoices(graph, setup.nodeType).map(({ id, name }) => ({ value: id, label: name }));
  if (setup.split === 'auto') return [{ value: 'auto', label: 'Automatic' }, ...choices];
  return choices.some((choice) => choice.value === setup.split)
    ? choices
    : [...choices, { value: setup.split, label: setup.split }];
}

export const NO_EDGE_WEIGHT = '';

export function edgeWeightOptions(graph: Graph): MenuOption[] {
  return [
    { value: NO_EDGE_WEIGHT, label: 'None' },
    ...edgeWeightCandidates(graph).map((name) => ({ value: name, label: name })),
  ];
}

/** Feature choices as one menu: every usable column, none, or exactly one column. */
export function featureOptions(
  graph: Graph,
  setup: Pick<SetupSlice, 'nodeType' | 'target' | 'features'>,
): MenuOption[] {
  const type = graph.nodeTypes.find((candidate) => candidate.name === setup.nodeType) ?? graph.nodeTypes[0];
  const answers = setup.target?.split(',').map((part) => part.trim()) ?? [];
  const columns = (type?.columns ?? []).filter((column) => !answers.includes(column.name));
  const options = [
    { value: 'auto', label: 'All usable columns' },
    { value: 'none', label: 'None (structure only)' },
    ...columns.map((column) => ({ value: `column:${column.name}`, label: `Only ${column.name}` })),
  ];
  const current = featureValue(setup.features);
  return options.some((option) => option.value === current)
    ? options
    : [...options, { value: current, label: (setup.features as readonly string[]).join(', ') }];
}

export function featureValue(features: SetupSlice['features']): string {
  if (features === 'auto') return 'auto';
  if (features.length === 0) return 'none';
  return features.length === 1 ? `column:${features[0]}` : 'several';
}

/** Inverse of `featureValue`; `several` keeps what is set. */
export function featuresOf(value: string, current: SetupSlice['features']): SetupSlice['features'] {
  if (value === 'auto') return 'auto';
  if (value === 'none') return [];
  return value.startsWith('column:') ? [value.slice('column:'.length)] : current;
}
