/** `embeddings.csv`: the hidden layer of the run, one row per node. */
import { TaskError } from '../core/errors.ts';
import { isNodeDeleted, nodeId } from '../core/graph.ts';
import { float32Text } from './cellValue.ts';
import { createCsvWriter } from './csvWriter.ts';
import { exportFileName } from './exportNames.ts';
import type { ExporterDescriptor } from './exporterTypes.ts';
import { requireRun } from './runPredictions.ts';

/** Columns: id, e0 … e(D − 1), each number the shortest text that reads back as the same float32. */
export const embeddingsCsv: ExporterDescriptor = {
  id: 'embeddings-csv',
  name: 'Embeddings (CSV)',
  summary: 'One row per node: the vector the model has learned for it.',
  needs: 'embedding',
  write(input) {
    const { description, result } = requireRun(input, 'Embeddings');
    const { embedding, embeddingWidth } = result;
    if (embedding === null) {
      throw new TaskError(`The model ${description.modelName} has no hidden layer to export.`, {
        code: 'export-needs-embedding',
        remedy: 'Train a model with a hidden layer, such as GCN.',
        details: { model: description.config.model },
      });
    }
    const csv = createCsvWriter(['id', ...Array.from({ length: embeddingWidth }, (_, at) => `e${at}`)]);
    const [start, end] = description.nodeRange;
    for (let node = start; node < end; node++) {
      if (isNodeDeleted(input.graph, node)) continue;
      const row = node - start;
      const vector = embedding.subarray(row * embeddingWidth, (row + 1) * embeddingWidth);
      csv.row([nodeId(input.graph, node), ...Array.from(vector, float32Text)]);
    }
    return {
      fileName: exportFileName(input.graph, 'embeddings.csv'),
      mimeType: 'text/csv',
      bytes: csv.finish(),
    };
  },
};
