/**
 * The way in: dropped files → preview, and dropped files + options → Graph. Opens archives, picks the format, lets it
 * read, and completes the report. Runs in the io worker, in Node and in tests alike.
 */
import { type ByteMeter, openDroppedFiles } from './bytes/archive.ts';
import { type DetectedFormat, detectFormat } from './detectFormat.ts';
import { throwIfCancelled } from './bytes/eventLoop.ts';
import type { FileSource } from './fileSource.ts';
import {
  DEFAULT_IMPORT_LIMITS,
  type ImportOptions,
  type ImportPreview,
  type ImportResult,
  type ProbedFile,
  type ReadContext,
} from './importTypes.ts';
import { readHead } from './bytes/readBytes.ts';

/** A ReadContext whose limits may be left out. */
export type ImportContext = Partial<ReadContext>;

const HEAD_BYTES = 64 * 1024;

interface Opened {
  readonly files: readonly ProbedFile[];
  readonly title: string;
  readonly detected: DetectedFormat;
  readonly context: ReadContext;
  readonly meter: ByteMeter;
}

async function openAndDetect(sources: readonly FileSource[], given: ImportContext): Promise<Opened> {
  const limits = given.limits ?? DEFAULT_IMPORT_LIMITS;
  throwIfCancelled(given.signal, 'The import');
  const meter: ByteMeter = { bytes: 0 };
  given.onProgress?.({ stage: 'Opening files', bytes: 0, totalBytes: totalOf(sources), rows: 0 });
  const { files, title } = await openDroppedFiles(sources, limits, meter, given.signal);
  const probed: ProbedFile[] = [];
  for (const source of files) probed.push({ source, head: await readHead(source, HEAD_BYTES) });
  meter.bytes = 0;
  const totalBytes = totalOf(files);
  const { onProgress } = given;
  const context: ReadContext = {
    limits,
    ...(given.signal === undefined ? {} : { signal: given.signal }),
    ...(onProgress === undefined
      ? {}
      : {
          // Files read twice must not push the bar beyond its end.
          onProgress: (progress) =>
            onProgress({ ...progress, bytes: Math.min(meter.bytes, totalBytes), totalBytes }),
        }),
  };
  return { files: probed, title, detected: detectFormat(probed), context, meter };
}

const totalOf = (sources: readonly FileSource[]): number =>
  sources.reduce((sum, source) => sum + source.sizeBytes, 0);

/**
 * Returns what was dropped, as the import dialog shows it: format and why, tables, columns, roles, first rows.
 * @throws {ParseError | LimitError | CancelledError}
 * Reads archives whole, other files only at their beginning.
 */
export async function inspectFiles(
  sources: readonly FileSource[],
  context: ImportContext = {},
): Promise<ImportPreview> {
  const opened = await openAndDetect(sources, context);
  const preview = await opened.detected.format.preview(opened.files, opened.context);
  return { ...preview, title: preview.title || opened.title };
}

/**
 * Returns the graph in the dropped files with a report of everything that was dropped, mended or added.
 * @throws {ParseError} a file that cannot be read as what it claims to be; message names file and line
 * @throws {InvalidGraphError} tables that do not make a graph
 * @throws {LimitError | CancelledError}
 * Deterministic: the same bytes and options give the same graph version. O(bytes).
 */
export async function importFiles(
  sources: readonly FileSource[],
  options: ImportOptions,
  context: ImportContext = {},
): Promise<ImportResult> {
  const startMs = performance.now();
  const opened = await openAndDetect(sources, context);
  const result = await opened.detected.format.read(opened.files, options, opened.context);
  return {
    graph: result.graph.name === '' ? { ...result.graph, name: opened.title } : result.graph,
    report: {
      ...result.report,
      bytesRead: opened.meter.bytes,
      elapsedMs: performance.now() - startMs,
    },
    hints: result.hints,
  };
}
