/**
 * A trained model on another graph: the same encoding of its columns, the saved weights, one inference. Where the graph
 * has the target's column, the predictions are judged too.
 */
import { countBits, createBitset } from '../../core/bitset.ts';
import { TaskError } from '../../core/errors.ts';
import { type Graph, numNodes } from '../../core/graph.ts';
import { buildMessageGraph } from '../../core/messageGraph.ts';
import type { ParameterValues } from '../../core/parameters.ts';
import type { NodeSplit } from '../../core/split.ts';
import { applyFeatures } from '../features/applyFeatures.ts';
import { createGraphInput, type GraphInput } from '../graphInput.ts';
import { MODELS } from '../models/index.ts';
import type { Inference } from '../models/modelTypes.ts';
import type { ModelState } from '../parameterStore.ts';
import type { RunConfig, RunDescription, RunResult } from '../runTypes.ts';
import { createClassHead } from '../tasks/heads/classHead.ts';
import { type OutputHead, partRows } from '../tasks/heads/headTypes.ts';
import { createLabelHead } from '../tasks/heads/labelHead.ts';
import { createValueHead } from '../tasks/heads/valueHead.ts';
import { TASKS } from '../tasks/index.ts';
import type { NodeTarget } from '../tasks/nodeTarget.ts';
import { partCodes } from '../tasks/partCodes.ts';
import type { TaskArtifact } from '../tasks/taskTypes.ts';
import { judgedNodes, sameRelations, targetOf, typeIndexOf } from './appliedGraph.ts';

/** Everything a finished run leaves that can predict. Plain data but for the tensors. */
export interface TrainedModel {
  readonly config: RunConfig;
  /** Resolved values of model and task. */
  readonly values: ParameterValues;
  readonly artifact: TaskArtifact;
  readonly state: ModelState;
}

export interface Application {
  readonly description: RunDescription;
  readonly result: RunResult;
}

/**
 * Returns the predictions on the graph, with metrics in `test` where its own answers are known.
 * @throws {TaskError} the model learned nothing that another graph can use
 * @throws {ParameterError} the graph lacks a column, node type or relation that the model needs
 */
export async function applyModel(graph: Graph, trained: TrainedModel, backend: string): Promise<Application> {
  assertApplicable(trained);
  const { config, artifact, values } = trained;
  const startedAt = performance.now();
  const typeIndex = typeIndexOf(graph, artifact.nodeType);
  const nodeRange = [
    graph.nodeTypePtr[typeIndex] as number,
    graph.nodeTypePtr[typeIndex + 1] as number,
  ] as const;
  const input = inputFor(graph, trained);
  try {
    const target = targetOf(graph, typeIndex, artifact);
    const split = judgedNodes(target.codes, nodeRange[0], numNodes(graph));
    const head = headFor(artifact, target, split, nodeRange, numNodes(graph));
    const inference = await infer(trained, input, head);
    const outcome = head.judge(inference);
    const { embedding, embeddingWidth: width } = inference;
    const descriptor = MODELS.get(config.model);
    return {
      description: {
        config: { ...config, parameters: values },
        graphVersion: graph.version,
        taskName: TASKS.get(config.task).name,
        modelName: descriptor.name,
        backend,
        outputKind: artifact.outputKind,
        valueRange: head.valueRange,
        classes: artifact.classes,
        nodeRange,
        splitName: split.name,
        counts: { train: 0, val: 0, test: countBits(split.test) },
        featureWidth: input.featureMatrix.width,
        features: input.featureMatrix.names,
        leftOut: [],
        warnings: [],
        numParameters: trained.state.tensors.reduce((sum, tensor) => sum + tensor.values.length, 0),
        epochs: 0,
        memoryEstimateBytes: 0,
        batching: { kind: 'full', reason: 'A trained model is applied to the whole graph at once.' },
      },
      result: {
        ...outcome,
        outcome: 'finished',
        parts: partCodes(split, ...nodeRange),
        embedding: embedding?.slice(nodeRange[0] * width, nodeRange[1] * width) ?? null,
        embeddingWidth: width,
        baselines: [],
        verdict:
          countBits(split.test) === 0
            ? 'The graph has no known answers to judge by.'
            : head.verdict(outcome.metrics, [], descriptor, false),
        bestEpoch: 0,
        epochsRun: 0,
        stoppedEarly: false,
        timing: { firstEpochMs: 0, medianEpochMs: 0, totalMs: performance.now() - startedAt },
      },
    };
  } finally {
    input.dispose();
  }
}

function assertApplicable({ config, artifact }: TrainedModel): void {
  const { id, name, isTransferable = true } = MODELS.get(config.model);
  if (!isTransferable) {
    throw new TaskError(
      `${name} learns from the labels of its own graph, so it cannot be applied to another.`,
      {
        code: 'not-applicable',
        remedy: 'Train it on the second graph, or apply a trained network.',
        details: { model: id },
      },
    );
  }
  if (artifact.features.usesIdentity) {
    throw new TaskError(
      'The model knows the nodes of its own graph one by one (it had no feature columns), so it cannot be applied to others.',
      {
        code: 'not-applicable',
        remedy: 'Train it with feature columns, or with structural features such as degree and random walks.',
        details: { model: id },
      },
    );
  }
}

function inputFor(graph: Graph, { config, artifact }: TrainedModel): GraphInput {
  const messageGraph = sameRelations(
    buildMessageGraph(graph, {
      flow: 'both',
      ...(config.edgeWeight === null ? {} : { weightColumn: config.edgeWeight }),
    }),
    artifact.relationNames,
  );
  const tables = graph.nodeTypes.map((type, index) => ({
    type: graph.nodeTypes.length === 1 ? artifact.nodeType : type.name,
    columns: type.columns,
    offset: graph.nodeTypePtr[index] as number,
    count: (graph.nodeTypePtr[index + 1] as number) - (graph.nodeTypePtr[index] as number),
  }));
  return createGraphInput(
    applyFeatures(artifact.features, tables, numNodes(graph), { messageGraph }),
    messageGraph,
  );
}

async function infer(
  { config, state, values }: TrainedModel,
  input: GraphInput,
  head: OutputHead,
): Promise<Inference> {
  const total = input.messageGraph.numNodes;
  const model = MODELS.get(config.model).create({
    training: input,
    evaluation: input,
    supervision: {
      kind: head.kind,
      numOutputs: head.numOutputs,
      codes: new Int32Array(total).fill(-1),
      targets: null,
      train: createBitset(total),
      objective() {
        throw new Error('a model that is applied has nothing to learn');
      },
    },
    batches: () => null,
    seed: config.seed,
    values,
    breathe: () => Promise.resolve(),
  });
  try {
    model.restore(state);
    return await model.predict(true);
  } finally {
    model.dispose();
  }
}

function headFor(
  artifact: TaskArtifact,
  target: NodeTarget,
  split: NodeSplit,
  nodeRange: readonly [number, number],
  total: number,
): OutputHead {
  const input = { nodeRange, numNodes: total, rows: partRows(split) };
  if (artifact.valueScale !== null) {
    const options = { loss: 'mse', monitor: 'auto', scale: artifact.valueScale } as const;
    return createValueHead(target, split, input, options);
  }
  return artifact.outputKind === 'labels'
    ? createLabelHead(target, split, input, { isBalanced: false, monitor: 'auto' })
    : createClassHead(target, split, input, { isBalanced: false, focalGamma: 0, monitor: 'auto' });
}
