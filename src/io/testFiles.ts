/** What the tests of readers share: files from text, and errors as plain data so that they can be compared whole. */
import { type SerialisedError, serialiseError } from '../core/errors.ts';
import { cellText, type Column, findColumn } from '../core/columns.ts';
import { type Graph, nodeId, numNodes } from '../core/graph.ts';
import { type FileSource, memorySource } from './fileSource.ts';

export function textFiles(contents: Readonly<Record<string, string | Uint8Array>>): FileSource[] {
  return Object.entries(contents).map(([path, content]) => memorySource(path, content));
}

/** Returns the error of a promise without its stack; fails when there is none. */
export async function failureOf(promise: Promise<unknown>): Promise<Omit<SerialisedError, 'stack'>> {
  try {
    await promise;
  } catch (thrown) {
    const { name, code, message, remedy, details } = serialiseError(thrown);
    return { name, code, message, remedy, details };
  }
  throw new Error('expected a failure');
}

export function nodeIdsOf(graph: Graph): string[] {
  return Array.from({ length: numNodes(graph) }, (_, node) => nodeId(graph, node));
}

/** Edges as 'source relation target'. */
export function edgesOf(graph: Graph): string[] {
  return Array.from(graph.source, (source, edge) => {
    const type = graph.edgeTypePtr.findLastIndex((start) => start <= edge);
    return `${nodeId(graph, source)} ${graph.edgeTypes.relation[type] ?? ''} ${nodeId(graph, graph.target[edge] as number)}`;
  });
}

/** Kind and cells of a column; '' = missing. */
export function cellsOf(columns: readonly Column[], name: string): { kind: string; cells: string[] } | null {
  const column = findColumn(columns, name);
  if (column === undefined) return null;
  return {
    kind: column.kind,
    cells: Array.from({ length: column.length }, (_, row) => cellText(column, row)),
  };
}
