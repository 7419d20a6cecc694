import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { metricsTable, openExample, runStatus, watchForTrouble } from './journey.ts';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe holds against the page: rule, and the elements that break it. Empty when it passes. */
async function violations(page: Page): Promise<string[]> {
  const results = await new AxeBuilder({ page }).withTags(WCAG_22_AA).analyze();
  return results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join('; ')}`,
  );
}

async function trainToTheEnd(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Train' }).click();
  await expect(runStatus(page)).toContainText('Finished', { timeout: 60_000 });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('nothing open, and the list of keys', async ({ page }) => {
      const trouble = watchForTrouble(page);
      await page.goto('./');
      await expect(page.getByRole('button', { name: 'karate club' })).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Theme' }).click();
      await expect(page.getByRole('menuitemradio', { checked: true })).toHaveText('As the system');
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Help' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      expect(trouble).toEqual([]);
    });

    test('loaded, with the search open', async ({ page }) => {
      await page.goto('./');
      await openExample(page, 'karate club');
      expect(await violations(page)).toEqual([]);
      await page.getByRole('combobox', { name: 'Search nodes' }).fill('1');
      await expect(page.getByRole('option').first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });

    test('finished: evaluation, embedding, table and inspector', async ({ page }) => {
      await page.goto('./');
      await openExample(page, 'karate club');
      await trainToTheEnd(page);
      expect(await violations(page)).toEqual([]);
      await metricsTable(page);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('tab', { name: 'Embedding' }).click();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('tab', { name: 'Table' }).click();
      await page.getByRole('gridcell').first().click();
      await expect(page.getByRole('region', { name: 'Neighbours' })).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });

    test('small screen: sheets', async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto('./');
      await openExample(page, 'karate club');
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Set-up' }).click();
      await expect(page.getByRole('dialog', { name: 'Set-up' })).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
  });
}
