/**
 * Predict label: one class per node of a type, learned transductively from the labelled training nodes. Messages use
 * every edge; labels of validation and test nodes are read only to judge. Protocol: Yang, Cohen & Salakhutdinov 2016,
 * https://arxiv.org/abs/1603.08861 (public split: the epoch is chosen on validation nodes, test nodes are judged once).
 */
import { bitsetIndices, countBits, hasBit } from '../../core/bitset.ts';
import type { Graph } from '../../core/graph.ts';
import { numEdges, numNodes } from '../../core/graph.ts';
import { buildMessageGraph } from '../../core/messageGraph.ts';
import type { NodeSplit } from '../../core/split.ts';
import { encodeFeatures } from '../features/encodeFeatures.ts';
import { createMaskedCrossEntropy } from '../losses/maskedCrossEntropy.ts';
import {
  argmaxRow,
  classificationMetrics,
  classReports,
  confusionMatrix,
  rowCrossEntropy,
  softmaxRows,
} from '../metrics/classification.ts';
import type { Inference } from '../models/modelTypes.ts';
import type { RunConfig } from '../runTypes.ts';
import { createRunTensors } from '../runTensors.ts';
import { classificationVerdict } from './classificationVerdict.ts';
import { resolveLabels, type ResolvedLabels } from './labels.ts';
import type {
  EpochAssessment,
  PreparedTask,
  SnapshotCodes,
  TaskDescriptor,
  TaskOutcome,
} from './taskTypes.ts';

export const nodeClassification: TaskDescriptor = {
  id: 'node-classification',
  name: 'Predict label',
  summary: 'Learn the class of each node from the nodes whose class is known.',
  needsTarget: true,
  defaultModel: 'gcn',
  headline: 'accuracy',
  prepare,
};

function prepare(graph: Graph, config: RunConfig): PreparedTask {
  const labels = resolveLabels(graph, config);
  const { classes, codes, split, selection, nodeRange } = labels;
  const total = numNodes(graph);
  const numClasses = classes.length;
  const tables = graph.nodeTypes.map((_, index) => ({
    columns: index === labels.typeIndex ? selection.used : [],
    offset: graph.nodeTypePtr[index] as number,
    count: (graph.nodeTypePtr[index + 1] as number) - (graph.nodeTypePtr[index] as number),
  }));
  const features = encodeFeatures(tables, total, split.train);
  const messageGraph = buildMessageGraph(graph, {
    flow: 'both',
    ...(config.edgeWeight === null ? {} : { weightColumn: config.edgeWeight }),
  });
  const tensors = createRunTensors(features, messageGraph);
  const objective = createMaskedCrossEntropy(codes, split.train, numClasses);
  const rows = {
    train: bitsetIndices(split.train),
    val: bitsetIndices(split.val),
    test: bitsetIndices(split.test),
  };
  const counts = { train: rows.train.length, val: rows.val.length, test: rows.test.length };
  const [start, end] = nodeRange;

  return {
    description: {
      taskName: nodeClassification.name,
      classes,
      nodeRange,
      splitName: split.name,
      counts,
      featureWidth: features.width,
      features: features.names,
      leftOut: selection.leftOut,
      warnings: warningsOf(graph, labels),
    },
    baselines: ['majority', 'mlp'],
    estimateBytes: (hidden) =>
      // CSR and transpose of propagation and features (12 bytes an entry each way), activations and gradients.
      24 * (messageGraph.numArcs + total) +
      24 * (features.sparse?.colIndex.length ?? 0) +
      4 * total * features.denseWidth +
      4 * total * (6 * hidden + 6 * numClasses) +
      16 * features.width * hidden,
    createModel: (descriptor, values, breathe) =>
      descriptor.create({
        messageGraph,
        tensors,
        supervision: { objective, numClasses, codes, train: split.train },
        seed: config.seed,
        values,
        breathe,
      }),
    assess: (inference) => assess(requireOutput(inference)),
    snapshot: (inference) => snapshot(requireOutput(inference)),
    judge,
    verdict: (metrics, baselines, descriptor) =>
      classificationVerdict({
        metrics,
        baselines,
        counts,
        modelId: descriptor.id,
        seesEdges: descriptor.uses.structure && messageGraph.numArcs > 0,
      }),
    dispose() {
      tensors.dispose();
      objective.dispose();
    },
  };

  function assess(logits: Float32Array): EpochAssessment {
    let valLoss = 0;
    for (const row of rows.val) valLoss += rowCrossEntropy(logits, row, numClasses, codes[row] as number);
    const hasVal = rows.val.length > 0;
    return {
      trainScore: accuracyOf(logits, rows.train),
      valScore: hasVal ? accuracyOf(logits, rows.val) : null,
      valLoss: hasVal ? valLoss / rows.val.length : null,
    };
  }

  function accuracyOf(logits: Float32Array, members: Int32Array): number {
    let hits = 0;
    for (const row of members) if (argmaxRow(logits, row, numClasses) === codes[row]) hits++;
    return hits / members.length;
  }

  function snapshot(logits: Float32Array): SnapshotCodes {
    const predicted = new Uint16Array(end - start);
    const confidence = new Uint8Array(end - start);
    for (let row = start; row < end; row++) {
      const code = argmaxRow(logits, row, numClasses);
      predicted[row - start] = code;
      confidence[row - start] = Math.round(255 * Math.exp(-rowCrossEntropy(logits, row, numClasses, code)));
    }
    return { codes: predicted, confidence };
  }

  function judge(inference: Inference): TaskOutcome {
    const logits = requireOutput(inference);
    const probabilities = softmaxRows(logits, numClasses);
    const confusion = confusionMatrix(probabilities, codes, rows.test, numClasses);
    const width = inference.embeddingWidth;
    return {
      metrics: {
        train: classificationMetrics(probabilities, codes, rows.train, classes),
        val: classificationMetrics(probabilities, codes, rows.val, classes),
        test: classificationMetrics(probabilities, codes, rows.test, classes),
      },
      confusion,
      perClass: classReports(confusion, classes),
      scores: probabilities.slice(start * numClasses, end * numClasses),
      truth: codes.slice(start, end),
      parts: partCodes(split, start, end),
      embedding: inference.embedding?.slice(start * width, end * width) ?? null,
      embeddingWidth: width,
    };
  }
}

function requireOutput(inference: Inference): Float32Array {
  if (inference.output === null) throw new Error('a classification model returned no output');
  return inference.output;
}

/** 0 none, 1 train, 2 val, 3 test, for nodes [start, end). */
export function partCodes(split: NodeSplit, start: number, end: number): Uint8Array {
  return Uint8Array.from({ length: end - start }, (_, row) => {
    const node = start + row;
    if (hasBit(split.train, node)) return 1;
    if (hasBit(split.val, node)) return 2;
    return hasBit(split.test, node) ? 3 : 0;
  });
}

function warningsOf(graph: Graph, { split, codes, classes, nodeRange }: ResolvedLabels): string[] {
  const warnings: string[] = [];
  if (numEdges(graph) === 0) {
    warnings.push('The graph has no edges, so a graph model sees each node alone.');
  }
  if (countBits(split.val) === 0) {
    warnings.push(
      'There is no validation part: training runs to the last epoch and nothing is tuned on held-out nodes.',
    );
  }
  if (countBits(split.test) === 0) warnings.push('There is no test part, so no test metric can be given.');
  const trained = new Set<number>();
  for (const row of bitsetIndices(split.train)) trained.add(codes[row] as number);
  const unseen = classes.filter((_, code) => !trained.has(code));
  if (unseen.length > 0) {
    warnings.push(
      `No training node has class ${unseen.map((name) => `'${name}'`).join(', ')}; it cannot be predicted.`,
    );
  }
  let unlabelled = 0;
  for (let node = nodeRange[0]; node < nodeRange[1]; node++) if ((codes[node] as number) < 0) unlabelled++;
  if (unlabelled > 0)
    warnings.push(`${unlabelled} nodes have no label; they get a prediction and count in no metric.`);
  return warnings;
}
