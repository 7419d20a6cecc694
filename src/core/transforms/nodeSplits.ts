/**
 * Splits of labelled nodes into train, val and test: read from a column, or drawn by class. Nodes without a label are
 * in no part. Other ways to draw: drawnSplits.ts, groupSplit.ts, timeSplit.ts; all by their text: resolveNodeSplit.ts.
 */
import { setBit } from '../bitset.ts';
import { cellText, type Column, isValid } from '../columns.ts';
import { type RandomSequence, randomSequence, STREAM } from '../random.ts';
import { emptyNodeSplit, type NodeSplit, SPLIT_PARTS, type SplitPart } from '../split.ts';
import { parseShares, type SplitShares } from './splitInput.ts';

const PART_OF_WORD: ReadonlyMap<string, SplitPart> = new Map([
  ['train', 'train'],
  ['training', 'train'],
  ['val', 'val'],
  ['valid', 'val'],
  ['validation', 'val'],
  ['dev', 'val'],
  ['test', 'test'],
  ['testing', 'test'],
]);

/** True when every present cell is a split word (train, val, valid, test, none, '') and at least one is `train`. */
export function isSplitColumn(column: Column): boolean {
  if (column.kind !== 'category') return false;
  const words = column.dictionary.map((word) => word.toLowerCase());
  return (
    words.some((word) => PART_OF_WORD.get(word) === 'train') &&
    words.every((word) => PART_OF_WORD.has(word) || word === 'none' || word === '')
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
  const split = emptyNodeSplit(name, null, numNodes);
  for (let row = 0; row < column.length; row++) {
    if (!isValid(column, row) || (codes[row] as number) < 0) continue;
    const part = PART_OF_WORD.get(cellText(column, row).toLowerCase());
    if (part !== undefined) setBit(split[part], offset + row);
  }
  return split;
}

/** Parses `random:60/20/20` (percent or ratios) into shares that sum to 1. */
export function parseRandomSplit(text: string): SplitShares {
  return parseShares(text.replace(/^random:/, ''), text, 'random:60/20/20');
}

/** The labelled rows of each class in shuffled order, classes ascending. One draw sequence for all. */
export function shuffledByClass(codes: Int32Array, random: RandomSequence): readonly Int32Array[] {
  const byClass = new Map<number, number[]>();
  codes.forEach((code, row) => {
    if (code < 0) return;
    const rows = byClass.get(code);
    if (rows === undefined) byClass.set(code, [row]);
    else rows.push(row);
  });
  return [...byClass.keys()]
    .sort((a, b) => a - b)
    .map((code) => {
      const rows = Int32Array.from(byClass.get(code) as number[]);
      random.shuffle(rows);
      return rows;
    });
}

/** Cuts rows in order into the three parts at the given shares; train gets at least one. */
export function cutAtShares(split: NodeSplit, rows: Int32Array, shares: SplitShares, offset: number): void {
  const trainEnd = Math.max(1, Math.round(rows.length * shares[0]));
  const valEnd = Math.max(trainEnd, Math.round(rows.length * (shares[0] + shares[1])));
  rows.forEach((row, rank) => {
    const part = SPLIT_PARTS[rank < trainEnd ? 0 : rank < valEnd ? 1 : 2] as SplitPart;
    setBit(split[part], offset + row);
  });
}

/**
 * Returns a random split, stratified by class: each class is shuffled and cut at the given shares, with at least one
 * node of every class in train. Unlabelled nodes (code -1) are in no part.
 * Deterministic in (codes, shares, seed). O(n).
 */
export function randomNodeSplit(
  codes: Int32Array,
  shares: SplitShares,
  seed: number,
  offset: number,
  numNodes: number,
): NodeSplit {
  const percent = shares.map((share) => Math.round(share * 100)).join('/');
  const split = emptyNodeSplit(`random:${percent}`, seed, numNodes);
  for (const rows of shuffledByClass(codes, randomSequence(seed, STREAM.split))) {
    cutAtShares(split, rows, shares, offset);
  }
  return split;
}
