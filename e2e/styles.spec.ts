import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { choose, openExample, runStatus, watchForTrouble } from './journey.ts';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function violations(page: Page): Promise<string[]> {
  const results = await new AxeBuilder({ page }).withTags(WCAG_22_AA).analyze();
  return results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join('; ')}`,
  );
}

const legend = (page: Page) =>
  page.getByRole('tabpanel', { name: 'Graph' }).getByRole('group', { name: 'Legend' });

/** Opens the flights, whose airports have their places, so that the picture is the same every time. */
async function openFlights(page: Page): Promise<void> {
  await page.goto('./');
  await openExample(page, 'flights');
  await expect(page.getByRole('button', { name: 'Run layout' })).toBeVisible();
  await page.getByRole('button', { name: 'Style', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Style' })).toBeVisible();
}

async function downloaded(page: Page, start: () => Promise<void>): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await start();
  return readFileSync(await (await download).path());
}

async function exportImage(page: Page, item: string): Promise<Buffer> {
  return downloaded(page, async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: item }).click();
  });
}

/** Width and height in the header of a PNG (RFC 2083, section 11.2.1). */
const pngSize = (bytes: Buffer): [number, number] => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];

test('style by a number and a category: the legend tells, the picture carries it', async ({ page }) => {
  const trouble = watchForTrouble(page);
  await openFlights(page);
  await choose(page, 'Node colour', 'latitude');
  await expect(legend(page)).toContainText('latitude');
  await choose(page, 'Palette', 'Cividis (low to high)');
  await choose(page, 'Node shape', 'label');
  await choose(page, 'Node size', 'longitude');
  await choose(page, 'Edge width', 'flights');
  for (const words of ['Northeast', 'Size: longitude', 'Edge width: flights']) {
    await expect(legend(page)).toContainText(words);
  }
  await page.getByRole('button', { name: 'Close style' }).click();

  const svg = (await exportImage(page, 'Image (SVG)')).toString('utf8');
  const found = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      isBroken: parsed.querySelector('parsererror') !== null,
      legend: parsed.querySelector('#legend')?.textContent ?? '',
      numNodes: parsed.querySelectorAll('#nodes > *').length,
      stops: [...parsed.querySelectorAll('stop')].map((stop) => stop.getAttribute('stop-color')),
    };
  }, svg);
  expect(found.isBroken).toBe(false);
  expect(found.numNodes).toBe(305);
  for (const words of ['latitude', 'Northeast', 'Size: longitude', 'Edge width: flights']) {
    expect(found.legend).toContain(words);
  }
  expect([found.stops[0], found.stops.at(-1)]).toEqual(['#00224e', '#fee838']);
  expect(trouble).toEqual([]);
});

test('a PNG has the chosen size', async ({ page }) => {
  await openFlights(page);
  await page.getByRole('button', { name: 'Close style' }).click();
  const [width, height] = pngSize(await exportImage(page, 'Image (PNG)'));
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitemradio', { name: 'PNG at 4×' }).click();
  const bytes = await downloaded(page, () => page.getByRole('menuitem', { name: 'Image (PNG)' }).click());
  expect(pngSize(bytes)).toEqual([2 * width, 2 * height]);
});

test('a class in the legend selects its nodes', async ({ page }) => {
  await openFlights(page);
  await page.getByRole('button', { name: 'Close style' }).click();
  await legend(page).getByRole('button', { name: 'Northeast' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Inspector' })).toContainText('28');
});

test('styles are kept over a reload, saved to a file, opened again and refused when broken', async ({
  page,
}) => {
  await openFlights(page);
  await choose(page, 'Node colour', 'latitude');
  await page.getByRole('textbox', { name: 'Keep this style as' }).fill('By latitude');
  const file = await downloaded(page, () => page.getByRole('button', { name: 'Save to a file' }).click());
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await page.getByRole('button', { name: 'Reset all' }).click();
  await expect(page.getByRole('combobox', { name: 'Node colour' })).toHaveValue('Label');

  await openFlights(page);
  await page.getByRole('button', { name: 'By latitude', exact: true }).click();
  await expect(page.getByRole('combobox', { name: 'Node colour' })).toHaveValue('latitude');
  await page.getByRole('button', { name: 'Forget By latitude' }).click();
  await page.getByRole('button', { name: 'Reset node colour' }).click();
  await expect(page.getByRole('combobox', { name: 'Node colour' })).toHaveValue('Label');

  await page.getByLabel('Style file').setInputFiles({
    name: 'mine.style.json',
    mimeType: 'application/json',
    buffer: file,
  });
  await expect(page.getByRole('combobox', { name: 'Node colour' })).toHaveValue('latitude');
  await page.getByLabel('Style file').setInputFiles({
    name: 'broken.json',
    mimeType: 'application/json',
    buffer: file.subarray(0, 40),
  });
  await expect(page.getByText('broken.json: this is not JSON.', { exact: true })).toBeVisible();
});

test('confidence is coloured while a model trains', async ({ page }) => {
  const trouble = watchForTrouble(page);
  await page.goto('./');
  await openExample(page, 'karate club');
  await choose(page, 'Colour by', 'Confidence');
  await expect(legend(page)).toContainText('Appears when a run starts');
  await page.getByRole('button', { name: 'Train' }).click();
  await expect(runStatus(page)).toContainText('Finished', { timeout: 60_000 });
  await expect(legend(page)).toContainText('hollow: no prediction');
  expect(trouble).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing for axe to report in the ${colorScheme} theme, wide and narrow`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openFlights(page);
    await choose(page, 'Node colour', 'latitude');
    await choose(page, 'Edge colour', 'flights');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Close style' }).click();
    await page.getByRole('button', { name: 'Export' }).click();
    await expect(page.getByRole('menuitem', { name: 'Image (SVG)' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: 'Style', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Style' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}
