/** Precision, recall and F1 of every class, or of every label where a node has several, on the test part. */
import type { ClassReport } from '../../engine/runTypes.ts';
import { ClassName } from '../ClassSwatch/ClassSwatch.tsx';
import { formatCount, formatPercent } from '../format/formatNumber.ts';
import { classColour } from '../palette/columnValues.ts';
import { useClassScale } from '../palette/useClassScale.ts';
import classes from './Evaluation.module.css';

interface PerClassTableProps {
  readonly reports: readonly ClassReport[];
  readonly classNames: readonly string[];
  /** Each label is a yes or no of its own; its nodes are those that have it. */
  readonly isSeveralLabels: boolean;
}

export function PerClassTable({ reports, classNames, isSeveralLabels }: PerClassTableProps) {
  const word = isSeveralLabels ? 'label' : 'class';
  const scale = useClassScale();
  return (
    <section>
      <h2 className={classes.heading}>Per {word}, test part</h2>
      {isSeveralLabels && (
        <p className={classes.muted}>Each label is a yes or no of its own, yes from 50 % on.</p>
      )}
      <div className={classes.scroll} role="group" aria-label={`Per ${word}, scrollable`} tabIndex={0}>
        <table className={classes.table} aria-label={`Per ${word}`}>
          <thead>
            <tr>
              <th scope="col">
                <span className="gw-visually-hidden">{isSeveralLabels ? 'Label' : 'Class'}</span>
              </th>
              <th scope="col">Nodes</th>
              <th scope="col">Precision</th>
              <th scope="col">Recall</th>
              <th scope="col">F1</th>
            </tr>
          </thead>
          <tbody>
            {reports.map((report) => (
              <tr key={report.name}>
                <th scope="row">
                  <ClassName
                    colour={classColour(scale, classNames.indexOf(report.name))}
                    name={report.name}
                  />
                </th>
                <td>{formatCount(report.support)}</td>
                <td>{formatPercent(report.precision)}</td>
                <td>{formatPercent(report.recall)}</td>
                <td>{formatPercent(report.f1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
