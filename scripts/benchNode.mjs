/**
 * `node scripts/benchNode.mjs NAME [options]`: bundles bench/node/NAME.ts with the engine, as the headless runner is
 * bundled, and runs it in a process of its own.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies, ensureKernels, root } from './setup.mjs';

/** Bundles bench/node/NAME.ts and returns the file to run; null when there is none of that name. */
export async function bundleNodeBench(name) {
  const source = join(root, 'bench', 'node', `${name}.ts`);
  if (!existsSync(source)) return null;
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
  return join(outDir, `${name}.cjs`);
}

async function main([name = '', ...options]) {
  ensureDependencies();
  ensureKernels();
  const bundle = await bundleNodeBench(name);
  if (bundle === null) {
    process.stderr.write(`There is no bench/node/${name}.ts.\n`);
    process.exit(2);
  }
  const { status } = spawnSync(process.execPath, [bundle, ...options], { cwd: root, stdio: 'inherit' });
  process.exit(status ?? 1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
