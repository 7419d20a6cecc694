/** What a node is called on the canvas, in tooltips and announcements: its `name` or `title` when it has one, else its id. */
import { cellText, type Column } from '../../core/columns.ts';
import { type Graph, nodeId, nodeTypeOf } from '../../core/graph.ts';

const NAME_COLUMNS = ['name', 'title'];

export function nodeName(graph: Graph, node: number, maxLength = 40): string {
  const type = nodeTypeOf(graph, node);
  const row = node - (graph.nodeTypePtr[type] as number);
  const isName = (column: Column): boolean =>
    NAME_COLUMNS.includes(column.name.toLowerCase()) && column.kind === 'text';
  const column = graph.nodeTypes[type]?.columns.find(isName);
  const name = column === undefined ? '' : cellText(column, row);
  const text = name === '' ? nodeId(graph, node) : name;
  return text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
}
