/** The fuzzing thread: damages and imports one input after another, and says before each which one it is. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { fixtureSeeds, fuzzOnce, type FuzzSeed } from '../src/io/fuzzing/fuzzImport.ts';

interface Task {
  readonly from: number;
  readonly to: number;
  /** Further files to damage, by path. */
  readonly samples: readonly string[];
  readonly only: string;
}

/** Heap and buffers a damaged file of a few kilobytes may take; the limit of the issue is 1 GB for the process. */
const MAX_RESIDENT_BYTES = 1e9;

const { from, to, samples, only } = workerData as Task;
const port = parentPort;
if (port === null) throw new Error('run by scripts/fuzz.mjs');

const all: FuzzSeed[] = [
  ...fixtureSeeds(),
  ...samples.map((path) => ({
    what: path,
    files: [{ path: path.split('/').at(-1) as string, bytes: new Uint8Array(readFileSync(path)) }],
  })),
];
const seeds = all.filter(({ what }) => what.includes(only));
if (seeds.length === 0) throw new Error(`no format or sample is named '${only}'`);

for (let run = from; run < to; run++) {
  port.postMessage({ run });
  try {
    const { what, result } = await fuzzOnce(seeds, run);
    const { rss } = process.memoryUsage();
    if (rss > MAX_RESIDENT_BYTES)
      port.postMessage({ run, fault: `${what}: ${(rss / 1e6).toFixed(0)} MB resident` });
    else port.postMessage({ run, result });
  } catch (error) {
    port.postMessage({ run, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
