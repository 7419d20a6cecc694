/** `predictions.csv`: what the run says about each node and how sure it is. One table form per kind of result. */
import { nodeId } from '../core/graph.ts';
import { float32Text } from './cellValue.ts';
import { createCsvWriter } from './csvWriter.ts';
import { exportFileName, uniqueNames } from './exportNames.ts';
import type { ExporterDescriptor } from './exporterTypes.ts';
import {
  type ExportRun,
  type NodePrediction,
  nodePredictions,
  numberText,
  requireRun,
} from './runPredictions.ts';

interface TableForm {
  readonly header: readonly string[];
  /** Cells after the id. */
  cells(item: NodePrediction): readonly string[];
}

/**
 * Columns by kind of result. Classes: id, label (the truth), prediction, confidence, split, correct, then one probability
 * `p_<class>` per class. Several labels: id, split, correct, then `p_<label>` and the truth `true_<label>` per label.
 * Numbers: id, value (the truth), prediction, error (prediction − value), split.
 */
export const predictionsCsv: ExporterDescriptor = {
  id: 'predictions-csv',
  name: 'Predictions (CSV)',
  summary: 'One row per node: true answer, prediction, split, and the probability of every class or label.',
  needs: 'result',
  write(input) {
    const run = requireRun(input, 'Predictions');
    const form = formOf(run);
    const csv = createCsvWriter(['id', ...form.header]);
    for (const item of nodePredictions(input.graph, run)) {
      csv.row([nodeId(input.graph, item.node), ...form.cells(item)]);
    }
    return {
      fileName: exportFileName(input.graph, 'predictions.csv'),
      mimeType: 'text/csv',
      bytes: csv.finish(),
    };
  },
};

function formOf(run: ExportRun): TableForm {
  if (run.result.outputKind === 'value') return valueForm(run);
  return run.result.outputKind === 'labels' ? labelsForm(run) : classForm(run);
}

const correctText = (isCorrect: boolean | null): string => (isCorrect === null ? '' : String(isCorrect));

function classForm({ description, result }: ExportRun): TableForm {
  const { classes } = description;
  const { scores } = result;
  const fixed = ['label', 'prediction', 'confidence', 'split', 'correct'];
  const nameOf = uniqueNames(['id', ...fixed]);
  const probabilities = scores === null ? [] : classes;
  return {
    header: [...fixed, ...probabilities.map((name) => nameOf(`p_${name}`))],
    cells: (item) => [
      item.truth,
      item.prediction,
      item.confidence === null ? '' : float32Text(item.confidence),
      item.split,
      correctText(item.isCorrect),
      ...probabilities.map((_, at) => float32Text(scores?.[item.row * classes.length + at] as number)),
    ],
  };
}

function labelsForm({ description, result }: ExportRun): TableForm {
  const { classes } = description;
  const { scores, trueValues } = result;
  const fixed = ['split', 'correct'];
  const nameOf = uniqueNames(['id', ...fixed]);
  return {
    header: [...fixed, ...classes.flatMap((name) => [nameOf(`p_${name}`), nameOf(`true_${name}`)])],
    cells: (item) => [
      item.split,
      correctText(item.isCorrect),
      ...classes.flatMap((_, label) => {
        const at = item.row * classes.length + label;
        return [numberText(scores?.[at]), numberText(trueValues?.[at])];
      }),
    ],
  };
}

function valueForm({ result }: ExportRun): TableForm {
  const { predictedValues, trueValues } = result;
  return {
    header: ['value', 'prediction', 'error', 'split'],
    cells: ({ row, truth, prediction, split }) => {
      const error = (predictedValues?.[row] ?? Number.NaN) - (trueValues?.[row] ?? Number.NaN);
      return [truth, prediction, numberText(Math.fround(error)), split];
    },
  };
}
