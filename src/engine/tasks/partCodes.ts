/** Which part of a split each node is in, as one byte per node. */
import { hasBit } from '../../core/bitset.ts';
import type { NodeSplit } from '../../core/split.ts';

/** 0 none, 1 train, 2 val, 3 test, for nodes [start, end). */
export function partCodes(split: NodeSplit, start: number, end: number): Uint8Array {
  return Uint8Array.from({ length: end - start }, (_, row) => {
    const node = start + row;
    if (hasBit(split.train, node)) return 1;
    if (hasBit(split.val, node)) return 2;
    return hasBit(split.test, node) ? 3 : 0;
  });
}
