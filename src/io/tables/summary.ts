/** What a reader returns, with the line that says it: '2,708 nodes · 5,278 edges · 7 labels · 1,433 sparse features'. */
import type { Column } from '../../core/columns.ts';
import { type Graph, numEdges, numNodes } from '../../core/graph.ts';
import type { ImportResult, TaskHints } from '../importTypes.ts';
import { counted, type NoticeList } from '../notices.ts';

/** Bytes and time are filled in by the importer, which saw the whole. @param labels names of the columns that hold labels */
export function importResult(
  formatId: string,
  graph: Graph,
  rowsRead: number,
  labels: readonly string[],
  hints: TaskHints,
  notices: NoticeList,
): ImportResult {
  const summary = summarise(graph, labels);
  return {
    graph,
    report: { formatId, summary, rowsRead, bytesRead: 0, elapsedMs: 0, notices: notices.all() },
    hints,
  };
}

/** @param labels names of the columns that hold labels */
export function summarise(graph: Graph, labels: readonly string[]): string {
  const columns = graph.nodeTypes.flatMap((type) => type.columns);
  const relations = new Set(graph.edgeTypes.relation).size;
  const parts = [
    counted(numNodes(graph), 'node'),
    counted(numEdges(graph), 'edge'),
    ...(graph.nodeTypes.length > 1 ? [counted(graph.nodeTypes.length, 'node type')] : []),
    ...(relations > 1 ? [counted(relations, 'relation')] : []),
    ...columns.flatMap((column) => describe(column, labels)),
  ];
  return parts.join(' · ');
}

function describe(column: Column, labels: readonly string[]): string[] {
  if (column.kind === 'sparse') return [counted(column.width, 'sparse feature')];
  if (column.kind === 'vector') return [counted(column.width, 'dense feature')];
  if (!labels.includes(column.name)) return [];
  if (column.kind === 'category') return [counted(column.dictionary.length, 'label')];
  return column.kind === 'bool' ? ['2 labels'] : [];
}
