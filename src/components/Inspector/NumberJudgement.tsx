/** True number against predicted number of one node, with the error and where both lie in the target's range. */
import type { Graph } from '../../core/graph.ts';
import { ClassSwatch } from '../ClassSwatch/ClassSwatch.tsx';
import { formatValue } from '../format/formatNumber.ts';
import type { NumericValues } from '../palette/columnValues.ts';
import { predictedNumber, shareOf, trueNumber } from '../palette/numberPredictions.ts';
import { cssOf, rampColour, rampCss } from '../palette/palette.ts';
import { PART_NAMES } from '../palette/predictions.ts';
import { useNumberPredictions } from '../palette/usePredictions.ts';
import { useTargetNumbers } from '../palette/useTargetNumbers.ts';
import { Fact } from './Fact.tsx';
import classes from './Inspector.module.css';

export function NumberJudgement({ graph, node }: { readonly graph: Graph; readonly node: number }) {
  const numbers = useTargetNumbers();
  const predictions = useNumberPredictions(graph);
  const truth = trueNumber(numbers, node);
  const predicted = predictedNumber(predictions, node);
  if (numbers === null && predicted === null) return null;
  const part = predictions?.parts?.[node - predictions.start];
  return (
    <section className={classes.section} aria-label="Prediction">
      <dl className={classes.facts}>
        {numbers !== null && (
          <Fact name="True value">{truth === null ? 'none' : <Value scale={numbers} value={truth} />}</Fact>
        )}
        {predicted !== null && (
          <Fact name="Predicted">
            <Value scale={numbers} value={predicted} isRough={predictions?.isExact === false} />
          </Fact>
        )}
        {predicted !== null && truth !== null && <Fact name="Error">{errorText(predicted - truth)}</Fact>}
        {part !== undefined && <Fact name="Split">{PART_NAMES[part]}</Fact>}
      </dl>
      {numbers !== null && (predicted !== null || truth !== null) && (
        <RangeBar scale={numbers} truth={truth} predicted={predicted} />
      )}
    </section>
  );
}

/** '+2.4, too high' */
function errorText(error: number): string {
  const size = formatValue(Math.abs(error));
  if (size === '0') return '0';
  return error > 0 ? `+${size}, too high` : `−${size}, too low`;
}

interface ValueProps {
  readonly scale: NumericValues | null;
  readonly value: number;
  /** Rounded to a step while the run goes on. */
  readonly isRough?: boolean;
}

function Value({ scale, value, isRough = false }: ValueProps) {
  return (
    <span className={classes.value}>
      {scale !== null && <ClassSwatch colour={cssOf(rampColour(shareOf(scale, value)))} />}
      {isRough ? `about ${formatValue(value)}` : formatValue(value)}
    </span>
  );
}

interface RangeBarProps {
  readonly scale: NumericValues;
  readonly truth: number | null;
  readonly predicted: number | null;
}

const percentAt = (scale: NumericValues, value: number): string =>
  `${100 * Math.min(1, Math.max(0, shareOf(scale, value)))}%`;

/** The words above say the same; this is for the eye. */
function RangeBar({ scale, truth, predicted }: RangeBarProps) {
  return (
    <div className={classes.range} aria-hidden>
      <div
        className={classes.rangeBar}
        style={{ background: `linear-gradient(to right, ${rampCss.join(',')})` }}
      />
      {truth !== null && <span className={classes.truthMark} style={{ left: percentAt(scale, truth) }} />}
      {predicted !== null && (
        <span className={classes.predictedMark} style={{ left: percentAt(scale, predicted) }} />
      )}
      <p className={classes.rangeEnds}>
        <span>{formatValue(scale.min)}</span>
        <span>
          {truth !== null && '│ true'} {predicted !== null && '◆ predicted'}
        </span>
        <span>{formatValue(scale.max)}</span>
      </p>
    </div>
  );
}
