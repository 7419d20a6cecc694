/** Writes public/datasets/ from the scripts beside it. Node 20 cannot run TypeScript, so Vite imports them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const folder = dirname(fileURLToPath(import.meta.url));
const root = join(folder, '..', '..');
process.chdir(root);
const { module } = await runnerImport(join(folder, 'all.ts'), { root, configFile: false, logLevel: 'error' });
for (const { card, files } of await module.buildAllDatasets()) {
  const target = join(root, 'public', 'datasets', card.id);
  mkdirSync(target, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(target, name), text);
  const sizeBytes = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  process.stderr.write(`Wrote public/datasets/${card.id}: ${Math.ceil(sizeBytes / 1000)} kB\n`);
}
