/** Which class is taken for which, on the test part. The depth of a cell is its share of the row; the number is the count. */
import { formatCount, formatPercent } from '../format/formatNumber.ts';
import { ClassSwatch } from '../ClassSwatch/ClassSwatch.tsx';
import { classColour } from '../palette/columnValues.ts';
import { useClassScale } from '../palette/useClassScale.ts';
import classes from './Evaluation.module.css';

/** More classes than this do not fit a screen; the per-class table tells the rest. */
const MAX_CLASSES = 30;

interface ConfusionMatrixProps {
  readonly confusion: Int32Array;
  readonly classNames: readonly string[];
}

export function ConfusionMatrix({ confusion, classNames }: ConfusionMatrixProps) {
  const scale = useClassScale();
  if (classNames.length > MAX_CLASSES) {
    return <p className={classes.muted}>The confusion matrix of {classNames.length} classes is not drawn.</p>;
  }
  const numClasses = classNames.length;
  return (
    <section>
      <h2 className={classes.heading}>Confusion on the test part</h2>
      <p className={classes.muted}>Rows are the true class, columns the predicted one.</p>
      <div className={classes.scroll} role="group" aria-label="Confusion matrix, scrollable" tabIndex={0}>
        <table className={classes.confusion} aria-label="Confusion matrix">
          <thead>
            <tr>
              <th scope="col">
                <span className="gw-visually-hidden">True class</span>
              </th>
              {classNames.map((name, code) => (
                <th key={name} scope="col">
                  <span className={classes.tilted}>
                    <ClassSwatch colour={classColour(scale, code)} />
                    {name}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {classNames.map((name, truth) => {
              const row = confusion.subarray(truth * numClasses, (truth + 1) * numClasses);
              const total = row.reduce((sum, count) => sum + count, 0);
              return (
                <tr key={name}>
                  <th scope="row">
                    <span className={classes.rowName}>
                      <ClassSwatch colour={classColour(scale, truth)} />
                      {name}
                    </span>
                  </th>
                  {Array.from(row, (count, predicted) => {
                    const share = total === 0 ? 0 : count / total;
                    return (
                      <td
                        key={predicted}
                        data-diagonal={predicted === truth || undefined}
                        style={{ '--share': share } as React.CSSProperties}
                        title={`${formatPercent(share)} of ${name} taken for ${classNames[predicted]}`}
                      >
                        {formatCount(count)}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
