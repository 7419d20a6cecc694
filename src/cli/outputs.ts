/** What `--out DIR` leaves: predictions, embeddings, metrics, parameters and the run's description. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Graph, nodeId } from '../core/graph.ts';
import { WorkbenchError } from '../core/errors.ts';
import type { AttentionWeights } from '../engine/models/modelTypes.ts';
import type { TrainedModel } from '../engine/training/applyModel.ts';
import type { RunSnapshot } from '../engine/training/runSnapshot.ts';
import { createCsvWriter } from '../exporters/csvWriter.ts';
import { EXPORTERS } from '../exporters/index.ts';
import type { FinishedRun } from './report.ts';
import { writeCheckpoint, writeModel } from './runFolder.ts';

export interface Outputs {
  readonly graph: Graph;
  readonly run: FinishedRun;
  readonly report: Record<string, unknown>;
  /** Null for models that learn nothing. */
  readonly model: TrainedModel | null;
  readonly checkpoint: RunSnapshot | null;
  /** Null for models that do not attend. */
  readonly attention: AttentionWeights | null;
}

/** @throws {WorkbenchError} the folder cannot be written */
export async function writeOutputs(folder: string, outputs: Outputs): Promise<void> {
  const { graph, run, report, model, checkpoint, attention } = outputs;
  const input = { graph, run };
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  try {
    await mkdir(folder, { recursive: true });
    const predictions = await EXPORTERS.get('predictions-csv').write(input);
    await writeFile(join(folder, 'predictions.csv'), predictions.bytes);
    if (run.result.embedding !== null) {
      const embeddings = await EXPORTERS.get('embeddings-csv').write(input);
      await writeFile(join(folder, 'embeddings.csv'), embeddings.bytes);
    }
    const { metrics, baselines, mean, sd } = report;
    await writeFile(join(folder, 'metrics.json'), json({ metrics, baselines, mean, sd }));
    if (attention !== null) await writeFile(join(folder, 'attention.csv'), attentionCsv(graph, attention));
    if (model !== null) await writeModel(folder, model);
    if (checkpoint !== null) await writeCheckpoint(folder, checkpoint);
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

/** One row per message: who sent it, who received it, and its weight in each head; a receiver's weights sum to 1. */
function attentionCsv(graph: Graph, { heads, senders, receivers, weights }: AttentionWeights): Uint8Array {
  const csv = createCsvWriter([
    'sender',
    'receiver',
    ...Array.from({ length: heads }, (_, head) => `head${head + 1}`),
  ]);
  senders.forEach((sender, arc) => {
    const shares = weights.subarray(arc * heads, (arc + 1) * heads);
    csv.row([
      nodeId(graph, sender),
      nodeId(graph, receivers[arc] as number),
      ...Array.from(shares, (share) => share.toPrecision(6)),
    ]);
  });
  return csv.finish();
}
