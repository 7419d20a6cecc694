/**
 * Splits as objects: which nodes a model may learn from (train), tune on (val) and be judged on (test). Masks are over
 * the global node index; the three parts are disjoint, nodes in none are unlabelled or unused.
 */
import type { Bitset } from './bitset.ts';

export interface NodeSplit {
  readonly kind: 'nodes';
  /** As written on a command line: `public`, `random:60/20/20`, `column:split`. */
  readonly name: string;
  /** Seed of a drawn split; null when it was read from the data. */
  readonly seed: number | null;
  readonly train: Bitset;
  readonly val: Bitset;
  readonly test: Bitset;
}

export const SPLIT_PARTS = ['train', 'val', 'test'] as const;
export type SplitPart = (typeof SPLIT_PARTS)[number];
