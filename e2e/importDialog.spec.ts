import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { choose, dropFiles, watchForTrouble } from './journey.ts';

const PEOPLE = 24;
const name = (person: number): string => `p${person}`;
/** A ring of people; everybody also knows the one three seats on. */
const EDGES = `source,target\n${Array.from({ length: PEOPLE }, (_, person) =>
  [1, 3].map((step) => `${name(person)},${name((person + step) % PEOPLE)}`).join('\n'),
).join('\n')}\n`;
/** Labels for all but two of them, and for one stranger. */
const LABELS = `id,team,age\n${Array.from({ length: PEOPLE - 2 }, (_, person) =>
  [name(person), person % 2 === 0 ? 'red' : 'blue', 20 + person].join(','),
).join('\n')}\nstranger,red,99\n`;
const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const file = (fileName: string, text: string) => ({ name: fileName, content: Buffer.from(text) });
const importDialog = (page: Page) => page.getByRole('dialog', { name: 'Import' });

async function confirm(page: Page): Promise<void> {
  await importDialog(page).getByRole('button', { name: 'Import', exact: true }).click();
  await expect(importDialog(page)).toBeHidden();
}

async function openEdges(page: Page): Promise<void> {
  await page.goto('./');
  await dropFiles(page, [file('friends.csv', EDGES)]);
  await expect(importDialog(page)).toBeVisible();
  await confirm(page);
  await expect(page.getByText(/24 nodes · 48 edges/).first()).toBeVisible();
}

/** After something is open, files come in through the hidden input of the data set menu. */
async function openMore(page: Page, fileName: string, text: string): Promise<void> {
  const buffer = Buffer.from(text);
  await page
    .getByLabel('Graph files')
    .first()
    .setInputFiles([{ name: fileName, mimeType: 'text/csv', buffer }]);
  await expect(importDialog(page)).toBeVisible();
}

test('labels dropped on an open edge list are added to it by id, and taken back with Undo', async ({
  page,
}) => {
  const trouble = watchForTrouble(page);
  await openEdges(page);
  await openMore(page, 'nodes.csv', LABELS);
  const dialog = importDialog(page);
  await expect(dialog.getByRole('radio', { name: /^Add to friends/ })).toBeChecked();
  await expect(dialog.getByText('22 of 23 ids match (95.7 %).')).toBeVisible();
  await expect(dialog.getByText('1 does not: stranger')).toBeVisible();
  await expect(dialog.getByText(/2 of 24 nodes of friends\S* get no row \(8\.3 %\): p22, p23/)).toBeVisible();
  await confirm(page);
  const message = page.getByRole('region', { name: 'Messages' });
  await expect(message.getByText(/22 nodes matched, 1 node left out, 2 columns added/)).toBeVisible();
  await expect(page.getByText(/24 nodes · 48 edges/).first()).toBeVisible();
  const target = page.getByRole('combobox', { name: 'Target', exact: true });
  await expect(target).toHaveValue('team');
  await message.getByRole('button', { name: 'Undo' }).click();
  await expect(target).not.toHaveValue('team');
  await expect(page.getByText('age', { exact: true })).toBeHidden();
  expect(trouble).toEqual([]);
});

test('new nodes and edges can be added, and the files can open as a graph of their own', async ({ page }) => {
  await openEdges(page);
  await openMore(page, 'more.csv', 'source,target\np0,new1\np1,p5\n');
  const dialog = importDialog(page);
  await expect(dialog.getByText('3 of 4 ids match (75.0 %).')).toBeVisible();
  await expect(dialog.getByRole('combobox', { name: 'New nodes' })).toHaveValue('Add the node');
  await confirm(page);
  await expect(page.getByText(/25 nodes · 50 edges/).first()).toBeVisible();
  await openMore(page, 'other.csv', 'source,target\np0,x1\nx1,x2\nx2,x3\n');
  await expect(dialog.getByRole('radio', { name: 'Open as new graph' })).toBeChecked();
  await confirm(page);
  await expect(page.getByText(/4 nodes · 3 edges/).first()).toBeVisible();
});

test('ids that do not meet: both sides are shown, and the column that fits is one click away', async ({
  page,
}) => {
  await openEdges(page);
  const rows = Array.from({ length: 10 }, (_, row) => `${1000 + row},${name(row)},${row % 2}`).join('\n');
  await openMore(page, 'nodes.csv', `id,login,team\n${rows}\n`);
  const dialog = importDialog(page);
  await dialog.getByText('Add to friends').click();
  await expect(dialog.getByText('0 of 10 ids match (0.0 %).')).toBeVisible();
  await expect(dialog.getByText(/Ids here look like 1000, 1001, .* like p0, p1/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Use it as node id' }).click();
  await expect(dialog.getByText('10 of 10 ids match (100.0 %).')).toBeVisible();
});

test('a role and a kind are changed, remembered for files of this shape, and reset', async ({ page }) => {
  const trouble = watchForTrouble(page);
  await page.goto('./');
  const nodes = `id,group,year\n${Array.from({ length: 12 }, (_, row) => `n${row},g${row % 2},${1990 + (row % 3)}`).join('\n')}\n`;
  const edges = 'source,target\nn0,n1\nn1,n2\nn2,n3\n';
  await dropFiles(page, [file('nodes.csv', nodes), file('edges.csv', edges)]);
  await choose(page, 'Role of group', 'Label');
  await choose(page, 'Kind of year', 'Category');
  await confirm(page);
  await expect(page.getByRole('combobox', { name: 'Target', exact: true })).toHaveValue('group');
  const year = page
    .getByRole('region', { name: 'Nodes node' })
    .getByRole('listitem')
    .filter({ hasText: 'year' });
  await expect(year).toContainText('category');

  await openMore(page, 'nodes.csv', nodes);
  await expect(importDialog(page).getByText(/Mapped as you did last time/)).toBeHidden();
  await page.reload();
  await dropFiles(page, [file('nodes.csv', nodes), file('edges.csv', edges)]);
  await expect(page.getByRole('combobox', { name: 'Kind of year' })).toHaveValue('Category');
  await importDialog(page).getByRole('button', { name: 'Reset to guesses' }).click();
  await expect(page.getByRole('combobox', { name: 'Kind of year' })).not.toHaveValue('Category');
  await expect(importDialog(page).getByText(/Mapped as you did last time/)).toBeHidden();
  expect(trouble).toEqual([]);
});

test('a wide table shows its first columns, finds others, and shows all when asked', async ({ page }) => {
  await page.goto('./');
  const columns = Array.from({ length: 60 }, (_, column) => `c${column}`);
  const rows = Array.from({ length: 5 }, (_, row) => [`n${row}`, ...columns.map((_c, at) => at)].join(','));
  await dropFiles(page, [file('nodes.csv', `id,${columns.join(',')}\n${rows.join('\n')}\n`)]);
  const dialog = importDialog(page);
  await expect(dialog.getByText('16 of 61 columns')).toBeVisible();
  await dialog.getByRole('textbox', { name: /Find a column/ }).fill('c59');
  await expect(dialog.getByRole('combobox', { name: 'Role of c59' })).toBeVisible();
  await dialog.getByRole('textbox', { name: /Find a column/ }).fill('');
  await dialog.getByRole('button', { name: 'Show all columns' }).click();
  await expect(dialog.getByText('61 of 61 columns')).toBeVisible();
});

test('text pasted on the page or in the dialog is opened', async ({ page }) => {
  const trouble = watchForTrouble(page);
  await page.goto('./');
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, EDGES);
  await expect(importDialog(page).getByText('pasted.csv').first()).toBeVisible();
  await confirm(page);
  await expect(page.getByText(/24 nodes · 48 edges/).first()).toBeVisible();

  await page.goto('./');
  await page.getByRole('button', { name: 'Paste a table' }).click();
  const paste = page.getByRole('dialog', { name: 'Paste a table' });
  await paste.getByRole('textbox').fill('source\ttarget\na\tb\nb\tc\n');
  await paste.getByRole('button', { name: 'Continue' }).click();
  await expect(importDialog(page).getByText('pasted.tsv').first()).toBeVisible();
  await confirm(page);
  await expect(page.getByText(/3 nodes · 2 edges/).first()).toBeVisible();
  expect(trouble).toEqual([]);
});

test('a file behind an address is fetched only when asked, without cookies; failures say what to do', async ({
  page,
}) => {
  const asked: string[] = [];
  await page.context().route(/^https:/, async (route) => {
    const request = route.request();
    asked.push(request.url());
    expect(request.headers()['referer']).toBeUndefined();
    if (request.url().endsWith('missing.csv'))
      return route.fulfill({ status: 404, headers: { 'Access-Control-Allow-Origin': '*' } });
    // What a refusal by the site's policy looks like to a page.
    if (request.url().endsWith('closed.csv')) return route.abort('failed');
    return route.fulfill({
      body: EDGES,
      headers: { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/csv' },
    });
  });
  await page.goto('./');
  const open = async (address: string): Promise<void> => {
    await page.getByRole('button', { name: 'Open from a URL' }).click();
    const dialog = page.getByRole('dialog', { name: 'Open from a URL' });
    await dialog.getByRole('textbox').fill(address);
    expect(asked).not.toContain(address);
    await page.keyboard.press('Enter');
  };
  await open('https://data.example/missing.csv');
  await expect(page.getByText(/missing\.csv answered 404/).first()).toBeVisible();
  await open('https://data.example/closed.csv');
  await expect(
    page.getByText(/data\.example does not let other pages read its files.*drop it here/).first(),
  ).toBeVisible();
  await open('ftp://data.example/x.csv');
  await expect(page.getByText(/is not an https address/).first()).toBeVisible();
  await open('https://data.example/friends.csv');
  await expect(importDialog(page).getByText('friends.csv').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/24 nodes · 48 edges/).first()).toBeVisible();
});

test('what was dropped is listed and can be saved as a table', async ({ page }) => {
  await page.goto('./');
  const bad = `source,target\n${Array.from({ length: 30 }, (_, row) => `a${row}`).join('\n')}\na,b\nb,c\n`;
  await dropFiles(page, [file('edges.csv', bad)]);
  await confirm(page);
  await page.getByRole('button', { name: /from reading/ }).click();
  const dialog = page.getByRole('dialog', { name: 'What was read' });
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download list (CSV)' }).click();
  const list = readFileSync(await (await download).path(), 'utf8');
  expect(list).toMatch(/^file,line,severity,code,message,text\r\n/);
  expect(list).toContain('edges.csv,2,warning,');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`passes axe in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const violations = async (): Promise<string[]> => {
      const results = await new AxeBuilder({ page }).withTags(WCAG_22_AA).analyze();
      return results.violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join('; ')}`,
      );
    };
    await openEdges(page);
    await openMore(page, 'nodes.csv', LABELS);
    await importDialog(page).getByText('More choices').click();
    await expect(importDialog(page).getByRole('combobox', { name: 'Self-loops' })).toBeVisible();
    expect(await violations()).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await violations()).toEqual([]);
    await importDialog(page).getByRole('button', { name: 'Cancel' }).click();
    await page.setViewportSize({ width: 1440, height: 900 });
    for (const item of ['Paste a table…', 'Open from a URL…']) {
      await page.getByRole('button', { name: /^friends/ }).click();
      await page.getByRole('menuitem', { name: item }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await violations()).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
  });
}
