/**
 * What every task on nodes does: features, message graph, split and mini-batches from a graph and a configuration; the
 * head says what is predicted and how it is judged. Labels of validation and test nodes are read only to judge. Protocol:
 * Yang, Cohen & Salakhutdinov 2016, https://arxiv.org/abs/1603.08861 (the epoch is chosen on validation nodes, test
 * nodes are judged once).
 */
import { ParameterError } from '../../core/errors.ts';
import { type Graph, numNodes } from '../../core/graph.ts';
import type { NodeSplit } from '../../core/split.ts';
import { assertFits, chooseBatching, estimateBytes } from '../memoryEstimate.ts';
import type { Inference, RunShape, Supervision } from '../models/modelTypes.ts';
import { choiceValue, numberOr } from '../models/trainerParameters.ts';
import { createBatchSource } from '../samplers/batchSource.ts';
import { type HeadInput, type OutputHead, partRows } from './heads/headTypes.ts';
import { prepareData } from './nodeData.ts';
import { type NodeTarget, resolveNodes } from './nodeTarget.ts';
import { warningsOf } from './nodeWarnings.ts';
import { partCodes } from './partCodes.ts';
import type { PreparedTask, TaskDescriptor, TaskInput, ValueScale } from './taskTypes.ts';

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

function requireOutput(inference: Inference): Float32Array {
  if (inference.output === null) throw new Error('a supervised model returned no output');
  return inference.output;
}
