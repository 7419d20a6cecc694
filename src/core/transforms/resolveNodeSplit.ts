/**
 * The split of labelled nodes that a text names, for menus, the command line and saved runs. Each form of text is one
 * row of the list below; what it does is in the file of its function.
 */
import { findColumn } from '../columns.ts';
import { ParameterError } from '../errors.ts';
import { nearMatches } from '../nearMatches.ts';
import { createRegistry } from '../registry.ts';
import type { NodeSplit } from '../split.ts';
import { allNodeSplit, foldNodeSplit, uniformNodeSplit } from './drawnSplits.ts';
import { groupNodeSplit } from './groupSplit.ts';
import { isSplitColumn, parseRandomSplit, randomNodeSplit, splitFromColumn } from './nodeSplits.ts';
import type { SplitInput } from './splitInput.ts';
import { timeNodeSplit } from './timeSplit.ts';

export type { SplitInput } from './splitInput.ts';

interface SplitForm {
  /** What stands before the first colon. */
  readonly id: string;
  /** True where nothing may follow the id. */
  readonly isWhole?: boolean;
  /** @param rest what stands behind the first colon; '' without one */
  resolve(rest: string, text: string, input: SplitInput): NodeSplit;
}

const DEFAULT_SPLIT = 'random:60/20/20';

const FORMS = createRegistry<SplitForm>('split', [
  { id: 'auto', isWhole: true, resolve: (_rest, _text, input) => autoSplit(input) },
  { id: 'public', resolve: (rest, text, input) => columnSplit(`split${rest}`, text, input) },
  { id: 'column', resolve: columnSplit },
  { id: 'random', resolve: (_rest, text, input) => randomSplit(text, input) },
  { id: 'uniform', resolve: uniformNodeSplit },
  { id: 'fold', resolve: foldNodeSplit },
  { id: 'group', resolve: groupNodeSplit },
  { id: 'time', resolve: timeNodeSplit },
  { id: 'all', isWhole: true, resolve: allNodeSplit },
]);

/**
 * Returns the split that the text names. Only labelled nodes are in a part.
 *
 * - `auto`: `public` when there is a split column `split`, else `random:60/20/20`
 * - `public`, `public:K`: column `split`, column `splitK`
 * - `column:NAME`: a column of the words train, val, test, none
 * - `random:60/20/20`: drawn, stratified by class; `uniform:60/20/20`: drawn, whatever the class
 * - `fold:K/N`: the K-th of N stratified folds is test, the next one validation
 * - `group:COLUMN:60/20/20`: drawn, rows with the same value stay together
 * - `time:COLUMN:60/20/20`: oldest in train, newest in test
 * - `all`: every labelled node in train
 *
 * Deterministic in (text, input).
 * @throws {ParameterError} unknown form, malformed text, or a column that is missing or cannot serve
 */
export function resolveNodeSplit(text: string, input: SplitInput): NodeSplit {
  const named = findColumn(input.columns, text);
  if (named !== undefined && isSplitColumn(named) && text !== 'auto') return columnSplit(text, text, input);
  const colon = text.indexOf(':');
  const form = FORMS.get(colon < 0 ? text : text.slice(0, colon));
  if (form.isWhole === true && colon >= 0) {
    throw new ParameterError(`Split '${text}' has something behind '${form.id}'.`, {
      code: 'split-format',
      remedy: `Write '${form.id}' alone.`,
      details: { split: text },
    });
  }
  return form.resolve(colon < 0 ? '' : text.slice(colon + 1), text, input);
}

function autoSplit(input: SplitInput): NodeSplit {
  const column = findColumn(input.columns, 'split');
  return column !== undefined && isSplitColumn(column)
    ? columnSplit('split', 'public', input)
    : randomSplit(DEFAULT_SPLIT, input);
}

function randomSplit(text: string, input: SplitInput): NodeSplit {
  return randomNodeSplit(input.codes, parseRandomSplit(text), input.seed, input.offset, input.numNodes);
}

function columnSplit(name: string, text: string, input: SplitInput): NodeSplit {
  const column = findColumn(input.columns, name);
  if (column !== undefined && isSplitColumn(column)) {
    return splitFromColumn(column, text, input.codes, input.offset, input.numNodes);
  }
  const known = input.columns.filter(isSplitColumn).map((candidate) => candidate.name);
  const near = nearMatches(name, known).map((candidate) => `'${candidate}'`);
  const mended = near.length === 0 ? '' : `Use a column that is one (${near.join(', ')}), or `;
  const words = 'train, val, test or none';
  throw column === undefined
    ? new ParameterError(`'${input.nodeTypeName}' has no split column '${name}'.`, {
        code: 'split-column',
        remedy: `${mended === '' ? 'Add' : `${mended}add`} a column '${name}' with ${words}, or use ${DEFAULT_SPLIT}.`,
        details: { split: text, column: name },
      })
    : new ParameterError(`Column '${name}' of '${input.nodeTypeName}' is not a split column.`, {
        code: 'split-column',
        remedy: `${mended === '' ? 'Let' : `${mended}let`} its cells be ${words}, with at least one train, or use ${DEFAULT_SPLIT}.`,
        details: { split: text, column: name },
      });
}
