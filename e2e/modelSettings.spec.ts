import { Buffer } from 'node:buffer';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import {
  choose,
  dropFiles,
  exportText,
  metricsTable,
  openExample,
  runStatus,
  setNumber,
  watchForTrouble,
} from './journey.ts';

const nextRun = (page: Page) => page.getByRole('group', { name: 'Next run' }).first();

test('the model menu: headings, only models that serve, a summary beside each', async ({ page }) => {
  await page.goto('./');
  await openExample(page, 'karate club');
  await page.getByRole('combobox', { name: 'Model', exact: true }).click();
  const menu = page.getByRole('listbox');
  for (const heading of ['Graph networks', 'Features only', 'Baselines'])
    await expect(menu.getByText(heading, { exact: true })).toBeVisible();
  await expect(menu.getByRole('option', { name: 'GCN', exact: true })).toContainText('neighbours');
  await expect(menu.getByRole('option', { name: 'Mean value' })).toHaveCount(0);
  await page.keyboard.press('Escape');
});

test('settings by keyboard: advanced opens, a change is said, the preset takes it back', async ({ page }) => {
  const trouble = watchForTrouble(page);
  await page.goto('./');
  await openExample(page, 'karate club');
  await expect(nextRun(page)).toContainText(/About [\d.]+ .B · whole graph at once/);
  const settings = page.getByRole('region', { name: 'Model settings' });
  const edgeDropout = settings.getByRole('spinbutton', { name: 'Edge dropout' });
  await expect(edgeDropout).toBeHidden();
  await settings.locator('summary', { hasText: 'Advanced' }).focus();
  await page.keyboard.press('Enter');
  await expect(edgeDropout).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await edgeDropout.fill('0.2');
  await edgeDropout.press('Tab');
  await expect(settings).toContainText('1 changed');
  await expect(settings).toContainText('Edited. Choose it again to go back.');

  const small = await nextRun(page).innerText();
  await setNumber(page, 'Hidden units', 256);
  await expect(nextRun(page)).not.toHaveText(small);
  await choose(page, 'Schedule', 'Cosine');
  await page.getByRole('button', { name: 'Train' }).click();
  await expect(runStatus(page)).toContainText('Finished', { timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'Run' })).toContainText(
    'GCN · defaults, edited · whole graph at once · cosine schedule',
  );
  await metricsTable(page);
  await expect(page.getByRole('tabpanel', { name: 'Evaluation' })).toContainText('cosine schedule, last');

  await choose(page, 'Preset', 'Defaults');
  await expect(page.getByRole('spinbutton', { name: 'Hidden units' })).toHaveValue('16');
  await expect(edgeDropout).toHaveValue('0');
  expect(trouble).toEqual([]);
});

test('what would refuse a run is said before it starts, with what to change', async ({ page }) => {
  const trouble = watchForTrouble(page);
  const rows = Array.from({ length: 40 }, (_, node) => `n${node},a${node % 2}`);
  const edges = Array.from({ length: 40 }, (_, node) => `n${node},n${(node + 1) % 40}`);
  await page.goto('./');
  await dropFiles(page, [
    { name: 'nodes.csv', content: Buffer.from(['id,label', ...rows].join('\n')) },
    { name: 'edges.csv', content: Buffer.from(['source,target', ...edges].join('\n')) },
  ]);
  await page
    .getByRole('dialog', { name: 'Import' })
    .getByRole('button', { name: 'Import', exact: true })
    .click();
  await expect(nextRun(page)).toContainText('About');
  await choose(page, 'Task', 'Predict value');
  await expect(page.getByRole('combobox', { name: 'Target' })).toBeDisabled();
  await expect(nextRun(page)).toContainText(
    'No node column holds numbers to predict. Add a numeric column to the node table, or use the task Predict label.',
  );
  await choose(page, 'Task', 'Predict label');
  await expect(nextRun(page)).toContainText('About');
  await page.getByRole('button', { name: 'Train' }).hover();
  await expect(page.getByRole('tooltip')).toContainText('whole graph at once');
  expect(trouble).toEqual([]);
});

test('several yes/no columns: one run, a table of labels, a probability of each', async ({ page }) => {
  const trouble = watchForTrouble(page);
  const nodes = ['id,size,round,red'];
  const edges = ['source,target'];
  for (let node = 0; node < 60; node++) {
    nodes.push(`n${node},${node % 10},${node % 10 > 4},${node % 3 === 0}`);
    edges.push(`n${node},n${(node + 10) % 60}`);
  }
  await page.goto('./');
  await dropFiles(page, [
    { name: 'nodes.csv', content: Buffer.from(nodes.join('\n')) },
    { name: 'edges.csv', content: Buffer.from(edges.join('\n')) },
  ]);
  await page
    .getByRole('dialog', { name: 'Import' })
    .getByRole('button', { name: 'Import', exact: true })
    .click();
  await choose(page, 'Target', 'round, red');
  await page.getByRole('button', { name: 'Train' }).click();
  await expect(runStatus(page)).toContainText('Finished', { timeout: 60_000 });
  await expect(page.getByRole('tabpanel', { name: 'Graph' })).toContainText('Likeliest label');
  expect((await metricsTable(page)).get('Test micro F1')).toBeDefined();
  const labels = page.getByRole('table', { name: 'Per label' });
  await expect(labels.getByRole('rowheader')).toHaveText(['round', 'red']);
  expect(await exportText(page, 'Predictions (CSV)')).toMatch(/^id,split,correct,p_round,true_round,p_red,/);
  await page.getByRole('tab', { name: 'Table' }).click();
  await page.getByRole('gridcell').first().click();
  await expect(page.getByRole('list', { name: 'Label probabilities' }).getByRole('listitem')).toHaveCount(2);
  expect(trouble).toEqual([]);
});
