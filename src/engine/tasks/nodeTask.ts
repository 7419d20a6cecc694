/**
 * What every task on nodes does: features, message graph, split and mini-batches from a graph and a configuration; the
 * head says what is predicted and how it is judged. Labels of validation and test nodes are read only to judge. Protocol:
 * Yang, Cohen & Salakhutdinov 2016, https://arxiv.org/abs/1603.08861 (the epoch is chosen on validation nodes, test
 * nodes are judged once).
 */
import { type Bitset, countBits, createBitset, hasBit, setBit } from '../../core/bitset.ts';
import type { Column } from '../../core/columns.ts';
import { ParameterError } from '../../core/errors.ts';
import { type Graph, numEdges, numNodes } from '../../core/graph.ts';
import { buildMessageGraph, type MessageGraph } from '../../core/messageGraph.ts';
import type { NodeSplit } from '../../core/split.ts';
import { applyFeatures } from '../features/applyFeatures.ts';
import type { FeatureOptions } from '../features/featureOptions.ts';
import { featureOptionsFrom } from '../features/featureParameters.ts';
import type { FeatureMatrix, FeatureTable } from '../features/featureTypes.ts';
import { fitAndApplyFeatures } from '../features/fitFeatures.ts';
import type { FittedFeatures } from '../features/fittedFeatures.ts';
import {
  type FeatureSelection,
  selectFeatures,
  selectFeaturesForNumbers,
} from '../features/selectFeatures.ts';
import { createGraphInput, type GraphInput } from '../graphInput.ts';
import { assertFits, chooseBatching, estimateBytes } from '../memoryEstimate.ts';
import type { Inference, RunShape, Supervision } from '../models/modelTypes.ts';
import { choiceValue, isOn, numberOr } from '../models/trainerParameters.ts';
import { createBatchSource } from '../samplers/batchSource.ts';
import { type HeadInput, type OutputHead, partRows } from './heads/headTypes.ts';
import type { ValueScale } from './heads/valueHead.ts';
import { type NodeTarget, type ResolvedNodes, resolveNodes } from './nodeTarget.ts';
import type { PreparedTask, TaskDescriptor, TaskInput } from './taskTypes.ts';

export interface NodeTaskParts {
  readonly task: Pick<TaskDescriptor, 'name'>;
  readonly wanted: 'label' | 'value';
  createHead(target: NodeTarget, split: NodeSplit, input: HeadInput): OutputHead;
  valueScale?(head: OutputHead): ValueScale;
}

export function prepareNodeTask(input: TaskInput, parts: NodeTaskParts): PreparedTask {
  const { graph, config, values, descriptor } = input;
  const resolved = resolveNodes(graph, config, parts.wanted);
  const { nodeRange, target, split, typeIndex } = resolved;
  const [start, end] = nodeRange;
  const rows = partRows(split);
  const head = parts.createHead(target, split, { nodeRange, numNodes: numNodes(graph), rows });
  const data = prepareData(input, resolved);
  const shape: RunShape = { ...data.shape, numOutputs: head.numOutputs };
  const estimate = estimateBytes(descriptor, shape, values);
  const batching = chooseBatching({
    requested: choiceValue(values, 'batching', 'auto'),
    estimate,
    budgetBytes: input.budgetBytes,
    descriptor,
  });
  if (batching.kind === 'full') assertFits(estimate, input.budgetBytes, descriptor);
  const supervision: Supervision = {
    kind: head.kind,
    numOutputs: head.numOutputs,
    codes: head.codes,
    targets: head.targets,
    train: split.train,
    objective: head.objective,
  };

  return {
    description: {
      taskName: parts.task.name,
      outputKind: head.kind,
      valueRange: head.valueRange,
      classes: target.classes,
      nodeRange,
      splitName: split.name,
      counts: { train: rows.train.length, val: rows.val.length, test: rows.test.length },
      featureWidth: data.features.width,
      features: data.features.names,
      leftOut: data.leftOut,
      warnings: [...warningsOf(graph, resolved), ...data.warnings],
      memoryEstimateBytes: estimate.total,
      batching,
    },
    baselines: head.baselines,
    createModel(model, modelValues, breathe) {
      if (model.outputs !== undefined && !model.outputs.includes(head.kind)) {
        throw new ParameterError(`${model.name} cannot predict ${OUTPUT_WORDS[head.kind]}.`, {
          code: 'model-output',
          remedy: 'Choose another model.',
          details: { model: model.id, output: head.kind },
        });
      }
      return model.create({
        training: data.training,
        evaluation: data.evaluation,
        supervision,
        batches: (numGraphLayers) =>
          batching.kind === 'full' || model !== descriptor
            ? null
            : createBatchSource({
                kind: batching.kind,
                batchSize: numberOr(values, 'batchSize', 512),
                fanOut: numberOr(values, 'fanOut', 10),
                numGraphLayers,
                training: data.training,
                supervision,
                seed: config.seed,
              }),
        seed: config.seed,
        values: modelValues,
        breathe,
      });
    },
    assess: (inference) => head.assess(requireOutput(inference)),
    snapshot: (inference) => head.snapshot(requireOutput(inference)),
    judge(inference) {
      requireOutput(inference);
      const { embedding, embeddingWidth: width } = inference;
      return {
        ...head.judge(inference),
        parts: partCodes(split, start, end),
        embedding: embedding?.slice(start * width, end * width) ?? null,
        embeddingWidth: width,
      };
    },
    verdict: (metrics, baselines, model) =>
      head.verdict(
        metrics,
        baselines,
        model,
        model.uses.structure && data.evaluation.messageGraph.numArcs > 0,
      ),
    artifact: {
      outputKind: head.kind,
      target: target.name,
      nodeType: (graph.nodeTypes[typeIndex] as Graph['nodeTypes'][number]).name,
      classes: target.classes,
      features: data.fitted,
      valueScale: parts.valueScale?.(head) ?? null,
      relationNames: data.evaluation.messageGraph.relationNames,
    },
    dispose() {
      data.training.dispose();
      if (data.evaluation !== data.training) data.evaluation.dispose();
    },
  };
}

const OUTPUT_WORDS = { classes: 'one class of several', labels: 'several labels', value: 'numbers' } as const;

interface NodeData {
  readonly training: GraphInput;
  readonly evaluation: GraphInput;
  readonly features: FeatureMatrix;
  readonly fitted: FittedFeatures;
  readonly leftOut: FeatureSelection['leftOut'];
  readonly warnings: readonly string[];
  readonly shape: Omit<RunShape, 'numOutputs'>;
}

function prepareData({ graph, config, values }: TaskInput, resolved: ResolvedNodes): NodeData {
  const { split } = resolved;
  const options = {
    ...featureOptionsFrom(values),
    identity: graph.nodeTypes.length > 1 ? ('featureless-types' as const) : ('when-empty' as const),
    seed: config.seed,
  };
  const { tables, leftOut } = featureTables(graph, config.features, resolved, options);
  const weight = config.edgeWeight === null ? {} : { weightColumn: config.edgeWeight };
  const messageGraph = buildMessageGraph(graph, { flow: 'both', ...weight });
  const isInductive = isOn(values, 'inductive');
  const trainGraph = isInductive
    ? buildMessageGraph(graph, { flow: 'both', ...weight, exclude: heldOutEdges(graph, split) })
    : messageGraph;
  const total = numNodes(graph);
  const { fitted, features } = fitAndApplyFeatures(tables, total, split.train, options, {
    messageGraph: trainGraph,
  });
  const training = createGraphInput(features, trainGraph);
  // What is seen of the structure differs between the two graphs, and so do features made of it.
  const evaluation = isInductive
    ? createGraphInput(
        fitted.structural === null ? features : applyFeatures(fitted, tables, total, { messageGraph }),
        messageGraph,
      )
    : training;
  return {
    training,
    evaluation,
    features,
    fitted,
    leftOut,
    warnings:
      isInductive && features.usesIdentity
        ? [
            'Nodes without features are told apart by identity, which an inductive run cannot learn for unseen nodes.',
          ]
        : [],
    shape: shapeOf(messageGraph, features),
  };
}

function shapeOf(messageGraph: MessageGraph, features: FeatureMatrix): Omit<RunShape, 'numOutputs'> {
  return {
    numNodes: messageGraph.numNodes,
    numArcs: messageGraph.numArcs,
    sparseEntries: features.sparse?.colIndex.length ?? 0,
    featureWidth: features.width,
    denseWidth: features.denseWidth,
    numRelations: messageGraph.numRelations,
  };
}

/** Columns of every node type; the names that a person picked are those of the predicted type. */
function featureTables(
  graph: Graph,
  chosen: 'auto' | readonly string[],
  { typeIndex, target }: ResolvedNodes,
  options: FeatureOptions,
): { tables: FeatureTable[]; leftOut: FeatureSelection['leftOut'] } {
  const leftOut: FeatureSelection['leftOut'][number][] = [];
  const tables = graph.nodeTypes.map((type, index) => {
    const offset = graph.nodeTypePtr[index] as number;
    const isTarget = index === typeIndex;
    const selection = isTarget
      ? selectFor(target, type.columns, chosen, options)
      : selectFeatures(type.columns, null, null, chosen === 'auto' ? 'auto' : [], options);
    leftOut.push(
      ...selection.leftOut.map(({ name, reason }) => ({
        name: isTarget ? name : `${type.name}.${name}`,
        reason,
      })),
    );
    return {
      type: type.name,
      columns: selection.used,
      offset,
      count: (graph.nodeTypePtr[index + 1] as number) - offset,
    };
  });
  return { tables, leftOut };
}

function selectFor(
  target: NodeTarget,
  columns: readonly Column[],
  chosen: 'auto' | readonly string[],
  options: FeatureOptions,
): FeatureSelection {
  if (target.kind === 'value')
    return selectFeaturesForNumbers(columns, target.name, target.values as Float32Array, chosen, options);
  if (target.kind === 'classes') return selectFeatures(columns, target.name, target.codes, chosen, options);
  const others = columns.filter(({ name }) => !target.columns.includes(name));
  return selectFeatures(others, target.name, null, chosen, options);
}

/** Edges with an end in validation or test: an inductive run learns as if these nodes did not exist yet. */
function heldOutEdges(graph: Graph, { val, test }: NodeSplit): Bitset {
  const edges = createBitset(numEdges(graph));
  const isHeldOut = (node: number): boolean => hasBit(val, node) || hasBit(test, node);
  for (let edge = 0; edge < graph.source.length; edge++) {
    if (isHeldOut(graph.source[edge] as number) || isHeldOut(graph.target[edge] as number))
      setBit(edges, edge);
  }
  return edges;
}

function requireOutput(inference: Inference): Float32Array {
  if (inference.output === null) throw new Error('a supervised model returned no output');
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

function warningsOf(graph: Graph, { split, target, nodeRange }: ResolvedNodes): string[] {
  const warnings: string[] = [...split.notes];
  if (numEdges(graph) === 0) {
    warnings.push('The graph has no edges, so a graph model sees each node alone.');
  }
  if (countBits(split.val) === 0) {
    warnings.push(
      'There is no validation part: training runs to the last epoch and nothing is tuned on held-out nodes.',
    );
  }
  if (countBits(split.test) === 0) warnings.push('There is no test part, so no test metric can be given.');
  if (target.kind === 'classes') {
    const trained = new Set<number>();
    target.codes.forEach((code, row) => {
      if (hasBit(split.train, nodeRange[0] + row)) trained.add(code);
    });
    const unseen = target.classes.filter((_, code) => !trained.has(code));
    if (unseen.length > 0) {
      warnings.push(
        `No training node has class ${unseen.map((name) => `'${name}'`).join(', ')}; it cannot be predicted.`,
      );
    }
  }
  const unlabelled = target.codes.filter((code) => code < 0).length;
  if (unlabelled > 0)
    warnings.push(
      `${unlabelled} nodes have no ${target.kind === 'value' ? 'value' : 'label'}; they get a prediction and count in no metric.`,
    );
  return warnings;
}
