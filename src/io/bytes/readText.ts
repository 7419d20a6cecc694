/** Text of a file as strings: line by line, chunk by chunk, or whole; any encoding, within the limits, giving way to messages. */
import { LimitError } from '../../core/errors.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { createPacer } from './eventLoop.ts';
import { assertText, type DetectedEncoding, detectEncoding, utf8Chunks } from './textEncoding.ts';

/** Strings of V8 end at 2^29 - 24 characters; formats that need the whole text stop well before. */
const MAX_TEXT_BYTES = 400 * 1024 ** 2;
const PIECE_BYTES = 64 * 1024;
const PROGRESS_MS = 100;

/**
 * Yields the text in pieces of at most 64 KiB; a character is never cut in two.
 * @param encoding what a file declares about itself, where its format knows better than its first bytes
 * @throws {ParseError} the file is no text; {CancelledError}
 */
export async function* textChunks(
  file: ProbedFile,
  context: ReadContext,
  encoding: DetectedEncoding = detectEncoding(file.head),
): AsyncGenerator<string, void> {
  const { source, head } = file;
  assertText(source.path, head);
  const pacer = createPacer(context.signal, `Reading ${source.path}`);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let bytes = 0;
  let lastReport = performance.now();
  for await (const chunk of utf8Chunks(source, encoding)) {
    for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
      const piece = chunk.subarray(from, from + PIECE_BYTES);
      bytes += piece.length;
      const text = decoder.decode(piece, { stream: true });
      if (text !== '') yield text;
      if (performance.now() - lastReport > PROGRESS_MS) {
        lastReport = performance.now();
        context.onProgress?.({
          stage: `Reading ${source.path}`,
          bytes,
          totalBytes: source.sizeBytes,
          rows: 0,
        });
      }
      await pacer.breathe();
    }
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

export interface TextLine {
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

/**
 * Yields the lines of a file in groups (one array per piece read: a generator step per line would cost more than the
 * line); LF, CRLF and CR end a line.
 * @throws {ParseError | CancelledError}
 * @throws {LimitError} a line longer than `maxCellBytes` characters
 */
export async function* textLines(
  file: ProbedFile,
  context: ReadContext,
): AsyncGenerator<readonly TextLine[], void> {
  const { path } = file.source;
  let rest = '';
  let line = 0;
  for await (const chunk of textChunks(file, context)) {
    const text = rest + chunk;
    // A CR at the end may be half of a CRLF.
    const lines = text.split(/\r\n|\n|\r(?=[^\n])/);
    rest = lines.pop() as string;
    if (rest.length > context.limits.maxCellBytes) failLongLine(path, line + 1, context.limits.maxCellBytes);
    yield lines.map((one) => ({ text: one, line: ++line }));
  }
  if (rest !== '' && rest !== '\r') yield [{ text: rest.replace(/\r$/, ''), line: line + 1 }];
}

/** Returns the whole text. @throws {ParseError | CancelledError} @throws {LimitError} more than 400 MiB */
export async function readText(file: ProbedFile, context: ReadContext): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  for await (const chunk of textChunks(file, context)) {
    length += chunk.length;
    if (length > MAX_TEXT_BYTES) failLongText(file.source.path);
    parts.push(chunk);
  }
  return parts.join('');
}

function failLongLine(path: string, line: number, limit: number): never {
  throw new LimitError(`${path} line ${line} is longer than ${limit.toLocaleString('en-US')} characters.`, {
    code: 'line-too-long',
    remedy: 'Check that the file is what its name says.',
    details: { file: path, line, limit },
  });
}

function failLongText(path: string): never {
  throw new LimitError(`${path} holds more than ${MAX_TEXT_BYTES.toLocaleString('en-US')} characters.`, {
    code: 'too-many-bytes',
    remedy: 'Save the graph as CSV tables, which are read piece by piece, and drop those.',
    details: { file: path, limit: MAX_TEXT_BYTES },
  });
}
