/** Gives the bench a function that runs one work in a fresh worker and resolves with its times. */
import type { TrainingTimes } from '../trainingTimes.ts';
import type { TrainingWork } from '../works.ts';

export interface BrowserTraining {
  readonly work: TrainingWork;
  /** Of the citation graph; empty for random graphs. */
  readonly files: readonly { readonly path: string; readonly base64: string }[];
  readonly threads: number;
}

declare global {
  interface Window {
    runTraining(training: BrowserTraining): Promise<TrainingTimes>;
  }
}

window.runTraining = (training) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<TrainingTimes | { error: string }>) => {
      worker.terminate();
      if ('error' in data) reject(new Error(data.error));
      else resolve(data);
    });
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    worker.postMessage(training);
  });
