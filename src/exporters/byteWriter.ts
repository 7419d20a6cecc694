/** Text output as UTF-8 bytes in growing chunks: a large export never becomes one giant string. */

const CHUNK_BYTES = 256 * 1024;
/** Strings are encoded in slices of this many UTF-16 units, each at most three bytes. */
const SLICE_UNITS = CHUNK_BYTES / 4;

export interface ByteWriter {
  text(text: string): void;
  /** Joins what was written; the writer must not be used afterwards. */
  finish(): Uint8Array<ArrayBuffer>;
}

/** Returns an empty writer. Unpaired surrogates become U+FFFD, as everywhere in UTF-8. Amortised O(1) per byte. */
export function createByteWriter(): ByteWriter {
  const encoder = new TextEncoder();
  const full: Uint8Array[] = [];
  let chunk = new Uint8Array(CHUNK_BYTES);
  let used = 0;
  let total = 0;
  function append(text: string): void {
    if (text.length * 3 > chunk.length - used) {
      full.push(chunk.subarray(0, used));
      chunk = new Uint8Array(CHUNK_BYTES);
      used = 0;
    }
    const { written } = encoder.encodeInto(text, used === 0 ? chunk : chunk.subarray(used));
    used += written;
    total += written;
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
    finish() {
      const bytes = new Uint8Array(total);
      let at = 0;
      for (const part of [...full, chunk.subarray(0, used)]) {
        bytes.set(part, at);
        at += part.length;
      }
      return bytes;
    },
  };
}
