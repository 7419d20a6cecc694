/**
 * Finds ids in a part of a table of ids by their bytes, without decoding or copying them: open addressing, load at most
 * one half. For a table that is finished; one that still grows is `io/tables/idInterner.ts`.
 */
import type { Utf8Table } from './utf8Table.ts';

/** FNV-1a with a final avalanche; sequential numbers as text would otherwise fill neighbouring slots. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

export interface IdIndex {
  /** Returns the row with these bytes, or -1. Expected O(bytes). */
  find(bytes: Uint8Array, start: number, end: number): number;
  findText(text: string): number;
}

/** Indexes rows [first, last) of the table; of equal ids the first wins. Expected O(bytes). */
export function createIdIndex(table: Utf8Table, first = 0, last = table.length): IdIndex {
  const { bytes: own, offsets } = table;
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * (last - first))));
  const mask = size - 1;
  /** Slot → row + 1; 0 = empty. */
  const slots = new Int32Array(size);
  const encoder = new TextEncoder();

  function isRow(row: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = offsets[row] as number;
    if ((offsets[row + 1] as number) - from !== end - start) return false;
    for (let at = start; at < end; at++) if (own[from + at - start] !== bytes[at]) return false;
    return true;
  }

  function slotOf(bytes: Uint8Array, start: number, end: number): number {
    let slot = hashBytes(bytes, start, end) & mask;
    for (;;) {
      const entry = slots[slot] as number;
      if (entry === 0 || isRow(entry - 1, bytes, start, end)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  for (let row = first; row < last; row++) {
    const slot = slotOf(own, offsets[row] as number, offsets[row + 1] as number);
    if (slots[slot] === 0) slots[slot] = row + 1;
  }
  const find: IdIndex['find'] = (bytes, start, end) => (slots[slotOf(bytes, start, end)] as number) - 1;
  return {
    find,
    findText(text) {
      const bytes = encoder.encode(text);
      return find(bytes, 0, bytes.length);
    },
  };
}
