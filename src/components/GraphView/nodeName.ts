/** What a node is called on the canvas, in tooltips and announcements: its `name` or `title` when it has one, else its id. */
import { cellText, type Column, type TextColumn } from '../../core/columns.ts';
import { type Graph, nodeId, nodeTypeOf } from '../../core/graph.ts';

const NAME_COLUMNS = ['name', 'title'];

/** Returns the column that names nodes: the first text column called `name` or `title`. */
export function nameColumn(columns: readonly Column[]): TextColumn | undefined {
  return columns.find(
    (column): column is TextColumn =>
      column.kind === 'text' && NAME_COLUMNS.includes(column.name.toLowerCase()),
  );
}

export function nodeName(graph: Graph, node: number, maxLength = 40): string {
  const type = nodeTypeOf(graph, node);
  const row = node - (graph.nodeTypePtr[type] as number);
  const column = nameColumn(graph.nodeTypes[type]?.columns ?? []);
  const name = column === undefined ? '' : cellText(column, row);
  const text = name === '' ? nodeId(graph, node) : name;
  return text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
}
