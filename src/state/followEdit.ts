/** How the set-up, the hidden columns and the colouring follow an edit of the tables: names are carried over. Pure. */
import { findColumn } from '../core/columns.ts';
import type { Graph } from '../core/graph.ts';
import { splitChoices } from '../core/taskDefaults.ts';
import type { EngineCatalogue } from '../engine/runTypes.ts';
import { isSameColumn } from './hiddenColumns.ts';
import type { ColumnRef, EditSide } from './schemaTypes.ts';
import { changedSetup } from './setupChange.ts';
import { namesColumns, targetChoices } from './targets.ts';
import type { ColourBy, LoadedGraph, SetupSlice } from './types.ts';
import { columnOf } from './viewStyle.ts';

/** What an edit renamed; null = nothing that anything else names. */
export type Renaming =
  | { readonly kind: 'column'; readonly column: ColumnRef; readonly to: string }
  | { readonly kind: 'node-type'; readonly from: string; readonly to: string };

/** Returns the side after an edit. @param graph the new version */
export function followedSide(
  before: EditSide,
  graph: Graph,
  renaming: Renaming | null,
  engine: EngineCatalogue | null,
): EditSide {
  const loaded: LoadedGraph = {
    ...before.loaded,
    graph,
    hiddenColumns: followedHidden(before.loaded.hiddenColumns ?? [], graph, renaming),
  };
  const renamed =
    renaming === null ? before.setup : renamedSetup(before.setup, before.loaded.graph, renaming);
  const setup = mendedSetup(renamed, graph, engine);
  return { ...before, loaded, setup, colourBy: followedColour(before.colourBy, graph, setup, renaming) };
}

function followedHidden(
  hidden: readonly ColumnRef[],
  graph: Graph,
  renaming: Renaming | null,
): readonly ColumnRef[] {
  const follow = (column: ColumnRef): ColumnRef => {
    if (renaming?.kind === 'column' && isSameColumn(column, renaming.column)) {
      return { ...column, name: renaming.to };
    }
    const isOfType = column.table.kind === 'nodes' && column.table.type === typeBefore(renaming);
    if (renaming?.kind !== 'node-type' || !isOfType) return column;
    return { ...column, table: { kind: 'nodes', type: renaming.to } };
  };
  return hidden.map(follow).filter(({ table, name }) => {
    const columns =
      table.kind === 'edges'
        ? graph.edgeColumns
        : graph.nodeTypes.find((type) => type.name === table.type)?.columns;
    return findColumn(columns ?? [], name) !== undefined;
  });
}

const typeBefore = (renaming: Renaming | null): string | null =>
  renaming?.kind === 'node-type' ? renaming.from : null;

function renamedSetup(setup: SetupSlice, graph: Graph, renaming: Renaming): SetupSlice {
  if (renaming.kind === 'node-type') {
    return setup.nodeType === renaming.from ? { ...setup, nodeType: renaming.to } : setup;
  }
  const { column, to } = renaming;
  const rename = (name: string): string => (name === column.name ? to : name);
  if (column.table.kind === 'edges') {
    return setup.edgeWeight === null ? setup : { ...setup, edgeWeight: rename(setup.edgeWeight) };
  }
  if (column.table.type !== (setup.nodeType ?? graph.nodeTypes[0]?.name)) return setup;
  return {
    ...setup,
    target:
      setup.target === null
        ? null
        : setup.target === column.name
          ? to
          : setup.target.split(',').map(rename).join(','),
    features:
      setup.features === 'auto' || !setup.features.includes(column.name)
        ? setup.features
        : setup.features.map(rename),
    split: renamedSplit(setup.split, column.name, to),
  };
}

/** The forms of `resolveNodeSplit` that name a column. */
function renamedSplit(split: string, from: string, to: string): string {
  if (split === `column:${from}` || (split === 'public' && from === 'split')) {
    return to === 'split' ? 'public' : `column:${to}`;
  }
  for (const form of ['time', 'group']) {
    const start = `${form}:${from}:`;
    if (split.startsWith(start)) return `${form}:${to}:${split.slice(start.length)}`;
  }
  return split;
}

/** Returns the set-up without what the graph no longer has: target, features, split and weight of dropped columns. */
export function mendedSetup(setup: SetupSlice, graph: Graph, engine: EngineCatalogue | null): SetupSlice {
  const isTargetGone = setup.target !== null && !namesColumns(graph, setup.nodeType, setup.target);
  const change = isTargetGone ? { target: firstTarget(setup, graph) } : {};
  const next = changedSetup(setup, change, engine, graph);
  const type = graph.nodeTypes.find(({ name }) => name === next.nodeType) ?? graph.nodeTypes[0];
  const columns = type?.columns ?? [];
  const features =
    next.features === 'auto'
      ? next.features
      : next.features.filter((name) => findColumn(columns, name) !== undefined);
  const isEmptied = next.features.length > 0 && features.length === 0;
  const isSplitKept = !namesMissingColumn(next.split, (name) => findColumn(columns, name) !== undefined);
  return {
    ...next,
    features: isEmptied ? 'auto' : features.length === next.features.length ? next.features : features,
    split: isSplitKept ? next.split : (splitChoices(graph, next.nodeType)[0]?.id ?? 'auto'),
    edgeWeight:
      next.edgeWeight !== null && findColumn(graph.edgeColumns, next.edgeWeight) === undefined
        ? null
        : next.edgeWeight,
  };
}

/** The next likely one, if the task finds any. */
function firstTarget(setup: SetupSlice, graph: Graph): string | null {
  const choices = targetChoices(graph, setup.task);
  return (
    choices.find(({ nodeType }) => setup.nodeType === null || nodeType === setup.nodeType)?.target ?? null
  );
}

function namesMissingColumn(split: string, exists: (name: string) => boolean): boolean {
  if (split === 'public') return !exists('split');
  const named = /^column:(.+)$/.exec(split) ?? /^(?:time|group):(.+):[\d/.]+$/.exec(split);
  return named !== null && !exists(named[1] as string);
}

/** The side after a column was hidden or shown again: the tables and their version stay. */
export function sideWithHidden(before: EditSide, column: ColumnRef, isHidden: boolean): EditSide {
  const { loaded, setup, colourBy } = before;
  const others = (loaded.hiddenColumns ?? []).filter((other) => !isSameColumn(other, column));
  const after = { ...before, loaded: { ...loaded, hiddenColumns: isHidden ? [...others, column] : others } };
  if (!isHidden || column.table.kind === 'edges') return after;
  const { features } = setup;
  const isOfType = column.table.type === (setup.nodeType ?? loaded.graph.nodeTypes[0]?.name);
  const kept = features === 'auto' || !isOfType ? features : features.filter((name) => name !== column.name);
  const isChanged = kept.length !== features.length;
  return {
    ...after,
    setup: isChanged ? { ...setup, features: kept.length === 0 ? 'auto' : kept } : setup,
    colourBy: colourBy === `column:${column.name}` ? plainColour(setup) : colourBy,
  };
}

const plainColour = (setup: SetupSlice): ColourBy => (setup.target === null ? 'none' : 'label');

function followedColour(
  colourBy: ColourBy,
  graph: Graph,
  setup: SetupSlice,
  renaming: Renaming | null,
): ColourBy {
  const plain = plainColour(setup);
  // Predictions belong to the version before: they come back with it.
  const name = columnOf(colourBy);
  if (name === null) return colourBy === 'none' || colourBy === 'type' ? colourBy : plain;
  const isRenamed =
    renaming?.kind === 'column' && renaming.column.table.kind === 'nodes' && renaming.column.name === name;
  if (isRenamed) return `column:${renaming.to}`;
  return graph.nodeTypes.some(({ columns }) => findColumn(columns, name) !== undefined) ? colourBy : plain;
}
