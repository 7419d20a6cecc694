/** Importance and density as columns: PageRank, betweenness, core number, clustering coefficient. */
import type { Graph } from '../graph.ts';
import { betweenness } from '../graphMetrics/betweenness.ts';
import { clusteringCoefficients } from '../graphMetrics/clusteringCoefficients.ts';
import { coreNumbers } from '../graphMetrics/coreNumbers.ts';
import { pageRank } from '../graphMetrics/pageRank.ts';
import { type SimpleAdjacency, simpleAdjacency } from '../graphMetrics/simpleAdjacency.ts';
import { buildMessageGraph } from '../messageGraph.ts';
import { type ParameterSpec, resolveValues, type ValuesOf } from '../parameters.ts';
import { type DerivedColumn, numberColumn } from './derivedColumn.ts';

const FOLLOWS_DIRECTION = {
  id: 'followDirection',
  name: 'Follow direction',
  help: 'Walk directed edges only from source to target. Off: both ways.',
  kind: 'boolean',
  default: true,
} as const satisfies ParameterSpec;

export const SEED = {
  id: 'seed',
  name: 'Seed',
  help: 'Start of the random draws; the same seed gives the same values.',
  kind: 'integer',
  min: 0,
  max: 2 ** 31 - 1,
  step: 1,
  default: 0,
  isAdvanced: true,
} as const satisfies ParameterSpec;

const undirectedNeighbours = (graph: Graph): SimpleAdjacency =>
  simpleAdjacency(buildMessageGraph(graph, { flow: 'both' }));

const PAGERANK_PARAMETERS = [
  {
    id: 'damping',
    name: 'Damping',
    help: 'Chance of following an edge instead of jumping to any node. 0.85 is the usual choice.',
    kind: 'number',
    min: 0,
    max: 0.999,
    step: 0.05,
    default: 0.85,
  },
  FOLLOWS_DIRECTION,
  {
    id: 'tolerance',
    name: 'Tolerance',
    help: 'Stop when the ranks change by less than this per node.',
    kind: 'number',
    min: 1e-15,
    max: 0.01,
    step: 1e-6,
    scale: 'log',
    default: 1e-9,
    isAdvanced: true,
  },
  {
    id: 'maxIterations',
    name: 'Iterations',
    help: 'Give up when the ranks still move after so many.',
    kind: 'integer',
    min: 1,
    max: 100_000,
    step: 100,
    default: 1000,
    isAdvanced: true,
  },
] as const satisfies readonly ParameterSpec[];

export const pageRankColumn: DerivedColumn = {
  id: 'pagerank',
  name: 'PageRank',
  columnName: 'pagerank',
  summary: 'Share of time a random surfer spends at each node; all nodes together have 1.',
  source:
    'Page, Brin, Motwani & Winograd 1999, "The PageRank Citation Ranking", http://ilpubs.stanford.edu:8090/422/',
  parameters: PAGERANK_PARAMETERS,
  usesEdgeWeight: true,
  async derive(graph, values, context) {
    const options = resolveValues(PAGERANK_PARAMETERS, values) as ValuesOf<typeof PAGERANK_PARAMETERS>;
    const { weightColumn = null } = context;
    const messages = buildMessageGraph(graph, {
      flow: options.followDirection ? 'forward' : 'both',
      ...(weightColumn === null ? {} : { weightColumn }),
    });
    const { rank } = await pageRank(messages, { ...options, exclude: graph.deletedNodes }, context);
    return numberColumn(graph, context.columnName ?? 'pagerank', rank);
  },
};

const BETWEENNESS_PARAMETERS = [
  { ...FOLLOWS_DIRECTION, default: false },
  {
    id: 'maxPivots',
    name: 'Start nodes',
    help: 'Paths are followed from all nodes when the graph has at most so many, else from so many drawn at random.',
    kind: 'integer',
    min: 1,
    max: 1_000_000,
    step: 100,
    default: 1000,
  },
  SEED,
] as const satisfies readonly ParameterSpec[];

export const betweennessColumn: DerivedColumn = {
  id: 'betweenness',
  name: 'Betweenness',
  columnName: 'betweenness',
  summary:
    'Share of shortest paths between other nodes that run through each node; estimated on large graphs.',
  source:
    'Brandes 2001, "A faster algorithm for betweenness centrality", https://doi.org/10.1080/0022250X.2001.9990249',
  parameters: BETWEENNESS_PARAMETERS,
  usesEdgeWeight: false,
  async derive(graph, values, context) {
    const options = resolveValues(BETWEENNESS_PARAMETERS, values) as ValuesOf<typeof BETWEENNESS_PARAMETERS>;
    const flow = options.followDirection ? 'forward' : 'both';
    const adjacency = simpleAdjacency(buildMessageGraph(graph, { flow }));
    const { centrality } = await betweenness(adjacency, { ...options, exclude: graph.deletedNodes }, context);
    return numberColumn(graph, context.columnName ?? 'betweenness', centrality);
  },
};

export const coreNumberColumn: DerivedColumn = {
  id: 'core-number',
  name: 'Core number',
  columnName: 'core_number',
  summary: 'Largest k such that the node is in a part of the graph where every node has k neighbours.',
  source:
    'Batagelj & Zaveršnik 2003, "An O(m) Algorithm for Cores Decomposition of Networks", https://arxiv.org/abs/cs/0310049',
  parameters: [],
  usesEdgeWeight: false,
  async derive(graph, values, context) {
    resolveValues([], values);
    const core = coreNumbers(undirectedNeighbours(graph));
    return numberColumn(graph, context.columnName ?? 'core_number', core);
  },
};

export const clusteringColumn: DerivedColumn = {
  id: 'clustering-coefficient',
  name: 'Clustering coefficient',
  columnName: 'clustering',
  summary: 'Share of pairs of neighbours that are neighbours of each other; directions do not count.',
  source:
    'Watts & Strogatz 1998, "Collective dynamics of \'small-world\' networks", https://doi.org/10.1038/30918',
  parameters: [],
  usesEdgeWeight: false,
  async derive(graph, values, context) {
    resolveValues([], values);
    const { coefficient } = await clusteringCoefficients(undirectedNeighbours(graph), context);
    return numberColumn(graph, context.columnName ?? 'clustering', coefficient);
  },
};
