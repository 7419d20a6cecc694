/**
 * A table of strings as UTF-8 bytes and offsets: crosses worker boundaries without a per-string cost and decodes
 * one string at a time, when somebody looks at it. Row i is bytes[offsets[i] .. offsets[i + 1]).
 */
import { allocateUint32, allocateUint8, unshared } from './buffers.ts';

export interface Utf8Table {
  readonly length: number;
  readonly bytes: Uint8Array;
  /** [length + 1], ascending. */
  readonly offsets: Uint32Array;
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

export function utf8At(table: Utf8Table, row: number): string {
  const start = table.offsets[row] ?? 0;
  const end = table.offsets[row + 1] ?? start;
  return decoder.decode(unshared(table.bytes.subarray(start, end)));
}

export function utf8Table(strings: readonly string[]): Utf8Table {
  const builder = createUtf8Builder();
  for (const text of strings) builder.push(text);
  return builder.finish();
}

/** Decodes the whole table; for small tables (dictionaries) and exports only. */
export function utf8Strings(table: Utf8Table): string[] {
  return Array.from({ length: table.length }, (_, row) => utf8At(table, row));
}

export interface Utf8Builder {
  push(text: string): void;
  /** Appends already encoded bytes as one row. */
  pushBytes(bytes: Uint8Array, start: number, end: number): void;
  readonly length: number;
  /** Row bytes so far; valid until the next push. */
  compare(row: number, bytes: Uint8Array, start: number, end: number): boolean;
  finish(): Utf8Table;
}

/** Growing writer for a Utf8Table; amortised O(1) per byte. */
export function createUtf8Builder(): Utf8Builder {
  let bytes = new Uint8Array(1024);
  let offsets = new Uint32Array(256);
  let length = 0;
  let used = 0;
  function reserve(extra: number): void {
    if (used + extra > bytes.length) {
      const grown = new Uint8Array(Math.max(bytes.length * 2, used + extra));
      grown.set(bytes);
      bytes = grown;
    }
    if (length + 2 > offsets.length) {
      const grown = new Uint32Array(offsets.length * 2);
      grown.set(offsets);
      offsets = grown;
    }
  }
  function close(): void {
    length += 1;
    offsets[length] = used;
  }
  return {
    get length() {
      return length;
    },
    push(text) {
      // A UTF-16 unit takes at most three UTF-8 bytes.
      reserve(text.length * 3);
      used += encoder.encodeInto(text, bytes.subarray(used)).written;
      close();
    },
    pushBytes(source, start, end) {
      reserve(end - start);
      for (let at = start; at < end; at++) bytes[used++] = source[at] as number;
      close();
    },
    compare(row, other, start, end) {
      const from = offsets[row] as number;
      if ((offsets[row + 1] as number) - from !== end - start) return false;
      for (let at = start; at < end; at++) if (bytes[from + at - start] !== other[at]) return false;
      return true;
    },
    finish() {
      const exactBytes = allocateUint8(used);
      exactBytes.set(bytes.subarray(0, used));
      const exactOffsets = allocateUint32(length + 1);
      exactOffsets.set(offsets.subarray(0, length + 1));
      return { length, bytes: exactBytes, offsets: exactOffsets };
    },
  };
}
