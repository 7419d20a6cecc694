/**
 * `node scripts/benchNode.mjs NAME [options]`: bundles bench/node/NAME.ts with the engine, as the headless runner is
 * bundled, and runs it in a process of its own.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies, ensureKernels, root } from './setup.mjs';

const [name = '', ...options] = process.argv.slice(2);
const source = join(root, 'bench', 'node', `${name}.ts`);
if (!existsSync(source)) {
  process.stderr.write(`There is no bench/node/${name}.ts.\n`);
  process.exit(2);
}

ensureDependencies();
ensureKernels();
const { build } = await import('vite');
const outDir = join(root, 'build', 'bench');
await build({
  configFile: false,
  root,
  logLevel: 'error',
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: source,
    outDir,
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { format: 'cjs', entryFileNames: `${name}.cjs`, codeSplitting: false } },
  },
});
const { status } = spawnSync(process.execPath, [join(outDir, `${name}.cjs`), ...options], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
