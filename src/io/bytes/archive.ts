/**
 * Opens what was dropped: entries of zip archives become files, gzip around a single file is taken off while it is
 * read, hidden files and the common leading folder disappear. Guards against archives that expand without end.
 */
import { Gunzip, Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import { LimitError, ParseError, WorkbenchError } from '../../core/errors.ts';
import { createPacer } from './eventLoop.ts';
import { type FileSource, memorySource } from '../fileSource.ts';
import type { ImportLimits } from '../importTypes.ts';
import { concatenate, readHead } from './readBytes.ts';
import { startsWith } from './textEncoding.ts';

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const EMPTY_ZIP = [0x50, 0x4b, 0x05, 0x06];
const GZIP = [0x1f, 0x8b];
/** A step inflates to at most 1,032 times this, which bounds what a bomb can take before it is noticed. */
const STEP_BYTES = 16 * 1024;
/** Small files may compress well; the ratio says something only from here on. */
const RATIO_FROM_BYTES = 1024 ** 2;

export interface OpenedFiles {
  readonly files: readonly FileSource[];
  /** Name of the folder, archive or single file that was dropped. */
  readonly title: string;
}

/** Counts raw bytes as they are read, for progress that is right for compressed files too. */
export interface ByteMeter {
  bytes: number;
}

function metered(source: FileSource, meter: ByteMeter): FileSource {
  return {
    path: source.path,
    sizeBytes: source.sizeBytes,
    async *open() {
      for await (const chunk of source.open()) {
        meter.bytes += chunk.length;
        yield chunk;
      }
    },
  };
}

/** Path with `/`, without drive, leading slashes, `.` and `..`. */
export function sanitisePath(path: string): string {
  return path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..' && !/^[a-zA-Z]:$/.test(part))
    .join('/');
}

function isHidden(path: string): boolean {
  return path
    .split('/')
    .some(
      (part) => part.startsWith('.') || part === '__MACOSX' || /^(?:thumbs\.db|desktop\.ini)$/i.test(part),
    );
}

/** Throws when the output of a file grows beyond what its input can honestly hold. */
class ExpansionGuard {
  #in = 0;
  #out = 0;
  readonly #path: string;
  readonly #limits: ImportLimits;

  constructor(path: string, limits: ImportLimits) {
    this.#path = path;
    this.#limits = limits;
  }

  addInput(bytes: number): void {
    this.#in += bytes;
  }

  /** @throws {LimitError} */
  addOutput(bytes: number): void {
    this.#out += bytes;
    const { maxBytes, maxExpansionRatio } = this.#limits;
    if (this.#out > maxBytes) failTooLarge(this.#path, maxBytes);
    if (this.#out < RATIO_FROM_BYTES || this.#out <= this.#in * maxExpansionRatio) return;
    throw new LimitError(`${this.#path} expands to more than ${maxExpansionRatio} times its size.`, {
      code: 'expansion-ratio',
      remedy: 'Expand the archive yourself if you trust it, and drop the files.',
      details: { file: this.#path, limit: maxExpansionRatio },
    });
  }
}

function failTooLarge(path: string, limit: number): never {
  throw new LimitError(`${path} holds more than ${limit.toLocaleString('en-US')} bytes.`, {
    code: 'too-many-bytes',
    remedy: 'Import a part of the data.',
    details: { file: path, limit },
  });
}

function failDamaged(path: string, what: string, cause?: unknown): never {
  throw new ParseError(`${path}: the ${what} is damaged, incomplete or encrypted.`, {
    code: 'damaged-archive',
    remedy: 'Download or pack it again, without a password.',
    details: { file: path },
    cause,
  });
}

/** Wraps a gzip file; every `open` decompresses anew, so that nothing is kept in memory. */
function gunzipSource(source: FileSource, limits: ImportLimits): FileSource {
  return {
    path: source.path.replace(/\.(?:gz|gzip)$/i, ''),
    sizeBytes: source.sizeBytes,
    async *open() {
      const guard = new ExpansionGuard(source.path, limits);
      let ready: Uint8Array[] = [];
      let isComplete = false;
      const gunzip = new Gunzip((chunk, isFinal) => {
        guard.addOutput(chunk.length);
        isComplete = isFinal;
        ready.push(chunk);
      });
      const push = (bytes: Uint8Array, isFinal: boolean): Uint8Array[] => {
        ready = [];
        guard.addInput(bytes.length);
        try {
          gunzip.push(bytes, isFinal);
        } catch (error) {
          if (error instanceof WorkbenchError) throw error;
          failDamaged(source.path, 'gzip file', error);
        }
        return ready;
      };
      for await (const chunk of source.open()) {
        for (let from = 0; from < chunk.length; from += STEP_BYTES) {
          yield* push(chunk.subarray(from, from + STEP_BYTES), false);
        }
      }
      yield* push(new Uint8Array(0), true);
      if (!isComplete) failDamaged(source.path, 'gzip file');
    },
  };
}

/** Collects the entries of one archive while its bytes stream in. */
class ZipReader {
  readonly entries: FileSource[] = [];
  #open = 0;
  #numSeen = 0;
  readonly #path: string;
  readonly #limits: ImportLimits;
  readonly #guard: ExpansionGuard;
  readonly #unzip: Unzip;

  constructor(path: string, limits: ImportLimits) {
    this.#path = path;
    this.#limits = limits;
    this.#guard = new ExpansionGuard(path, limits);
    this.#unzip = new Unzip((file) => this.#takeEntry(file));
    this.#unzip.register(UnzipInflate);
  }

  push(bytes: Uint8Array, isFinal: boolean): void {
    this.#guard.addInput(bytes.length);
    try {
      this.#unzip.push(bytes, isFinal);
    } catch (error) {
      if (error instanceof WorkbenchError) throw error;
      failDamaged(this.#path, 'zip archive', error);
    }
    if (isFinal && this.#open > 0) failDamaged(this.#path, 'zip archive');
  }

  #takeEntry(file: UnzipFile): void {
    if (++this.#numSeen > this.#limits.maxEntries) {
      throw new LimitError(
        `${this.#path} has more than ${this.#limits.maxEntries.toLocaleString('en-US')} entries.`,
        {
          code: 'too-many-entries',
          remedy: 'Pack only the files of one graph.',
          details: { file: this.#path, limit: this.#limits.maxEntries },
        },
      );
    }
    if (file.name === '[Content_Types].xml') failSpreadsheet(this.#path);
    const path = sanitisePath(file.name);
    if (file.name.endsWith('/') || path === '' || isHidden(path)) return;
    const chunks: Uint8Array[] = [];
    this.#open++;
    file.ondata = (error, chunk, isFinal) => {
      // The decoder hands back what its own callback throws.
      if (error instanceof WorkbenchError) throw error;
      if (error !== null) failDamaged(this.#path, 'zip archive', error);
      this.#guard.addOutput(chunk.length);
      // A stored entry is a view of the input, which belongs to the caller.
      chunks.push(chunk.slice());
      if (!isFinal) return;
      this.#open--;
      this.entries.push(memorySource(path, concatenate(chunks)));
    };
    file.start();
  }
}

function failSpreadsheet(path: string): never {
  throw new ParseError(`${path} is an office document, not an archive of graph files.`, {
    code: 'office-document',
    remedy: 'Save the sheet as CSV and drop that file instead.',
    details: { file: path },
  });
}

async function expandZip(
  source: FileSource,
  limits: ImportLimits,
  signal: AbortSignal | undefined,
): Promise<readonly FileSource[]> {
  const reader = new ZipReader(source.path, limits);
  const pacer = createPacer(signal, `Opening ${source.path}`);
  for await (const chunk of source.open()) {
    for (let from = 0; from < chunk.length; from += STEP_BYTES) {
      reader.push(chunk.subarray(from, from + STEP_BYTES), false);
      await pacer.breathe();
    }
  }
  reader.push(new Uint8Array(0), true);
  return reader.entries;
}

/** The folder that all paths share, without its slash; '' when there is none. */
function commonFolder(paths: readonly string[]): string {
  const folders = paths.map((path) => path.split('/').slice(0, -1));
  const shared = folders.reduce((common, folder) => {
    const differs = common.findIndex((part, depth) => folder[depth] !== part);
    return differs < 0 ? common : common.slice(0, differs);
  }, folders[0] ?? []);
  return shared.join('/');
}

const withPath = (source: FileSource, path: string): FileSource => ({ ...source, path });

/**
 * Returns the files behind what was dropped.
 * @param meter counts the bytes of the returned files as they are read
 * @throws {LimitError} too many bytes or entries, or a zip bomb
 * @throws {ParseError} a damaged archive, or nothing in it
 * Zip entries are kept in memory, gzip is decompressed on every reading.
 */
export async function openDroppedFiles(
  sources: readonly FileSource[],
  limits: ImportLimits,
  meter: ByteMeter,
  signal?: AbortSignal,
): Promise<OpenedFiles> {
  const found: FileSource[] = [];
  const dropped = commonFolder(sources.map((source) => sanitisePath(source.path)));
  for (const source of sources) {
    const path = sanitisePath(source.path);
    // Where the folder itself lies may be hidden; what is hidden inside it is not meant.
    if (isHidden(path.slice(dropped.length))) continue;
    const plain = withPath(source, path);
    const head = await readHead(plain, 4);
    if (startsWith(head, ZIP)) found.push(...(await expandZip(plain, limits, signal)));
    else if (!startsWith(head, EMPTY_ZIP)) found.push(plain);
  }
  const total = found.reduce((sum, source) => sum + source.sizeBytes, 0);
  if (total > limits.maxBytes)
    failTooLarge(found.length === 1 ? (found[0]?.path ?? '') : 'The dropped data', limits.maxBytes);
  if (found.length === 0) failNothing(sources);
  const folder = commonFolder(found.map((source) => source.path));
  const files: FileSource[] = [];
  for (const source of found) {
    const path = folder === '' ? source.path : source.path.slice(folder.length + 1);
    const counted = metered(withPath(source, path), meter);
    const isGzip = startsWith(await readHead(source, 2), GZIP);
    files.push(isGzip ? gunzipSource(counted, limits) : counted);
  }
  return { files, title: titleOf(sources, folder) };
}

function failNothing(sources: readonly FileSource[]): never {
  const names = sources.map((source) => source.path).join(', ');
  throw new ParseError(names === '' ? 'No file was dropped.' : `${names} holds no files.`, {
    code: 'no-files',
    remedy: 'Drop a graph file, a folder or a zip archive of one graph.',
    details: { files: sources.map((source) => source.path) },
  });
}

function titleOf(sources: readonly FileSource[], folder: string): string {
  const lastFolder = folder.split('/').at(-1) ?? '';
  if (sources.length > 1) return lastFolder || 'Dropped files';
  const name =
    sanitisePath(sources[0]?.path ?? '')
      .split('/')
      .at(-1) ?? '';
  const stem = name.replace(/\.(?:gz|gzip)$/i, '').replace(/\.[^.]+$/, '');
  return stem || lastFolder;
}
