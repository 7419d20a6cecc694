import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { dropFiles, openExample, runStatus, watchForTrouble } from './journey.ts';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function violations(page: Page): Promise<string[]> {
  const results = await new AxeBuilder({ page }).withTags(WCAG_22_AA).analyze();
  return results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join('; ')}`,
  );
}

/** Two clouds of points, with a number kept as text in which two cells are no numbers. */
function tableOfNumbers(): string {
  const rows = Array.from({ length: 80 }, (_, row) => {
    const side = row % 2;
    const spread = (row * 37) % 17;
    const code = row === 7 ? 'n/k' : row === 9 ? 'unsure' : `${(row * 53) % 29}.5`;
    return [row, side * 40 + spread, side * 30 + ((row * 11) % 13), side === 0 ? 'low' : 'high', code].join(
      ',',
    );
  });
  return ['id,height,weight,class,code', ...rows].join('\n');
}

async function openTable(page: Page): Promise<void> {
  await page.goto('./');
  await dropFiles(page, [{ name: 'people.csv', content: Buffer.from(tableOfNumbers()) }]);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Train' })).toBeEnabled();
}

const data = (page: Page) => page.getByRole('region', { name: 'Data', exact: true });
const column = (page: Page, name: string) =>
  data(page)
    .getByRole('listitem')
    .filter({ has: page.getByText(name, { exact: true }) });

async function act(page: Page, on: string, what: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${on}`, exact: true }).click();
  await page.getByRole('menuitem', { name: what }).click();
}

/** Away from fields: a field undoes its own typing. */
async function press(page: Page, keys: string): Promise<void> {
  await page.getByRole('tab', { name: 'Schema' }).focus();
  await page.keyboard.press(keys);
}

test('a column is renamed by keyboard; undo and redo carry the target along', async ({ page }) => {
  const trouble = watchForTrouble(page);
  await page.goto('./');
  await openExample(page, 'karate club');
  const target = page.getByRole('combobox', { name: 'Target' });
  const before = await target.inputValue();
  await page.getByRole('button', { name: `Actions for ${before}`, exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Rename column' });
  await dialog.getByRole('textbox', { name: 'New name' }).fill('faction');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(column(page, 'faction')).toBeVisible();
  await expect(target).toHaveValue('faction');
  await press(page, 'Control+z');
  await expect(target).toHaveValue(before);
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText(
    `Undone: rename ${before} to faction`,
  );
  await press(page, 'Control+Shift+z');
  await expect(target).toHaveValue('faction');
  await page.getByRole('button', { name: /^Undo rename/ }).click();
  await expect(target).toHaveValue(before);
  expect(trouble).toEqual([]);
});

test('a change of kind says what it would lose before it is done, and is undone', async ({ page }) => {
  await openTable(page);
  await expect(column(page, 'code')).toContainText(/text|category/);
  await act(page, 'code', 'Change kind');
  const dialog = page.getByRole('dialog', { name: 'Change kind' });
  await dialog.getByRole('combobox', { name: 'New kind' }).click();
  await page.getByRole('option', { name: 'number' }).click();
  await expect(dialog).toContainText('2 cells of 80 would become missing');
  await expect(dialog).toContainText('unsure');
  await dialog.getByRole('button', { name: 'Change kind' }).click();
  await expect(column(page, 'code')).toContainText('number');
  await expect(column(page, 'code')).toContainText('2.5 % missing');
  await press(page, 'Control+z');
  await expect(column(page, 'code')).not.toContainText('missing');
  await press(page, 'Control+Shift+z');
  await expect(column(page, 'code')).toContainText('2.5 % missing');
});

test('measures and formulas become columns; hidden and dropped ones leave the table', async ({ page }) => {
  const trouble = watchForTrouble(page);
  await page.goto('./');
  await openExample(page, 'karate club');
  for (const measure of ['Degree', 'PageRank']) {
    await act(page, 'node', 'Derive a column');
    const dialog = page.getByRole('dialog', { name: 'Derive a column' });
    await dialog.getByRole('combobox', { name: 'Measure' }).click();
    await page.getByRole('option', { name: measure, exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Name of the column' }).fill(`my ${measure}`);
    await dialog.getByRole('button', { name: 'Derive' }).click();
    await expect(dialog).toBeHidden();
    await expect(column(page, `my ${measure}`)).toBeVisible();
  }
  await expect(column(page, 'my Degree')).toContainText('1 to 17');
  await expect(page.getByRole('img', { name: 'Values of my Degree' })).toBeVisible();

  await act(page, 'node', 'Formula');
  const dialog = page.getByRole('dialog', { name: 'Column by formula' });
  const field = dialog.getByRole('textbox', { name: 'Formula' });
  await field.fill('[my Degre] * 2');
  await expect(dialog.getByRole('alert')).toContainText('character 1');
  await expect(dialog.getByRole('alert')).toContainText('my Degree');
  await expect(dialog.getByRole('button', { name: 'Add column' })).toBeDisabled();
  await field.fill('');
  await dialog.getByRole('button', { name: 'my Degree' }).click();
  await field.press('End');
  await field.pressSequentially(' * 2');
  const rows = dialog.getByRole('table', { name: 'First results' }).getByRole('row');
  await expect(rows).toHaveCount(6);
  await expect(rows.nth(1)).toContainText('32');
  await dialog.getByRole('textbox', { name: 'Name of the column' }).fill('twice');
  await dialog.getByRole('button', { name: 'Add column' }).click();
  await expect(column(page, 'twice')).toContainText('2 to 34');

  await page.getByRole('tab', { name: 'Table' }).click();
  await expect(page.getByRole('columnheader', { name: 'twice' })).toBeVisible();
  await act(page, 'twice', 'Hide');
  await expect(page.getByRole('columnheader', { name: 'twice' })).toBeHidden();
  await press(page, 'Control+z');
  await expect(page.getByRole('columnheader', { name: 'twice' })).toBeVisible();
  await act(page, 'twice', 'Drop');
  await expect(page.getByRole('columnheader', { name: 'twice' })).toBeHidden();
  expect(trouble).toEqual([]);
});

test('a table of numbers without edges becomes a graph to train on', async ({ page }) => {
  const trouble = watchForTrouble(page);
  await openTable(page);
  await page.getByRole('button', { name: 'Connect nearest neighbours' }).click();
  const dialog = page.getByRole('dialog', { name: 'Build edges' });
  await expect(dialog.getByRole('checkbox', { name: /^height/ })).toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: /^class/ })).not.toBeChecked();
  await dialog.getByRole('button', { name: 'Build edges' }).click();
  await expect(dialog).toContainText(/\d+ edges made/);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(data(page).getByRole('button', { name: /Actions for relation/ })).toBeVisible();

  await page.getByRole('tab', { name: 'Summary' }).click();
  await expect(data(page).getByRole('row', { name: /^Components/ })).toContainText('2');
  await expect(data(page).getByRole('row', { name: /^Homophily/ })).toContainText('100.0 %');

  await page.getByRole('button', { name: 'Train' }).click();
  await expect(runStatus(page)).toContainText('Finished', { timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'Run' })).not.toContainText('earlier version');
  await press(page, 'Control+z');
  await expect(page.getByRole('region', { name: 'Run' })).toContainText('earlier version');
  await expect(runStatus(page)).toContainText('Finished');
  await press(page, 'Control+Shift+z');
  await expect(page.getByRole('region', { name: 'Run' })).not.toContainText('earlier version');
  expect(trouble).toEqual([]);
});

test('the summary counts, warns, and a warning is settled by its button', async ({ page }) => {
  await page.goto('./');
  const leak = tableOfNumbers()
    .split('\n')
    .map((line, row) => `${line},${row === 0 ? 'is_high' : line.includes(',high,') ? 'yes' : 'no'}`);
  await dropFiles(page, [{ name: 'leak.csv', content: Buffer.from(leak.join('\n')) }]);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('tab', { name: 'Summary' }).click();
  const warnings = data(page).getByRole('region', { name: 'Warnings' });
  await expect(warnings).toContainText("'is_high'");
  await expect(data(page).getByRole('row', { name: /^Components/ })).toContainText('80');
  await warnings.getByRole('button', { name: 'Leave out is_high' }).click();
  await expect(warnings).not.toContainText("'is_high'");
  await page.getByRole('tab', { name: 'Schema' }).click();
  await data(page).getByText('1 hidden column').click();
  await expect(page.getByRole('button', { name: 'Show is_high' })).toBeVisible();
  await press(page, 'Control+z');
  await expect(column(page, 'is_high')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('schema, dialogs and summary meet WCAG', async ({ page }) => {
      await openTable(page);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Actions for height' }).click();
      await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      for (const [what, name] of [
        ['Derive a column', 'Derive a column'],
        ['Formula', 'Column by formula'],
        ['Build edges', 'Build edges'],
      ] as const) {
        await act(page, 'node', what);
        await expect(page.getByRole('dialog', { name }).getByRole('button').last()).toBeVisible();
        expect(await violations(page)).toEqual([]);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toBeHidden();
      }
      await page.getByRole('tab', { name: 'Summary' }).click();
      await expect(data(page).getByRole('region', { name: 'Structure' })).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
  });
}

test('on a small screen the schema is a sheet whose dialogs fill the screen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openTable(page);
  await page.getByRole('button', { name: 'Data', exact: true }).click();
  await page.getByRole('button', { name: 'Connect nearest neighbours' }).click();
  const dialog = page.getByRole('dialog', { name: 'Build edges' });
  await dialog.getByRole('button', { name: 'Build edges' }).click();
  await expect(dialog).toContainText('edges made');
  await dialog.getByRole('button', { name: 'Done' }).click();
  const sheet = page.getByRole('dialog', { name: 'Data' });
  await sheet.getByRole('tab', { name: 'Summary' }).click();
  await expect(sheet.getByRole('row', { name: /^Components/ })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});
