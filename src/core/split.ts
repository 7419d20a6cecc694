/**
 * Splits as objects: which nodes a model may learn from (train), tune on (val) and be judged on (test). Masks are over
 * the global node index; the three parts are disjoint, nodes in none are unlabelled or unused.
 */
import { type Bitset, createBitset } from './bitset.ts';

export interface NodeSplit {
  readonly kind: 'nodes';
  /** As written on a command line: `public`, `random:60/20/20`, `column:split`. */
  readonly name: string;
  /** Seed of a drawn split; null when it was read from the data. */
  readonly seed: number | null;
  readonly train: Bitset;
  readonly val: Bitset;
  readonly test: Bitset;
  /** What a person should know about it, as sentences: rows that had to be left out, and why. */
  readonly notes: readonly string[];
}

export const SPLIT_PARTS = ['train', 'val', 'test'] as const;
export type SplitPart = (typeof SPLIT_PARTS)[number];

/** Returns a split of no nodes, to be filled with `setBit`. */
export function emptyNodeSplit(
  name: string,
  seed: number | null,
  numNodes: number,
  notes: readonly string[] = [],
): NodeSplit {
  return {
    kind: 'nodes',
    name,
    seed,
    train: createBitset(numNodes),
    val: createBitset(numNodes),
    test: createBitset(numNodes),
    notes,
  };
}
