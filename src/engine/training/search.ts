/**
 * Looks for better parameters under a time budget: random draws from the ranges that a model declares, cut short by
 * asynchronous successive halving. Only validation nodes decide; test nodes are never looked at.
 *
 * Each draw trains to the first rung (a ninth of the epochs) and goes on to the next (a third, then all) when it is in
 * the best third of those that reached the rung so far. Going on means resuming its checkpoint, so nothing is trained
 * twice. The first trial is the starting point itself, trained to the end: what is found can be no worse.
 *
 * Sources: Bergstra & Bengio 2012, "Random Search for Hyper-Parameter Optimization"; Li et al. 2020, "A System for
 * Massively Parallel Hyperparameter Tuning" (ASHA), https://arxiv.org/abs/1810.05934.
 * Deterministic in (graph, config, seed) but for how many trials fit into the time.
 */
import { ParameterError } from '../../core/errors.ts';
import type { Graph } from '../../core/graph.ts';
import {
  type NumberSpec,
  type ParameterSpec,
  type ParameterValue,
  type ParameterValues,
  resolveValues,
} from '../../core/parameters.ts';
import { drawKey, drawUniform, STREAM } from '../../core/random.ts';
import { MODELS } from '../models/index.ts';
import { numberOr } from '../models/trainerParameters.ts';
import type { RunConfig } from '../runTypes.ts';
import { TASKS } from '../tasks/index.ts';
import type { RunControlState } from './runControl.ts';
import type { RunSnapshot } from './runSnapshot.ts';
import { trainRun } from './trainRun.ts';

export interface SearchOptions {
  readonly control: RunControlState;
  readonly backend: string;
  readonly budgetMs: number;
  readonly maxTrials?: number;
}

export interface SearchTrial {
  /** 0 = the starting point. */
  readonly index: number;
  readonly parameters: ParameterValues;
  /** Best value of the monitored metric on validation nodes (higher = better); −∞ when training failed. */
  readonly score: number;
  readonly epochs: number;
  /** Share of the epochs it was allowed: 1 = trained to the end. */
  readonly share: number;
  readonly elapsedMs: number;
  /** Why it ended without a score, or null. */
  readonly failure: string | null;
}

export interface SearchResult {
  readonly trials: readonly SearchTrial[];
  readonly best: SearchTrial;
  readonly start: SearchTrial;
}

/** Shares of the epochs at which trials are compared. */
const RUNGS = [1 / 9, 1 / 3, 1] as const;
const PROMOTED_SHARE = 1 / 3;
const DEFAULT_MAX_TRIALS = 10_000;

/** Yields every trial as it ends and returns them all. @throws {ParameterError} nothing to vary or to compare by */
export async function* searchParameters(
  graph: Graph,
  config: RunConfig,
  options: SearchOptions,
): AsyncGenerator<SearchTrial, SearchResult> {
  const specs = MODELS.get(config.model).parameters;
  const space = specs.filter((spec) => spec.search !== undefined);
  if (space.length === 0) {
    throw new ParameterError(`${MODELS.get(config.model).name} has no parameter to search over.`, {
      code: 'search-space',
      remedy: 'Choose a model that is trained, for example GCN.',
      details: { model: config.model },
    });
  }
  const start = resolveValues([...specs, ...TASKS.get(config.task).parameters], config.parameters);
  const deadline = performance.now() + options.budgetMs;
  const reached: number[][] = RUNGS.map(() => []);
  const trials: SearchTrial[] = [];
  const maxTrials = options.maxTrials ?? DEFAULT_MAX_TRIALS;
  for (let index = 0; index < maxTrials && !options.control.isStopping; index++) {
    if (index > 0 && performance.now() >= deadline) break;
    const parameters = index === 0 ? start : { ...start, ...drawParameters(space, config.seed, index) };
    const trial = await runTrial(graph, config, parameters, index, { ...options, deadline, reached });
    if (index === 0 && trial.failure === null && trial.score === -Infinity) {
      throw new ParameterError('A search needs validation nodes to compare trials on.', {
        code: 'search-validation',
        remedy: 'Choose a split with a validation part, for example random:60/20/20.',
        details: { split: config.split },
      });
    }
    trials.push(trial);
    yield trial;
  }
  const best = trials.reduce((found, trial) => (trial.score > found.score ? trial : found));
  return { trials, best, start: trials[0] as SearchTrial };
}

interface TrialOptions extends SearchOptions {
  readonly deadline: number;
  /** Scores of the trials that reached each rung. */
  readonly reached: readonly number[][];
}

async function runTrial(
  graph: Graph,
  config: RunConfig,
  parameters: ParameterValues,
  index: number,
  options: TrialOptions,
): Promise<SearchTrial> {
  const startedAt = performance.now();
  const limit = numberOr(parameters, 'epochs', 1);
  let snapshot: RunSnapshot | undefined;
  let share = 0;
  let failure: string | null = null;
  for (const [rung, rungShare] of RUNGS.entries()) {
    try {
      snapshot = await trainTo(
        graph,
        { ...config, parameters },
        Math.ceil(limit * rungShare),
        snapshot,
        options,
      );
    } catch (error) {
      // A bad draw (too high a rate, too wide for memory) is a result of the search, not its end.
      failure = error instanceof Error ? error.message : String(error);
      break;
    }
    share = rungShare;
    const score = snapshot?.earlyStopping.bestScore ?? -Infinity;
    const others = options.reached[rung] as number[];
    others.push(score);
    const isStart = index === 0;
    if (!isStart && (!isPromoted(score, others) || performance.now() >= options.deadline)) break;
    if (options.control.isStopping) break;
  }
  return {
    index,
    parameters,
    score: failure === null ? (snapshot?.earlyStopping.bestScore ?? -Infinity) : -Infinity,
    epochs: snapshot?.epoch ?? 0,
    share,
    elapsedMs: performance.now() - startedAt,
    failure,
  };
}

/** Trains (on) until the epoch and returns the checkpoint there. */
async function trainTo(
  graph: Graph,
  config: RunConfig,
  epoch: number,
  resumeFrom: RunSnapshot | undefined,
  { control, backend }: SearchOptions,
): Promise<RunSnapshot | undefined> {
  let taken = resumeFrom;
  const run = trainRun(graph, config, {
    control,
    backend,
    snapshotIntervalMs: null,
    stopAfterEpoch: epoch,
    withBaselines: false,
    onCheckpoint: (snapshot) => {
      taken = snapshot;
    },
    ...(resumeFrom === undefined ? {} : { resumeFrom }),
  });
  for await (const event of run) void event;
  return taken;
}

/** In the best third of those that reached the rung, itself included. */
function isPromoted(score: number, others: readonly number[]): boolean {
  const better = others.filter((other) => other > score).length;
  return better < Math.max(1, Math.floor(others.length * PROMOTED_SHARE));
}

/** One draw per parameter, each from a counter of its own. Exported for tests. */
export function drawParameters(
  space: readonly ParameterSpec[],
  seed: number,
  trial: number,
): Record<string, ParameterValue> {
  const key = drawKey(seed, STREAM.search, trial);
  return Object.fromEntries(
    space.map((spec, element) => [spec.id, drawOne(spec, drawUniform(key, element))]),
  );
}

function drawOne(spec: ParameterSpec, uniform: number): ParameterValue {
  switch (spec.kind) {
    case 'boolean':
    case 'choice':
      return pick<ParameterValue>(spec.search ?? [spec.default], uniform);
    case 'number':
    case 'integer':
      return drawNumber(spec, uniform);
    default:
      return spec satisfies never;
  }
}

function drawNumber({ kind, scale, search, default: initial }: NumberSpec, uniform: number): number {
  if (search === undefined) return initial;
  if (!('from' in search)) return pick(search, uniform);
  const { from, to } = search;
  const value = scale === 'log' ? from * (to / from) ** uniform : from + (to - from) * uniform;
  return kind === 'integer' ? Math.round(value) : Number(value.toPrecision(3));
}

function pick<T>(choices: readonly T[], uniform: number): T {
  return choices[Math.min(choices.length - 1, Math.floor(uniform * choices.length))] as T;
}
