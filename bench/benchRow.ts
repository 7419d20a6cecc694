/** One line of the bench's table, and how a bench hands it to the reporter that prints them all. */
import { test } from '@playwright/test';
import type { TrainingTimes } from './trainingTimes.ts';

export interface Baseline {
  readonly name: string;
  readonly ms: number;
  /** In this run, on this machine; else on the machine of the recorded baselines. */
  readonly isMeasured: boolean;
}

export interface BenchRow {
  readonly work: string;
  readonly where: 'Node' | 'browser worker' | 'page';
  readonly size: string;
  /** Median; null where the row counts something else, which `value` then says. */
  readonly ms: number | null;
  readonly value?: string;
  /** Architecture, section 9: '≤ 1.5 ms'. */
  readonly target: string | null;
  readonly baselines: readonly Baseline[];
  readonly peakBytes: number | null;
  /** What the peak is of. */
  readonly peakOf: 'RSS' | 'heap' | null;
  readonly note: string;
  /** Name and version, for rows measured in one. */
  readonly browser: string | null;
  /** Everything measured, for machines. */
  readonly times: TrainingTimes | null;
}

export const ROW = 'bench-row';
/** Lines of text below the table. */
export const NOTE = 'bench-note';

export async function reportRow(
  row: Pick<BenchRow, 'work' | 'where' | 'size'> & Partial<BenchRow>,
): Promise<void> {
  const whole: BenchRow = {
    ms: null,
    target: null,
    baselines: [],
    peakBytes: null,
    peakOf: null,
    note: '',
    browser: null,
    times: null,
    ...row,
  };
  await test.info().attach(ROW, { body: JSON.stringify(whole), contentType: 'application/json' });
}

export async function reportNote(text: string): Promise<void> {
  await test.info().attach(NOTE, { body: text, contentType: 'text/plain' });
}
