/** What can be said of a graph without looking at its columns. */
import { countBits } from '../bitset.ts';
import { type Graph, isDirected, isNodeDeleted, numNodes } from '../graph.ts';
import { connectedComponents } from '../graphMetrics/connectedComponents.ts';
import {
  degreeAssortativity,
  degreeDistribution,
  density,
  undirectedDegrees,
} from '../graphMetrics/degreeDistribution.ts';
import type { LiveEdges } from '../graphMetrics/liveEdges.ts';
import { groupBy } from '../sparseMatrix.ts';
import type { StructureSummary } from './summaryTypes.ts';

/** Returns the summary of what is not deleted. @param edges of the same graph; O(N + E). */
export function summariseStructure(graph: Graph, edges: LiveEdges): StructureSummary {
  const nodes = numNodes(graph);
  const { source, target } = edges;
  const numDeleted = graph.deletedNodes === null ? 0 : countBits(graph.deletedNodes);
  const live = nodes - numDeleted;
  const allDegrees = undirectedDegrees(nodes, source, target);
  const degree = numDeleted === 0 ? allDegrees : allDegrees.filter((_, node) => !isNodeDeleted(graph, node));
  const { numComponents, sizes } = connectedComponents(nodes, source, target);
  let numSelfLoops = 0;
  source.forEach((node, edge) => {
    if (node === target[edge]) numSelfLoops++;
  });
  return {
    numNodes: live,
    numEdges: source.length,
    nodeTypes: graph.nodeTypes.map(({ name }, type) => ({ name, numNodes: liveNodesOfType(graph, type) })),
    edgeTypes: edgeTypes(graph, edges),
    numIsolated: degree.reduce((count, value) => count + (value === 0 ? 1 : 0), 0),
    // A deleted node has no live edge, so each was counted as a component of its own.
    numComponents: numComponents - numDeleted,
    largestComponentRatio: live === 0 ? 0 : (sizes[0] as number) / live,
    degrees: degreeDistribution(degree),
    density: density(live, source.length, isDirected(graph)),
    degreeAssortativity: degreeAssortativity(nodes, source, target),
    numSelfLoops,
    numParallelEdges: countParallelEdges(graph, edges),
  };
}

function liveNodesOfType(graph: Graph, type: number): number {
  const start = graph.nodeTypePtr[type] as number;
  const end = graph.nodeTypePtr[type + 1] as number;
  if (graph.deletedNodes === null) return end - start;
  let live = 0;
  for (let node = start; node < end; node++) if (!isNodeDeleted(graph, node)) live++;
  return live;
}

function edgeTypes(graph: Graph, edges: LiveEdges): StructureSummary['edgeTypes'] {
  const { relation, sourceType, targetType, directed } = graph.edgeTypes;
  const nameOf = (type: number | undefined): string => graph.nodeTypes[type as number]?.name ?? '';
  const counts = new Int32Array(graph.edgeTypes.length);
  forEachWithType(graph, edges, (_, type) => {
    counts[type] = (counts[type] as number) + 1;
  });
  return relation.map((name, type) => ({
    relation: name,
    sourceType: nameOf(sourceType[type]),
    targetType: nameOf(targetType[type]),
    directed: directed[type] === 1,
    numEdges: counts[type] as number,
  }));
}

/** Rows ascend and edges are sorted by type, so the type only ever moves on. */
function forEachWithType(graph: Graph, edges: LiveEdges, visit: (edge: number, type: number) => void): void {
  let type = 0;
  for (let edge = 0; edge < edges.row.length; edge++) {
    while ((graph.edgeTypePtr[type + 1] as number) <= (edges.row[edge] as number)) type++;
    visit(edge, type);
  }
}

/** Grouping by one end is stable, so that within a node the edges stand by type: one mark per (node, type) is enough. */
function countParallelEdges(graph: Graph, edges: LiveEdges): number {
  const nodes = numNodes(graph);
  const from = new Int32Array(edges.row.length);
  const to = new Int32Array(edges.row.length);
  const typeOf = new Int32Array(edges.row.length);
  forEachWithType(graph, edges, (edge, type) => {
    const source = edges.source[edge] as number;
    const target = edges.target[edge] as number;
    const isTurned = graph.edgeTypes.directed[type] !== 1 && source > target;
    from[edge] = isTurned ? target : source;
    to[edge] = isTurned ? source : target;
    typeOf[edge] = type;
  });
  const { perm } = groupBy(from, nodes);
  const seenIn = new Int32Array(nodes).fill(-1);
  let run = -1;
  let previous = -1;
  let parallel = 0;
  for (const edge of perm) {
    const isSameRun = previous >= 0 && from[edge] === from[previous] && typeOf[edge] === typeOf[previous];
    if (!isSameRun) run++;
    previous = edge;
    const other = to[edge] as number;
    if (seenIn[other] === run) parallel++;
    seenIn[other] = run;
  }
  return parallel;
}
