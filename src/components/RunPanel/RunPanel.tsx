/** The run along the bottom: its state, its numbers, its curves; after it the verdict, or what failed. */
import { lazy, Suspense } from 'react';
import { formatPercent } from '../format/formatNumber.ts';
import { scheduleName } from '../Evaluation/runWords.ts';
import { ErrorMessage } from '../Notices/ErrorMessage.tsx';
import { EstimateLine } from '../Setup/EstimateLine.tsx';
import { batchingText } from '../Setup/estimateText.ts';
import { useStore } from '../useStore.ts';
import { headlineOf, RunNumbers } from './RunNumbers.tsx';
import classes from './RunPanel.module.css';
import { RunStatus } from './RunStatus.tsx';
import { StaleRun } from './StaleRun.tsx';
import { isOnBaselines } from './statusText.ts';

const CurveChart = lazy(() => import('./CurveChart.tsx'));

export function RunPanel() {
  const hasCurves = useStore((state) => state.run.curves.length > 0);
  const kind = useStore((state) => state.run.status.kind);
  return (
    <section aria-label="Run" className={classes.panel}>
      <div className={classes.facts}>
        <div>
          <RunStatus className={classes.status} />
          <RunUse />
          <StaleRun />
        </div>
        <Outcome />
        <RunNumbers />
        {kind === 'idle' && !hasCurves && (
          <>
            <SetupSentence />
            <EstimateLine />
          </>
        )}
      </div>
      {hasCurves && <Curves />}
    </section>
  );
}

/** One line for small screens. */
export function RunBar() {
  const verdict = useStore((state) => state.run.result?.verdict ?? null);
  return (
    <section aria-label="Run" className={classes.barLine}>
      <RunStatus className={classes.status} />
      <StaleRun isShort />
      {verdict === null ? <LastScore /> : <span className={classes.barVerdict}>{verdict}</span>}
    </section>
  );
}

/** What the run was set up with, in a line. */
function RunUse() {
  const engine = useStore((state) => state.catalogue.engine);
  const recipe = useStore((state) => state.run.recipe);
  const description = useStore((state) => state.run.description);
  if (description === null) return null;
  const schedule = scheduleName(engine, description.config);
  const parts = [
    description.modelName,
    ...(recipe === null ? [] : [recipe.charAt(0).toLowerCase() + recipe.slice(1)]),
    batchingText(description.batching),
    ...(schedule === null ? [] : [`${schedule} schedule`]),
  ];
  return <p className={classes.use}>{parts.join(' · ')}</p>;
}

function LastScore() {
  const score = useStore((state) => state.run.lastEpoch?.valScore ?? null);
  const isRatio = useStore((state) => headlineOf(state)?.isRatio ?? true);
  if (score === null || !isRatio) return null;
  return <span className={classes.barVerdict}>validation {formatPercent(score)}</span>;
}

function Outcome() {
  const status = useStore((state) => state.run.status);
  const verdict = useStore((state) => state.run.result?.verdict ?? null);
  if (status.kind === 'failed') return <ErrorMessage error={status.error} />;
  if (isOnBaselines(status)) {
    return <p className={classes.muted}>The model is trained. Simpler ones follow, to compare it with.</p>;
  }
  return verdict === null ? null : <p className={classes.verdict}>{verdict}</p>;
}

/** Before the first run: what Train would do, in one sentence. */
function SetupSentence() {
  const model = useStore(
    (state) => state.catalogue.engine?.models.find((entry) => entry.id === state.setup.model)?.name ?? null,
  );
  const task = useStore(
    (state) => state.catalogue.engine?.tasks.find((entry) => entry.id === state.setup.task)?.name ?? null,
  );
  const target = useStore((state) => state.setup.target);
  if (model === null || task === null) return <p className={classes.muted}>The engine is starting.</p>;
  // Not 'predict label label': many data sets call the column so.
  const what =
    target === null || task.toLowerCase().endsWith(target.toLowerCase()) ? task : `${task} “${target}”`;
  return (
    <p className={classes.muted}>
      Press Train to {what.charAt(0).toLowerCase() + what.slice(1)} with {model}. Curves appear here,
      predictions on the graph.
    </p>
  );
}

function Curves() {
  const headline = useStore(headlineOf);
  const scoreName = asTitle(headline?.name ?? 'score');
  return (
    <div className={classes.curves}>
      <figure className={classes.figure}>
        <Caption text="Loss" />
        <Suspense fallback={<div className={classes.chart} />}>
          <CurveChart which="loss" label="Loss by epoch, training and validation" isRatio={false} />
        </Suspense>
      </figure>
      <figure className={classes.figure}>
        <Caption text={scoreName} />
        <Suspense fallback={<div className={classes.chart} />}>
          <CurveChart
            which="score"
            label={`${scoreName} by epoch, training and validation`}
            isRatio={headline?.isRatio ?? true}
          />
        </Suspense>
      </figure>
    </div>
  );
}

const asTitle = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function Caption({ text }: { readonly text: string }) {
  return (
    <figcaption className={classes.caption}>
      <span className={classes.captionName}>{text}</span>
      <span className={classes.key} data-series="train">
        training
      </span>
      <span className={classes.key} data-series="val">
        validation
      </span>
    </figcaption>
  );
}
