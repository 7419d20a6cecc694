/**
 * Mini-batches of a node-level run: draws nodes and what they must see, uploads both, and gives the loss over them. How a
 * step is taken is `models/gradientModel.ts`; whether to batch at all is `memoryEstimate.ts`.
 */
import { hasBit } from '../../core/bitset.ts';
import type { MessageBlock } from '../../core/messageGraph.ts';
import { inducedBlock } from '../../core/transforms/inducedBlock.ts';
import type { FeatureMatrix } from '../features/featureTypes.ts';
import { createGraphTensors, type GraphInput, type ModelInput, uploadFeatures } from '../graphInput.ts';
import type { BatchSource, Supervision, TrainingBatch } from '../models/modelTypes.ts';
import { neighbourKey, planClusters, planTrainingNodes } from './epochPlan.ts';
import { createNeighbourSampler } from './neighbourSampler.ts';
import { selectFeatureRows } from './selectFeatureRows.ts';

export interface BatchOptions {
  readonly kind: 'neighbours' | 'clusters';
  /** Nodes of a step: training nodes with neighbours, all nodes with clusters. */
  readonly batchSize: number;
  /** Most neighbours of a node in each layer; clusters keep all that are in the batch. */
  readonly fanOut: number;
  /** Message-passing layers of the model; 0 = it reads the nodes' own features alone. */
  readonly numGraphLayers: number;
  readonly training: GraphInput;
  readonly supervision: Supervision;
  readonly seed: number;
}

/** What one batch reads, before any of it is on the device. */
interface BatchData {
  /** Global indices of the rows of the features. */
  readonly nodes: Int32Array;
  /** Global indices of the rows of the output. */
  readonly outputNodes: Int32Array;
  /** One per message-passing layer, or one for all of them. */
  readonly blocks: readonly MessageBlock[];
  readonly isSymmetric: boolean;
}

/**
 * Returns the batches of a run. Every training node is in exactly one batch of an epoch, and no batch is without one; their
 * order is drawn anew each epoch. A model without message passing gets the rows of training nodes and no arcs.
 * Deterministic in (seed, epoch, index). A batch costs what it samples, whatever the size of the graph, except that with
 * sparse features the transpose of its rows takes O(width).
 */
export function createBatchSource(options: BatchOptions): BatchSource {
  const { training, supervision } = options;
  const { batchesPerEpoch, draw } = drawing(options);
  return {
    batchesPerEpoch,
    batch: (epoch, index) => uploadBatch(draw(epoch, index), training.featureMatrix, supervision),
  };
}

interface Drawing {
  readonly batchesPerEpoch: number;
  draw(epoch: number, index: number): BatchData;
}

function drawing(options: BatchOptions): Drawing {
  if (options.numGraphLayers === 0) return drawRows(options);
  return options.kind === 'clusters' ? drawClusters(options) : drawNeighbours(options);
}

function drawRows({ supervision, batchSize, seed }: BatchOptions): Drawing {
  const plan = planTrainingNodes(supervision.train, batchSize, seed);
  return {
    batchesPerEpoch: plan.batchesPerEpoch,
    draw(epoch, index) {
      const nodes = plan.nodes(epoch, index);
      return { nodes, outputNodes: nodes, blocks: [blockWithoutArcs(nodes.length)], isSymmetric: true };
    },
  };
}

function drawNeighbours(options: BatchOptions): Drawing {
  const { training, supervision, batchSize, fanOut, numGraphLayers, seed } = options;
  const plan = planTrainingNodes(supervision.train, batchSize, seed);
  const sampler = createNeighbourSampler(training.messageGraph);
  const fanOuts = Array<number>(numGraphLayers).fill(fanOut);
  return {
    batchesPerEpoch: plan.batchesPerEpoch,
    draw(epoch, index) {
      const outputNodes = plan.nodes(epoch, index);
      const { blocks, nodes } = sampler.sample(outputNodes, fanOuts, neighbourKey(seed, epoch, index));
      return { nodes, outputNodes, blocks, isSymmetric: false };
    },
  };
}

function drawClusters({ training, supervision, batchSize, seed }: BatchOptions): Drawing {
  const { messageGraph } = training;
  const plan = planClusters(messageGraph, supervision.train, batchSize, seed);
  const scratch = new Int32Array(messageGraph.numNodes).fill(-1);
  return {
    batchesPerEpoch: plan.batchesPerEpoch,
    draw(epoch, index) {
      const nodes = plan.nodes(epoch, index);
      const block = inducedBlock(messageGraph, nodes, scratch);
      return { nodes, outputNodes: nodes, blocks: [block], isSymmetric: messageGraph.isSymmetric };
    },
  };
}

function blockWithoutArcs(numNodes: number): MessageBlock {
  return {
    numReceivers: numNodes,
    numSenders: numNodes,
    numArcs: 0,
    rowPtr: new Int32Array(numNodes + 1),
    colIndex: new Int32Array(0),
    relation: null,
    numRelations: 1,
    weight: null,
  };
}

function uploadBatch(data: BatchData, matrix: FeatureMatrix, supervision: Supervision): TrainingBatch {
  const features = uploadFeatures(selectFeatureRows(matrix, data.nodes));
  const graphs = data.blocks.map((block) => createGraphTensors(block, data.isSymmetric));
  const input: ModelInput = {
    features: () => features,
    graph: (layer) => graphs[Math.min(layer, graphs.length - 1)] as (typeof graphs)[number],
  };
  const objective = supervision.objective(data.outputNodes);
  let numTrainNodes = 0;
  for (const node of data.outputNodes) if (hasBit(supervision.train, node)) numTrainNodes++;
  return {
    input,
    objective,
    numTrainNodes,
    dispose() {
      features.dispose();
      for (const graph of graphs) graph.dispose();
      objective.dispose();
    },
  };
}
