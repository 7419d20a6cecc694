/** `predictions.csv`: what the run says about each node and how sure it is. */
import { nodeId } from '../core/graph.ts';
import { float32Text } from './cellValue.ts';
import { createCsvWriter } from './csvWriter.ts';
import { exportFileName, uniqueNames } from './exportNames.ts';
import type { ExporterDescriptor } from './exporterTypes.ts';
import { nodePredictions, requireRun } from './runPredictions.ts';

/** Columns: id, label (the truth), prediction, confidence, split, correct, then one probability `p_<class>` per class. */
export const predictionsCsv: ExporterDescriptor = {
  id: 'predictions-csv',
  name: 'Predictions (CSV)',
  summary: 'One row per node: true label, prediction, confidence, split and the probability of every class.',
  needs: 'result',
  write(input) {
    const run = requireRun(input, 'Predictions');
    const { classes } = run.description;
    const { scores } = run.result;
    const fixed = ['id', 'label', 'prediction', 'confidence', 'split', 'correct'];
    const nameOf = uniqueNames(fixed);
    const probabilities = scores === null ? [] : classes;
    const csv = createCsvWriter([...fixed, ...probabilities.map((name) => nameOf(`p_${name}`))]);
    for (const item of nodePredictions(input.graph, run)) {
      const first = item.row * classes.length;
      csv.row([
        nodeId(input.graph, item.node),
        item.truth,
        item.prediction,
        item.confidence === null ? '' : float32Text(item.confidence),
        item.split,
        item.isCorrect === null ? '' : String(item.isCorrect),
        ...probabilities.map((_, at) => float32Text(scores?.[first + at] as number)),
      ]);
    }
    return {
      fileName: exportFileName(input.graph, 'predictions.csv'),
      mimeType: 'text/csv',
      bytes: csv.finish(),
    };
  },
};
