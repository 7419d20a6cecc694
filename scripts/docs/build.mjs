/** Rewrites the generated tables of README.md from the registries. Node 20 cannot run TypeScript, so Vite imports it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const folder = dirname(fileURLToPath(import.meta.url));
const root = join(folder, '..', '..');
const readme = join(root, 'README.md');
const { module } = await runnerImport(join(folder, 'tables.ts'), {
  root,
  configFile: false,
  logLevel: 'error',
  // n3's module sources import each other without extensions, which only a bundler resolves.
  environments: { inline: { resolve: { noExternal: ['n3'] } } },
});
const page = readFileSync(readme, 'utf8');
const updated = module.withTables(page, module.readmeTables());
if (updated !== page) writeFileSync(readme, updated);
process.stderr.write(`README.md ${updated === page ? 'is up to date' : 'rewritten'}\n`);
