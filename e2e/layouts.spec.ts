/** The layout menu: every layout from a person's click to nodes elsewhere, positions of a file, pins, keys, axe. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { choose, dropFiles, openExample, runStatus, watchForTrouble } from './journey.ts';

/** The graph is on screen and its layout at rest. */
const settled = (page: Page) => expect(page.getByRole('button', { name: 'Run layout' })).toBeVisible();
const layoutSelect = (page: Page) => page.getByRole('combobox', { name: 'Layout', exact: true });
const graphView = (page: Page) => page.getByRole('application', { name: /^Graph of/ });

async function violations(page: Page): Promise<string[]> {
  const results = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`,
  );
}

/** What the canvas of nodes shows once it has stopped changing. */
async function stillPicture(page: Page): Promise<string> {
  const read = () =>
    graphView(page)
      .locator('canvas')
      .last()
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  let before = '';
  await expect(async () => {
    const now = await read();
    const isStill = now === before;
    before = now;
    expect(isStill).toBe(true);
  }).toPass({ intervals: [120] });
  return before;
}

/** Waits until the picture is another one and still. */
async function otherPicture(page: Page, than: string): Promise<string> {
  let now = than;
  await expect(async () => {
    now = await stillPicture(page);
    expect(now).not.toBe(than);
  }).toPass();
  return now;
}

async function chooseLayout(page: Page, name: string): Promise<void> {
  await layoutSelect(page).click();
  await page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
  await settled(page);
}

/** A ring of three nodes in a corner and one far away, as Gephi writes it; y counts upwards. */
const GEXF = `<?xml version="1.0"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<graph defaultedgetype="directed"><nodes>
<node id="low" label="low"><viz:position x="0" y="0" z="0"/></node>
<node id="near" label="near"><viz:position x="10" y="0" z="0"/></node>
<node id="high" label="high"><viz:position x="0" y="400" z="0"/></node>
<node id="far" label="far"><viz:position x="300" y="400" z="0"/></node>
</nodes><edges>
<edge source="low" target="near"/><edge source="near" target="high"/>
<edge source="high" target="low"/><edge source="high" target="far"/>
</edges></graph></gexf>`;

async function openGexf(page: Page): Promise<void> {
  await dropFiles(page, [{ name: 'drawing.gexf', content: Buffer.from(GEXF) }]);
  await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await settled(page);
}

/** What the tooltip says of the node in the upper left corner of the fitted drawing, 3 wide and 4 high. */
async function nodeAtTop(page: Page): Promise<string> {
  const box = await graphView(page).boundingBox();
  if (box === null) throw new Error('no graph on screen');
  const padding = 32;
  const unit = Math.min((box.height - 2 * padding) / 4, (box.width - 2 * padding) / 3);
  await page.mouse.move(box.x + box.width / 2 - 1.5 * unit, box.y + box.height / 2 - 2 * unit);
  return graphView(page).locator('strong').innerText();
}

test('every layout that karate can have places the nodes anew; the others say what they lack', async ({
  page,
}) => {
  const trouble = watchForTrouble(page);
  await page.goto('./');
  await openExample(page, 'karate club');
  await settled(page);
  await expect(layoutSelect(page)).toHaveValue('ForceAtlas2');
  let picture = await stillPicture(page);
  for (const name of ['Circular', 'Concentric', 'Grid', 'ForceAtlas2']) {
    await chooseLayout(page, name);
    await expect(layoutSelect(page)).toHaveValue(name);
    picture = await otherPicture(page, picture);
  }
  await layoutSelect(page).click();
  const layered = page.getByRole('option', { name: /^Layered/ });
  await expect(layered).toContainText('needs directed edges');
  await expect(page.getByRole('option', { name: /^By embedding/ })).toContainText('needs a trained model');
  await page.keyboard.press('Escape');
  expect(trouble).toEqual([]);
});

test('settings run the layout again; positions stay when the view is left and come back', async ({
  page,
}) => {
  const trouble = watchForTrouble(page);
  await page.goto('./');
  await openExample(page, 'karate club');
  await settled(page);
  await chooseLayout(page, 'Grid');
  const square = await stillPicture(page);
  await page.getByRole('button', { name: 'Layout settings' }).click();
  await page.getByRole('spinbutton', { name: 'Nodes per row' }).fill('3');
  const tall = await otherPicture(page, square);
  await choose(page, 'Sorted by', 'As in the data');
  const unsorted = await otherPicture(page, tall);
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Table' }).click();
  await page.getByRole('tab', { name: 'Graph' }).click();
  await expect(layoutSelect(page)).toHaveValue('Grid');
  expect(await stillPicture(page)).toBe(unsorted);
  expect(trouble).toEqual([]);
});

test('a GEXF file opens where it was drawn, and its directed edges can be layered', async ({ page }) => {
  const trouble = watchForTrouble(page);
  await page.goto('./');
  await openGexf(page);
  await expect(layoutSelect(page)).toHaveValue('By two columns');
  const drawn = await stillPicture(page);
  await page.getByRole('button', { name: 'Layout settings' }).click();
  await expect(page.getByRole('combobox', { name: 'Across' })).toHaveValue('x');
  await expect(page.getByRole('combobox', { name: 'Up and down' })).toHaveValue('y');
  await expect(page.getByRole('combobox', { name: 'Higher values' })).toHaveValue('Further up');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  expect(await nodeAtTop(page)).toContain('high');
  await chooseLayout(page, 'Layered');
  const layered = await otherPicture(page, drawn);
  await chooseLayout(page, 'By two columns');
  expect(await otherPicture(page, layered)).toBe(drawn);
  expect(trouble).toEqual([]);
});

test('by embedding, once a model is trained', async ({ page }) => {
  const trouble = watchForTrouble(page);
  await page.goto('./');
  await openExample(page, 'karate club');
  await settled(page);
  await page.getByRole('button', { name: 'Train' }).click();
  await expect(runStatus(page)).toContainText('Finished', { timeout: 60_000 });
  const force = await stillPicture(page);
  await chooseLayout(page, 'By embedding');
  await otherPicture(page, force);
  expect(trouble).toEqual([]);
});

test('by keyboard: choose a layout, pin a node, and force leaves it in place', async ({ page }) => {
  const trouble = watchForTrouble(page);
  await page.goto('./');
  await openExample(page, 'karate club');
  await settled(page);
  await layoutSelect(page).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await settled(page);
  await expect(layoutSelect(page)).toHaveValue('Circular');
  const circle = await stillPicture(page);
  await graphView(page).focus();
  await page.keyboard.press('ArrowRight');
  const said = page.getByRole('tabpanel', { name: 'Graph' }).locator('[aria-live]').last();
  await expect(said).not.toContainText('pinned');
  await page.keyboard.press('p');
  await expect(said).toContainText('pinned');
  await chooseLayout(page, 'ForceAtlas2');
  await otherPicture(page, circle);
  await graphView(page).focus();
  await page.keyboard.press('p');
  await expect(said).not.toContainText('pinned');
  expect(trouble).toEqual([]);
});

test('on a phone the menu is there and nothing scrolls sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('./');
  await openExample(page, 'karate club');
  await settled(page);
  await chooseLayout(page, 'Concentric');
  await page.getByRole('button', { name: 'Layout settings' }).click();
  await expect(page.getByRole('spinbutton', { name: 'Bands' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await violations(page)).toEqual([]);
});
