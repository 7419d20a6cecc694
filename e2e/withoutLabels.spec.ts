import { Buffer } from 'node:buffer';
import { expect, test } from '@playwright/test';
import { dropFiles, exportText, runStatus, watchForTrouble } from './journey.ts';

test('an edge list without labels: Train finds communities instead of an error', async ({ page }) => {
  const trouble = watchForTrouble(page);
  // Three cliques of six, tied in a ring.
  const lines = ['source,target'];
  for (let clique = 0; clique < 3; clique++) {
    for (let a = 0; a < 6; a++) for (let b = a + 1; b < 6; b++) lines.push(`${clique}-${a},${clique}-${b}`);
    lines.push(`${clique}-0,${(clique + 1) % 3}-1`);
  }
  await page.goto('./');
  await dropFiles(page, [{ name: 'friends.csv', content: Buffer.from(lines.join('\n')) }]);
  await page
    .getByRole('dialog', { name: 'Import' })
    .getByRole('button', { name: 'Import', exact: true })
    .click();
  await expect(page.getByRole('combobox', { name: 'Task' })).toHaveValue('Find communities');
  await page.getByRole('button', { name: 'Train' }).click();
  await expect(runStatus(page)).toContainText('Finished', { timeout: 60_000 });
  await expect(page.getByText(/^3 communities, clearly separated/).first()).toBeVisible();
  const rows = (await exportText(page, 'Embeddings (CSV)')).trim().split('\n');
  expect(rows).toHaveLength(19);
  expect(trouble).toEqual([]);
});
