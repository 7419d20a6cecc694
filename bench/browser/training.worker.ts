/** One work in a browser worker: receives it with the files of its graph, posts the times or the error's text. */
import { startBackend } from '../../src/engine/backend.ts';
import { memorySource } from '../../src/io/fileSource.ts';
import { importFiles } from '../../src/io/importer.ts';
import { DEFAULT_IMPORT_OPTIONS } from '../../src/io/importTypes.ts';
import { browserEngineHost } from '../../src/workers/engineHost.ts';
import { randomGraph } from '../randomGraph.ts';
import { timeTraining, type TrainingData } from '../trainingTimes.ts';
import type { BrowserTraining } from './page.ts';

async function dataOf({ work, files }: BrowserTraining): Promise<TrainingData> {
  if (work.graph !== 'citations') return { graph: randomGraph(work.graph), hints: {} };
  const sources = files.map(({ path, base64 }) =>
    memorySource(
      path,
      Uint8Array.from(atob(base64), (character) => character.codePointAt(0) as number),
    ),
  );
  return importFiles(sources, DEFAULT_IMPORT_OPTIONS, {});
}

self.addEventListener('message', async ({ data }: MessageEvent<BrowserTraining>) => {
  try {
    const started = await startBackend('wasm', browserEngineHost(), { threads: data.threads });
    self.postMessage(await timeTraining(data.work, await dataOf(data), started.threads));
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
});
