/** Reads one file in a browser worker: receives it as a Blob, posts the times or the error's text. */
import { blobSource } from '../../src/io/fileSource.ts';
import { timeParsing } from '../parsingTimes.ts';
import type { BrowserParsing } from './page.ts';

self.addEventListener('message', async ({ data }: MessageEvent<BrowserParsing & { readonly blob: Blob }>) => {
  try {
    self.postMessage(await timeParsing(blobSource(data.name, data.blob), data.readings));
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
});
