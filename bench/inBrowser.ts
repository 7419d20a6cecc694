/**
 * Runs one work of works.ts, or the reading of a file, in a worker of Chromium: bench/browser is built as the page is and
 * served isolated under its policy. The fixtures `trainInBrowser` and `parseInBrowser` of the benches.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { test as base } from '@playwright/test';
import { build, type InlineConfig, preview } from 'vite';
import { contentSecurityPolicy, isolationHeaders } from '../scripts/pagePolicy.ts';
import { citations, THREADS } from './benchOptions.ts';
import type { BrowserTraining } from './browser/page.ts';
import { shortened } from './nodeTraining.ts';
import type { ParsingTimes } from './parsingTimes.ts';
import type { TrainingTimes } from './trainingTimes.ts';
import type { TrainingWork } from './works.ts';

const config: InlineConfig = {
  configFile: false,
  root: resolve(import.meta.dirname, 'browser'),
  base: './',
  logLevel: 'error',
  publicDir: false,
  worker: { format: 'es' },
  build: {
    outDir: resolve(import.meta.dirname, '../build/bench/browser'),
    emptyOutDir: true,
    target: 'es2023',
  },
  preview: { port: 4190, headers: { ...isolationHeaders, 'Content-Security-Policy': contentSecurityPolicy } },
};

export interface BrowserTimes extends TrainingTimes {
  /** Name and version. */
  readonly browser: string;
}

interface TestFixtures {
  trainInBrowser(work: TrainingWork): Promise<BrowserTimes>;
  parseInBrowser(path: string, readings: number): Promise<ParsingTimes & { readonly browser: string }>;
}

interface WorkerFixtures {
  /** The built page, and the name and version of the browser that opens it. */
  benchPage: { readonly address: string; readonly browserName: string };
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  benchPage: [
    async ({ browser }, provide) => {
      await build(config);
      const server = await preview(config);
      const address = server.resolvedUrls?.local[0] as string;
      await provide({ address, browserName: `Chromium ${browser.version()}` });
      await server.close();
    },
    { scope: 'worker' },
  ],
  async trainInBrowser({ page, benchPage }, provide) {
    await provide(async (work) => {
      await page.goto(benchPage.address);
      const files = work.graph === 'citations' ? filesOf(citations.folder) : [];
      const training: BrowserTraining = { work: shortened(work), files, threads: THREADS };
      const times = await page.evaluate((given) => window.runTraining(given), training);
      return { ...times, browser: benchPage.browserName };
    });
  },
  async parseInBrowser({ page, benchPage }, provide) {
    await provide(async (path, readings) => {
      await page.goto(benchPage.address);
      await page.getByLabel('File to read').setInputFiles(path);
      const parsing = { name: basename(path), readings };
      const times = await page.evaluate((given) => window.runParsing(given), parsing);
      return { ...times, browser: benchPage.browserName };
    });
  },
});

function filesOf(folder: string): BrowserTraining['files'] {
  return readdirSync(folder).map((name) => ({
    path: `${basename(folder) === 'plain' ? basename(dirname(folder)) : basename(folder)}/${name}`,
    base64: readFileSync(join(folder, name)).toString('base64'),
  }));
}
