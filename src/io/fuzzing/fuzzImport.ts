/** One damaged drop through the whole importer: it is read or refused with a sentence; anything else is a fault of ours. */
import { WorkbenchError } from '../../core/errors.ts';
import { randomSequence, STREAM } from '../../core/random.ts';
import { type FileSource, memorySource } from '../fileSource.ts';
import { FORMAT_FIXTURES } from '../formatFixtures.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { DEFAULT_IMPORT_OPTIONS, type ImportOptions } from '../importTypes.ts';
import { mutateBytes } from './mutateBytes.ts';

export interface FuzzSeed {
  /** What the files are, for messages. */
  readonly what: string;
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
}

export interface FuzzOutcome {
  readonly what: string;
  /** 'read', or the code of the refusal. */
  readonly result: string;
  readonly elapsedMs: number;
}

/** The fixtures of all formats. */
export function fixtureSeeds(): FuzzSeed[] {
  const encoder = new TextEncoder();
  return FORMAT_FIXTURES.map(({ format, what, files }) => ({
    what: `${format}: ${what}`,
    files: Object.entries(files).map(([path, content]) => ({
      path,
      bytes: typeof content === 'string' ? encoder.encode(content) : content,
    })),
  }));
}

/** Longer than this for a file of a few kilobytes is a hang to a person who waits. */
export const MAX_MILLISECONDS = 2000;

/** Returns the files of run number `run`: one of the seeds with one of its files damaged. */
export function damagedFiles(
  seeds: readonly FuzzSeed[],
  run: number,
): { readonly what: string; readonly files: readonly FileSource[] } {
  const seed = seeds[run % seeds.length] as FuzzSeed;
  const random = randomSequence(run, STREAM.shuffle);
  const victim = random.below(seed.files.length);
  const others = seeds.flatMap(({ files }) => files.map(({ bytes }) => bytes));
  const files = seed.files.map(({ path, bytes }, at) =>
    memorySource(path, at === victim ? mutateBytes(bytes, run, others) : bytes),
  );
  return { what: seed.what, files };
}

const POLICIES: readonly Partial<ImportOptions>[] = [
  {},
  { missingNodes: 'drop', duplicateEdges: 'sum-weights', selfLoops: 'drop' },
  { direction: 'directed', duplicateEdges: 'keep-first', duplicateNodes: 'refuse' },
];

/**
 * Previews and reads the damaged files of a run.
 * @throws {Error} the fault: an error that is no refusal, a refusal without words, or too long a time
 */
export async function fuzzOnce(seeds: readonly FuzzSeed[], run: number): Promise<FuzzOutcome> {
  const { what, files } = damagedFiles(seeds, run);
  const start = performance.now();
  const options = { ...DEFAULT_IMPORT_OPTIONS, ...POLICIES[run % POLICIES.length] };
  await refusalOf(inspectFiles(files));
  const result = await refusalOf(importFiles(files, options));
  const elapsedMs = performance.now() - start;
  if (elapsedMs > MAX_MILLISECONDS) throw new Error(`${what}: took ${elapsedMs.toFixed(0)} ms`);
  return { what, result, elapsedMs };
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'read';
  } catch (error) {
    if (!(error instanceof WorkbenchError)) throw error;
    if (error.message === '' || error.remedy === '')
      throw new Error('a refusal without words', { cause: error });
    return error.code;
  }
}
