/** Where predicted numbers are off: a scatter against the true ones, errors by range, and the nodes that are worst. */
import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { nodeId } from '../../core/graph.ts';
import type { RunDescription, RunResult } from '../../engine/runTypes.ts';
import { formatCount, formatQuantity, formatValue } from '../format/formatNumber.ts';
import { descriptionFor } from '../palette/predictions.ts';
import { useCommands, useStore } from '../useStore.ts';
import classes from './Evaluation.module.css';
import type { Part } from './metricRows.ts';
import { ValueScatter } from './ValueScatter.tsx';
import {
  errorsByRange,
  type ErrorSummary,
  errorSummary,
  type RangeErrors,
  valuePoints,
  type WorstError,
} from './valueErrors.ts';

const NUM_WORST = 5;
const PARTS: readonly { readonly part: Part; readonly name: string; readonly adjective: string }[] = [
  { part: 'test', name: 'Test', adjective: 'test' },
  { part: 'val', name: 'Validation', adjective: 'validation' },
  { part: 'train', name: 'Train', adjective: 'training' },
];

interface ValueErrorsProps {
  readonly result: RunResult;
  readonly description: RunDescription;
}

export function ValueErrors({ result, description }: ValueErrorsProps) {
  const parts = PARTS.filter(({ part }) => description.counts[part] > 0);
  const [chosen, setChosen] = useState<Part>('test');
  const current = parts.find(({ part }) => part === chosen) ?? parts[0];
  if (current === undefined) return null;
  return (
    <section className={classes.errors} aria-label="Predicted and true values">
      <div className={classes.errorsHead}>
        <h2 className={classes.heading}>Predicted against true</h2>
        <SegmentedControl
          size="xs"
          aria-label="Part of the split"
          data={parts.map(({ part: value, name }) => ({ value, label: name }))}
          value={current.part}
          onChange={(value) => setChosen(value as Part)}
        />
      </div>
      <PartErrors {...{ result, description }} part={current.part} adjective={current.adjective} />
    </section>
  );
}

interface PartErrorsProps extends ValueErrorsProps {
  readonly part: Part;
  readonly adjective: string;
}

function PartErrors({ result, description, part, adjective }: PartErrorsProps) {
  const points = useMemo(() => valuePoints(result, part), [result, part]);
  const summary = useMemo(() => errorSummary(points, NUM_WORST), [points]);
  const ranges = useMemo(() => errorsByRange(points), [points]);
  if (summary === null) return null;
  const target = description.config.target ?? 'the value';
  const words = summaryWords(summary, adjective);
  return (
    <>
      <p className={classes.muted}>{words}</p>
      <div className={classes.errorBody}>
        <ValueScatter
          points={points}
          label={`Scatter of predicted against true ${target}. Points on the dashed line are right. ${words}`}
        />
        <div className={classes.errorTables}>
          <RangeTable ranges={ranges} />
          <WorstTable worst={summary.worst} start={description.nodeRange[0]} />
        </div>
      </div>
    </>
  );
}

/** Bias under this share of the median error is not worth a word. */
const SMALL_BIAS = 0.1;

function summaryWords({ count, median, ninetieth, bias }: ErrorSummary, adjective: string): string {
  const first = `${formatQuantity(count, `${adjective} node`)}: half are within ${formatValue(median)} of the true value, nine in ten within ${formatValue(ninetieth)}.`;
  if (Math.abs(bias) <= SMALL_BIAS * median) return first;
  return `${first} On average predictions are ${formatValue(Math.abs(bias))} too ${bias > 0 ? 'high' : 'low'}.`;
}

function RangeTable({ ranges }: { readonly ranges: readonly RangeErrors[] }) {
  return (
    <div>
      <h3 className={classes.heading}>By true value</h3>
      <div className={classes.scroll} role="group" aria-label="Errors by true value, scrollable" tabIndex={0}>
        <table className={classes.table} aria-label="Errors by true value">
          <thead>
            <tr>
              <th scope="col">True value</th>
              <th scope="col">Nodes</th>
              <th scope="col">Mean predicted</th>
              <th scope="col">Mean error</th>
            </tr>
          </thead>
          <tbody>
            {ranges.map((range) => (
              <tr key={range.from}>
                <th scope="row">
                  {range.from === range.to
                    ? formatValue(range.from)
                    : `${formatValue(range.from)} to ${formatValue(range.to)}`}
                </th>
                <td>{formatCount(range.count)}</td>
                <td>{formatValue(range.meanPredicted)}</td>
                <td>{formatValue(range.meanError)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

interface WorstTableProps {
  readonly worst: readonly WorstError[];
  /** Global index of row 0. */
  readonly start: number;
}

/** Each node as a button: selecting it shows it in the inspector and the graph. */
function WorstTable({ worst, start }: WorstTableProps) {
  const commands = useCommands();
  const graph = useStore(({ data, run }) =>
    data.loaded !== null && descriptionFor(data.loaded.graph, run) !== null ? data.loaded.graph : null,
  );
  if (graph === null) return null;
  return (
    <div>
      <h3 className={classes.heading}>Largest errors</h3>
      <div className={classes.scroll} role="group" aria-label="Largest errors, scrollable" tabIndex={0}>
        <table className={classes.table} aria-label="Largest errors">
          <thead>
            <tr>
              <th scope="col">Node</th>
              <th scope="col">True</th>
              <th scope="col">Predicted</th>
              <th scope="col">Error</th>
            </tr>
          </thead>
          <tbody>
            {worst.map(({ row, truth, predicted }) => (
              <tr key={row}>
                <th scope="row">
                  <button
                    type="button"
                    className={classes.nodeButton}
                    onClick={() => commands.select([start + row])}
                  >
                    {nodeId(graph, start + row)}
                  </button>
                </th>
                <td>{formatValue(truth)}</td>
                <td>{formatValue(predicted)}</td>
                <td>{signed(predicted - truth)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

const signed = (error: number): string => `${error < 0 ? '−' : '+'}${formatValue(Math.abs(error))}`;
