/** The bench's one table as text: a Markdown table with its columns aligned, so that it reads in a terminal too. */
import type { Baseline, BenchRow } from './benchRow.ts';

const COLUMNS = ['Work', 'Where', 'Size', 'Median', 'Target', 'Baseline', 'Ratio', 'Peak memory', 'Note'];
/** Of numbers, aligned to the right. */
const MEDIAN_COLUMN = 3;

export function benchTable(rows: readonly BenchRow[]): string {
  const lines = [COLUMNS, ...rows.map(cells)];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const pad = (text: string, column: number): string =>
    column === MEDIAN_COLUMN
      ? text.padStart(widths[column] as number)
      : text.padEnd(widths[column] as number);
  const texts = lines.map((line) => `| ${line.map(pad).join(' | ')} |`);
  const rule = widths.map((width, column) =>
    column === MEDIAN_COLUMN ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2),
  );
  return [texts[0], `|${rule.join('|')}|`, ...texts.slice(1)].join('\n');
}

function cells(row: BenchRow): string[] {
  return [
    row.work,
    row.where,
    row.size,
    row.value ?? (row.ms === null ? '' : timeText(row.ms)),
    row.target ?? '',
    row.baselines.map(baselineText).join('; '),
    row.baselines.map(({ ms }) => (row.ms === null ? '' : `${ratioText(ms / row.ms)} ×`)).join('; '),
    row.peakBytes === null ? '' : `${bytesText(row.peakBytes)} ${row.peakOf}`,
    row.note,
  ];
}

const baselineText = ({ name, ms, isMeasured }: Baseline): string =>
  `${name} ${timeText(ms)}${isMeasured ? '' : ' (recorded)'}`;

/** Ratio baseline / median: above 1 is faster than the baseline. */
const ratioText = (ratio: number): string => ratio.toFixed(ratio < 10 ? 2 : 0);

export function timeText(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return `${ms.toFixed(ms < 10 ? 2 : ms < 100 ? 1 : 0)} ms`;
}

export function bytesText(bytes: number): string {
  const mebibytes = bytes / 2 ** 20;
  if (mebibytes >= 1024) return `${(mebibytes / 1024).toFixed(2)} GiB`;
  return `${mebibytes.toFixed(mebibytes < 10 ? 1 : 0)} MiB`;
}
