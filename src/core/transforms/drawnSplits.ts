/** Splits drawn without a column: uniform shares, stratified folds, and every labelled node for training. */
import { setBit } from '../bitset.ts';
import { ParameterError } from '../errors.ts';
import { randomSequence, STREAM } from '../random.ts';
import { emptyNodeSplit, type NodeSplit } from '../split.ts';
import { cutAtShares, shuffledByClass } from './nodeSplits.ts';
import { labelledRows, parseShares, type SplitInput } from './splitInput.ts';

/**
 * Returns labelled rows shuffled and cut at the shares, whatever their classes: `uniform:60/20/20`.
 * Deterministic in (labelled rows, shares, seed). O(n).
 */
export function uniformNodeSplit(rest: string, text: string, input: SplitInput): NodeSplit {
  const shares = parseShares(rest, text, 'uniform:60/20/20');
  const rows = labelledRows(input.codes);
  randomSequence(input.seed, STREAM.split).shuffle(rows);
  const split = emptyNodeSplit(text, input.seed, input.numNodes);
  cutAtShares(split, rows, shares, input.offset);
  return split;
}

/**
 * Returns fold K of N: `fold:0/5`. Fold K is test, the next one (cyclically) validation, the others train; over
 * K = 0 … N−1 every labelled node is test exactly once and validation exactly once. Stratified: rows are shuffled within
 * their class and dealt like cards, the deal running on from class to class, so that neither a class nor a whole fold
 * differs by more than one row between folds.
 * Deterministic in (codes, N, seed): the folds are the same for every K. O(n).
 * @throws {ParameterError} not K/N, K outside 0 … N−1, fewer than 3 folds or more folds than labelled nodes
 */
export function foldNodeSplit(rest: string, text: string, input: SplitInput): NodeSplit {
  const { fold, numFolds } = parseFold(rest, text);
  const classes = shuffledByClass(input.codes, randomSequence(input.seed, STREAM.split));
  const numLabelled = classes.reduce((total, rows) => total + rows.length, 0);
  if (numLabelled < numFolds) {
    refuse(
      text,
      `Split '${text}' deals ${numLabelled} labelled nodes into ${numFolds} folds, so that some are empty.`,
      'Use fewer folds, or label more nodes.',
    );
  }
  const split = emptyNodeSplit(text, input.seed, input.numNodes);
  let dealt = 0;
  for (const rows of classes) {
    for (const row of rows) {
      const own = dealt++ % numFolds;
      const part = own === fold ? 'test' : own === (fold + 1) % numFolds ? 'val' : 'train';
      setBit(split[part], input.offset + row);
    }
  }
  return split;
}

function parseFold(rest: string, text: string): { fold: number; numFolds: number } {
  const [fold, numFolds] = (/^(\d+)\/(\d+)$/.exec(rest)?.slice(1) ?? []).map(Number);
  if (fold === undefined || numFolds === undefined) {
    return refuse(
      text,
      `Split '${text}' is not of the form fold:0/5.`,
      'Write the fold, counted from 0, and the number of folds.',
    );
  }
  if (numFolds < 3) {
    return refuse(
      text,
      `Split '${text}' has ${numFolds} folds, which leaves none to train on.`,
      'Use at least 3 folds: one is test, one validation.',
    );
  }
  if (fold >= numFolds) {
    return refuse(
      text,
      `Split '${text}' asks for fold ${fold} of ${numFolds}.`,
      `Folds are counted from 0: write fold:0/${numFolds} to fold:${numFolds - 1}/${numFolds}.`,
    );
  }
  return { fold, numFolds };
}

function refuse(text: string, message: string, remedy: string): never {
  throw new ParameterError(message, { code: 'split-format', remedy, details: { split: text } });
}

/** Returns every labelled node in train, none in the other parts: to predict the unlabelled ones. */
export function allNodeSplit(_rest: string, text: string, input: SplitInput): NodeSplit {
  const split = emptyNodeSplit(text, null, input.numNodes);
  for (const row of labelledRows(input.codes)) setBit(split.train, input.offset + row);
  return split;
}
