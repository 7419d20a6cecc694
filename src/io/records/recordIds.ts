/** Ids that a person knows instead of those a file needed: names in an attribute, or ids without their type before them. */
import type { Utf8Table } from '../../core/utf8Table.ts';
import { createIdInterner, type IdInterner } from '../tables/idInterner.ts';
import type { NodeTypeStore } from '../tables/nodeStore.ts';
import type { AttributeTable } from './recordColumn.ts';

/** Interns the rows [start(row), end(row)) of a table; null when one is empty or two are equal. */
function uniqueIds(table: Utf8Table, length: number, skip: number): IdInterner | null {
  const ids = createIdInterner();
  for (let row = 0; row < length; row++) {
    const start = (table.offsets[row] as number) + skip;
    const end = table.offsets[row + 1] as number;
    if (start >= end || ids.intern(table.bytes, start, end) !== row) return null;
  }
  return ids;
}

/**
 * Replaces the ids of all nodes by the values of an attribute and takes the attribute away, if every node has its own.
 * O(nodes).
 */
export function idsFromAttribute(
  types: readonly NodeTypeStore[],
  attributesOf: (type: NodeTypeStore) => AttributeTable,
  name: string,
): void {
  const replaced = types.map((type) => {
    const texts = attributesOf(type).get(name)?.completeTexts(type.ids.length) ?? null;
    return texts === null ? null : uniqueIds(texts, type.ids.length, 0);
  });
  if (!replaced.every((ids) => ids !== null)) return;
  types.forEach((type, at) => {
    type.ids = replaced[at] as IdInterner;
    attributesOf(type).delete(name);
  });
}

/**
 * Takes `type:` off all ids, if every node carries its own type so: formats whose ids are unique over all nodes are written
 * like this where node types share ids. O(nodes).
 */
export function idsWithoutType(types: readonly NodeTypeStore[]): void {
  if (types.length < 2) return;
  const encoder = new TextEncoder();
  const stripped = types.map((type) => {
    const prefix = encoder.encode(`${type.name}:`);
    const table = type.ids.finish();
    for (let row = 0; row < table.length; row++) {
      const from = table.offsets[row] as number;
      if (prefix.some((byte, at) => table.bytes[from + at] !== byte)) return null;
    }
    return uniqueIds(table, table.length, prefix.length);
  });
  if (!stripped.every((ids) => ids !== null)) return;
  types.forEach((type, at) => {
    type.ids = stripped[at] as IdInterner;
  });
}
