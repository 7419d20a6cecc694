/**
 * Compiles assembly/ to build/kernels/kernels.wasm (plain memory) and kernels-shared.wasm (shared memory, for threads),
 * and bundles the thread entry that Node needs as a file of its own (browsers get theirs from Vite).
 * Does nothing when neither sources, configuration nor compilers changed. Prints to stderr only, because stdout of the
 * headless runner is JSON.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMemoryStream, main as compileAssembly } from 'assemblyscript/asc';
import { build, version as viteVersion } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sourceFolder = join(root, 'assembly');
const outFolder = join(root, 'build', 'kernels');
const stampFile = join(outFolder, 'sources.sha256');
const artefacts = { plain: 'kernels.wasm', shared: 'kernels-shared.wasm' };
const threadEntry = join(root, 'src', 'cli', 'kernelThread.ts');
const threadBundle = 'kernelThread.mjs';
const threadSources = [
  threadEntry,
  join(root, 'src', 'engine', 'kernels', 'kernelThread.ts'),
  join(root, 'src', 'engine', 'kernels', 'kernelModule.ts'),
];

function sourceHash() {
  const compiler = createRequire(import.meta.url)('assemblyscript/package.json').version;
  const hash = createHash('sha256').update(`${compiler} ${viteVersion}`);
  const kernelSources = readdirSync(sourceFolder)
    .toSorted()
    .map((name) => join(sourceFolder, name));
  for (const path of [...kernelSources, ...threadSources, fileURLToPath(import.meta.url)]) {
    hash.update(`\0${relative(root, path)}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

function isCurrent(hash) {
  return (
    [...Object.values(artefacts), threadBundle].every((name) => existsSync(join(outFolder, name))) &&
    existsSync(stampFile) &&
    readFileSync(stampFile, 'utf8') === hash
  );
}

/** Compiles to a name of this process and renames, so that a build running beside this one never reads half a file. */
async function compile(target, name) {
  const partial = join(outFolder, `.${process.pid}-${name}`);
  const messages = createMemoryStream();
  const files = [
    'assembly/index.ts',
    '--config',
    'assembly/asconfig.json',
    '--outFile',
    relative(root, partial),
  ];
  const { error } = await compileAssembly([...files, '--target', target, '--baseDir', root], {
    stderr: messages,
  });
  if (error !== null) {
    process.stderr.write(`${messages.toString()}\nCould not compile ${name}: ${error.message}\n`);
    process.exit(1);
  }
  renameSync(partial, join(outFolder, name));
  process.stderr.write(`Compiled build/kernels/${name}\n`);
}

async function bundleThread() {
  const partial = `.${process.pid}-${threadBundle}`;
  await build({
    configFile: false,
    root,
    logLevel: 'silent',
    publicDir: false,
    build: {
      ssr: threadEntry,
      outDir: outFolder,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: partial } },
    },
  });
  renameSync(join(outFolder, partial), join(outFolder, threadBundle));
  process.stderr.write(`Bundled build/kernels/${threadBundle}\n`);
}

const hash = sourceHash();
if (!isCurrent(hash)) {
  mkdirSync(outFolder, { recursive: true });
  for (const [target, name] of Object.entries(artefacts)) await compile(target, name);
  await bundleThread();
  writeFileSync(stampFile, hash);
}
