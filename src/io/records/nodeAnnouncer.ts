/** For formats whose nodes exist by being named: hands every node over once, at its first mention. */
import { createIdInterner } from '../tables/idInterner.ts';
import type { RecordSink } from './recordTypes.ts';

/**
 * Returns a function that hands over the node at its first mention and returns its number (0-based, in that order).
 * Amortised O(length of the id).
 */
export function announceNodes(sink: RecordSink): (id: string, line: number) => number {
  const known = createIdInterner();
  return (id, line) => {
    const before = known.length;
    const node = known.internText(id);
    if (node === before) sink.node({ id, line });
    return node;
  };
}
