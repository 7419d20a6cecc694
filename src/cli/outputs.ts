/** What `--out DIR` leaves: predictions, embeddings, metrics, parameters and the run's description. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Graph } from '../core/graph.ts';
import { WorkbenchError } from '../core/errors.ts';
import type { ModelState } from '../engine/parameterStore.ts';
import { EXPORTERS } from '../exporters/index.ts';
import { writeSafetensors } from '../exporters/safetensors.ts';
import type { FinishedRun } from './report.ts';

export async function writeOutputs(
  folder: string,
  graph: Graph,
  run: FinishedRun,
  model: ModelState | null,
  report: Record<string, unknown>,
): Promise<void> {
  const input = { graph, run };
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'predictions.csv'), EXPORTERS.get('predictions-csv').write(input).bytes);
    if (run.result.embedding !== null) {
      await writeFile(join(folder, 'embeddings.csv'), EXPORTERS.get('embeddings-csv').write(input).bytes);
    }
    const { metrics, baselines, mean, sd } = report;
    await writeFile(join(folder, 'metrics.json'), json({ metrics, baselines, mean, sd }));
    if (model !== null && model.tensors.length > 0) {
      const metadata = {
        model: run.description.config.model,
        config: JSON.stringify(run.description.config),
      };
      await writeFile(join(folder, 'model.safetensors'), writeSafetensors(model.tensors, metadata));
    }
    await writeFile(join(folder, 'run.json'), json(report));
  } catch (error) {
    if (error instanceof WorkbenchError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new WorkbenchError(`Cannot write to '${folder}': ${reason}.`, {
      code: 'output-folder',
      remedy: 'Name a folder that can be written.',
      cause: error,
    });
  }
}
