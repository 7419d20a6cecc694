/** Which points the embedding view shows: the live principal components, or the latest picture of the chosen method. */
import type { Graph } from '../../core/graph.ts';
import type { RunDescription } from '../../engine/runTypes.ts';
import { LIVE_PCA, type ProjectionResult } from '../../state/projectionTypes.ts';
import type { WorkbenchState } from '../../state/types.ts';
import { descriptionFor } from '../palette/predictions.ts';

export interface ShownPoints {
  /** Changes where another kind of picture takes the place of the one before. */
  readonly key: string;
  /** [n] global nodes, ascending. */
  readonly nodes: Int32Array;
  /** [2 n], y upwards. */
  readonly coordinates: Float32Array;
}

type Shown = Pick<WorkbenchState, 'projection' | 'run'>;

/** The picture of the chosen method, once it has points; null for live PCA. */
export function shownProjection(graph: Graph, { projection }: Shown): ProjectionResult | null {
  const result = projection.results[projection.method] ?? null;
  return result !== null && result.coordinates !== null && result.space.graphVersion === graph.version
    ? result
    : null;
}

/** Until the chosen method has a first frame, the principal components of the run; null when there are none either. */
export function shownPoints(graph: Graph, state: Shown): ShownPoints | null {
  const result = shownProjection(graph, state);
  if (result !== null && result.coordinates !== null) {
    return { key: result.method, nodes: result.space.nodes, coordinates: result.coordinates };
  }
  const description = descriptionFor(graph, state.run);
  const coordinates = state.run.snapshot?.coordinates ?? null;
  if (description === null || coordinates === null) return null;
  return { key: LIVE_PCA, nodes: nodesOf(description), coordinates };
}

const nodeLists = new WeakMap<RunDescription, Int32Array>();

function nodesOf(description: RunDescription): Int32Array {
  const known = nodeLists.get(description);
  if (known !== undefined) return known;
  const [start, end] = description.nodeRange;
  const nodes = Int32Array.from({ length: end - start }, (_, row) => start + row);
  nodeLists.set(description, nodes);
  return nodes;
}
