/**
 * One work in a Node process of its own, so that its peak memory is its own too; prints one line of JSON. Run by
 * `npm run bench`, or by hand: `node scripts/benchNode.mjs training NAME [--epochs N] [--threads 2] [--folder PATH]
 * [--profile]`, where the folder holds the citation graph.
 */
import { parseArgs } from 'node:util';
import { nodeEngineHost } from '../../src/cli/engineHost.ts';
import { peakRssBytes } from '../../src/cli/peakMemory.ts';
import { sourcesAt } from '../../src/cli/nodeFiles.ts';
import { startBackend } from '../../src/engine/backend.ts';
import { importFiles } from '../../src/io/importer.ts';
import { DEFAULT_IMPORT_OPTIONS } from '../../src/io/importTypes.ts';
import { randomGraph } from '../randomGraph.ts';
import { profileTraining } from '../trainingProfile.ts';
import { timeTraining, type TrainingData } from '../trainingTimes.ts';
import { type TrainingWork, workNamed } from '../works.ts';

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    epochs: { type: 'string' },
    threads: { type: 'string', default: '2' },
    folder: { type: 'string', default: 'public/datasets/citation-sbm' },
    profile: { type: 'boolean', default: false },
  },
});

async function dataOf({ graph }: TrainingWork): Promise<TrainingData> {
  if (graph !== 'citations') return { graph: randomGraph(graph), hints: {} };
  return importFiles(await sourcesAt(options.folder), DEFAULT_IMPORT_OPTIONS, {});
}

async function main(): Promise<void> {
  const known = workNamed(positionals[0] ?? '');
  const work = options.epochs === undefined ? known : { ...known, epochs: Number(options.epochs) };
  const started = await startBackend('wasm', nodeEngineHost(), { threads: Number(options.threads) });
  const data = await dataOf(work);
  const report = options.profile
    ? await profileTraining(work, data)
    : await timeTraining(work, data, started.threads);
  process.stdout.write(`${JSON.stringify({ ...report, peakRssBytes: peakRssBytes() })}\n`);
  started.dispose();
}

void main();
