import { expect, type Page, test } from '@playwright/test';
import { resolve } from 'node:path';
import {
  choose,
  CORA_PLAIN,
  csvTestAccuracy,
  dropFiles,
  exportText,
  hasCora,
  metricsTable,
  openExample,
  runStatus,
  setNumber,
  watchForTrouble,
  zipOfFolder,
} from './journey.ts';

const GENERATED = resolve(import.meta.dirname, '../public/datasets/citation-sbm');

async function journey(page: Page, folder: string, zipName: string): Promise<void> {
  const trouble = watchForTrouble(page);
  await page.goto('./');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await dropFiles(page, [{ name: zipName, content: zipOfFolder(folder) }]);
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toBeHidden();
  const graph = page.getByRole('tabpanel', { name: 'Graph' });
  await expect(graph).toBeVisible();

  await setNumber(page, 'Epochs', 2000);
  await setNumber(page, 'Patience', 0);
  await page.getByRole('button', { name: 'Train' }).click();
  await expect(runStatus(page)).toContainText(/Training.*epoch \d+/);
  const early = await graph.screenshot();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(runStatus(page)).toContainText(/Paused.*epoch \d+/);
  const paused = Number(/epoch (\d+)/.exec(await runStatus(page).innerText())?.[1]);
  expect(paused).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Step' }).click();
  await expect(runStatus(page)).toContainText(`epoch ${paused + 1}`);
  expect((await graph.screenshot()).equals(early)).toBe(false);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(runStatus(page)).toContainText('Finished', { timeout: 60_000 });

  const metrics = await metricsTable(page);
  const shown = Number.parseFloat(metrics.get('Test accuracy')?.[0] ?? '');
  expect(shown).toBeGreaterThan(70);
  expect(metrics.get('Test accuracy')).toHaveLength(4);
  const accuracy = csvTestAccuracy(await exportText(page, 'Predictions (CSV)'));
  expect((100 * accuracy).toFixed(1)).toBe(shown.toFixed(1));
  expect(trouble).toEqual([]);
}

test('drop a zip, import, train, watch, pause, step, resume, judge, export', async ({ page }) => {
  await journey(page, GENERATED, 'citations.zip');
});

test('the same with Cora', async ({ page }) => {
  test.skip(!hasCora, 'needs ../shared/datasets/cora');
  await journey(page, CORA_PLAIN, 'cora.zip');
});

test('an example opens with one click and Train works untouched', async ({ page }) => {
  const trouble = watchForTrouble(page);
  await page.goto('./');
  await page.getByRole('button', { name: 'karate club' }).first().click();
  await page.getByRole('button', { name: 'Train' }).click();
  await expect(runStatus(page)).toContainText('Finished', { timeout: 60_000 });
  const metrics = await metricsTable(page);
  expect(Number.parseFloat(metrics.get('Test accuracy')?.[0] ?? '')).toBeGreaterThan(80);
  expect(await exportText(page, 'Embeddings (CSV)')).toMatch(/^id,e0,e1/);
  expect(await exportText(page, 'Graph (GraphML)')).toContain('<graphml');
  expect(trouble).toEqual([]);
});

for (const backend of ['WebGPU', 'WebGL', 'WASM', 'CPU']) {
  test(`${backend}: train, pause, step, resume, stop on a small graph`, async ({ page }) => {
    const trouble = watchForTrouble(page);
    await page.goto('./');
    await openExample(page, 'karate club');
    await choose(page, 'Compute', backend);
    await expect(page.getByRole('banner')).toContainText(backend);
    await setNumber(page, 'Epochs', 100_000);
    await page.getByRole('button', { name: 'Train' }).click();
    await expect(runStatus(page)).toContainText(/Training.*epoch [1-9]/, { timeout: 60_000 });
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(runStatus(page)).toContainText('Paused');
    const paused = Number(/epoch (\d+)/.exec(await runStatus(page).innerText())?.[1]);
    await page.getByRole('button', { name: 'Step' }).click();
    await expect(runStatus(page)).toContainText(`epoch ${paused + 1}`);
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect(runStatus(page)).toContainText('Training');
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(runStatus(page)).toContainText('Stopped');
    const metrics = await metricsTable(page);
    expect(metrics.get('Test accuracy')).toBeDefined();
    expect(trouble).toEqual([]);
  });
}
