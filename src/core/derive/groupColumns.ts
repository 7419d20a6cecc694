/** Which group a node belongs to, as a column: connected component, Louvain and Leiden community. 0 = the largest. */
import { type Graph, numNodes } from '../graph.ts';
import { connectedComponents } from '../graphMetrics/connectedComponents.ts';
import { leiden } from '../graphMetrics/leiden.ts';
import { liveEdges } from '../graphMetrics/liveEdges.ts';
import { louvain, type LouvainInput } from '../graphMetrics/louvain.ts';
import { type ParameterSpec, type ParameterValues, resolveValues, type ValuesOf } from '../parameters.ts';
import { SEED } from './centralityColumns.ts';
import { type DeriveContext, type DerivedColumn, groupColumn } from './derivedColumn.ts';

const COMMUNITY_PARAMETERS = [
  {
    id: 'resolution',
    name: 'Resolution',
    help: 'Above 1: more, smaller communities. Below 1: fewer, larger ones.',
    kind: 'number',
    min: 0.01,
    max: 100,
    step: 0.1,
    scale: 'log',
    default: 1,
  },
  SEED,
] as const satisfies readonly ParameterSpec[];

function communityInput(graph: Graph, values: ParameterValues, context: DeriveContext): LouvainInput {
  const { resolution, seed } = resolveValues(COMMUNITY_PARAMETERS, values) as ValuesOf<
    typeof COMMUNITY_PARAMETERS
  >;
  const { source, target, weight } = liveEdges(graph, context.weightColumn ?? null);
  return { numNodes: numNodes(graph), source, target, weight, resolution, seed };
}

export const componentColumn: DerivedColumn = {
  id: 'component',
  name: 'Connected component',
  columnName: 'component',
  summary: 'Which connected part of the graph each node is in, directions ignored; 0 is the largest.',
  source:
    'Tarjan & van Leeuwen 1984, "Worst-case analysis of set union algorithms", https://doi.org/10.1145/62.2160',
  parameters: [],
  usesEdgeWeight: false,
  async derive(graph, values, context) {
    resolveValues([], values);
    const { source, target } = liveEdges(graph);
    const found = connectedComponents(numNodes(graph), source, target);
    const name = context.columnName ?? 'component';
    return groupColumn(graph, name, found.component, found.numComponents);
  },
};

export const louvainColumn: DerivedColumn = {
  id: 'louvain',
  name: 'Louvain community',
  columnName: 'louvain',
  summary: 'Densely connected groups by greedy modularity; 0 is the largest.',
  source:
    'Blondel et al. 2008, "Fast unfolding of communities in large networks", https://doi.org/10.1088/1742-5468/2008/10/P10008',
  parameters: COMMUNITY_PARAMETERS,
  usesEdgeWeight: true,
  async derive(graph, values, context) {
    const found = louvain(communityInput(graph, values, context));
    const name = context.columnName ?? 'louvain';
    return groupColumn(graph, name, found.community, found.numCommunities);
  },
};

export const leidenColumn: DerivedColumn = {
  id: 'leiden',
  name: 'Leiden community',
  columnName: 'leiden',
  summary: 'Densely connected groups by modularity, each of them connected; 0 is the largest.',
  source:
    'Traag, Waltman & van Eck 2019, "From Louvain to Leiden", https://doi.org/10.1038/s41598-019-41695-z',
  parameters: COMMUNITY_PARAMETERS,
  usesEdgeWeight: true,
  async derive(graph, values, context) {
    const found = await leiden(communityInput(graph, values, context), context);
    return groupColumn(graph, context.columnName ?? 'leiden', found.community, found.numCommunities);
  },
};
