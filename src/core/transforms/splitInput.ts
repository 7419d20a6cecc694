/** What every form of node split is made from, and the parts of its text that several forms share. */
import { type Column, findColumn } from '../columns.ts';
import { ParameterError } from '../errors.ts';
import { nearMatches } from '../nearMatches.ts';

export interface SplitInput {
  /** Columns of the node type that is split. */
  readonly columns: readonly Column[];
  readonly nodeTypeName: string;
  /** [n] class of each row of the type, -1 = unlabelled; for a regression 0 where there is a target. */
  readonly codes: Int32Array;
  /** Global index of the type's first node. */
  readonly offset: number;
  /** Nodes of the whole graph. */
  readonly numNodes: number;
  readonly seed: number;
}

/** Shares of train, validation and test; they sum to 1. */
export type SplitShares = readonly [number, number, number];

/**
 * Parses `60/20/20` (percent or ratios) into shares that sum to 1.
 * @param text the whole split, for the message
 * @param form how it should have been written
 * @throws {ParameterError} not three finite numbers of at least 0 with the first above 0
 */
export function parseShares(shares: string, text: string, form: string): SplitShares {
  const parts = shares.split('/').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const sum = parts.reduce((total, part) => total + part, 0);
  if (
    parts.length !== 3 ||
    !(sum < Infinity) ||
    parts.some((part) => !(part >= 0)) ||
    !((parts[0] ?? 0) > 0)
  ) {
    throw new ParameterError(`Split '${text}' is not of the form ${form}.`, {
      code: 'split-format',
      remedy: 'Write three shares for train, validation and test, with a train share above 0.',
      details: { split: text },
    });
  }
  return [(parts[0] as number) / sum, (parts[1] as number) / sum, (parts[2] as number) / sum];
}

/** Splits `COLUMN:60/20/20` at its last colon, so that a column's name may hold one. */
export function parseColumnShares(
  rest: string,
  text: string,
  form: string,
): { readonly columnName: string; readonly shares: SplitShares } {
  const colon = rest.lastIndexOf(':');
  return {
    columnName: rest.slice(0, Math.max(0, colon)),
    shares: parseShares(rest.slice(colon + 1), text, form),
  };
}

/** @throws {ParameterError} the node type has no such column; the remedy names the nearest ones */
export function splitColumnNamed(input: SplitInput, name: string, text: string): Column {
  const column = findColumn(input.columns, name);
  if (column !== undefined) return column;
  const near = nearMatches(
    name,
    input.columns.map((known) => known.name),
  );
  throw new ParameterError(`Split '${text}': '${input.nodeTypeName}' has no column '${name}'.`, {
    code: 'split-column',
    remedy:
      near.length === 0
        ? `Add a column '${name}' to the node table, or use random:60/20/20.`
        : `Did you mean ${near.map((known) => `'${known}'`).join(', ')}?`,
    details: { split: text, column: name },
  });
}

/** Rows that have a label, ascending. */
export function labelledRows(codes: Int32Array): Int32Array {
  return Int32Array.from(codes.keys()).filter((row) => (codes[row] as number) >= 0);
}

/** '1 labelled node has no …' as a note; none for none. */
export function leftOutNote(count: number, columnName: string): readonly string[] {
  if (count === 0) return [];
  return count === 1
    ? [`1 labelled node has no '${columnName}' and is in no part.`]
    : [`${count} labelled nodes have no '${columnName}' and are in no part.`];
}
