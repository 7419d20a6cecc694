/**
 * Times of the main job on the built page: training epoch while the graph is drawn, main-thread tasks over 50 ms meanwhile,
 * answer to Pause and Stop on every backend.
 */
import { expect, type Page, test } from '@playwright/test';
import { choose, dropFiles, openExample, runStatus, setNumber, zipOfFolder } from '../e2e/journey.ts';
import { baselinesOf, targetOf } from './baselines.ts';
import { citations, OPTIONS } from './benchOptions.ts';
import { reportRow } from './benchRow.ts';

const SIZE = citations.isCora ? 'Cora, 2,708 nodes / 5,278 edges' : 'citation-sbm, 3,000 nodes / 8,250 edges';
const EPOCHS = OPTIONS.epochs ?? 1000;

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
  await dropFiles(page, [{ name: 'graph.zip', content: zipOfFolder(citations.folder) }]);
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toBeHidden();
}

test('page: GCN epochs and long tasks', async ({ page, browser }) => {
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
  const [, number = '', unit = ''] = /median epoch ([\d.,]+)\s(m?s)/.exec(text) ?? [];
  const ms = Number(number.replaceAll(',', '')) * (unit === 's' ? 1000 : 1);
  const where = { where: 'page', size: SIZE, browser: `Chromium ${browser.version()}` } as const;
  await reportRow({
    ...where,
    work: 'GCN 2 × 16, the graph drawn live',
    ...(unit === '' ? { value: 'not shown' } : { ms }),
    target: targetOf('cora-gcn'),
    baselines: unit === '' ? [] : baselinesOf('cora-gcn'),
    note: `${EPOCHS} epochs, as the page tells it`,
  });
  await reportRow({
    ...where,
    work: 'Main-thread tasks over 50 ms meanwhile',
    value: tasks.length === 0 ? 'none' : `${tasks.length}, longest ${Math.max(...tasks).toFixed(0)} ms`,
    target: 'none',
  });
});

for (const backend of ['WASM', 'CPU', 'WebGL', 'WebGPU']) {
  test(`page: Pause and Stop on ${backend}`, async ({ page, browser }) => {
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
      const ms = await answerMs(page, button, state);
      await reportRow({
        work: `${button} answers, ${backend}`,
        where: 'page',
        size: 'karate club',
        ms,
        note: 'one click, until the page says so',
        browser: `Chromium ${browser.version()}`,
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
