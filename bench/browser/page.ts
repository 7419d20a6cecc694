/** Gives scripts/benchBrowser.mjs a function that runs the large GCN row in a worker and resolves with its report. */
export type BigGcnRunner = (options: object) => Promise<unknown>;

declare global {
  interface Window {
    runBigGcn: BigGcnRunner;
  }
}

window.runBigGcn = (options) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./bigGcn.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }) => resolve(data));
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    worker.postMessage(options);
  });
