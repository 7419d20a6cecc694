import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { choose, dropFiles, openExample, runStatus, setNumber, watchForTrouble } from './journey.ts';

const bar = (page: Page) => page.getByRole('toolbar', { name: 'Projection' });
const points = (page: Page) => page.getByRole('application', { name: /^Embedding/ });

async function trainKarate(page: Page): Promise<void> {
  await page.goto('./');
  await openExample(page, 'karate club');
  await setNumber(page, 'Epochs', 60);
  await page.getByRole('button', { name: 'Train' }).click();
  await expect(runStatus(page)).toContainText('Finished', { timeout: 60_000 });
  await page.getByRole('tab', { name: 'Embedding' }).click();
}

/** Four groups of rows with eight numbers each, in a ring of edges. */
function groupedTables(count: number): { name: string; content: Buffer }[] {
  const columns = Array.from({ length: 8 }, (_, at) => `x${at}`);
  const rows = Array.from({ length: count }, (_, row) => {
    const numbers = columns.map((_, at) => (at === row % 4 ? 9 : 0) + Math.sin(row * 12.9898 + at * 78.233));
    return [`n${row}`, `group${row % 4}`, ...numbers.map((value) => value.toFixed(4))].join(',');
  });
  const edges = rows.map((_, row) => `n${row},n${(row + 1) % count}`);
  return [
    {
      name: 'nodes.csv',
      content: Buffer.from(['id,group', ...columns].join(',').concat('\n', rows.join('\n'))),
    },
    { name: 'edges.csv', content: Buffer.from(['source,target', ...edges].join('\n')) },
  ];
}

async function openGrouped(page: Page, count: number): Promise<void> {
  await page.goto('./');
  await dropFiles(page, groupedTables(count));
  await page
    .getByRole('dialog', { name: 'Import' })
    .getByRole('button', { name: 'Import', exact: true })
    .click();
  await expect(page.getByRole('button', { name: 'Train' })).toBeEnabled();
  await page.getByRole('tab', { name: 'Embedding' }).click();
}

test('a trained hidden layer by UMAP and t-SNE, with its trust; the live PCA comes back', async ({
  page,
}) => {
  const trouble = watchForTrouble(page);
  await trainKarate(page);
  const panel = page.getByRole('tabpanel', { name: 'Embedding' });
  await expect(panel).toContainText('2-D PCA shows');
  for (const [method, caption] of [
    ['UMAP', /UMAP of the hidden layer, 15 neighbours, min distance 0.1/],
    ['t-SNE', /t-SNE of the hidden layer, perplexity 11/],
  ] as const) {
    const before = await points(page).screenshot();
    await choose(page, 'Projection method', method);
    await bar(page).getByRole('button', { name: 'Project', exact: true }).click();
    await expect(panel).toContainText(caption);
    await expect(panel).toContainText(/Trustworthiness (0\.[6-9]\d\d|1\.000)/);
    await expect(bar(page).getByRole('button', { name: 'Project', exact: true })).toBeVisible();
    expect((await points(page).screenshot()).equals(before)).toBe(false);
  }
  await choose(page, 'Projection method', 'PCA, live');
  await expect(panel).toContainText('2-D PCA shows');
  await choose(page, 'Projection method', 'UMAP');
  await expect(panel).toContainText('Trustworthiness');
  await page.getByRole('button', { name: 'Train' }).click();
  await expect(panel).toContainText('2-D PCA shows');
  await expect(runStatus(page)).toContainText('Finished', { timeout: 60_000 });
  expect(trouble).toEqual([]);
});

test('a point picked in a projection tells its nearest there and how many are linked', async ({ page }) => {
  await trainKarate(page);
  await choose(page, 'Projection method', 'UMAP');
  await bar(page).getByRole('button', { name: 'Project', exact: true }).click();
  await expect(page.getByRole('tabpanel', { name: 'Embedding' })).toContainText('Trustworthiness');
  await page.getByRole('tab', { name: 'Graph' }).click();
  await page.getByRole('combobox', { name: 'Search nodes' }).fill('34');
  await page.getByRole('option').first().click();
  const nearest = page.getByRole('region', { name: 'Nearest in the embedding' });
  await expect(nearest).toContainText('Nearest in the hidden layer');
  await expect(nearest).toContainText(/\d+ of 15 linked/);
  await expect(nearest.getByRole('button')).toHaveCount(15);
  const title = page.getByRole('region', { name: 'Details' }).getByRole('heading', { level: 2 });
  const before = await title.innerText();
  await nearest.getByRole('button').first().click();
  await expect(title).not.toHaveText(before);
});

test('number columns are projected without a run; it pauses, goes on and stops', async ({ page }) => {
  const trouble = watchForTrouble(page);
  await openGrouped(page, 3000);
  const panel = page.getByRole('tabpanel', { name: 'Embedding' });
  await expect(bar(page).getByRole('button', { name: 'Project', exact: true })).toBeHidden();
  await choose(page, 'Projection method', 't-SNE');
  await expect(page.getByRole('combobox', { name: 'Projection of' })).toHaveValue('8 number columns');
  await bar(page).getByRole('button', { name: 'Project', exact: true }).click();
  await expect(bar(page)).toContainText('placing points');
  await bar(page).getByRole('button', { name: 'Pause projection' }).click();
  await expect(bar(page)).toContainText('paused');
  const progress = bar(page).getByRole('progressbar');
  await page.waitForTimeout(400);
  const [held, picture] = [await progress.getAttribute('aria-valuenow'), await points(page).screenshot()];
  await page.waitForTimeout(600);
  expect(await progress.getAttribute('aria-valuenow')).toBe(held);
  expect((await points(page).screenshot()).equals(picture)).toBe(true);
  await bar(page).getByRole('button', { name: 'Resume projection' }).click();
  await expect(bar(page)).toContainText('placing points');
  await expect(async () => {
    expect((await points(page).screenshot()).equals(picture)).toBe(false);
  }).toPass();
  await bar(page).getByRole('button', { name: 'Stop projection' }).click();
  await expect(panel).toContainText('Trustworthiness');
  await expect(bar(page).getByRole('button', { name: 'Project', exact: true })).toBeVisible();
  expect(trouble).toEqual([]);
});

test('a setting that so few rows do not allow is said, with what they do', async ({ page }) => {
  await openGrouped(page, 40);
  await choose(page, 'Projection method', 't-SNE');
  await page.getByRole('button', { name: 'Projection settings' }).click();
  await expect(page.getByRole('dialog', { name: 'Settings of t-SNE' })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  const perplexity = page.getByRole('spinbutton', { name: 'Perplexity' });
  await perplexity.fill('60');
  await page.keyboard.press('Escape');
  await bar(page).getByRole('button', { name: 'Project', exact: true }).click();
  await expect(page.getByText('Perplexity is 60: too much for 40 rows.', { exact: true })).toBeVisible();
  await expect(page.getByText('Set Perplexity to at most 13.', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Projection settings' }).click();
  await perplexity.fill('13');
  await page.keyboard.press('Escape');
  await bar(page).getByRole('button', { name: 'Project', exact: true }).click();
  await expect(page.getByRole('tabpanel', { name: 'Embedding' })).toContainText('perplexity 13');
});
