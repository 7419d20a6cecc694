/**
 * What a node is called on the canvas, in tooltips and announcements: the chosen column, or by itself its `name` or
 * `title`, or, where ids are bare numbers, a column that names each node; else its id.
 */
import { cellText, type Column } from '../../core/columns.ts';
import { type Graph, nodeId, nodeTypeOf } from '../../core/graph.ts';
import type { NameBy } from '../../state/viewStyle.ts';
import { columnOf } from '../../state/viewStyle.ts';

const NAME_COLUMNS = ['name', 'title'];
/** Looked for only where ids say nothing: a `label` is as often a class. */
const WEAK_NAME_COLUMNS = ['label', 'labels', 'id', 'full name', 'fullname', 'display name'];
/** Rows looked at to decide whether ids are numbers and a column's texts differ. */
const MAX_PROBED = 200;
const MAX_NAME_LENGTH = 120;

const isWritten = (column: Column): boolean => column.kind === 'text' || column.kind === 'category';

/** Whether the first rows all have a text of their own, short enough to be a name. */
function isUniqueText(column: Column): boolean {
  const numProbed = Math.min(column.length, MAX_PROBED);
  const seen = new Set<string>();
  for (let row = 0; row < numProbed; row++) {
    const text = cellText(column, row);
    if (text === '' || text.length > MAX_NAME_LENGTH || seen.has(text)) return false;
    seen.add(text);
  }
  return numProbed > 0;
}

function hasBareNumbers(graph: Graph, type: number): boolean {
  const start = graph.nodeTypePtr[type] as number;
  const end = Math.min(start + MAX_PROBED, graph.nodeTypePtr[type + 1] as number);
  for (let node = start; node < end; node++) if (!/^\d+$/.test(nodeId(graph, node))) return false;
  return end > start;
}

function automaticColumn(graph: Graph, type: number): Column | null {
  const columns = graph.nodeTypes[type]?.columns ?? [];
  const byName = (names: readonly string[], isFit: (column: Column) => boolean): Column | undefined =>
    columns.find((column) => names.includes(column.name.toLowerCase()) && isFit(column));
  const named = byName(NAME_COLUMNS, (column) => column.kind === 'text');
  if (named !== undefined) return named;
  if (!hasBareNumbers(graph, type)) return null;
  const isFit = (column: Column): boolean => isWritten(column) && isUniqueText(column);
  return byName([...NAME_COLUMNS, ...WEAK_NAME_COLUMNS], isFit) ?? columns.find(isFit) ?? null;
}

function columnFor(graph: Graph, type: number, nameBy: NameBy): Column | null {
  if (nameBy === 'auto') return automaticColumn(graph, type);
  const name = columnOf(nameBy);
  if (name === null) return null;
  const isKnown = graph.nodeTypes.some(({ columns }) => columns.some((column) => column.name === name));
  // A column that another graph had: named as if nothing had been chosen.
  if (!isKnown) return automaticColumn(graph, type);
  return graph.nodeTypes[type]?.columns.find((column) => column.name === name) ?? null;
}

const chosen = new WeakMap<Graph, Map<string, Column | null>>();

/** The column that names the nodes of a type; null = their ids do. */
export function nameColumn(graph: Graph, type: number, nameBy: NameBy = 'auto'): Column | null {
  let known = chosen.get(graph);
  if (known === undefined) {
    known = new Map();
    chosen.set(graph, known);
  }
  const key = `${type} ${nameBy}`;
  let column = known.get(key);
  if (column === undefined) {
    column = columnFor(graph, type, nameBy);
    known.set(key, column);
  }
  return column;
}

const nameless = new WeakMap<Graph, boolean>();

/** Whether nodes would be called by bare numbers, which tell a person nothing unless asked for. */
export function hasOnlyNumbers(graph: Graph, nameBy: NameBy): boolean {
  if (nameBy !== 'auto') return false;
  let known = nameless.get(graph);
  if (known === undefined) {
    known = graph.nodeTypes.every(
      (_, type) => nameColumn(graph, type) === null && hasBareNumbers(graph, type),
    );
    nameless.set(graph, known);
  }
  return known;
}

/** Returns the name, cut to `maxLength`; the id where the chosen column has no value. */
export function nodeName(graph: Graph, node: number, maxLength = 40, nameBy: NameBy = 'auto'): string {
  const type = nodeTypeOf(graph, node);
  const column = nameColumn(graph, type, nameBy);
  const name = column === null ? '' : cellText(column, node - (graph.nodeTypePtr[type] as number));
  const text = name === '' ? nodeId(graph, node) : name;
  return text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
}
