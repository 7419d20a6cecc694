/** The honest answer after a run: the verdict in a sentence, then numbers beside baselines, then where it fails. */
import { ErrorMessage } from '../Notices/ErrorMessage.tsx';
import { useStore } from '../useStore.ts';
import { ConfusionMatrix } from './ConfusionMatrix.tsx';
import classes from './Evaluation.module.css';
import { MetricsTable } from './MetricsTable.tsx';
import { PerClassTable } from './PerClassTable.tsx';
import { RunFacts } from './RunFacts.tsx';
import { ValueErrors } from './ValueErrors.tsx';

export function Evaluation() {
  const result = useStore((state) => state.run.result);
  const description = useStore((state) => state.run.description);
  const status = useStore((state) => state.run.status);
  if (result === null || description === null) {
    return (
      <div className={classes.view}>
        {status.kind === 'failed' ? (
          <ErrorMessage error={status.error} />
        ) : (
          <p className={classes.empty}>
            Train a model to see how well it does on nodes it has never seen, beside simpler models that
            ignore the graph.
          </p>
        )}
      </div>
    );
  }
  return (
    <div className={classes.view}>
      <p className={classes.verdict}>{result.verdict}</p>
      <MetricsTable result={result} description={description} />
      {result.confusion !== null && (
        <ConfusionMatrix confusion={result.confusion} classNames={description.classes} />
      )}
      {result.outputKind === 'value' && <ValueErrors result={result} description={description} />}
      {result.perClass.length > 0 && (
        <PerClassTable
          reports={result.perClass}
          classNames={description.classes}
          isSeveralLabels={result.outputKind === 'labels'}
        />
      )}
      <RunFacts result={result} description={description} />
    </div>
  );
}
