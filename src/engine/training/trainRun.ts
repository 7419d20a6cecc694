/**
 * One training run as an async generator of typed events: started, an epoch at a time, snapshots at most 15 a second,
 * finished. It owns the loop, early stopping, baselines and disposal; the task owns data and judgement, the model the
 * step. Failures are thrown; the caller (worker service, headless runner) turns them into words.
 */
import { memory } from '@tensorflow/tfjs-core';
import { ParameterError } from '../../core/errors.ts';
import type { Graph } from '../../core/graph.ts';
import { type ParameterValues, resolveValues } from '../../core/parameters.ts';
import { MODELS } from '../models/index.ts';
import type { Model } from '../models/modelTypes.ts';
import type { ModelState } from '../parameterStore.ts';
import type { BaselineResult, EpochEvent, RunConfig, RunEvent, RunResult } from '../runTypes.ts';
import { TASKS } from '../tasks/index.ts';
import type { PreparedTask } from '../tasks/taskTypes.ts';
import { BASELINE_STAGE, trainBaseline } from './trainBaseline.ts';
import { assertFinite, epochLimit, pauseUntilResumed } from './epochGuards.ts';
import { createEarlyStopping, type EarlyStoppingState } from './earlyStopping.ts';
import { createBreather } from '../../core/macrotask.ts';
import type { RunControlState } from './runControl.ts';

/** Everything needed to go on with a run later: a checkpoint. */
export interface RunSnapshot {
  readonly config: RunConfig;
  readonly graphVersion: string;
  readonly epoch: number;
  readonly learningRate: number;
  readonly model: ModelState;
  readonly bestModel: ModelState;
  readonly earlyStopping: EarlyStoppingState;
}

export interface TrainRunOptions {
  readonly control: RunControlState;
  readonly backend: string;
  /** Snapshots for the views; the headless runner wants none. */
  readonly snapshotIntervalMs: number | null;
  readonly resumeFrom?: RunSnapshot;
  /** Receives a checkpoint after the last epoch, before the best parameters are put back. */
  readonly onCheckpoint?: (snapshot: RunSnapshot) => void;
  /** Sends checkpoints while training too, at most this often: what a lost device leaves to go on from. */
  readonly checkpointIntervalMs?: number;
  /** Receives the parameters the result was computed with. */
  readonly onModel?: (state: ModelState) => void;
  /** Throws when the device reported an error since the last look (GPU code cannot throw). */
  readonly checkDevice?: () => void;
}

/**
 * @throws {ParameterError | TaskError} the configuration does not fit the data; before anything is allocated
 * @throws {DivergedError} a loss is not finite
 * Deterministic in (graph, config) on one backend. Tensor count is flat across epochs; all are disposed at the end,
 * also after stop or failure.
 */
export async function* trainRun(
  graph: Graph,
  config: RunConfig,
  options: TrainRunOptions,
): AsyncGenerator<RunEvent, void> {
  const task = TASKS.get(config.task);
  const descriptor = MODELS.get(config.model);
  if (!descriptor.tasks.includes(task.id)) {
    throw new ParameterError(`${descriptor.name} cannot serve the task ${task.name}.`, {
      code: 'model-task',
      remedy: `Choose one of: ${MODELS.all
        .filter((model) => model.tasks.includes(task.id))
        .map((model) => model.id)
        .join(', ')}.`,
      details: { task: task.id, model: descriptor.id },
    });
  }
  const values = resolveValues(descriptor.parameters, config.parameters);
  const numTensorsBefore = memory().numTensors;
  const prepared = task.prepare(graph, config);
  const breathe = createBreather();
  let model: Model | null = null;
  try {
    model = prepared.createModel(descriptor, values, breathe);
    yield {
      kind: 'started',
      run: {
        ...prepared.description,
        config: { ...config, parameters: values },
        graphVersion: graph.version,
        modelName: descriptor.name,
        backend: options.backend,
        numParameters: model.numParameters,
        epochs: epochLimit(values),
        memoryEstimateBytes: prepared.estimateBytes(typeof values.hidden === 'number' ? values.hidden : 0),
      },
    };
    const trained = yield* trainModel(graph, config, prepared, model, values, options, breathe);
    const inference = await model.predict(true);
    options.checkDevice?.();
    const outcome = prepared.judge(inference);
    options.onModel?.(await model.state());
    model.dispose();
    model = null;
    const baselines: BaselineResult[] = [];
    if (trained.outcome === 'finished') {
      yield { kind: 'status', status: 'running', stage: BASELINE_STAGE };
      for (const id of prepared.baselines) {
        if (id === descriptor.id || options.control.isStopping) continue;
        const baseline = yield* trainBaseline(MODELS.get(id), prepared, options.control, breathe);
        if (baseline !== null) baselines.push(baseline);
      }
    }
    const result: RunResult = {
      ...outcome,
      outcome: trained.outcome,
      baselines,
      verdict: prepared.verdict(outcome.metrics, baselines, descriptor),
      bestEpoch: trained.bestEpoch,
      epochsRun: trained.epochsRun,
      stoppedEarly: trained.stoppedEarly,
      timing: trained.timing,
    };
    yield { kind: 'finished', result };
  } finally {
    model?.dispose();
    prepared.dispose();
  }
  const leaked = memory().numTensors - numTensorsBefore;
  if (leaked > 0) throw new Error(`run left ${leaked} tensors behind`);
}

interface TrainedModel {
  readonly outcome: 'finished' | 'stopped';
  readonly bestEpoch: number;
  readonly epochsRun: number;
  readonly stoppedEarly: boolean;
  readonly timing: RunResult['timing'];
}

async function* trainModel(
  graph: Graph,
  config: RunConfig,
  prepared: PreparedTask,
  model: Model,
  values: ParameterValues,
  options: TrainRunOptions,
  breathe: () => Promise<void>,
): AsyncGenerator<RunEvent, TrainedModel> {
  const { control, resumeFrom, snapshotIntervalMs } = options;
  const stopping = createEarlyStopping(typeof values.patience === 'number' ? values.patience : 0);
  const limit = epochLimit(values);
  let learningRate = typeof values.learningRate === 'number' ? values.learningRate : 0;
  let epoch = 0;
  if (resumeFrom !== undefined) {
    model.restore(resumeFrom.bestModel);
    model.keepBest();
    model.restore(resumeFrom.model);
    ({ epoch, learningRate } = resumeFrom);
    stopping.state = resumeFrom.earlyStopping;
  }
  const startedAt = performance.now();
  const epochTimes: number[] = [];
  let lastSnapshotAt = -Infinity;
  let lastCheckpointAt = startedAt;
  let stoppedEarly = false;

  while (epoch < limit && !control.isStopping) {
    if (control.isPaused) yield* pauseUntilResumed(control, 'Training');
    if (control.isStopping) break;
    learningRate = control.takeLearningRate() ?? learningRate;
    epoch++;
    const before = performance.now();
    const loss = await model.step(epoch, learningRate);
    const trainMs = performance.now() - before;
    assertFinite(loss, epoch, learningRate);
    const isSnapshotDue =
      snapshotIntervalMs !== null &&
      (before - lastSnapshotAt >= snapshotIntervalMs || epoch === limit || control.isPaused);
    const inference = await model.predict(isSnapshotDue);
    options.checkDevice?.();
    const assessment = prepared.assess(inference);
    if (stopping.observe(epoch, assessment.valScore, assessment.valLoss)) {
      // Without a validation part the last epoch is the best: nothing to remember.
      if (assessment.valScore !== null) model.keepBest();
    }
    epochTimes.push(trainMs);
    const event: EpochEvent = {
      kind: 'epoch',
      epoch,
      loss,
      valLoss: assessment.valLoss,
      trainScore: assessment.trainScore,
      valScore: assessment.valScore,
      trainMs,
      evalMs: performance.now() - before - trainMs,
      learningRate,
      bestEpoch: stopping.state.bestEpoch,
    };
    yield event;
    if (isSnapshotDue) {
      lastSnapshotAt = before;
      const { embedding, embeddingWidth } = inference;
      yield {
        kind: 'snapshot',
        epoch,
        ...prepared.snapshot(inference),
        ...coveredEmbedding(prepared, embedding, embeddingWidth),
      };
    }
    if (stopping.isExhausted) {
      stoppedEarly = true;
      break;
    }
    const { onCheckpoint, checkpointIntervalMs = Infinity } = options;
    if (onCheckpoint !== undefined && performance.now() - lastCheckpointAt >= checkpointIntervalMs) {
      onCheckpoint(await checkpoint());
      lastCheckpointAt = performance.now();
    }
    await breathe();
  }
  if (options.onCheckpoint !== undefined) options.onCheckpoint(await checkpoint());
  model.restoreBest();
  return {
    outcome: control.isStopping ? 'stopped' : 'finished',
    bestEpoch: stopping.state.bestEpoch,
    epochsRun: epoch,
    stoppedEarly,
    timing: {
      firstEpochMs: epochTimes[0] ?? 0,
      medianEpochMs: median(epochTimes),
      totalMs: performance.now() - startedAt,
    },
  };

  async function checkpoint(): Promise<RunSnapshot> {
    const current = await model.state();
    model.restoreBest();
    const bestModel = await model.state();
    model.restore(current);
    return {
      config,
      graphVersion: graph.version,
      epoch,
      learningRate,
      model: current,
      bestModel,
      earlyStopping: stopping.state,
    };
  }
}

function coveredEmbedding(prepared: PreparedTask, embedding: Float32Array | null, width: number) {
  const [start, end] = prepared.description.nodeRange;
  return { embedding: embedding?.slice(start * width, end * width) ?? null, embeddingWidth: width };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
