/** The steps every journey shares, by the names the interface keeps (architecture, section 6). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ConsoleMessage, expect, type Page } from '@playwright/test';
import { zipSync } from 'fflate';

export const CORA_PLAIN = resolve(import.meta.dirname, '../../shared/datasets/cora/plain');
export const hasCora = existsSync(CORA_PLAIN);

/** Everything the page said that a person would call broken; empty at the end of every test. */
export function watchForTrouble(page: Page): string[] {
  const trouble: string[] = [];
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error') trouble.push(message.text());
  });
  page.on('pageerror', (error) => trouble.push(String(error)));
  return trouble;
}

export function zipOfFolder(folder: string): Buffer {
  const entries = readdirSync(folder).map(
    (name) => [name, new Uint8Array(readFileSync(join(folder, name)))] as const,
  );
  return Buffer.from(zipSync(Object.fromEntries(entries)));
}

/** Drops files on the page as a person would: real DataTransfer, real events. */
export async function dropFiles(
  page: Page,
  files: readonly { name: string; content: Buffer }[],
): Promise<void> {
  const transfer = await page.evaluateHandle(
    (list) => {
      const data = new DataTransfer();
      for (const { name, base64 } of list) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        data.items.add(new File([bytes], name));
      }
      return data;
    },
    files.map(({ name, content }) => ({ name, base64: content.toString('base64') })),
  );
  const zone = page.getByRole('region', { name: 'Drop graph files' });
  await zone.dispatchEvent('dragenter', { dataTransfer: transfer });
  await zone.dispatchEvent('dragover', { dataTransfer: transfer });
  await zone.dispatchEvent('drop', { dataTransfer: transfer });
}

/** Opens a bundled example from the start page or from the drawer; `title` is part of the card's name. */
export async function openExample(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Examples' }).first().click();
  await page.getByRole('button', { name: title }).last().click();
  await expect(page.getByRole('button', { name: 'Train' })).toBeEnabled();
}

export const runStatus = (page: Page) => page.getByRole('status');

export async function setNumber(page: Page, name: string, value: number): Promise<void> {
  await page.getByRole('tab', { name: 'Model' }).click();
  const field = page.getByRole('spinbutton', { name, exact: true });
  await field.fill(String(value));
  await field.press('Tab');
}

export async function choose(page: Page, name: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** Rows of the table Metrics: row header → cells. */
export async function metricsTable(page: Page): Promise<Map<string, string[]>> {
  await page.getByRole('tab', { name: 'Evaluation' }).click();
  const table = page.getByRole('table', { name: 'Metrics' });
  await expect(table).toBeVisible();
  const rows = new Map<string, string[]>();
  for (const row of await table.getByRole('row').all()) {
    const header = row.getByRole('rowheader');
    if ((await header.count()) === 0) continue;
    rows.set((await header.first().innerText()).trim(), await row.getByRole('cell').allInnerTexts());
  }
  return rows;
}

/** Downloads an export and returns its text. */
export async function exportText(page: Page, item: string): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: item }).click();
  return readFileSync(await (await download).path(), 'utf8');
}

/** Accuracy of the test rows of an exported predictions file, counted independently of the page. */
export function csvTestAccuracy(text: string): number {
  const [header = '', ...lines] = text.trim().split(/\r?\n/);
  const columns = header.split(',');
  const at = (name: string): number => columns.indexOf(name);
  let total = 0;
  let hits = 0;
  for (const line of lines) {
    const cells = line.split(',');
    if (cells[at('split')] !== 'test') continue;
    total++;
    if (cells[at('label')] === cells[at('prediction')]) hits++;
  }
  return hits / total;
}
