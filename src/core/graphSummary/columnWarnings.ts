/** Columns that give the answer away, name their row, say nothing, or are hardly filled in. */
import type { Column } from '../columns.ts';
import { isSplitColumn } from '../transforms/nodeSplits.ts';
import { type ColumnFacts, columnFacts } from './columnFacts.ts';
import { sharedInformation } from './mutualInformation.ts';
import { countText, type GraphWarning, percentText } from './summaryTypes.ts';

/** With fewer labelled rows a coincidence is likely. */
const MIN_LABELLED = 10;
/** Share of the uncertainty removed above which a column is the answer, give or take some wrong cells. */
const LEAK_RATIO = 0.99;
/** A column named like a flag is more likely made from the answer. */
const FLAG_LEAK_RATIO = 0.9;
const FLAG_NAME = /^(?:is|has)(?:_|[A-Z])/;
/** Fewer different values than this are no sign of an identifier. */
const MIN_IDENTIFIERS = 20;
const MAX_MISSING_RATIO = 0.5;

export interface WarnedTable {
  /** Null for the edge table. */
  readonly nodeType: string | null;
  readonly columns: readonly Column[];
  /** Rows that are not deleted. */
  readonly rows: Int32Array;
  /** Cells may be missing because the type of the row has no such column. */
  readonly mayLackColumns: boolean;
}

export interface TargetCodes {
  readonly column: string;
  /** [rows of the table] class, -1 = unlabelled or deleted. */
  readonly codes: Int32Array;
}

/**
 * Returns the warnings about the columns of one table, in their order; split columns and the target itself are not
 * features and have none.
 * @param targetName the predicted column, or null
 * @param target     its classes, or null when it is no class label
 * O(cells).
 */
export function columnWarnings(
  table: WarnedTable,
  targetName: string | null,
  target: TargetCodes | null,
): readonly GraphWarning[] {
  return table.columns.flatMap((column) => {
    if (column.name === targetName || isSplitColumn(column)) return [];
    const facts = columnFacts(column, table.rows);
    const leak = target === null ? null : leakMessage(column, facts, target);
    if (leak !== null) return [warning(table, column, 'target-leak', 'severe', leak)];
    return plainWarnings(table, column, facts);
  });
}

function warning(
  table: WarnedTable,
  column: Column,
  code: GraphWarning['code'],
  severity: GraphWarning['severity'],
  message: string,
): GraphWarning {
  return { code, severity, message, nodeType: table.nodeType, columns: [column.name] };
}

function plainWarnings(table: WarnedTable, column: Column, facts: ColumnFacts): GraphWarning[] {
  const { numRows, numPresent, numDistinct } = facts;
  const found: GraphWarning[] = [];
  const missing = numRows - numPresent;
  if (missing > numRows * MAX_MISSING_RATIO && !table.mayLackColumns) {
    const share = percentText(missing / numRows);
    const message = `'${column.name}' is missing in ${countText(missing)} of ${countText(numRows)} rows (${share}).`;
    found.push(warning(table, column, 'mostly-missing-column', 'warning', message));
  }
  if (numDistinct === 1 && numPresent > 1) {
    const message = `'${column.name}' has the same value in all ${countText(numPresent)} rows that have one.`;
    found.push(warning(table, column, 'constant-column', 'info', message));
  }
  const isWords = column.kind === 'text' || column.kind === 'category';
  if (
    table.nodeType !== null &&
    facts.isAllDistinct &&
    (isWords || column.kind === 'i32') &&
    (numDistinct ?? 0) >= MIN_IDENTIFIERS
  ) {
    const message = `'${column.name}' is different in each of ${countText(numDistinct ?? 0)} rows: it names a row, and a model can only learn it by heart.`;
    found.push(warning(table, column, 'identifier-column', 'info', message));
  }
  return found;
}

/**
 * A column leaks when the class follows from its (repeating) values, or its values from the class: such a column was
 * made from the answer.
 */
function leakMessage(column: Column, { codes }: ColumnFacts, target: TargetCodes): string | null {
  if (codes === null) return null;
  const shared = sharedInformation(codes, target.codes);
  const { numRows, numFirst, numSecond, firstKnownRatio, secondKnownRatio } = shared;
  if (numRows < MIN_LABELLED || numFirst < 2 || numSecond < 2) return null;
  const isFlag = numFirst === 2 && FLAG_NAME.test(column.name);
  const bound = isFlag ? FLAG_LEAK_RATIO : LEAK_RATIO;
  const rows = `${countText(numRows)} labelled nodes`;
  const repeats = numFirst <= numRows / 2;
  if (repeats && shared.normalised >= bound) {
    return `'${column.name}' and the target '${target.column}' are nearly one and the same: they share ${percentText(shared.normalised)} of their information on ${rows}.`;
  }
  if (repeats && secondKnownRatio >= bound) {
    return `'${column.name}' gives the target '${target.column}' away: it removes ${percentText(secondKnownRatio)} of the uncertainty on ${rows}.`;
  }
  if (firstKnownRatio >= bound) {
    return `'${column.name}' follows from the target '${target.column}': the class fixes ${percentText(firstKnownRatio)} of it on ${rows}.`;
  }
  return null;
}
