/**
 * Menu entries of the set-up, derived from the catalogue and the open graph; pure. What happens to dependent choices
 * when one changes is the commands' business.
 */
import { findColumn } from '../../core/columns.ts';
import {
  edgeWeightCandidates,
  splitChoices,
  type TargetCandidate,
  targetCandidates,
} from '../../core/taskDefaults.ts';
import type { Graph } from '../../core/graph.ts';
import type { EngineCatalogue } from '../../engine/runTypes.ts';
import type { SetupSlice } from '../../state/types.ts';

export interface MenuOption {
  readonly value: string;
  readonly label: string;
}

const candidatesByGraph = new WeakMap<Graph, readonly TargetCandidate[]>();

/** Scans every column, so the answer is kept per graph version. */
function candidatesOf(graph: Graph): readonly TargetCandidate[] {
  let found = candidatesByGraph.get(graph);
  if (found === undefined) {
    found = targetCandidates(graph);
    candidatesByGraph.set(graph, found);
  }
  return found;
}

export function taskOptions(catalogue: EngineCatalogue | null): MenuOption[] {
  return (catalogue?.tasks ?? []).map((task) => ({ value: task.id, label: task.name }));
}

export function modelOptions(catalogue: EngineCatalogue | null, task: string): MenuOption[] {
  return (catalogue?.models ?? [])
    .filter((model) => model.tasks.includes(task))
    .map((model) => ({ value: model.id, label: model.name }));
}

/** Columns of the chosen node type that can be predicted, most likely first; the current one is always among them. */
export function targetOptions(graph: Graph, setup: Pick<SetupSlice, 'nodeType' | 'target'>): MenuOption[] {
  const columns = candidatesOf(graph)
    .filter((candidate) => setup.nodeType === null || candidate.nodeType === setup.nodeType)
    .map((candidate) => candidate.column);
  const isKnown =
    setup.target !== null &&
    graph.nodeTypes.some((type) => findColumn(type.columns, setup.target as string) !== undefined);
  const all = new Set(isKnown ? [...columns, setup.target as string] : columns);
  return [...all].map((column) => ({ value: column, label: column }));
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
  const columns = (type?.columns ?? []).filter(
    (column) => column.name !== setup.target && column.kind !== 'text' && column.kind !== 'date',
  );
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
