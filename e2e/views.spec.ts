import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { dropFiles, openExample, runStatus, watchForTrouble } from './journey.ts';

const MAX_TABS = 60;

/** Presses Tab until the element has focus, as a person without a mouse would. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let press = 0; press < MAX_TABS; press++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`not reached by ${MAX_TABS} presses of Tab`);
}

const inspectedTitle = (page: Page) =>
  page.getByRole('region', { name: 'Details' }).getByRole('heading', { level: 2 });
/** The graph is on screen and its layout at rest. */
const settled = (page: Page) => expect(page.getByRole('button', { name: 'Run layout' })).toBeVisible();

async function hasNoSidewaysScroll(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    scrollTo(1000, 0);
    return scrollX === 0 && document.documentElement.scrollWidth <= innerWidth;
  });
}

test('the graph by keyboard: Tab to it, walk, select, read, go on through the neighbours', async ({
  page,
}) => {
  const trouble = watchForTrouble(page);
  await page.goto('./');
  await openExample(page, 'karate club');
  await settled(page);
  const graph = page.getByRole('application', { name: /^Graph of/ });
  await tabTo(page, graph);
  const announced = page.getByRole('tabpanel', { name: 'Graph' }).locator('[aria-live]').last();
  await page.keyboard.press('ArrowRight');
  await expect(announced).toContainText('label');
  const first = await announced.innerText();
  // Whichever way the layout lies, one of the four directions has a neighbour.
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp']) {
    await page.keyboard.press(key);
    if ((await announced.innerText()) !== first) break;
  }
  expect(await announced.innerText()).not.toBe(first);
  await page.keyboard.press('Enter');
  await expect(inspectedTitle(page)).toBeVisible();
  const before = await inspectedTitle(page).innerText();

  const neighbour = page.getByRole('region', { name: 'Neighbours' }).getByRole('button').first();
  await tabTo(page, neighbour);
  await page.keyboard.press('Enter');
  await expect(inspectedTitle(page)).not.toHaveText(before);
  expect(trouble).toEqual([]);
});

test('search picks a node and the inspector shows it', async ({ page }) => {
  await page.goto('./');
  await openExample(page, 'Misérables');
  await page.getByRole('combobox', { name: 'Search nodes' }).fill('valjean');
  await page
    .getByRole('option', { name: /Valjean/ })
    .first()
    .click();
  await expect(page.getByRole('region', { name: 'Details' })).toContainText('Valjean');
  await expect(page.getByRole('region', { name: 'Neighbours' })).toContainText('36 neighbours');
});

test('the table sorts and selects in step with the inspector', async ({ page }) => {
  await page.goto('./');
  await openExample(page, 'karate club');
  await page.getByRole('tab', { name: 'Table' }).click();
  const degrees = async (): Promise<number[]> => {
    const headers = await page.getByRole('columnheader').allInnerTexts();
    const at = headers.indexOf('degree');
    const rows = await page
      .getByRole('row')
      .filter({ has: page.getByRole('gridcell') })
      .all();
    return Promise.all(rows.map(async (row) => Number(await row.getByRole('gridcell').nth(at).innerText())));
  };
  const header = page.getByRole('columnheader', { name: 'degree' });
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  const shown = await degrees();
  expect(shown[0]).toBe(17);
  expect(shown).toEqual(shown.toSorted((a, b) => b - a));
  await page.getByRole('gridcell').first().click();
  await expect(page.getByRole('row', { selected: true })).toHaveCount(1);
  await expect(page.getByRole('region', { name: 'Neighbours' })).toContainText('17 neighbours');
});

test('a dragged node stays where it was put', async ({ page }) => {
  await page.goto('./');
  await openExample(page, 'karate club');
  await settled(page);
  await page.getByRole('button', { name: 'Run layout' }).waitFor();
  const graph = page.getByRole('application', { name: /^Graph of/ });
  const fitted = async (): Promise<Buffer> => {
    await graph.focus();
    await page.keyboard.press('f');
    await page.waitForTimeout(500);
    return graph.screenshot();
  };
  const before = await fitted();
  await page.getByRole('combobox', { name: 'Search nodes' }).fill('34');
  await page.getByRole('option').first().click();
  await expect(inspectedTitle(page)).toContainText('34');
  // Picking brings the node to the centre of the stage.
  const box = await graph.boundingBox();
  if (box === null) throw new Error('no stage');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 80, y + 60, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(box.x + 5, box.y + 5);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Neighbours' })).toBeHidden();
  await page.mouse.click(x + 80, y + 60);
  await expect(inspectedTitle(page)).toContainText('34');
  await page.mouse.move(box.x + 5, box.y + 5);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Neighbours' })).toBeHidden();
  // Had the drag moved the whole view, fitting it would bring the old picture back.
  expect((await fitted()).equals(before)).toBe(false);
});

test('the picture of the graph is a PNG with something on it', async ({ page }) => {
  await page.goto('./');
  await openExample(page, 'karate club');
  await settled(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Image (PNG)' }).click();
  const bytes = readFileSync(await (await download).path());
  expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const colours = await page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(
      new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]),
    );
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const pixels = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
    return new Set(new Uint32Array(new Uint8Array(pixels).buffer)).size;
  }, bytes.toString('base64'));
  expect(colours).toBeGreaterThan(20);
});

test('the theme is chosen and remembered', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('./');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await page.reload();
  await expect.poll(background).toBe(dark);
});

test('a small screen shows everything without sideways scroll', async ({ page }) => {
  const trouble = watchForTrouble(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'karate club' })).toBeVisible();
  expect(await hasNoSidewaysScroll(page)).toBe(true);
  await openExample(page, 'karate club');
  await page.getByRole('button', { name: 'Train' }).click();
  await expect(runStatus(page)).toContainText('Finished', { timeout: 60_000 });
  for (const view of ['Graph', 'Embedding', 'Table', 'Evaluation']) {
    await page.getByRole('tab', { name: view }).click();
    expect(await hasNoSidewaysScroll(page), view).toBe(true);
  }
  for (const sheet of ['Data', 'Set-up']) {
    await page.getByRole('button', { name: sheet, exact: true }).click();
    await expect(page.getByRole('dialog', { name: sheet })).toBeVisible();
    expect(await hasNoSidewaysScroll(page), sheet).toBe(true);
    await page.keyboard.press('Escape');
  }
  expect(trouble).toEqual([]);
});

test('ragged rows are told, with the lines, and fit a small screen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('./');
  const content = Buffer.from('source,target\na,b\nb,c\nc\nc,a,extra\na,b\n');
  await dropFiles(page, [{ name: 'edges.csv', content }]);
  const dialog = page.getByRole('dialog', { name: 'Import' });
  const confirm = dialog.getByRole('button', { name: 'Import', exact: true });
  await expect(confirm).toBeInViewport();
  expect(await hasNoSidewaysScroll(page)).toBe(true);
  await confirm.click();
  await page.getByRole('button', { name: 'Data', exact: true }).click();
  await page.getByRole('button', { name: /warning/ }).click();
  const report = page.getByRole('dialog', { name: 'What was read' });
  await report.locator('summary').first().click();
  await expect(report).toContainText('line 4');
  expect(await hasNoSidewaysScroll(page)).toBe(true);
});
