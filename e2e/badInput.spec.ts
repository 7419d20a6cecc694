import { Buffer } from 'node:buffer';
import { expect, test } from '@playwright/test';
import { zipSync } from 'fflate';
import { dropFiles, openExample } from './journey.ts';

/** [what, file name, content, sentence shown] */
const cases: readonly (readonly [string, string, () => Buffer, RegExp])[] = [
  ['an empty file', 'empty.csv', () => Buffer.alloc(0), /empty\.csv is empty/],
  [
    '50 MB of zeros',
    'zeros.csv',
    () => Buffer.alloc(50_000_000),
    /zeros\.csv is not a text table: it contains binary data/,
  ],
  [
    'binary named .csv',
    'picture.csv',
    () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
    /picture\.csv/,
  ],
  [
    'a zip bomb',
    'bomb.zip',
    () => Buffer.from(zipSync({ 'edges.csv': new Uint8Array(60_000_000).fill(0x61) })),
    /bomb\.zip/,
  ],
];

for (const [what, name, content, sentence] of cases) {
  test(`${what}: one sentence, and what is open stays open`, async ({ page }) => {
    await page.goto('./');
    await openExample(page, 'karate club');
    const title = await page
      .getByRole('button', { name: /karate club/ })
      .first()
      .innerText();
    await page
      .getByLabel('Graph files')
      .first()
      .setInputFiles([{ name, mimeType: 'text/csv', buffer: content() }])
      .catch(async () => {
        await dropFiles(page, [{ name, content: content() }]);
      });
    await expect(page.getByText(sentence).first()).toBeVisible();
    await expect(page.getByRole('button', { name: title }).first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Train' })).toBeEnabled();
  });
}

test('an edge to an unknown node: the policy decides, and the report says so', async ({ page }) => {
  await page.goto('./');
  const nodes = `id,label\n${Array.from({ length: 12 }, (_, row) => `n${row},${row % 2 ? 'a' : 'b'}`).join('\n')}\n`;
  const edges = 'source,target\nn0,n1\nn1,n2\nn2,ghost\n';
  await dropFiles(page, [
    { name: 'nodes.csv', content: Buffer.from(nodes) },
    { name: 'edges.csv', content: Buffer.from(edges) },
  ]);
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await expect(dialog.getByText('Missing nodes')).toBeVisible();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText(/13 nodes · 3 edges/).first()).toBeVisible();
});
