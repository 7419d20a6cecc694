/** What can be projected: the hidden layer of the last run, and vector and number columns of the open graph. Pure. */
import { isNumeric } from '../core/columns.ts';
import type { Graph } from '../core/graph.ts';
import type { ProjectionSource } from '../workers/projectionProtocol.ts';
import type { ProjectionSlice } from './projectionTypes.ts';
import type { RunSlice } from './types.ts';

/** What of a run leaves a hidden layer; stays the same while it trains. */
export type EndedRun = Pick<RunSlice, 'result' | 'description'>;

export interface ProjectionSourceChoice {
  readonly id: string;
  readonly name: string;
  /** Null for the hidden layer. */
  readonly choice: { readonly nodeType: string; readonly columns: readonly string[] } | null;
}

export const HIDDEN_LAYER = 'hidden';

/** True when the run was on this very graph and has left a hidden layer. */
export const hasHiddenLayer = (graph: Graph, { result, description }: EndedRun): boolean =>
  result !== null && result.embedding !== null && description?.graphVersion === graph.version;

/** @param graph as the views show it, without hidden columns */
export function projectionSources(graph: Graph, run: EndedRun): readonly ProjectionSourceChoice[] {
  const ofTables = graph.nodeTypes.flatMap(({ name: nodeType, columns }) => {
    const suffix = graph.nodeTypes.length > 1 ? ` of ${nodeType}` : '';
    const vectors = columns.filter(({ kind }) => kind === 'vector');
    const numbers = columns.filter(isNumeric);
    const choices: ProjectionSourceChoice[] = vectors.map(({ name }) => ({
      id: `vector:${nodeType}:${name}`,
      name: `${name}${suffix}`,
      choice: { nodeType, columns: [name] },
    }));
    if (numbers.length === 0) return choices;
    const columnNames = numbers.map(({ name }) => name);
    const name = `${numbers.length === 1 ? columnNames[0] : `${numbers.length} number columns`}${suffix}`;
    return [...choices, { id: `numbers:${nodeType}`, name, choice: { nodeType, columns: columnNames } }];
  });
  if (!hasHiddenLayer(graph, run)) return ofTables;
  return [{ id: HIDDEN_LAYER, name: 'Hidden layer', choice: null }, ...ofTables];
}

/** The chosen source, or the first there is; null when nothing can be projected. */
export function chosenSource(
  sources: readonly ProjectionSourceChoice[],
  { sourceId }: Pick<ProjectionSlice, 'sourceId'>,
): ProjectionSourceChoice | null {
  return sources.find(({ id }) => id === sourceId) ?? sources[0] ?? null;
}

/** What is sent to the worker; null when the hidden layer is gone. Edges stay here: columns are all it reads. */
export function sourceData(
  graph: Graph,
  { result, description }: EndedRun,
  { choice }: ProjectionSourceChoice,
): ProjectionSource | null {
  if (choice !== null) {
    const nothing = new Int32Array(0);
    return {
      kind: 'columns',
      graph: { ...graph, source: nothing, target: nothing, edgeColumns: [] },
      choice,
    };
  }
  if (result === null || result.embedding === null || description === null) return null;
  return {
    kind: 'rows',
    values: result.embedding,
    width: result.embeddingWidth,
    firstNode: description.nodeRange[0],
  };
}
