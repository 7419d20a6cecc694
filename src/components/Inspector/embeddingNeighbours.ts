/** The nodes that lie nearest to one in the space the embedding view shows, and which of them the graph links to it. Pure. */
import { type Graph, isEdgeDeleted, numEdges } from '../../core/graph.ts';
import { nearestTo } from '../../core/nearestTo.ts';
import { indexOfSorted } from '../../core/sortedIndex.ts';
import { type EndedRun, HIDDEN_LAYER, hasHiddenLayer } from '../../state/projectionSources.ts';
import type { ProjectedSpace } from '../../state/projectionTypes.ts';
import { MAX_SCANNED_EDGES } from './nodeFacts.ts';

const LAYER_NAME = 'the hidden layer';
const MAX_NEAREST = 15;
/** Values of the hidden layer compared while a person waits: about a tenth of a second. */
const MAX_COMPARED = 5e7;

export interface EmbeddingNeighbours {
  /** 'the hidden layer', or the columns. */
  readonly space: string;
  /** Nearest first, at most 15. */
  readonly nodes: readonly number[];
  /** Per node: an edge joins it to the inspected one. Null where the graph is too large to look. */
  readonly isLinked: readonly boolean[] | null;
}

/**
 * Returns the nearest nodes in the projected space, else in the hidden layer of the finished run; null without either, or
 * when the node is in neither. O(E), and O(n · width) for the hidden layer.
 */
export function embeddingNeighbours(
  graph: Graph,
  node: number,
  projected: ProjectedSpace | null,
  run: EndedRun,
): EmbeddingNeighbours | null {
  const found = projected === null ? inHiddenLayer(graph, node, run) : inProjection(node, projected);
  if (found === null || found.nodes.length === 0) return null;
  return { ...found, isLinked: linkedTo(graph, node, found.nodes) };
}

type Nearest = Omit<EmbeddingNeighbours, 'isLinked'>;

function inProjection(
  node: number,
  { nodes, neighbours, k, sourceId, sourceName }: ProjectedSpace,
): Nearest | null {
  const point = indexOfSorted(nodes, node);
  if (point < 0) return null;
  const listed = [...neighbours.subarray(point * k, (point + 1) * k)].filter((other) => other >= 0);
  return {
    space: sourceId === HIDDEN_LAYER ? LAYER_NAME : sourceName,
    nodes: listed.map((other) => nodes[other] as number),
  };
}

function inHiddenLayer(graph: Graph, node: number, run: EndedRun): Nearest | null {
  const { result, description } = run;
  const embedding = result?.embedding ?? null;
  if (!hasHiddenLayer(graph, run) || result === null || embedding === null || description === null)
    return null;
  const [start, end] = description.nodeRange;
  if (node < start || node >= end || embedding.length > MAX_COMPARED) return null;
  const rows = nearestTo(embedding, result.embeddingWidth, node - start, MAX_NEAREST);
  return { space: LAYER_NAME, nodes: [...rows].map((row) => start + row) };
}

function linkedTo(graph: Graph, node: number, others: readonly number[]): boolean[] | null {
  if (numEdges(graph) > MAX_SCANNED_EDGES) return null;
  const { source, target } = graph;
  const linked = others.map(() => false);
  for (let edge = 0; edge < source.length; edge++) {
    const isSource = source[edge] === node;
    if ((!isSource && target[edge] !== node) || isEdgeDeleted(graph, edge)) continue;
    const at = others.indexOf((isSource ? target[edge] : source[edge]) as number);
    if (at >= 0) linked[at] = true;
  }
  return linked;
}
