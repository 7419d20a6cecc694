/**
 * What a column holds, in a dozen numbers: bars of a tiny histogram, how many cells are missing, one line of words.
 * Pure; the caller decides when (idle time) and for how many rows it is worth the main thread.
 */
import { cellText, type Column, isNumeric, isValid } from '../../core/columns.ts';
import { formatCount, formatPercent, formatQuantity, formatValue } from '../format/formatNumber.ts';

/** A million cells take about 10 ms; above it only the kind is told. */
export const MAX_SUMMARY_ROWS = 200_000;
const NUM_BINS = 16;
const MAX_CATEGORY_BARS = 12;
/** Counting different values stops here: beyond it they are as good as all different. */
export const MAX_DISTINCT = 10_000;

export interface SummaryBar {
  readonly count: number;
  /** What the bar stands for: a category, or a range of values. */
  readonly label: string;
}

export interface ColumnSummary {
  readonly bars: readonly SummaryBar[];
  readonly missing: number;
  /** Different values among the cells that are there, `MAX_DISTINCT` or more as that; null for vectors and sparse rows. */
  readonly distinct: number | null;
  /** '7 classes', '0.1 to 4.2', '1.3 % set', … */
  readonly text: string;
}

/** Returns the summary of a column. O(rows) or, for sparse and vector columns, O(1). */
export function summariseColumn(column: Column): ColumnSummary {
  const missing = countMissing(column);
  const distinct = countDistinct(column);
  const summary = (text: string, bars: readonly SummaryBar[] = []): ColumnSummary => ({
    bars,
    missing,
    distinct,
    text,
  });
  if (isNumeric(column)) return { missing, distinct, ...numberBars(column, column.values, formatValue) };
  switch (column.kind) {
    case 'date':
      return {
        missing,
        distinct,
        ...numberBars(column, column.values, (time) => new Date(time).toISOString().slice(0, 10)),
      };
    case 'category':
      return summary(
        formatQuantity(column.dictionary.length, 'value'),
        codeBars(column, column.codes, column.dictionary),
      );
    case 'bool':
      return summary('true or false', codeBars(column, column.values, ['false', 'true']));
    case 'text':
      return summary('text');
    case 'vector':
      return summary(`${formatCount(column.width)} values a row`);
    case 'sparse': {
      const cells = column.length * column.width;
      const share = cells === 0 ? 0 : column.colIndex.length / cells;
      return summary(`${formatCount(column.width)} wide, ${formatPercent(share)} set`);
    }
    default:
      return column satisfies never;
  }
}

function countMissing(column: Column): number {
  if (column.validity === null) return 0;
  let missing = 0;
  for (let row = 0; row < column.length; row++) if (!isValid(column, row)) missing++;
  return missing;
}

function countDistinct(column: Column): number | null {
  if (column.kind === 'vector' || column.kind === 'sparse') return null;
  const seen = new Set<number | string>();
  const valueAt = distinctReader(column);
  for (let row = 0; row < column.length && seen.size < MAX_DISTINCT; row++) {
    if (isValid(column, row)) seen.add(valueAt(row));
  }
  return seen.size;
}

function distinctReader(
  column: Exclude<Column, { kind: 'vector' | 'sparse' }>,
): (row: number) => number | string {
  if (column.kind === 'text') return (row) => cellText(column, row);
  const values = column.kind === 'category' ? column.codes : column.values;
  return (row) => values[row] as number;
}

/** The most frequent values first; the rest share a last bar. */
function codeBars(column: Column, codes: ArrayLike<number>, names: readonly string[]): readonly SummaryBar[] {
  const counts = new Int32Array(names.length);
  for (let row = 0; row < column.length; row++) {
    if (isValid(column, row)) counts[codes[row] as number] = (counts[codes[row] as number] as number) + 1;
  }
  const bars = names.map((label, code) => ({ label, count: counts[code] as number }));
  if (bars.length <= MAX_CATEGORY_BARS) return bars;
  bars.sort((a, b) => b.count - a.count);
  const rest = bars.slice(MAX_CATEGORY_BARS - 1);
  return [
    ...bars.slice(0, MAX_CATEGORY_BARS - 1),
    { label: `${rest.length} others`, count: rest.reduce((sum, bar) => sum + bar.count, 0) },
  ];
}

function numberBars(
  column: Column,
  values: ArrayLike<number>,
  word: (value: number) => string,
): Pick<ColumnSummary, 'bars' | 'text'> {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < column.length; row++) {
    const value = values[row] as number;
    if (!isValid(column, row) || !Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) return { bars: [], text: 'no values' };
  if (min === max) return { bars: [], text: `always ${word(min)}` };
  const counts = new Int32Array(NUM_BINS);
  const scale = NUM_BINS / (max - min);
  for (let row = 0; row < column.length; row++) {
    const value = values[row] as number;
    if (!isValid(column, row) || !Number.isFinite(value)) continue;
    // The largest value belongs to the last bin, not to one beyond it.
    const bin = Math.min(NUM_BINS - 1, Math.floor((value - min) * scale));
    counts[bin] = (counts[bin] as number) + 1;
  }
  const edge = (bin: number): string => word(min + bin / scale);
  return {
    bars: Array.from(counts, (count, bin) => ({ count, label: `${edge(bin)} to ${edge(bin + 1)}` })),
    text: `${word(min)} to ${word(max)}`,
  };
}
