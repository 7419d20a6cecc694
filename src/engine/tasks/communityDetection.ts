/**
 * Find communities: the useful default for a graph without labels. Communities come from Louvain on the structure, the
 * vectors from an embedding model; neither needs a target. Judged by modularity.
 */
import { type Graph, numEdges, numNodes } from '../../core/graph.ts';
import { louvain } from '../../core/graphMetrics/louvain.ts';
import { buildMessageGraph, type MessageGraph } from '../../core/messageGraph.ts';
import { TaskError } from '../../core/errors.ts';
import { createBitset } from '../../core/bitset.ts';
import { encodeFeatures } from '../features/encodeFeatures.ts';
import { numberOr } from '../models/trainerParameters.ts';
import { createGraphInput } from '../graphInput.ts';
import type { Metrics } from '../runTypes.ts';
import type { PreparedTask, TaskDescriptor, TaskInput } from './taskTypes.ts';

export const communityDetection: TaskDescriptor = {
  id: 'community-detection',
  name: 'Find communities',
  summary: 'Group nodes that are densely linked and place them by structure. Needs no labels.',
  needsTarget: false,
  defaultModel: 'deepwalk',
  headline: 'modularity',
  parameters: [],
  prepare,
};

/** Codes travel as 16 bits; the smallest communities beyond share the last code. */
const MAX_CODES = 65_535;

function prepare({ graph, config, values: settings }: TaskInput): PreparedTask {
  if (numEdges(graph) === 0) {
    throw new TaskError('The graph has no edges, so there is no structure to learn from.', {
      code: 'no-edges',
      remedy: 'Open an edge table too, or predict a label from the columns with the MLP.',
    });
  }
  const total = numNodes(graph);
  const messageGraph = buildMessageGraph(graph, {
    flow: 'both',
    ...(config.edgeWeight === null ? {} : { weightColumn: config.edgeWeight }),
  });
  const found = louvain({ numNodes: total, source: graph.source, target: graph.target, seed: config.seed });
  const codes = Uint16Array.from(found.community, (community) => Math.min(community, MAX_CODES));
  const belonging = belongingOf(messageGraph, found.community);
  const classes = Array.from(
    { length: Math.min(found.numCommunities, MAX_CODES + 1) },
    (_, index) => `Community ${index + 1}`,
  );
  const metrics: Metrics = {
    modularity: found.modularity,
    insideRatio: insideRatio(graph, found.community),
    numCommunities: found.numCommunities,
  };
  const input = createGraphInput(encodeFeatures([], total, createBitset(total)), messageGraph);

  return {
    description: {
      taskName: communityDetection.name,
      outputKind: 'communities',
      valueRange: null,
      classes,
      nodeRange: [0, total],
      splitName: 'none',
      counts: { train: 0, val: 0, test: 0 },
      featureWidth: 0,
      features: ['structure only'],
      leftOut: [],
      warnings: [],
      // Two tables of vectors per node.
      memoryEstimateBytes: 8 * messageGraph.numArcs + 8 * total * numberOr(settings, 'hidden', 0),
      batching: { kind: 'full', reason: 'Walks need no batches.' },
    },
    baselines: [],
    createModel: (descriptor, values, breathe) =>
      descriptor.create({
        training: input,
        evaluation: input,
        supervision: null,
        batches: () => null,
        seed: config.seed,
        values,
        breathe,
      }),
    assess: () => ({ trainScore: found.modularity, valScore: null, valLoss: null, monitored: null }),
    snapshot: () => ({ codes: codes.slice(), confidence: belonging.slice() }),
    judge: ({ embedding, embeddingWidth }) => ({
      metrics: { train: metrics, val: {}, test: {} },
      outputKind: 'communities',
      confusion: null,
      perClass: [],
      scores: null,
      truth: null,
      predictedValues: null,
      trueValues: null,
      temperature: null,
      parts: new Uint8Array(total),
      embedding,
      embeddingWidth,
    }),
    artifact: null,
    verdict: () => verdict(found.numCommunities, metrics),
    dispose: () => input.dispose(),
  };
}

function verdict(count: number, { modularity = 0, insideRatio: inside = 0 }: Metrics): string {
  const strength =
    modularity >= 0.3 ? 'clearly separated' : modularity >= 0.15 ? 'weakly separated' : 'hardly separated';
  const found = `${count.toLocaleString('en')} ${count === 1 ? 'community' : 'communities'}`;
  return `${found}, ${strength}: ${(100 * inside).toFixed(1)} % of edges stay inside one (modularity ${modularity.toFixed(2)}).`;
}

function insideRatio(graph: Graph, community: Int32Array): number {
  let inside = 0;
  for (let edge = 0; edge < graph.source.length; edge++) {
    if (community[graph.source[edge] as number] === community[graph.target[edge] as number]) inside++;
  }
  return inside / graph.source.length;
}

/** Share of a node's neighbours in its own community, 0..255; isolated nodes 255. */
function belongingOf(graph: MessageGraph, community: Int32Array): Uint8Array {
  return Uint8Array.from({ length: graph.numNodes }, (_, node) => {
    const start = graph.rowPtr[node] as number;
    const end = graph.rowPtr[node + 1] as number;
    let same = 0;
    for (let arc = start; arc < end; arc++)
      if (community[graph.colIndex[arc] as number] === community[node]) same++;
    return end === start ? 255 : Math.round((255 * same) / (end - start));
  });
}
