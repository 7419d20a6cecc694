/**
 * Which columns a model may look at by default. Left out, with the reason shown: ids, labels, splits, columns that give
 * the answer away (each determines the other on the labelled rows), and kinds that no encoder handles.
 */
import { type Column, isNumeric, isValid } from '../../core/columns.ts';
import { classCodes } from '../../core/taskDefaults.ts';
import { isSplitColumn } from '../../core/transforms/nodeSplits.ts';
import { ParameterError } from '../../core/errors.ts';
import type { LeftOutColumn } from '../runTypes.ts';

const MAX_ONE_HOT = 500;

export interface FeatureSelection {
  readonly used: readonly Column[];
  readonly leftOut: readonly LeftOutColumn[];
}

/**
 * Returns the usable columns of one node table.
 * @param target     name of the predicted column, or null
 * @param targetCodes [n] class per row, -1 = unlabelled; null without a target
 * @param chosen     `auto`, or the names a person picked (these are only refused when they cannot be encoded)
 * @throws {ParameterError} a chosen column does not exist, is the target, or cannot be encoded
 */
export function selectFeatures(
  columns: readonly Column[],
  target: string | null,
  targetCodes: Int32Array | null,
  chosen: 'auto' | readonly string[],
): FeatureSelection {
  if (chosen !== 'auto') return { used: chosen.map((name) => pick(columns, name, target)), leftOut: [] };
  const used: Column[] = [];
  const leftOut: LeftOutColumn[] = [];
  for (const column of columns) {
    if (column.name === target) continue;
    const reason = reasonToLeaveOut(column, targetCodes);
    if (reason === null) used.push(column);
    else leftOut.push({ name: column.name, reason });
  }
  return { used, leftOut };
}

function pick(columns: readonly Column[], name: string, target: string | null): Column {
  const refuse = (message: string, remedy: string): never => {
    throw new ParameterError(message, { code: 'feature-column', remedy, details: { column: name } });
  };
  const column = columns.find((candidate) => candidate.name === name);
  if (column === undefined)
    return refuse(`There is no column '${name}' to use as a feature.`, 'Choose existing columns.');
  if (name === target)
    return refuse(`'${name}' is the target; it cannot be a feature.`, 'Remove it from the features.');
  const reason = unsupported(column);
  return reason === null
    ? column
    : refuse(`'${name}' cannot be a feature: ${reason}.`, 'Remove it from the features.');
}

function unsupported(column: Column): string | null {
  if (column.kind === 'text') return 'free text has no encoder';
  if (column.kind === 'category' && column.dictionary.length > MAX_ONE_HOT) {
    return `${column.dictionary.length} categories are too many for one-hot columns`;
  }
  return null;
}

function reasonToLeaveOut(column: Column, targetCodes: Int32Array | null): string | null {
  if (isSplitColumn(column) || /^split\d*$/i.test(column.name)) return 'describes the split';
  const reason = unsupported(column);
  if (reason !== null) return reason;
  if (looksLikeId(column)) return 'an identifier, different in every row';
  if (targetCodes === null) return null;
  const values = classCodes(column);
  if (values === null) return null;
  const leak = leakKind(values.codes, targetCodes);
  if (leak === 'determines') return 'its value gives the target away';
  if (leak === 'determined') return 'follows from the target';
  return null;
}

function looksLikeId(column: Column): boolean {
  if (column.kind === 'i32' && /(^|_)(id|index|nr|no)$/i.test(column.name)) {
    return new Set(column.values).size === column.length;
  }
  return column.kind === 'category' && column.length > 20 && column.dictionary.length > 0.9 * column.length;
}

/**
 * Tests on labelled rows whether value → class is a function (values repeating, so that it is not trivially one) or
 * class → value is one with at least two values.
 */
function leakKind(values: Int32Array, targets: Int32Array): 'determines' | 'determined' | null {
  const classOfValue = new Map<number, number>();
  const valueOfClass = new Map<number, number>();
  let determines = true;
  let determined = true;
  let rows = 0;
  for (let row = 0; row < targets.length; row++) {
    const value = values[row] as number;
    const target = targets[row] as number;
    if (target < 0 || value < 0) continue;
    rows++;
    if ((classOfValue.get(value) ?? target) !== target) determines = false;
    if ((valueOfClass.get(target) ?? value) !== value) determined = false;
    if (!determines && !determined) return null;
    classOfValue.set(value, target);
    valueOfClass.set(target, value);
  }
  if (rows < 10 || valueOfClass.size < 2 || classOfValue.size < 2) return null;
  if (determines && classOfValue.size <= rows / 2) return 'determines';
  return determined ? 'determined' : null;
}

/** True for columns whose values are encoded as dense numbers (standardised), false for sparse ones. */
export function isDenseFeature(column: Column): boolean {
  return isNumeric(column) || column.kind === 'bool' || column.kind === 'date' || column.kind === 'vector';
}

/** Names of columns with a missing cell, which get an indicator. */
export function hasMissing(column: Column): boolean {
  for (let row = 0; row < column.length; row++) if (!isValid(column, row)) return true;
  return false;
}
