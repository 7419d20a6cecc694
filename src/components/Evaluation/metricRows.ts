/** The rows of the Metrics table: every metric on every part, for the model and its baselines. Pure. */
import type { EngineCatalogue, PartMetrics, RunResult } from '../../engine/runTypes.ts';

type MetricEntry = EngineCatalogue['metrics'][number];
export type Part = keyof PartMetrics;

const PART_WORDS: Record<Part, string> = { test: 'Test', val: 'Validation', train: 'Train' };
/** Test first: it is the number a person looks for. */
const PART_ORDER: readonly Part[] = ['test', 'val', 'train'];

export interface MetricRow {
  readonly part: Part;
  /** 'Test accuracy' */
  readonly name: string;
  readonly help: string;
  readonly isRatio: boolean;
  /** One value per column; undefined = not defined there. */
  readonly values: readonly (number | undefined)[];
  /** Columns with the best value; none on the train part, which tells memory, not skill, and none when all are equal. */
  readonly best: readonly number[];
}

/**
 * Returns the rows in catalogue order within each part; a metric nobody has on a part is left out, and one that the
 * catalogue does not know is shown by its key.
 */
export function metricRows(
  result: Pick<RunResult, 'metrics' | 'baselines'>,
  catalogue: readonly MetricEntry[],
): readonly MetricRow[] {
  const columns = [result.metrics, ...result.baselines.map((baseline) => baseline.metrics)];
  const keys = new Set(catalogue.map((metric) => metric.key));
  for (const part of PART_ORDER) for (const key of Object.keys(result.metrics[part])) keys.add(key);
  return PART_ORDER.flatMap((part) =>
    [...keys].flatMap((key) => {
      const values = columns.map((metrics) => metrics[part][key]);
      if (values.every((value) => value === undefined)) return [];
      const entry = catalogue.find((metric) => metric.key === key);
      return [
        {
          part,
          name: `${PART_WORDS[part]} ${withinSentence(entry?.name ?? key)}`,
          help: entry?.help ?? '',
          isRatio: entry?.isRatio ?? false,
          values,
          best: part === 'train' || entry === undefined ? [] : bestColumns(values, entry.higherIsBetter),
        },
      ];
    }),
  );
}

/** 'Accuracy' → 'accuracy', 'Macro F1' → 'macro F1'; 'MRR', 'R²' and 'F1' keep their capital. */
export function withinSentence(name: string): string {
  return /^\p{Lu}\p{Ll}/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

function bestColumns(values: readonly (number | undefined)[], higherIsBetter: boolean): readonly number[] {
  const known = values.filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  if (new Set(known).size < 2) return [];
  const best = higherIsBetter ? Math.max(...known) : Math.min(...known);
  return values.flatMap((value, column) => (value === best ? [column] : []));
}
