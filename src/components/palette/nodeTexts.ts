/** What is known of one node in a few words, for tooltips and announcements. */
import type { Graph } from '../../core/graph.ts';
import { predictsNumbers } from '../../state/targets.ts';
import type { WorkbenchState } from '../../state/types.ts';
import { formatValue } from '../format/formatNumber.ts';
import { classValues } from './columnValues.ts';
import {
  comparedTarget,
  currentNumbers,
  predictedNumber,
  targetNumbers,
  trueNumber,
} from './numberPredictions.ts';
import { confidenceAt, currentPredictions, predictionRow } from './predictions.ts';

/** One node in words: `predicted Theory, 91 % sure`; null where nothing is predicted. For tooltips and announcements. */
export function predictionText(state: WorkbenchState, graph: Graph, node: number): string | null {
  const number = predictedNumber(currentNumbers(graph, state.run), node);
  if (number !== null) return `predicted ${formatValue(number)}`;
  const predictions = currentPredictions(graph, state.run);
  const row = predictions === null ? -1 : predictionRow(predictions, node);
  if (predictions === null || row < 0) return null;
  const name = predictions.classes[predictions.codes[row] as number];
  if (name === undefined) return null;
  return `predicted ${name}, ${Math.round(100 * confidenceAt(predictions, row))}\u00a0% sure`;
}

/** True answer of a node in the chosen target column, `label Theory` or `true value 12.4`; null where there is none. */
export function answerText(state: WorkbenchState, graph: Graph, node: number): string | null {
  const { target, task } = state.setup;
  const numbers = comparedTarget(graph, state.setup, state.run);
  if (numbers !== null || predictsNumbers(task)) {
    const value = trueNumber(targetNumbers(graph, numbers), node);
    return value === null ? null : `true value ${formatValue(value)}`;
  }
  const label = target === null ? null : classValues(graph, target);
  const name = label?.scale.names[label.codes[node] as number];
  return name === undefined ? null : `label ${name}`;
}
