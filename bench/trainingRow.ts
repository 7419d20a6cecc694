/** One work as rows of the table: in Node, in the browser worker, and beside them what it is held against. */
import { baselinesOf, targetOf } from './baselines.ts';
import { citations } from './benchOptions.ts';
import { type Baseline, reportRow } from './benchRow.ts';
import { timeText } from './benchTable.ts';
import type { BrowserTimes } from './inBrowser.ts';
import { trainInNode } from './nodeTraining.ts';
import type { TrainingTimes } from './trainingTimes.ts';
import { type TrainingWork, workNamed } from './works.ts';

export interface RowOptions {
  /** Absent: Node only. */
  readonly trainInBrowser?: (work: TrainingWork) => Promise<BrowserTimes>;
  /** What else the work is held against, by place. */
  readonly against?: { readonly node: readonly Baseline[]; readonly browser: readonly Baseline[] };
  readonly target?: string;
  readonly note?: (times: TrainingTimes) => string;
}

/** The medians, for rows that are held against this one. */
export interface MeasuredWork {
  readonly nodeMs: number;
  readonly browserMs: number | null;
}

/** Measures the named work everywhere, its baselines right after it, and reports a row each. */
export async function measureTraining(name: string, options: RowOptions = {}): Promise<MeasuredWork> {
  const { trainInBrowser, against, note = evaluationNote } = options;
  const work = workNamed(name);
  const inNode = trainInNode(work);
  const inBrowser = trainInBrowser === undefined ? null : await trainInBrowser(work);
  const baselines = baselinesOf(name);
  const row = { work: work.title, size: sizeText(work, inNode), target: options.target ?? targetOf(name) };
  await reportRow({
    ...row,
    where: 'Node',
    ms: inNode.medianMs,
    baselines: [...baselines, ...(against?.node ?? [])],
    peakBytes: inNode.peakRssBytes,
    peakOf: 'RSS',
    note: note(inNode),
    times: inNode,
  });
  if (inBrowser !== null) {
    await reportRow({
      ...row,
      where: 'browser worker',
      ms: inBrowser.medianMs,
      baselines: [...baselines, ...(against?.browser ?? [])],
      peakBytes: inBrowser.afterLast.heapBytes,
      peakOf: 'heap',
      note: note(inBrowser),
      browser: inBrowser.browser,
      times: inBrowser,
    });
  }
  return { nodeMs: inNode.medianMs, browserMs: inBrowser?.medianMs ?? null };
}

function sizeText(work: TrainingWork, { nodes, edges, features, classes }: TrainingTimes): string {
  const count = (value: number): string => value.toLocaleString('en-GB');
  const size = `${count(nodes)} nodes / ${count(edges)} edges`;
  return work.graph === 'citations'
    ? `${citations.name}, ${size}`
    : `${size}, ${features} features, ${classes} classes`;
}

const evaluationNote = ({ epochs, evaluationMs, threads }: TrainingTimes): string =>
  `${epochs} epochs, ${threads} threads; evaluation ${timeText(evaluationMs)} each`;
