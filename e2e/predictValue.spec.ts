import { Buffer } from 'node:buffer';
import { expect, type Page, test } from '@playwright/test';
import { choose, dropFiles, exportText, metricsTable, runStatus, watchForTrouble } from './journey.ts';

const SIZE = 14;

/** A torus of houses: the price of each follows from its own rooms and from those next door. Seeded, so always the same. */
function houses(): { name: string; content: Buffer }[] {
  let state = 7;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const at = (row: number, column: number): number => ((row + SIZE) % SIZE) * SIZE + ((column + SIZE) % SIZE);
  const rooms = Array.from({ length: SIZE * SIZE }, () => 1 + Math.floor(random() * 8));
  const nodes = ['id,rooms,age,price'];
  const edges = ['source,target'];
  for (let row = 0; row < SIZE; row++) {
    for (let column = 0; column < SIZE; column++) {
      const near = [at(row - 1, column), at(row + 1, column), at(row, column - 1), at(row, column + 1)];
      const around = near.reduce((sum, house) => sum + (rooms[house] as number), 0) / 4;
      const house = at(row, column);
      const price = 50_000 + 20_000 * (rooms[house] as number) + 30_000 * around + 4000 * random();
      nodes.push(`h${house},${rooms[house]},${Math.floor(random() * 90)},${price.toFixed(0)}`);
      edges.push(`h${house},h${near[1]}`, `h${house},h${near[3]}`);
    }
  }
  const file = (name: string, lines: readonly string[]) => ({ name, content: Buffer.from(lines.join('\n')) });
  return [file('nodes.csv', nodes), file('edges.csv', edges)];
}

async function openHouses(page: Page): Promise<void> {
  await page.goto('./');
  await dropFiles(page, houses());
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** Root mean squared error of the test rows of an exported predictions file, computed independently of the page. */
function csvTestRmse(text: string): number {
  const [header = '', ...lines] = text.trim().split(/\r?\n/);
  const columns = header.split(',');
  const at = (name: string): number => columns.indexOf(name);
  const errors = lines
    .map((line) => line.split(','))
    .filter((cells) => cells[at('split')] === 'test')
    .map((cells) => Number(cells[at('prediction')]) - Number(cells[at('value')]));
  return Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
}

test('a column of numbers: predict it, watch it, judge it, export it', async ({ page }) => {
  const trouble = watchForTrouble(page);
  await openHouses(page);
  await choose(page, 'Task', 'Predict value');
  await expect(page.getByRole('combobox', { name: 'Target' })).toHaveValue('price');
  await expect(page.getByRole('group', { name: 'Next run' }).first()).toContainText(
    /About [\d.]+ .B · whole graph at once/,
  );
  const graph = page.getByRole('tabpanel', { name: 'Graph' });
  await expect(page.getByText('Arranging the nodes')).toBeHidden();
  await page.getByRole('button', { name: 'Run layout' }).waitFor();
  const before = await graph.screenshot();
  await page.getByRole('button', { name: 'Train' }).click();
  await expect(runStatus(page)).toContainText('Finished', { timeout: 60_000 });
  await expect(graph).toContainText('Predicted price');
  expect((await graph.screenshot()).equals(before)).toBe(false);

  const predicted = await graph.screenshot();
  await choose(page, 'Colour by', 'True value');
  expect((await graph.screenshot()).equals(predicted)).toBe(false);
  await choose(page, 'Colour by', 'Error');
  await expect(graph).toContainText('too low');

  const metrics = await metricsTable(page);
  expect(Number(metrics.get('Test R²')?.[0])).toBeGreaterThan(0.3);
  const rmse = csvTestRmse(await exportText(page, 'Predictions (CSV)'));
  const shown = Number(metrics.get('Test RMSE')?.[0]?.replaceAll(',', ''));
  expect(Math.abs(shown - rmse) / rmse).toBeLessThan(1e-3);

  const errors = page.getByRole('region', { name: 'Predicted and true values' });
  await expect(errors.getByRole('img', { name: /^Scatter of predicted against true price/ })).toBeVisible();
  await errors.getByText('Validation', { exact: true }).click();
  await expect(errors).toContainText('validation nodes: half are within');
  await errors.getByRole('table', { name: 'Largest errors' }).getByRole('button').first().click();
  const judgement = page.getByRole('region', { name: 'Prediction' });
  await expect(judgement).toContainText(/True value.*Predicted.*Error.*too (high|low)/s);
  expect(trouble).toEqual([]);
});
