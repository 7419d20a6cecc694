/** Gives the benches functions that run one work in a fresh worker and resolve with its times. */
import type { ParsingTimes } from '../parsingTimes.ts';
import type { TrainingTimes } from '../trainingTimes.ts';
import type { TrainingWork } from '../works.ts';

export interface BrowserTraining {
  readonly work: TrainingWork;
  /** Of the citation graph; empty for random graphs. */
  readonly files: readonly { readonly path: string; readonly base64: string }[];
  readonly threads: number;
}

/** The file to read is the one chosen in the page's input. */
export interface BrowserParsing {
  readonly name: string;
  readonly readings: number;
}

declare global {
  interface Window {
    runTraining(training: BrowserTraining): Promise<TrainingTimes>;
    runParsing(parsing: BrowserParsing): Promise<ParsingTimes>;
  }
}

function answerOf<Times extends object>(worker: Worker, task: unknown): Promise<Times> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Times | { error: string }>) => {
      worker.terminate();
      if ('error' in data) reject(new Error(data.error));
      else resolve(data);
    });
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    worker.postMessage(task);
  });
}

window.runTraining = (training) =>
  answerOf(new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module' }), training);

window.runParsing = (parsing) => {
  const blob = document.querySelector('input')?.files?.[0];
  if (blob === undefined) return Promise.reject(new Error('no file was chosen'));
  const worker = new Worker(new URL('./parsing.worker.ts', import.meta.url), { type: 'module' });
  return answerOf(worker, { ...parsing, blob });
};
