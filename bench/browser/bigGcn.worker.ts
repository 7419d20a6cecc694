/** The large GCN row in a browser worker: receives the options, posts the report or the error's text. */
import { startBackend } from '../../src/engine/backend.ts';
import { browserEngineHost } from '../../src/workers/engineHost.ts';
import { BIG_GCN_DEFAULTS, type BigGcnOptions, timeBigGcn } from '../bigGcnTimes.ts';

type Message = MessageEvent<Partial<BigGcnOptions> & { readonly threads?: number }>;

self.addEventListener('message', async ({ data }: Message) => {
  try {
    const { threads = 2, ...options } = data;
    const started = await startBackend('wasm', browserEngineHost(), { threads });
    self.postMessage(await timeBigGcn(started, { ...BIG_GCN_DEFAULTS, ...options }));
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
});
