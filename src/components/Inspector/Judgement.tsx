/** True answer against predicted one of a node, with all class or label probabilities as bars once the run has finished. */
import { IconCheck, IconX } from '@tabler/icons-react';
import type { Graph } from '../../core/graph.ts';
import { predictsNumbers } from '../../state/targets.ts';
import type { RunSlice } from '../../state/types.ts';
import { ClassName } from '../ClassSwatch/ClassSwatch.tsx';
import { formatPercent } from '../format/formatNumber.ts';
import { classColour, type ClassScale } from '../palette/columnValues.ts';
import {
  classProbabilities,
  confidenceAt,
  descriptionFor,
  PART_NAMES,
  type Predictions,
  predictionRow,
} from '../palette/predictions.ts';
import { useClassScale } from '../palette/useClassScale.ts';
import { usePredictions } from '../palette/usePredictions.ts';
import { useTargetValues } from '../palette/useTargetValues.ts';
import { useStore } from '../useStore.ts';
import { Fact } from './Fact.tsx';
import classes from './Inspector.module.css';
import { LabelProbabilities } from './LabelProbabilities.tsx';
import { NumberJudgement } from './NumberJudgement.tsx';

const MAX_BARS = 8;

export function Judgement({ graph, node }: { readonly graph: Graph; readonly node: number }) {
  const isNumbers = useStore(({ run, setup }) => isNumberRun(graph, run) ?? predictsNumbers(setup.task));
  return isNumbers ? (
    <NumberJudgement graph={graph} node={node} />
  ) : (
    <ClassJudgement graph={graph} node={node} />
  );
}

/** Null before a run. */
function isNumberRun(graph: Graph, run: RunSlice): boolean | null {
  const description = descriptionFor(graph, run);
  return description === null ? null : description.outputKind === 'value';
}

function ClassJudgement({ graph, node }: { readonly graph: Graph; readonly node: number }) {
  const labels = useTargetValues();
  const scale = useClassScale();
  const predictions = usePredictions(graph);
  const isSeveral = useStore(({ run }) => descriptionFor(graph, run)?.outputKind === 'labels');
  if (labels === null && predictions === null) return null;
  const truth = labels?.codes[node] ?? -1;
  const truthName = labels?.scale.names[truth] ?? null;
  const row = predictions === null ? -1 : predictionRow(predictions, node);
  const predicted = predictions === null || row < 0 ? -1 : (predictions.codes[row] as number);
  const predictedName = predictions?.classes[predicted] ?? '';
  const part = predictions?.parts?.[row];
  return (
    <section className={classes.section} aria-label="Prediction">
      <dl className={classes.facts}>
        {labels !== null && (
          <Fact name="Label">
            {truthName === null ? (
              'none'
            ) : (
              <ClassName colour={classColour(labels.scale, truth)} name={truthName} />
            )}
          </Fact>
        )}
        {predictions !== null && predicted >= 0 && (
          <>
            <Fact name={isSeveral ? 'Likeliest' : 'Predicted'}>
              <ClassName colour={classColour(scale, predicted)} name={predictedName} />
              {!isSeveral && <Mark truth={truthName} predicted={predictedName} />}
            </Fact>
            <Fact name="Confidence">{formatPercent(confidenceAt(predictions, row))}</Fact>
          </>
        )}
        {part !== undefined && <Fact name="Split">{PART_NAMES[part]}</Fact>}
      </dl>
      {predictions !== null &&
        (isSeveral ? (
          <LabelProbabilities graph={graph} predictions={predictions} node={node} scale={scale} />
        ) : (
          <Probabilities predictions={predictions} node={node} scale={scale} />
        ))}
    </section>
  );
}

/** Right or wrong by shape and word, not by colour alone. */
function Mark({ truth, predicted }: { readonly truth: string | null; readonly predicted: string }) {
  if (truth === null) return null;
  return truth === predicted ? (
    <span className={classes.right}>
      <IconCheck size={13} aria-hidden /> right
    </span>
  ) : (
    <span className={classes.wrong}>
      <IconX size={13} aria-hidden /> wrong
    </span>
  );
}

interface ProbabilitiesProps {
  readonly predictions: Predictions;
  readonly node: number;
  readonly scale: ClassScale | null;
}

function Probabilities({ predictions, node, scale }: ProbabilitiesProps) {
  const probabilities = classProbabilities(predictions, node);
  if (probabilities.length === 0) return null;
  return (
    <ul className={classes.probabilities} aria-label="Class probabilities">
      {probabilities.slice(0, MAX_BARS).map(({ code, probability }) => (
        <li key={code}>
          <span className={classes.barName}>{predictions.classes[code]}</span>
          <span>{formatPercent(probability)}</span>
          <span className={classes.track} aria-hidden>
            <span
              className={classes.bar}
              style={{ width: `${probability * 100}%`, backgroundColor: classColour(scale, code) }}
            />
          </span>
        </li>
      ))}
      {probabilities.length > MAX_BARS && (
        <li className={classes.muted}>and {probabilities.length - MAX_BARS} more classes</li>
      )}
    </ul>
  );
}
