/**
 * The eight files of a Planetoid data set, found by name and read as plain values. What they mean as a graph is
 * `formats/planetoid.ts`.
 */
import { ParseError } from '../../core/errors.ts';
import { throwIfCancelled } from '../bytes/eventLoop.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { readPickle } from './pickle.ts';
import type { CsrMatrix, NdArray, PickleValue } from './pickleObjects.ts';
import { readWhole } from '../bytes/readBytes.ts';

const PARTS = ['y', 'tx', 'ty', 'allx', 'ally', 'graph', 'test.index'] as const;
type Part = (typeof PARTS)[number];
const FILE_NAME = /(?:^|\/)ind\.(.+)\.(x|y|tx|ty|allx|ally|graph|test\.index)$/;
export interface PlanetoidFiles {
  readonly name: string;
  readonly files: ReadonlyMap<string, ProbedFile>;
  readonly missing: readonly Part[];
}

/** Returns the files of the first data set among them, or null. */
export function planetoidFiles(files: readonly ProbedFile[]): PlanetoidFiles | null {
  const found = new Map<string, ProbedFile>();
  let name: string | null = null;
  for (const file of files) {
    const match = FILE_NAME.exec(file.source.path);
    if (match === null || (name !== null && match[1] !== name)) continue;
    name = match[1] as string;
    found.set(match[2] as string, file);
  }
  return name === null ? null : { name, files: found, missing: PARTS.filter((part) => !found.has(part)) };
}

export interface PlanetoidParts {
  readonly numTrain: number;
  readonly allx: CsrMatrix;
  readonly ally: NdArray;
  readonly tx: CsrMatrix;
  readonly ty: NdArray;
  readonly graph: ReadonlyMap<string | number, PickleValue>;
  readonly testIndex: readonly number[];
}

async function partBytes(found: PlanetoidFiles, part: Part, context: ReadContext): Promise<Uint8Array> {
  const file = found.files.get(part) as ProbedFile;
  throwIfCancelled(context.signal, `Reading ${file.source.path}`);
  context.onProgress?.({ stage: `Reading ${file.source.path}`, bytes: 0, totalBytes: 0, rows: 0 });
  return readWhole(file.source, context.limits.maxBytes);
}

/** @throws {ParseError} a file is missing, or not what its name says; a pickle that is not plain data */
export async function readPlanetoidParts(
  found: PlanetoidFiles,
  context: ReadContext,
): Promise<PlanetoidParts> {
  if (found.missing.length > 0) failMissing(found);
  const pathOf = (part: Part): string => (found.files.get(part) as ProbedFile).source.path;
  const fail = (part: Part, what: string): never => {
    throw new ParseError(`${pathOf(part)}: ${what}.`, {
      code: 'planetoid-part',
      remedy: 'Use the eight files of one data set as published.',
      details: { file: pathOf(part) },
    });
  };
  const load = async (part: Part): Promise<PickleValue> =>
    readPickle(pathOf(part), await partBytes(found, part, context));
  const matrix = async (part: Part): Promise<CsrMatrix> => {
    const value = await load(part);
    return isKind(value, 'csr') ? value : fail(part, 'it is not a sparse matrix');
  };
  const labels = async (part: Part, rows: number | null): Promise<NdArray> => {
    const value = await load(part);
    if (!isKind(value, 'array') || value.shape.length !== 2)
      return fail(part, 'it is not a matrix of labels');
    return rows === null || value.shape[0] === rows ? value : fail(part, `it has not ${rows} rows`);
  };
  const y = await labels('y', null);
  const allx = await matrix('allx');
  const tx = await matrix('tx');
  const graph = await load('graph');
  if (!(graph instanceof Map)) return fail('graph', 'it is not a dict of neighbours');
  const indexText = new TextDecoder().decode(await partBytes(found, 'test.index', context));
  const testIndex = indexText.trim().split(/\s+/).map(Number);
  if (testIndex.length !== tx.rows || !testIndex.every((node) => Number.isInteger(node) && node >= 0)) {
    return fail('test.index', `it does not list ${tx.rows} node numbers`);
  }
  return {
    numTrain: y.shape[0] as number,
    allx,
    ally: await labels('ally', allx.rows),
    tx,
    ty: await labels('ty', tx.rows),
    graph,
    testIndex,
  };
}

function isKind<K extends 'csr' | 'array'>(
  value: PickleValue,
  kind: K,
): value is Extract<CsrMatrix | NdArray, { kind: K }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}

function failMissing(found: PlanetoidFiles): never {
  const missing = found.missing.map((part) => `ind.${found.name}.${part}`);
  throw new ParseError(`Missing of the Planetoid data '${found.name}': ${missing.join(', ')}.`, {
    code: 'missing-files',
    remedy: `Drop all files ind.${found.name}.* together.`,
    details: { missing },
  });
}
