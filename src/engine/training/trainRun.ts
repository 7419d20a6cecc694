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
import { DEFAULT_MEMORY_BUDGET_BYTES } from '../memoryEstimate.ts';
import type { AttentionWeights, Inference, Model } from '../models/modelTypes.ts';
import { choiceValue, numberOr } from '../models/trainerParameters.ts';
import type { ModelState } from '../parameterStore.ts';
import type { BaselineResult, EpochEvent, RunConfig, RunEvent, RunResult } from '../runTypes.ts';
import { TASKS } from '../tasks/index.ts';
import type { PreparedTask, TaskArtifact } from '../tasks/taskTypes.ts';
import { BASELINE_STAGE, trainBaseline } from './trainBaseline.ts';
import { assertFinite, epochLimit, pauseUntilResumed } from './epochGuards.ts';
import { createEarlyStopping } from './earlyStopping.ts';
import { createBreather } from '../../core/macrotask.ts';
import type { RunControlState } from './runControl.ts';
import { type RunSnapshot, withoutMoments } from './runSnapshot.ts';
import { createSchedule } from './schedule.ts';

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
  /** Receives the parameters the result was computed with, and what else another graph needs to be predicted. */
  readonly onModel?: (state: ModelState, artifact: TaskArtifact | null) => void;
  /** Receives what the last layer listened to, where the model attends. */
  readonly onAttention?: (weights: AttentionWeights) => void;
  /** Ends after this epoch as if it were the last; schedules go on as planned for the whole run. */
  readonly stopAfterEpoch?: number;
  /** Trains the baselines too, for comparison; default true. */
  readonly withBaselines?: boolean;
  /** Bytes a run may take on the device; default: what fits into a WebAssembly heap. */
  readonly memoryBudgetBytes?: number;
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
  const values = resolveValues([...descriptor.parameters, ...task.parameters], config.parameters);
  const numTensorsBefore = memory().numTensors;
  const prepared = task.prepare({
    graph,
    config,
    values,
    descriptor,
    budgetBytes: options.memoryBudgetBytes ?? DEFAULT_MEMORY_BUDGET_BYTES,
  });
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
      },
    };
    const trained = yield* trainModel(graph, config, prepared, model, values, options, breathe);
    const outcome = prepared.judge(await finalInference(model));
    options.checkDevice?.();
    options.onModel?.(await model.state(), prepared.artifact);
    if (options.onAttention !== undefined) {
      const weights = await model.attention?.();
      if (weights) options.onAttention(weights);
    }
    model.dispose();
    model = null;
    const baselines: BaselineResult[] = [];
    if (trained.outcome === 'finished' && options.withBaselines !== false) {
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
  const patience = numberOr(values, 'patience', 0);
  const stopping = createEarlyStopping(patience);
  const limit = epochLimit(values);
  const schedule = createSchedule(choiceValue(values, 'schedule', 'constant'), limit, patience);
  let learningRate = numberOr(values, 'learningRate', 0);
  let epoch = 0;
  if (resumeFrom !== undefined) {
    model.restore(resumeFrom.bestModel);
    model.keepBest();
    model.restore(resumeFrom.model);
    ({ epoch, learningRate } = resumeFrom);
    stopping.state = resumeFrom.earlyStopping;
    schedule.state = resumeFrom.schedule;
  }
  const startedAt = performance.now();
  const epochTimes: number[] = [];
  let lastSnapshotAt = -Infinity;
  let lastCheckpointAt = startedAt;
  let stoppedEarly = false;

  const end = Math.min(limit, options.stopAfterEpoch ?? limit);
  while (epoch < end && !control.isStopping && !stopping.isExhausted) {
    if (control.isPaused) yield* pauseUntilResumed(control, 'Training');
    if (control.isStopping) break;
    learningRate = control.takeLearningRate() ?? learningRate;
    epoch++;
    const before = performance.now();
    const rate = learningRate * schedule.factor(epoch);
    const loss = await model.step(epoch, rate);
    const trainMs = performance.now() - before;
    if (!Number.isFinite(loss)) await keepLastGood();
    assertFinite(loss, epoch, rate);
    const isSnapshotDue =
      snapshotIntervalMs !== null &&
      (before - lastSnapshotAt >= snapshotIntervalMs || epoch === end || control.isPaused);
    const inference = await model.predict(isSnapshotDue);
    options.checkDevice?.();
    const assessment = prepared.assess(inference);
    schedule.observe(assessment.monitored);
    if (stopping.observe(epoch, assessment.monitored, assessment.valLoss)) {
      // Without a validation part the last epoch is the best: nothing to remember.
      if (assessment.monitored !== null) model.keepBest();
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
      learningRate: rate,
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
      schedule: schedule.state,
    };
  }

  /** After a loss that is no number only the best epoch's parameters are known to be sound. */
  async function keepLastGood(): Promise<void> {
    const { bestEpoch, bestScore } = stopping.state;
    if (options.onCheckpoint === undefined || bestEpoch === 0 || bestScore === -Infinity) return;
    model.restoreBest();
    const state = withoutMoments(await model.state());
    options.onCheckpoint({
      config,
      graphVersion: graph.version,
      epoch: bestEpoch,
      learningRate,
      model: state,
      bestModel: state,
      earlyStopping: stopping.state,
      schedule: schedule.state,
    });
  }
}

/** The best parameters' output, with embedding, after what the model does once at the end. */
async function finalInference(model: Model): Promise<Inference> {
  const inference = await model.predict(true);
  return model.refine === undefined ? inference : model.refine(inference);
}

function coveredEmbedding(prepared: PreparedTask, embedding: Float32Array | null, width: number) {
  const [start, end] = prepared.description.nodeRange;
  return { embedding: embedding?.slice(start * width, end * width) ?? null, embeddingWidth: width };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
