import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { runStatus, watchForTrouble } from './journey.ts';

const RAW = resolve(import.meta.dirname, '../../shared/datasets/cora/raw');

test('Cora from the gallery: fetched only when asked, then trained', async ({ page }) => {
  test.skip(!existsSync(RAW), 'needs ../shared/datasets/cora/raw');
  const trouble = watchForTrouble(page);
  const asked: string[] = [];
  await page.context().route(/^https:/, async (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
    asked.push(name);
    await route.fulfill({
      body: readFileSync(join(RAW, name)),
      headers: { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'application/octet-stream' },
    });
  });
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'Cora', exact: true })).toBeVisible();
  expect(asked).toEqual([]);
  await page.getByRole('button', { name: 'Cora', exact: true }).click();
  await expect(page.getByText(/2,708 nodes · 5,278 edges/).first()).toBeVisible();
  expect(asked.sort()).toEqual(
    ['allx', 'ally', 'graph', 'test.index', 'tx', 'ty', 'x', 'y'].map((part) => `ind.cora.${part}`),
  );
  await page.getByRole('button', { name: 'Train' }).click();
  await expect(runStatus(page)).toContainText('Finished', { timeout: 60_000 });
  await expect(page.getByText(/8\d\.\d % of 1,000 test nodes right/).first()).toBeVisible();
  expect(trouble).toEqual([]);
});

test('a download that fails says which address and what to do, and keeps the page as it was', async ({
  page,
}) => {
  await page.context().route(/^https:/, (route) => route.abort('internetdisconnected'));
  await page.goto('./');
  await page.getByRole('button', { name: 'Cora', exact: true }).click();
  await expect(page.getByText(/ind\.cora\./).first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Drop graph files' })).toBeVisible();
});
