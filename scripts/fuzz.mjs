/**
 * `npm run fuzz [-- --runs N --from N --only TEXT]`: damages every fixture of every format, and the samples of ../shared where they are
 * there, and imports them. Fails on a crash, an error without words, more than 2 s for one input, or more than 1 GB.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { ensureDependencies, ensureKernels, root } from './setup.mjs';

const HANG_MS = 10_000;
const MAX_SAMPLE_BYTES = 64 * 1024;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
    from: { type: 'string', default: '0' },
    /** Damages only files whose format or name holds this. */
    only: { type: 'string', default: '' },
  },
});
const [from, runs] = [Number(values.from), Number(values.runs)];
if (!Number.isInteger(from) || !Number.isInteger(runs) || from < 0 || runs < 1) {
  process.stderr.write('npm run fuzz -- --runs N --from N --only TEXT: whole numbers\n');
  process.exit(2);
}

ensureDependencies();
ensureKernels();
const { build } = await import('vite');
const outDir = join(root, 'build', 'fuzz');
await build({
  configFile: false,
  root,
  logLevel: 'error',
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: join(root, 'fuzz', 'fuzzWorker.ts'),
    outDir,
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { format: 'es', entryFileNames: 'fuzzWorker.mjs', codeSplitting: false } },
  },
});

const samples = filesIn(join(root, '..', 'shared', 'datasets', 'format-samples')).concat(
  filesIn(join(root, '..', 'shared', 'datasets', 'classic-graphs')),
);

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && statSync(path).size <= MAX_SAMPLE_BYTES)
    .sort();
}

const results = new Map();
const faults = [];
let next = from;

/** Runs inputs until all are done, or the thread hangs or dies; returns at which input it stopped. */
function runThread(first) {
  return new Promise((resolve) => {
    const worker = new Worker(join(outDir, 'fuzzWorker.mjs'), {
      workerData: { from: first, to: from + runs, samples, only: values.only },
    });
    let run = first;
    let watchdog = null;
    const stop = (fault) => {
      clearTimeout(watchdog);
      if (fault !== null) faults.push({ run, fault });
      void worker.terminate().then(() => resolve(run + 1));
    };
    const watch = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => stop(`hangs for more than ${HANG_MS / 1000} s`), HANG_MS);
    };
    watch();
    worker.on('message', (message) => {
      run = message.run;
      watch();
      if (message.fault !== undefined) faults.push(message);
      if (message.result !== undefined) results.set(message.result, (results.get(message.result) ?? 0) + 1);
      if (process.stderr.isTTY && run % 500 === 0) process.stderr.write(`\r${run - from} of ${runs}`);
    });
    worker.on('error', (error) => stop(`kills the thread: ${error.message}`));
    worker.on('exit', () => {
      clearTimeout(watchdog);
      resolve(run + 1);
    });
  });
}

const start = performance.now();
while (next < from + runs) next = await runThread(next);
for (const { run, fault } of faults) process.stdout.write(`input ${run}: ${fault}\n`);
const table = [...results].sort((a, b) => b[1] - a[1]).map(([result, count]) => `${result} ${count}`);
process.stdout.write(
  `${runs} damaged inputs from ${samples.length} samples and the fixtures in ${((performance.now() - start) / 1000).toFixed(0)} s: ${faults.length} faults\n${table.join(', ')}\n`,
);
process.exit(faults.length === 0 ? 0 : 1);
