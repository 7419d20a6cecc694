import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { dropFiles, openExample, watchForTrouble } from './journey.ts';

const HOSTILE = '<img src=x onerror=alert(1)>';
const FORMULA = '=HYPERLINK("https://example.org","click")';

const grid = (page: Page, name = 'Nodes') => page.getByRole('grid', { name });
const dataRows = (page: Page) => page.locator('[role=row][data-line]:not([data-line^="-"])');
const count = (page: Page) => page.getByRole('tabpanel', { name: 'Table' }).locator('p[aria-live]').first();

async function openTable(page: Page, example: string): Promise<void> {
  await page.goto('./');
  await openExample(page, example);
  await page.getByRole('tab', { name: 'Table' }).click();
  await expect(grid(page)).toBeVisible();
}

/** Opens the form of a column's filter and chooses a condition; the fields below it stay to be filled. */
async function filterBy(page: Page, column: string, condition: string): Promise<void> {
  const toggle = page.getByRole('button', { name: /^Filters/ });
  if ((await toggle.getAttribute('aria-pressed')) === 'false') await toggle.click();
  await page.getByRole('button', { name: `Filter ${column}:` }).click();
  await page.getByRole('combobox', { name: 'Condition' }).click();
  await page.getByRole('option', { name: condition, exact: true }).click();
}

async function saved(page: Page, item: RegExp): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save rows' }).click();
  await page.getByRole('menuitem', { name: item }).click();
  return readFileSync(await (await download).path(), 'utf8');
}

const firstColumn = (csv: string): string[] =>
  csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0] ?? '');

test('filter, select what is left, and save it', async ({ page }) => {
  const trouble = watchForTrouble(page);
  await openTable(page, 'karate club');
  await filterBy(page, 'degree', '>');
  await page.getByRole('textbox', { name: 'Value' }).fill('9');
  // Karate club, Zachary 1977: members 1, 3, 33 and 34 have more than nine friends.
  await expect(count(page)).toHaveText('4 of 34 rows');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Filter degree: > 9' })).toBeVisible();
  await page.getByRole('button', { name: 'Select these' }).click();
  await expect(page.getByRole('row', { selected: true })).toHaveCount(4);
  const shown = await saved(page, /rows shown as CSV/);
  expect(firstColumn(shown)).toHaveLength(4);

  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(count(page)).toHaveText('34 rows');
  const selected = await saved(page, /4 rows selected as CSV/);
  expect(selected).toBe(shown);
  expect(JSON.parse(await saved(page, /4 rows selected as JSON/))).toHaveLength(4);
  expect((await saved(page, /4 rows selected as Parquet/)).slice(0, 4)).toBe('PAR1');

  // The selection is that of every view, and of the export menu.
  await expect(page.getByRole('region', { name: 'Details' })).toContainText('4');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Selection (CSV)' }).click();
  const exported = readFileSync(await (await download).path(), 'utf8');
  expect(exported.trim().split('\n').sort()).toEqual(shown.trim().split('\n').sort());
  expect(trouble).toEqual([]);
});

test('edges stand by the names of their ends, and select them', async ({ page }) => {
  await openTable(page, 'Misérables');
  await page.getByText('Edges', { exact: true }).click();
  await expect(grid(page, 'Edges')).toBeVisible();
  await expect(count(page)).toHaveText('254 rows');
  const headers = await page.getByRole('columnheader').allInnerTexts();
  expect(headers.slice(0, 4)).toEqual(['source', 'target', 'relation', 'direction']);
  await filterBy(page, 'source', 'contains');
  await page.getByRole('textbox', { name: 'Value' }).fill('valjean');
  await page.keyboard.press('Escape');
  await expect(count(page)).toHaveText(/^\d+ of 254 rows$/);
  const header = page.getByRole('columnheader', { name: 'target' });
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  const cells = async (column: number): Promise<string[]> =>
    dataRows(page).locator(`[role=gridcell][data-column="${column}"]`).allInnerTexts();
  await expect.poll(async () => (await cells(1)).toSorted().join() === (await cells(1)).join()).toBe(true);
  expect(new Set(await cells(0))).toEqual(new Set(['Valjean']));
  const [target = ''] = await cells(1);
  await dataRows(page).first().locator('[data-column="1"]').click();
  await expect(page.getByRole('row', { selected: true }).first()).toContainText(target);
  await expect(page.getByRole('region', { name: 'Details' })).toContainText(target);
  const csv = await saved(page, /rows shown as CSV/);
  expect(csv.split('\n')[0]).toMatch(/^source,target,/);
});

test('the grid by keyboard: header, filter, cells, selection, copy', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const trouble = watchForTrouble(page);
  await openTable(page, 'karate club');
  const active = () =>
    grid(page).evaluate(
      (element) =>
        document.getElementById(element.getAttribute('aria-activedescendant') ?? '')?.innerText ?? null,
    );
  await grid(page).focus();
  await page.keyboard.press('ArrowRight');
  expect(await active()).toBe('degree');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('columnheader', { name: 'degree' })).toHaveAttribute('aria-sort', 'descending');
  await expect(dataRows(page).first()).toContainText('17');
  await page.keyboard.press('ArrowDown');
  expect(await active()).toBe('17');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row', { selected: true })).toHaveCount(1);
  await expect(page.getByRole('region', { name: 'Neighbours' })).toContainText('17 neighbours');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('row', { selected: true })).toHaveCount(3);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press(' ');
  await expect(page.getByRole('row', { selected: true })).toHaveCount(2);
  await page.keyboard.press('Control+c');
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).trim().split('\n');
  expect(lines.map((line) => line.split('\t').slice(0, 2))).toEqual([
    ['id', 'degree'],
    ['34', '17'],
    ['33', '12'],
  ]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  expect(await active()).toBe('1');
  await page.keyboard.press('Control+c');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('1');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+Home');
  await expect(page.getByRole('row', { selected: true }).first()).toBeVisible();
  const width = async () =>
    (await page.getByRole('columnheader', { name: 'degree' }).boundingBox())?.width ?? 0;
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  const narrow = await width();
  await page.keyboard.press('Shift+ArrowRight');
  expect(await width()).toBe(narrow + 16);
  await page.keyboard.press('/');
  await expect(page.getByRole('textbox', { name: 'Search rows' })).toBeFocused();
  expect(trouble).toEqual([]);
});

test('columns are chosen, moved and remembered', async ({ page }) => {
  await openTable(page, 'Misérables');
  const headers = () => page.getByRole('columnheader').allInnerTexts();
  const usual = await headers();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'degree' }).uncheck();
  await page.getByRole('checkbox', { name: usual[2] as string, exact: true }).press('Alt+ArrowUp');
  await page.getByRole('button', { name: `Move ${usual[2] as string} up`, exact: true }).click();
  await page.keyboard.press('Escape');
  const chosen = [usual[2], usual[0], ...usual.slice(3)];
  expect(await headers()).toEqual(chosen);
  await page.reload();
  await openTable(page, 'Misérables');
  expect(await headers()).toEqual(chosen);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'Usual columns' }).click();
  expect(await headers()).toEqual(usual);
});

test('hostile text is inert in cells, filters and files', async ({ page }) => {
  const trouble = watchForTrouble(page);
  let alerts = 0;
  page.on('dialog', (dialog) => {
    alerts++;
    void dialog.dismiss();
  });
  await page.goto('./');
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const nodes = [
    'id,topic,note',
    `a,${quoted(HOSTILE)},${quoted(FORMULA)}`,
    `b,${quoted(HOSTILE)},plain`,
    'c,other,plain too',
  ].join('\n');
  await dropFiles(page, [
    { name: 'nodes.csv', content: Buffer.from(`${nodes}\n`) },
    { name: 'edges.csv', content: Buffer.from('source,target\na,b\nb,c\n') },
  ]);
  await page
    .getByRole('dialog', { name: 'Import' })
    .getByRole('button', { name: 'Import', exact: true })
    .click();
  await expect(page.getByRole('dialog', { name: 'Import' })).toBeHidden();
  await page.getByRole('tab', { name: 'Table' }).click();
  await expect(page.getByRole('gridcell', { name: HOSTILE }).first()).toBeVisible();
  await page.getByRole('textbox', { name: 'Search rows' }).fill('onerror');
  await expect(count(page)).toHaveText('2 of 3 rows');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.keyboard.press('Escape');
  const csv = await saved(page, /2 rows shown as CSV/);
  // Faithful data: a spreadsheet that opens the file is where a formula could act, not here.
  expect(csv).toContain(`a,${HOSTILE},${quoted(FORMULA)}`);
  expect(await page.locator('img[src=x]').count()).toBe(0);
  expect(alerts).toBe(0);
  expect(trouble).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('the table keeps to WCAG 2.2 AA', async ({ page }) => {
      const violations = async (): Promise<string[]> => {
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
        const results = await new AxeBuilder({ page }).withTags(tags).analyze();
        return results.violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join('; ')}`,
        );
      };
      await openTable(page, 'karate club');
      await page.getByRole('gridcell').first().click();
      expect(await violations()).toEqual([]);
      await filterBy(page, 'degree', 'between');
      await page.getByRole('textbox', { name: 'From' }).fill('x');
      expect(await violations()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Columns' }).click();
      await expect(page.getByRole('checkbox', { name: 'degree' })).toBeVisible();
      expect(await violations()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Save rows' }).click();
      await expect(page.getByRole('menuitem', { name: /shown as CSV/ })).toBeVisible();
      expect(await violations()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByText('Edges', { exact: true }).click();
      await expect(grid(page, 'Edges')).toBeVisible();
      expect(await violations()).toEqual([]);
    });
  });
}
