/**
 * Splits of labelled nodes into train, val and test: read from a column, or drawn. Nodes without a label are in no part.
 */
import { createBitset, setBit } from '../bitset.ts';
import { type Column, isValid } from '../columns.ts';
import { ParameterError } from '../errors.ts';
import { randomSequence, STREAM } from '../random.ts';
import { type NodeSplit, SPLIT_PARTS, type SplitPart } from '../split.ts';
import { cellText } from '../columns.ts';

const PART_OF_WORD: Readonly<Record<string, SplitPart>> = {
  train: 'train',
  training: 'train',
  val: 'val',
  valid: 'val',
  validation: 'val',
  dev: 'val',
  test: 'test',
  testing: 'test',
};

function emptySplit(name: string, seed: number | null, numNodes: number): NodeSplit {
  return {
    kind: 'nodes',
    name,
    seed,
    train: createBitset(numNodes),
    val: createBitset(numNodes),
    test: createBitset(numNodes),
  };
}

/** True when every present cell is a split word (train, val, valid, test, none, '') and at least one is `train`. */
export function isSplitColumn(column: Column): boolean {
  if (column.kind !== 'category') return false;
  const words = column.dictionary.map((word) => word.toLowerCase());
  return (
    words.some((word) => PART_OF_WORD[word] === 'train') &&
    words.every((word) => word in PART_OF_WORD || word === 'none' || word === '')
  );
}

/**
 * Returns the split a column describes; rows without a label are left out of every part.
 * @param codes  [n] class of each row of the type, -1 = unlabelled
 * @param offset global index of the type's first node
 */
export function splitFromColumn(
  column: Column,
  name: string,
  codes: Int32Array,
  offset: number,
  numNodes: number,
): NodeSplit {
  const split = emptySplit(name, null, numNodes);
  for (let row = 0; row < column.length; row++) {
    if (!isValid(column, row) || (codes[row] as number) < 0) continue;
    const part = PART_OF_WORD[cellText(column, row).toLowerCase()];
    if (part !== undefined) setBit(split[part], offset + row);
  }
  return split;
}

/** Parses `random:60/20/20` (percent or ratios) into shares that sum to 1. */
export function parseRandomSplit(text: string): readonly [number, number, number] {
  const parts = text
    .replace(/^random:/, '')
    .split('/')
    .map(Number);
  const sum = parts.reduce((total, part) => total + part, 0);
  if (parts.length !== 3 || parts.some((part) => !(part >= 0)) || !(sum > 0) || !((parts[0] ?? 0) > 0)) {
    throw new ParameterError(`Split '${text}' is not of the form random:60/20/20.`, {
      code: 'split-format',
      remedy: 'Write three shares for train, validation and test, with a train share above 0.',
      details: { split: text },
    });
  }
  return [(parts[0] as number) / sum, (parts[1] as number) / sum, (parts[2] as number) / sum];
}

/**
 * Returns a random split, stratified by class: each class is shuffled and cut at the given shares, with at least one
 * node of every class in train. Unlabelled nodes (code -1) are in no part.
 * Deterministic in (codes, shares, seed). O(n).
 */
export function randomNodeSplit(
  codes: Int32Array,
  shares: readonly [number, number, number],
  seed: number,
  offset: number,
  numNodes: number,
): NodeSplit {
  const percent = shares.map((share) => Math.round(share * 100)).join('/');
  const split = emptySplit(`random:${percent}`, seed, numNodes);
  const byClass = new Map<number, number[]>();
  codes.forEach((code, row) => {
    if (code < 0) return;
    const rows = byClass.get(code);
    if (rows === undefined) byClass.set(code, [row]);
    else rows.push(row);
  });
  const random = randomSequence(seed, STREAM.split);
  for (const code of [...byClass.keys()].sort((a, b) => a - b)) {
    const rows = Int32Array.from(byClass.get(code) as number[]);
    random.shuffle(rows);
    const trainEnd = Math.max(1, Math.round(rows.length * shares[0]));
    const valEnd = Math.max(trainEnd, Math.round(rows.length * (shares[0] + shares[1])));
    rows.forEach((row, rank) => {
      const part = SPLIT_PARTS[rank < trainEnd ? 0 : rank < valEnd ? 1 : 2] as SplitPart;
      setBit(split[part], offset + row);
    });
  }
  return split;
}
