/** What the numbers rest on: split, features, what was left out and why, warnings, time and memory. */
import type { RunDescription, RunResult } from '../../engine/runTypes.ts';
import { formatBytes, formatCount, formatDuration, formatQuantity } from '../format/formatNumber.ts';
import { useStore } from '../useStore.ts';
import classes from './Evaluation.module.css';
import { changedSettings, learningRateText, temperatureText } from './runWords.ts';

interface RunFactsProps {
  readonly result: RunResult;
  readonly description: RunDescription;
}

export function RunFacts({ result, description }: RunFactsProps) {
  const engine = useStore((state) => state.catalogue.engine);
  const recipe = useStore((state) => state.run.recipe);
  const lastRate = useStore((state) => state.run.lastEpoch?.learningRate ?? null);
  const { counts, leftOut, warnings, config } = description;
  const stop = result.stoppedEarly ? ', stopped early' : '';
  const rate = learningRateText(engine, config, lastRate);
  const changed = changedSettings(engine, config);
  const temperature = temperatureText(result);
  const facts: readonly (readonly [string, string])[] = [
    ...(recipe === null ? [] : [['Preset', recipe] as const]),
    ...(changed === '' ? [] : [['Settings', `${changed}; others at their defaults`] as const]),
    ['Split', description.splitName],
    [
      'Nodes',
      `${formatCount(counts.train)} train, ${formatCount(counts.val)} validation, ${formatCount(counts.test)} test`,
    ],
    ['Features', featureText(description)],
    ['Parameters', formatCount(description.numParameters)],
    [
      'Epochs',
      `${formatCount(result.epochsRun)}${stop}; best validation at ${formatCount(result.bestEpoch)}`,
    ],
    ...(rate === null ? [] : [['Learning rate', rate] as const]),
    ['Batches', description.batching.reason],
    [
      'Time',
      `${formatDuration(result.timing.totalMs)}; median epoch ${formatDuration(result.timing.medianEpochMs)}`,
    ],
    ['Memory', `${formatBytes(description.memoryEstimateBytes)} estimated`],
    ...(temperature === null ? [] : [['Calibration', temperature] as const]),
    ['Device', description.backend],
    ['Seed', String(config.seed)],
  ];
  return (
    <section>
      <h2 className={classes.heading}>How it was measured</h2>
      {warnings.length > 0 && (
        <ul className={classes.warnings}>
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      <dl className={classes.facts}>
        {facts.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {leftOut.length > 0 && (
        <details className={classes.leftOut}>
          <summary>{formatQuantity(leftOut.length, 'column')} left out</summary>
          <ul>
            {leftOut.map((column) => (
              <li key={column.name}>
                <strong>{column.name}</strong>: {column.reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function featureText({ features, featureWidth }: RunDescription): string {
  if (features.length === 0) return 'none: structure only';
  const shown = features.slice(0, 6).join(', ');
  const more = features.length > 6 ? ` and ${features.length - 6} more` : '';
  return `${shown}${more} (${formatQuantity(featureWidth, 'value')} per node)`;
}
