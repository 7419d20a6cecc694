/** The table `Metrics`: one row per metric and part, one column for the model and one per baseline. */
import { useMemo } from 'react';
import type { RunDescription, RunResult } from '../../engine/runTypes.ts';
import { formatMetric, formatQuantity } from '../format/formatNumber.ts';
import { useStore } from '../useStore.ts';
import classes from './Evaluation.module.css';
import { type MetricRow, metricRows, type Part } from './metricRows.ts';

/** Test first: it is the number a person looks for. */
const PARTS: readonly { readonly part: Part; readonly meaning: string }[] = [
  { part: 'test', meaning: 'it has never seen' },
  { part: 'val', meaning: 'that chose the best epoch' },
  { part: 'train', meaning: 'it learned from' },
];

interface MetricsTableProps {
  readonly result: RunResult;
  readonly description: RunDescription;
}

export function MetricsTable({ result, description }: MetricsTableProps) {
  const catalogue = useStore((state) => state.catalogue.engine?.metrics ?? null);
  const rows = useMemo(() => metricRows(result, catalogue ?? []), [result, catalogue]);
  return (
    <div className={classes.scroll} role="group" aria-label="Metrics, scrollable" tabIndex={0}>
      <table className={classes.table} aria-label="Metrics">
        <thead>
          <tr>
            <th scope="col">
              <span className="gw-visually-hidden">Metric</span>
            </th>
            <th scope="col">{description.modelName}</th>
            {result.baselines.map((baseline) => (
              <th key={baseline.id} scope="col" title={baseline.summary}>
                {baseline.name}
              </th>
            ))}
          </tr>
        </thead>
        {PARTS.filter(({ part }) => rows.some((row) => row.part === part)).map(({ part, meaning }) => (
          <tbody key={part} data-part={part}>
            <tr className={classes.partHead}>
              <td colSpan={2 + result.baselines.length}>
                {formatQuantity(description.counts[part], 'node')} {meaning}
              </td>
            </tr>
            {rows
              .filter((row) => row.part === part)
              .map((row) => (
                <MetricLine key={row.name} row={row} />
              ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function MetricLine({ row }: { readonly row: MetricRow }) {
  const size = Math.max(...row.values.map((value) => Math.abs(value ?? 0)));
  return (
    <tr>
      <th scope="row" title={row.help}>
        {row.name}
      </th>
      {row.values.map((value, column) => (
        <td key={column} data-best={row.best.includes(column) || undefined}>
          {formatMetric(value, row.isRatio, size)}
        </td>
      ))}
    </tr>
  );
}
