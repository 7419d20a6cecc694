/**
 * Bytes of an id → its index, in order of first appearance: open addressing over the UTF-8 table that becomes the
 * graph's node ids, so that a million ids cost no strings and no objects. Linear probing, load at most one half.
 */
import { hashBytes } from '../../core/idIndex.ts';
import { createUtf8Builder, type Utf8Table } from '../../core/utf8Table.ts';

export interface IdInterner {
  readonly length: number;
  /** Returns the index of the id, adding it when new (then it equals the previous `length`). Amortised O(bytes). */
  intern(bytes: Uint8Array, start: number, end: number): number;
  /** Returns the index of the id, or -1. */
  find(bytes: Uint8Array, start: number, end: number): number;
  internText(text: string): number;
  finish(): Utf8Table;
}

export function createIdInterner(): IdInterner {
  const ids = createUtf8Builder();
  const encoder = new TextEncoder();
  let mask = 255;
  /** Slot → index + 1; 0 = empty. */
  let slots = new Int32Array(mask + 1);
  let hashes = new Int32Array(128);

  function slotOf(hash: number, bytes: Uint8Array, start: number, end: number): number {
    let slot = hash & mask;
    for (;;) {
      const entry = slots[slot] as number;
      if (entry === 0) return slot;
      if (hashes[entry - 1] === hash && ids.compare(entry - 1, bytes, start, end)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  function grow(): void {
    mask = mask * 2 + 1;
    slots = new Int32Array(mask + 1);
    const wider = new Int32Array(hashes.length * 2);
    wider.set(hashes);
    hashes = wider;
    for (let index = 0; index < ids.length; index++) {
      let slot = (hashes[index] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = index + 1;
    }
  }

  function intern(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashBytes(bytes, start, end);
    const slot = slotOf(hash, bytes, start, end);
    const entry = slots[slot] as number;
    if (entry !== 0) return entry - 1;
    const index = ids.length;
    ids.pushBytes(bytes, start, end);
    hashes[index] = hash;
    slots[slot] = index + 1;
    // `hashes` is half as long as `slots`: both fill up at a load of one half.
    if (ids.length === hashes.length) grow();
    return index;
  }

  return {
    get length() {
      return ids.length;
    },
    intern,
    find(bytes, start, end) {
      return (slots[slotOf(hashBytes(bytes, start, end), bytes, start, end)] as number) - 1;
    },
    internText(text) {
      const bytes = encoder.encode(text);
      return intern(bytes, 0, bytes.length);
    },
    finish: () => ids.finish(),
  };
}
