/**
 * Files of an Open Graph Benchmark folder by their names: `raw/` with tables of numbers per graph, node and edge, and
 * `split/<name>/` with row numbers. A heterogeneous set has a folder per node type and per triplet of types.
 * Layout: https://github.com/snap-stanford/ogb/blob/master/ogb/io/read_graph_raw.py
 */
import { ParseError } from '../../core/errors.ts';
import { decodeHead } from '../bytes/textEncoding.ts';
import type { ProbedFile } from '../importTypes.ts';
import type { SplitPart } from './splitColumn.ts';

export interface OgbSplit {
  readonly name: string;
  /** '' in a set of one node type. */
  readonly nodeType: string;
  readonly part: SplitPart;
  readonly file: ProbedFile;
}

export interface OgbFolder {
  /** Folder of the raw files with its slash; '' when they lie at the top. */
  readonly raw: string;
  readonly isTyped: boolean;
  readonly files: ReadonlyMap<string, ProbedFile>;
  readonly splits: readonly OgbSplit[];
  /** Files that were looked up; the rest is reported as not used. */
  readonly used: Set<ProbedFile>;
}

const SPLIT = /(?:^|\/)split\/([^/]+)\/(?:([^/]+)\/)?(train|valid|test)\.csv$/;
/** What read_graph_raw.py looks for first. */
const REQUIRED = {
  plain: ['num-node-list.csv', 'num-edge-list.csv', 'edge.csv'],
  typed: ['num-node-dict.csv', 'triplet-type-list.csv'],
} as const;

/** Returns the files of an OGB folder, or null. */
export function ogbFolder(files: readonly ProbedFile[]): OgbFolder | null {
  const byPath = new Map(files.map((file) => [file.source.path, file]));
  for (const kind of ['plain', 'typed'] as const) {
    const [first, ...others] = REQUIRED[kind];
    for (const path of byPath.keys()) {
      const name = path.split('/').at(-1) ?? '';
      const raw = path.slice(0, path.length - name.length);
      if (name !== first || !others.every((other) => byPath.has(raw + other))) continue;
      return { raw, isTyped: kind === 'typed', files: byPath, splits: splitsOf(files), used: new Set() };
    }
  }
  return null;
}

function splitsOf(files: readonly ProbedFile[]): OgbSplit[] {
  return files.flatMap((file) => {
    const [, name, nodeType, part] = SPLIT.exec(file.source.path) ?? [];
    if (name === undefined) return [];
    return [{ name, nodeType: nodeType ?? '', part: part === 'valid' ? 'val' : (part as SplitPart), file }];
  });
}

/** Returns a raw file and remembers that it is used. */
export function takeFile(folder: OgbFolder, path: string): ProbedFile | undefined {
  const file = folder.files.get(folder.raw + path);
  if (file !== undefined) folder.used.add(file);
  return file;
}

/** @throws {ParseError} the folder lacks the file */
export function requireFile(folder: OgbFolder, path: string): ProbedFile {
  const file = takeFile(folder, path);
  if (file !== undefined) return file;
  throw new ParseError(`The OGB folder lacks ${folder.raw}${path}.`, {
    code: 'missing-file',
    remedy: 'Drop the whole folder as it was unpacked.',
    details: { file: folder.raw + path },
  });
}

/** Further tables beside a known one, such as node_year.csv: path and column name. */
export function furtherFiles(
  folder: OgbFolder,
  below: string,
  prefix: 'node_' | 'edge_',
): [string, string][] {
  const start = `${folder.raw}${below}${prefix}`;
  return [...folder.files.keys()]
    .filter(
      (path) => path.startsWith(start) && path.endsWith('.csv') && !path.slice(start.length).includes('/'),
    )
    .map((path) => [path.slice(folder.raw.length), path.slice((folder.raw + below).length, -'.csv'.length)]);
}

/** Cells of a small table with words in it, whole in the first 64 KiB. @throws {ParseError} it is longer */
export function wordRows(file: ProbedFile): string[][] {
  const { path, sizeBytes } = file.source;
  const text = decodeHead(file.head);
  if (text.length >= 65_536) {
    throw new ParseError(`${path} is longer than a list of types can be (${sizeBytes} bytes).`, {
      code: 'type-list',
      remedy: 'Use the files as published.',
      details: { file: path },
    });
  }
  return text
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(',').map((cell) => cell.trim()));
}
