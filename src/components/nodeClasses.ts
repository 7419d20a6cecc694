/**
 * The classes of the column a run would predict, with the colour each keeps in every view. Pure and cached per column,
 * so that a legend, a table and the inspector share one answer. Painting whole graphs is the graph view's business.
 */
import { type Column, findColumn } from '../core/columns.ts';
import type { Graph } from '../core/graph.ts';
import { classCodes } from '../core/taskDefaults.ts';
import { classColours, REST_CSS } from './palette/palette.ts';

export interface NodeClasses {
  readonly classes: readonly string[];
  /** CSS colour by class code. */
  readonly colours: readonly string[];
  /** Class code by row of the node type; -1 = unlabelled. */
  readonly codes: Int32Array;
  /** Global node index range of the node type. */
  readonly start: number;
  readonly end: number;
}

type ColumnClasses = Pick<NodeClasses, 'classes' | 'colours' | 'codes'>;
const byColumn = new WeakMap<Column, ColumnClasses | null>();

/** Returns the classes of a target column; null when there is no target or it holds no classes. */
export function targetClasses(
  graph: Graph,
  nodeType: string | null,
  target: string | null,
): NodeClasses | null {
  if (target === null) return null;
  const type = graph.nodeTypes.findIndex(
    (candidate) =>
      (nodeType === null || candidate.name === nodeType) &&
      findColumn(candidate.columns, target) !== undefined,
  );
  const column = type < 0 ? undefined : findColumn(graph.nodeTypes[type]?.columns ?? [], target);
  if (column === undefined) return null;
  let found = byColumn.get(column);
  if (found === undefined) {
    found = columnClasses(column);
    byColumn.set(column, found);
  }
  if (found === null) return null;
  return {
    ...found,
    start: graph.nodeTypePtr[type] as number,
    end: graph.nodeTypePtr[type + 1] as number,
  };
}

function columnClasses(column: Column): ColumnClasses | null {
  const labels = classCodes(column);
  if (labels === null) return null;
  const counts = new Int32Array(labels.classes.length);
  for (const code of labels.codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  return { ...labels, colours: classColours(labels.classes.length, counts) };
}

/** Class code of a global node index; -1 outside the node type or unlabelled. */
export function classOfNode(classes: NodeClasses, node: number): number {
  return node >= classes.start && node < classes.end ? (classes.codes[node - classes.start] ?? -1) : -1;
}

export function classColour(colours: readonly string[], code: number): string {
  return colours[code] ?? REST_CSS;
}
