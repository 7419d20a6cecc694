/** Small files and beginnings of files as one piece of bytes. */
import { LimitError } from '../../core/errors.ts';
import type { FileSource } from '../fileSource.ts';

export function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** First bytes of a file, up to `maxBytes`. Reads no further than it needs. */
export async function readHead(source: FileSource, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let filled = 0;
  for await (const chunk of source.open()) {
    const part = chunk.subarray(0, maxBytes - filled);
    parts.push(part);
    filled += part.length;
    if (filled === maxBytes) break;
  }
  return concatenate(parts);
}

/** @throws {LimitError} the file holds more than `maxBytes` */
export async function readWhole(source: FileSource, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source.open()) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new LimitError(`${source.path} holds more than ${maxBytes.toLocaleString('en-US')} bytes.`, {
        code: 'too-many-bytes',
        remedy: 'Import a part of the data.',
        details: { file: source.path, limit: maxBytes },
      });
    }
    chunks.push(chunk);
  }
  return concatenate(chunks);
}
