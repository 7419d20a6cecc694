/**
 * Times of the main job on the built page: training epoch in the worker, main-thread tasks over 50 ms while it trains and
 * draws, answer to Pause and Stop on every backend. Prints one table; run by `npm run bench`.
 */
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import {
  choose,
  CORA_PLAIN,
  dropFiles,
  hasCora,
  openExample,
  runStatus,
  setNumber,
  zipOfFolder,
} from '../e2e/journey.ts';

interface Row {
  readonly work: string;
  readonly size: string;
  readonly value: string;
}
const rows: Row[] = [];

const FOLDER = hasCora ? CORA_PLAIN : resolve(import.meta.dirname, '../public/datasets/citation-sbm');
const SIZE = hasCora ? 'Cora, 2,708 nodes / 5,278 edges' : 'generated citations, 3,000 nodes / 8,250 edges';
const EPOCHS = 1000;

declare global {
  interface Window {
    longTasks: { start: number; duration: number }[];
  }
}

async function watchLongTasks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        window.longTasks.push({ start: startTime, duration });
    }).observe({ entryTypes: ['longtask'] });
  });
}

async function openFolder(page: Page): Promise<void> {
  await page.goto('./');
  await dropFiles(page, [{ name: 'graph.zip', content: zipOfFolder(FOLDER) }]);
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toBeHidden();
}

test('GCN, hidden 16: epoch time and long tasks', async ({ page, browser }) => {
  await watchLongTasks(page);
  await openFolder(page);
  // The layout comes to rest first: it is not part of what is timed.
  await page.waitForTimeout(8000);
  await setNumber(page, 'Epochs', EPOCHS);
  await setNumber(page, 'Patience', 0);
  const start = await page.evaluate(() => performance.now());
  await page.getByRole('button', { name: 'Train' }).click();
  await expect(runStatus(page)).toContainText('Finished', { timeout: 120_000 });
  const end = await page.evaluate(() => performance.now());
  const tasks = await page.evaluate(
    ([from = 0, to = 0]) =>
      window.longTasks.filter(({ start: at }) => at >= from && at <= to).map(({ duration }) => duration),
    [start, end],
  );
  await page.getByRole('tab', { name: 'Evaluation' }).click();
  await expect(page.getByRole('table', { name: 'Metrics' })).toBeVisible();
  const text = await page.getByRole('tabpanel', { name: 'Evaluation' }).innerText();
  const median = /median epoch ([\d.,]+\s\S+)/.exec(text)?.[1] ?? 'not shown';
  rows.push({
    work: 'GCN 2 × 16, one training epoch in the worker, WASM (median)',
    size: SIZE,
    value: median,
  });
  rows.push({
    work: `main-thread tasks over 50 ms in ${EPOCHS} epochs with the graph drawn`,
    size: SIZE,
    value: tasks.length === 0 ? 'none' : `${tasks.length}, longest ${Math.max(...tasks).toFixed(0)} ms`,
  });
  rows.push({ work: 'browser', size: '', value: `Chromium ${browser.version()}, headless` });
});

for (const backend of ['WASM', 'CPU', 'WebGL', 'WebGPU']) {
  test(`Pause and Stop on ${backend}`, async ({ page }) => {
    await page.goto('./');
    await openExample(page, 'karate club');
    await choose(page, 'Compute', backend);
    await setNumber(page, 'Epochs', 100_000);
    await page.getByRole('button', { name: 'Train' }).click();
    await expect(runStatus(page)).toContainText(/Training.*epoch [1-9]/, { timeout: 60_000 });
    for (const [button, state] of [
      ['Pause', 'Paused'],
      ['Stop', 'Stopped'],
    ] as const) {
      const value = await answerMs(page, button, state);
      rows.push({
        work: `${button} answers, ${backend}`,
        size: 'karate club',
        value: `${value.toFixed(0)} ms`,
      });
    }
  });
}

/** Milliseconds from the click to the changed status text, measured inside the page. */
function answerMs(page: Page, button: string, state: string): Promise<number> {
  return page.evaluate(
    ([name, wanted]) =>
      new Promise<number>((done) => {
        const target = [...document.querySelectorAll('button')].find(
          (candidate) => (candidate.getAttribute('aria-label') ?? candidate.textContent)?.trim() === name,
        );
        const start = performance.now();
        const look = (): void => {
          const said = [...document.querySelectorAll('[role=status]')].some((status) =>
            status.textContent?.startsWith(wanted ?? ''),
          );
          if (!said) return;
          observer.disconnect();
          done(performance.now() - start);
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        target?.click();
      }),
    [button, state],
  );
}

test.afterAll(() => {
  const model = cpus()[0]?.model ?? 'unknown processor';
  const width = Math.max(...rows.map(({ work }) => work.length));
  const lines = rows.map(
    ({ work, size, value }) => `${work.padEnd(width)}  ${value}${size === '' ? '' : `   (${size})`}`,
  );
  process.stdout.write(`\n${cpus().length} × ${model}\n${lines.join('\n')}\n`);
  rows.length = 0;
});
