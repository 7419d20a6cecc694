/**
 * Which of the measured backends suits a run, from the epochs of backend.ts: arithmetic and words only, starts nothing.
 * A graphics device costs time per dispatch and saves it per message, so it may lose on a small graph and win on a large
 * one.
 */
import { LARGE_BENCHMARK, SMALL_BENCHMARK, type BenchmarkSize } from './backendBenchmark.ts';
import type { BackendChoice } from './runTypes.ts';

export type Considered = BackendChoice['considered'][number];

/** What an epoch's time is proportional to, beside a fixed part. */
export interface Workload {
  /** Messages passed in one direction: arcs of the message graph, two per undirected edge. */
  readonly numArcs: number;
  readonly hidden: number;
}

const workOf = ({ numArcs, hidden }: Workload): number => numArcs * hidden;

const benchmarkWork = ({ numNodes, arcsPerNode, hiddenChannels }: BenchmarkSize): number =>
  workOf({ numArcs: numNodes * arcsPerNode, hidden: hiddenChannels });

const SMALL_WORK = benchmarkWork(SMALL_BENCHMARK);
const LARGE_WORK = benchmarkWork(LARGE_BENCHMARK);

/**
 * Returns the milliseconds of an epoch expected from what was measured: the line through both epochs, level below the
 * small one; the small one alone without a workload or where the large one was not measured; Infinity when not measured,
 * or when the large one failed and the workload is above the small one.
 */
export function expectedEpochMs(entry: Considered, workload: Workload | null): number {
  const { epochMs, largeEpochMs } = entry;
  if (epochMs === null) return Infinity;
  const beyond = workload === null ? 0 : Math.max(0, workOf(workload) - SMALL_WORK);
  if (beyond === 0 || largeEpochMs === undefined) return epochMs;
  if (largeEpochMs === null) return Infinity;
  const slope = Math.max(0, largeEpochMs - epochMs) / (LARGE_WORK - SMALL_WORK);
  return epochMs + slope * beyond;
}

/** Returns the measured backends, fastest for the workload first; equals in the order given. */
export function ranked(considered: readonly Considered[], workload: Workload | null): Considered[] {
  return considered
    .filter((entry) => entry.epochMs !== null)
    .toSorted((a, b) => {
      const difference = expectedEpochMs(a, workload) - expectedEpochMs(b, workload);
      return Number.isNaN(difference) ? 0 : difference;
    });
}

export const wasMeasuredLarge = (considered: readonly Considered[]): boolean =>
  considered.some((entry) => typeof entry.largeEpochMs === 'number');

/** Returns the sentence that says which measurement decided; empty where there was only one. */
export function measurementUsed(considered: readonly Considered[], workload: Workload | null): string {
  if (!wasMeasuredLarge(considered)) return '';
  if (workload === null) return ' Chosen by the small epoch: the graph is not known yet.';
  const size = `${workload.numArcs.toLocaleString('en')} messages of ${workload.hidden} units`;
  const work = workOf(workload);
  if (work <= SMALL_WORK) return ` Chosen by the small epoch, for ${size}.`;
  if (work >= LARGE_WORK) return ` Chosen by the large epoch, for ${size}.`;
  return ` Chosen between the small and the large epoch, for ${size}.`;
}
