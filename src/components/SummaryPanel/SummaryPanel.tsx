/** What an expert wants to know of a graph before learning from it, and what everyone should. */
import { Tooltip } from '@mantine/core';
import { formatCount, formatPercent } from '../format/formatNumber.ts';
import type { TargetSummary } from '../../core/graphSummary/summaryTypes.ts';
import { ErrorMessage } from '../Notices/ErrorMessage.tsx';
import { classValues } from '../palette/columnValues.ts';
import { useStore } from '../useStore.ts';
import { DegreeChart } from './DegreeChart.tsx';
import classes from './SummaryPanel.module.css';
import { degreeBins, structureRows, type SummaryRow, targetRows } from './summaryRows.ts';
import { useWarnings } from './useWarnings.ts';
import { WarningList } from './WarningList.tsx';

const MAX_CLASSES_SHOWN = 12;

export function SummaryPanel() {
  const { status, summary, error } = useStore((state) => state.schema.summary);
  const warnings = useWarnings();
  if (error !== null) {
    return (
      <div className={classes.section}>
        <ErrorMessage error={error} />
      </div>
    );
  }
  if (summary === null) return <p className={classes.waiting}>Counting nodes, edges and classes …</p>;
  return (
    <div data-pending={status === 'pending' || undefined} className={classes.panel}>
      <section className={classes.section} aria-label="Warnings">
        <h2 className={classes.heading}>Before you train</h2>
        <WarningList warnings={warnings} />
      </section>
      <section className={classes.section} aria-label="Structure">
        <h2 className={classes.heading}>Structure</h2>
        <Rows rows={structureRows(summary)} />
        {summary.numEdges > 0 && (
          <DegreeChart bins={degreeBins(summary.degrees.degrees, summary.degrees.counts)} />
        )}
      </section>
      {summary.target !== null && (
        <section className={classes.section} aria-label="Target">
          <h2 className={classes.heading}>Target “{summary.target.column}”</h2>
          <Rows rows={targetRows(summary)} />
          <Classes target={summary.target} />
        </section>
      )}
    </div>
  );
}

function Rows({ rows }: { readonly rows: readonly SummaryRow[] }) {
  return (
    <table className={classes.rows}>
      <tbody>
        {rows.map(({ name, text, help }) => (
          <tr key={name}>
            <th scope="row">
              {help === '' ? (
                name
              ) : (
                <Tooltip label={help} position="right">
                  <span className={classes.explained}>{name}</span>
                </Tooltip>
              )}
            </th>
            <td>{text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Classes({ target }: { readonly target: TargetSummary }) {
  const graph = useStore((state) => state.data.loaded?.graph ?? null);
  const { balance } = target;
  if (balance === null) return <p className={classes.calm}>A number is predicted; there are no classes.</p>;
  const scale = graph === null ? null : (classValues(graph, target.column)?.scale ?? null);
  const order = balance.classes
    .map((name, at) => ({ name, count: balance.counts[at] as number }))
    .sort((a, b) => b.count - a.count);
  const largest = Math.max(1, order[0]?.count ?? 1);
  const rest = order.slice(MAX_CLASSES_SHOWN);
  return (
    <>
      <table className={classes.classes} aria-label="Classes">
        <tbody>
          {order.slice(0, MAX_CLASSES_SHOWN).map(({ name, count }) => (
            <tr key={name}>
              <th scope="row" title={name}>
                {name}
              </th>
              <td className={classes.number} title={formatPercent(count / balance.numLabelled)}>
                <span
                  className={classes.classBar}
                  style={{
                    width: `calc((100% - 4ch - 16px) * ${count / largest})`,
                    background: scale?.css[scale.names.indexOf(name)] ?? 'var(--gw-bar)',
                  }}
                />
                {formatCount(count)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest.length > 0 && (
        <p className={classes.calm}>
          and {formatCount(rest.length)} more classes with{' '}
          {formatCount(rest.reduce((sum, { count }) => sum + count, 0))} nodes
        </p>
      )}
    </>
  );
}
