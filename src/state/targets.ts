/**
 * What can be predicted: the columns a task offers as its target, and what kind of result each gives. Columns are scanned
 * once per graph version.
 */
import { type Column, findColumn } from '../core/columns.ts';
import type { Graph } from '../core/graph.ts';
import { targetCandidates, valueCandidates } from '../core/taskDefaults.ts';
import type { ResultKind } from '../engine/runTypes.ts';

/** The task whose targets are numbers. */
const NUMBER_TASK = 'node-regression';

/** Names under which a column of several 0/1 components is read as several labels, not as features. */
const SEVERAL_LABELS = /^(labels?|targets?|y|classes|tags|topics)$/i;

export interface TargetChoice {
  readonly nodeType: string;
  /** Column name, or several yes/no columns separated by commas. */
  readonly target: string;
}

export const predictsNumbers = (task: string): boolean => task === NUMBER_TASK;

interface GraphTargets {
  readonly labels: readonly TargetChoice[];
  readonly values: readonly TargetChoice[];
}

const known = new WeakMap<Graph, GraphTargets>();

/** Every target the task offers on any node type, most likely first. */
export function targetChoices(graph: Graph, task: string): readonly TargetChoice[] {
  let targets = known.get(graph);
  if (targets === undefined) {
    targets = { labels: labelChoices(graph), values: valueCandidates(graph).map(asChoice) };
    known.set(graph, targets);
  }
  return predictsNumbers(task) ? targets.values : targets.labels;
}

const asChoice = ({ nodeType, column }: { nodeType: string; column: string }): TargetChoice => ({
  nodeType,
  target: column,
});

function labelChoices(graph: Graph): readonly TargetChoice[] {
  const several = graph.nodeTypes.flatMap(({ name: nodeType, columns }) => {
    const wide = columns.filter((column) => isWide(column) && SEVERAL_LABELS.test(column.name));
    const yesNo = columns.filter((column) => column.kind === 'bool').map((column) => column.name);
    return [
      ...wide.map((column) => ({ nodeType, target: column.name })),
      ...(yesNo.length > 1 ? [{ nodeType, target: yesNo.join(',') }] : []),
    ];
  });
  return [...targetCandidates(graph).map(asChoice), ...several];
}

const isWide = (column: Column): boolean => column.kind === 'vector' || column.kind === 'sparse';

/** The node type's table; null = the first. */
const columnsOf = (graph: Graph, nodeType: string | null): readonly Column[] =>
  (graph.nodeTypes.find((type) => type.name === nodeType) ?? graph.nodeTypes[0])?.columns ?? [];

/** Whether the text names something of the node type that exists: a column, or a list of columns. */
export function namesColumns(graph: Graph, nodeType: string | null, target: string): boolean {
  const columns = columnsOf(graph, nodeType);
  return (
    findColumn(columns, target) !== undefined ||
    target.split(',').every((part) => findColumn(columns, part.trim()) !== undefined)
  );
}

/** Kind of result a run of this set-up has; null for tasks without a target. */
export function outputOf(
  graph: Graph,
  setup: { readonly task: string; readonly nodeType: string | null; readonly target: string | null },
  needsTarget: boolean,
): ResultKind | null {
  if (!needsTarget) return null;
  if (predictsNumbers(setup.task)) return 'value';
  if (setup.target === null) return 'classes';
  const column = findColumn(columnsOf(graph, setup.nodeType), setup.target);
  const isSeveral = column === undefined ? setup.target.includes(',') : isWide(column);
  return isSeveral ? 'labels' : 'classes';
}
