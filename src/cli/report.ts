/** The one JSON object on stdout's last line: schema 1 of the headless runner (architecture, section 8). */
import { numEdges, numNodes, type Graph } from '../core/graph.ts';
import type { BackendChoice, PartMetrics, RunDescription, RunResult } from '../engine/runTypes.ts';
import type { SearchResult } from '../engine/training/search.ts';

export interface FinishedRun {
  readonly seed: number;
  readonly description: RunDescription;
  readonly result: RunResult;
}

export interface ReportInput {
  readonly graph: Graph;
  readonly choice: Pick<BackendChoice, 'backend' | 'threads'>;
  readonly runs: readonly FinishedRun[];
  readonly isSeedList: boolean;
  readonly loadMs: number;
  readonly peakRssBytes: number;
  readonly search?: SearchResult;
}

const round = (value: number): number => Number(value.toPrecision(6));

function roundMetrics(metrics: PartMetrics): PartMetrics {
  const part = (values: PartMetrics['train']) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, round(value)]));
  return { train: part(metrics.train), val: part(metrics.val), test: part(metrics.test) };
}

/** Mean and sample standard deviation of every metric over the runs that have it. */
export function aggregate(runs: readonly PartMetrics[]): { mean: PartMetrics; sd: PartMetrics } {
  const over = (pick: (values: readonly number[]) => number): PartMetrics => {
    const part = (name: keyof PartMetrics) => {
      const keys = new Set(runs.flatMap((run) => Object.keys(run[name])));
      return Object.fromEntries(
        [...keys].map((key) => [
          key,
          round(pick(runs.map((run) => run[name][key]).filter((value) => value !== undefined))),
        ]),
      );
    };
    return { train: part('train'), val: part('val'), test: part('test') };
  };
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    mean: over(mean),
    sd: over((values) => {
      if (values.length < 2) return 0;
      const center = mean(values);
      return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1));
    }),
  };
}

/** Scores are of the monitored metric on validation nodes. */
function searchReport({ trials, start, best }: SearchResult): Record<string, unknown> {
  return {
    trials: trials.length,
    failed: trials.filter((trial) => trial.failure !== null).length,
    startScore: round(start.score),
    bestScore: round(best.score),
    bestTrial: best.index,
    parameters: best.parameters,
  };
}

export function buildReport({
  graph,
  choice,
  runs,
  isSeedList,
  loadMs,
  peakRssBytes,
  search,
}: ReportInput): Record<string, unknown> {
  const first = runs[0] as FinishedRun;
  const { description, result } = first;
  const timing = {
    firstEpochMs: round(result.timing.firstEpochMs),
    medianEpochMs: round(result.timing.medianEpochMs),
    totalMs: round(result.timing.totalMs),
    loadMs: round(loadMs),
  };
  const several = aggregate(runs.map((run) => run.result.metrics));
  return {
    schemaVersion: 1,
    task: description.config.task,
    model: description.config.model,
    backend: choice.backend,
    threads: choice.threads,
    seed: first.seed,
    epochs: result.epochsRun,
    bestEpoch: result.bestEpoch,
    metrics: roundMetrics(result.metrics),
    baselines: Object.fromEntries(result.baselines.map(({ id, metrics }) => [id, roundMetrics(metrics)])),
    verdict: result.verdict,
    timing,
    memory: { peakRssMB: round(peakRssBytes / 1024 ** 2) },
    data: {
      name: graph.name,
      version: graph.version,
      nodes: numNodes(graph),
      edges: numEdges(graph),
      nodeTypes: graph.nodeTypes.map((type) => type.name),
      edgeTypes: graph.edgeTypes.length,
      classes: description.classes.length,
      features: description.featureWidth,
      split: { name: description.splitName, ...description.counts },
      leftOut: description.leftOut,
      warnings: description.warnings,
    },
    config: description.config,
    ...(result.temperature === null ? {} : { temperature: round(result.temperature) }),
    ...(search === undefined ? {} : { search: searchReport(search) }),
    ...(isSeedList
      ? {
          runs: runs.map((run) => ({
            seed: run.seed,
            epochs: run.result.epochsRun,
            bestEpoch: run.result.bestEpoch,
            metrics: roundMetrics(run.result.metrics),
          })),
          ...several,
        }
      : {}),
  };
}
