/** Text output as UTF-8 bytes in growing chunks: a large export never becomes one giant string. */
import { concatenate } from '../io/bytes/readBytes.ts';

const CHUNK_BYTES = 256 * 1024;
/** Strings are encoded in slices of this many UTF-16 units, each at most three bytes. */
const SLICE_UNITS = CHUNK_BYTES / 4;

export interface TextOutput {
  text(text: string): void;
}

export interface ByteOutput extends TextOutput {
  /** Appends bytes; they must not change afterwards. */
  bytes(part: Uint8Array): void;
}

export interface ChunkWriter extends ByteOutput {
  /** Hands over what is left; the writer must not be used afterwards. */
  end(): void;
}

export interface ByteWriter extends ByteOutput {
  /** Joins what was written; the writer must not be used afterwards. */
  finish(): Uint8Array<ArrayBuffer>;
}

/**
 * Returns a writer that hands chunks on as they fill; the receiver owns them. Unpaired surrogates become U+FFFD, as
 * everywhere in UTF-8.
 */
export function createChunkWriter(onChunk: (chunk: Uint8Array) => void): ChunkWriter {
  const encoder = new TextEncoder();
  let chunk = new Uint8Array(CHUNK_BYTES);
  let used = 0;
  function flush(): void {
    if (used > 0) onChunk(chunk.subarray(0, used));
    chunk = new Uint8Array(CHUNK_BYTES);
    used = 0;
  }
  function append(text: string): void {
    if (text.length * 3 > chunk.length - used) flush();
    used += encoder.encodeInto(text, used === 0 ? chunk : chunk.subarray(used)).written;
  }
  return {
    text(text) {
      if (text.length <= SLICE_UNITS) {
        append(text);
        return;
      }
      for (let start = 0; start < text.length; ) {
        let end = Math.min(text.length, start + SLICE_UNITS);
        // A slice must not end between the two halves of a surrogate pair.
        const last = text.charCodeAt(end - 1);
        if (end < text.length && last >= 0xd800 && last < 0xdc00) end--;
        append(text.slice(start, end));
        start = end;
      }
    },
    bytes(part) {
      if (part.length > chunk.length - used) flush();
      if (part.length > chunk.length) {
        onChunk(part);
        return;
      }
      chunk.set(part, used);
      used += part.length;
    },
    end: flush,
  };
}

/** Returns an empty writer that keeps what is written. Amortised O(1) per byte. */
export function createByteWriter(): ByteWriter {
  const parts: Uint8Array[] = [];
  const { text, bytes, end } = createChunkWriter((chunk) => parts.push(chunk));
  return {
    text,
    bytes,
    finish() {
      end();
      return concatenate(parts) as Uint8Array<ArrayBuffer>;
    },
  };
}
