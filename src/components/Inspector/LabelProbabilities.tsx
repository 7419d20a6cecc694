/** Every label of a node with its own probability, and beside each whether saying yes or no was right. */
import { IconCheck, IconX } from '@tabler/icons-react';
import type { Graph } from '../../core/graph.ts';
import { formatPercent } from '../format/formatNumber.ts';
import { classColour, type ClassScale } from '../palette/columnValues.ts';
import {
  classProbabilities,
  descriptionFor,
  isLabelPredicted,
  type Predictions,
  predictionRow,
} from '../palette/predictions.ts';
import { useStore } from '../useStore.ts';
import classes from './Inspector.module.css';

/** More are summed up: the likeliest come first. */
const MAX_LABELS = 24;

interface LabelProbabilitiesProps {
  readonly graph: Graph;
  readonly predictions: Predictions;
  readonly node: number;
  readonly scale: ClassScale | null;
}

export function LabelProbabilities({ graph, predictions, node, scale }: LabelProbabilitiesProps) {
  const trueValues = useStore(({ run }) =>
    descriptionFor(graph, run) === null ? null : (run.result?.trueValues ?? null),
  );
  const probabilities = classProbabilities(predictions, node);
  if (probabilities.length === 0) return null;
  const first = predictionRow(predictions, node) * predictions.classes.length;
  return (
    <ul className={classes.probabilities} aria-label="Label probabilities">
      {probabilities.slice(0, MAX_LABELS).map(({ code, probability }) => (
        <li key={code}>
          <span className={classes.barName}>
            {predictions.classes[code]} <Truth value={trueValues?.[first + code]} probability={probability} />
          </span>
          <span>{formatPercent(probability)}</span>
          <span className={classes.track} aria-hidden>
            <span
              className={classes.bar}
              style={{ width: `${probability * 100}%`, backgroundColor: classColour(scale, code) }}
            />
            <span className={classes.evenOdds} />
          </span>
        </li>
      ))}
      {probabilities.length > MAX_LABELS && (
        <li className={classes.muted}>and {probabilities.length - MAX_LABELS} more labels</li>
      )}
    </ul>
  );
}

function Truth({ value, probability }: { readonly value: number | undefined; readonly probability: number }) {
  if (value === undefined || Number.isNaN(value)) return <span className={classes.muted}>unknown</span>;
  const isRight = isLabelPredicted(probability) === (value === 1);
  const Icon = isRight ? IconCheck : IconX;
  return (
    <span className={isRight ? classes.right : classes.wrong}>
      <Icon size={13} aria-hidden /> {value === 1 ? 'yes' : 'no'}
      <span className="gw-visually-hidden">{isRight ? ', told right' : ', told wrong'}</span>
    </span>
  );
}
