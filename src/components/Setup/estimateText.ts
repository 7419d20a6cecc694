/** Memory and batches of the next run in a line. Pure. */
import type { RunEstimate } from '../../workers/protocol.ts';
import { formatBytes } from '../format/formatNumber.ts';

const BATCH_WORDS: Readonly<Record<string, string>> = {
  full: 'whole graph at once',
  neighbours: 'sampled neighbours',
  clusters: 'clusters',
};

/** How a run takes the graph: 'whole graph at once'; a kind that has no words yet is shown by its id. */
export const batchingText = ({ kind }: RunEstimate['batching']): string => BATCH_WORDS[kind] ?? kind;

/** Two digits: the estimate is no better. */
const roughBytes = (bytes: number): string => formatBytes(Number(bytes.toPrecision(2)));

/** 'About 310 MB · whole graph at once'; with batches the number would be the whole graph's, so their reason stands. */
export function estimateText({ memoryEstimateBytes, batching }: RunEstimate): string {
  if (batching.kind === 'full') return `About ${roughBytes(memoryEstimateBytes)} · ${batchingText(batching)}`;
  return `In ${batchingText(batching)} · the whole graph would need about ${roughBytes(memoryEstimateBytes)}`;
}
