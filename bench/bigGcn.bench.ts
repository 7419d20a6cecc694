/**
 * Times one training epoch of a 3-layer GCN on a random graph of ogbn-arxiv's size (architecture §9) in a browser worker:
 * bench/browser is built as the page is and served isolated under its policy. Prints one line of JSON per width.
 */
import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { build, type InlineConfig, preview } from 'vite';
import { contentSecurityPolicy, isolationHeaders } from '../scripts/pagePolicy.ts';
import type { BigGcnReport } from './bigGcnTimes.ts';

const root = resolve(import.meta.dirname, 'browser');
const outDir = resolve(import.meta.dirname, '../build/bench/browser');

const config: InlineConfig = {
  configFile: false,
  root,
  base: './',
  logLevel: 'error',
  publicDir: false,
  worker: { format: 'es' },
  build: { outDir, emptyOutDir: true, target: 'es2023' },
  preview: { port: 4190, headers: { ...isolationHeaders, 'Content-Security-Policy': contentSecurityPolicy } },
};

test('GCN of ogbn-arxiv’s size in a worker', async ({ page, browser }) => {
  await build(config);
  const server = await preview(config);
  try {
    await page.goto(server.resolvedUrls?.local[0] as string);
    for (const hidden of [64, 256]) {
      const report = (await page.evaluate((options) => window.runBigGcn(options), { hidden, threads: 2 })) as
        | BigGcnReport
        | { readonly error: string };
      process.stdout.write(`${JSON.stringify({ ...report, browser: `Chromium ${browser.version()}` })}\n`);
      expect(report).toHaveProperty('medianMs');
    }
  } finally {
    await server.close();
  }
});
