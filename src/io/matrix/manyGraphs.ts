/**
 * Data sets of many graphs in one block-diagonal graph: the number of its graph is a node column, and what is known about
 * a graph is repeated on its nodes.
 */
import type { Column } from '../../core/columns.ts';
import { permuteColumn } from '../../core/columnPermutation.ts';
import { ParseError } from '../../core/errors.ts';
import { counted, type NoticeList } from '../notices.ts';
import { FEATURES_NAME } from '../native/featureColumn.ts';
import { classColumn, numberColumn, vectorColumn } from './numberColumns.ts';
import { columnValues, type NumberTable } from './numberTable.ts';

export const GRAPH_COLUMN = 'graph';

/** Returns columns of graphs as columns of their nodes. @param graphOf [N] row of each node's graph */
export const onNodes = (columns: readonly Column[], graphOf: Int32Array): Column[] =>
  columns.map((column) => permuteColumn(column, graphOf));

/** Which graph each node is in, counted from `first`. */
export function graphNumbers(graphOf: Int32Array, first: 0 | 1): Column {
  return numberColumn(
    GRAPH_COLUMN,
    graphOf.map((graph) => graph + first),
    'integer',
  );
}

/** Names of the columns of a table: `label`, or `label 1`, `label 2`, … when there are several. */
const namesOf = (name: string, width: number): string[] =>
  width === 1 ? [name] : Array.from({ length: width }, (_, at) => `${name} ${at + 1}`);

/** Whole numbers as classes, one column each; decimals as numbers. */
export function classColumns(name: string, table: NumberTable): Column[] {
  return namesOf(name, table.width).map((own, at) => classColumn(own, columnValues(table, at), table.kind));
}

/** One number per row as a column of numbers, several as a vector. */
export function valueColumns(path: string, name: string, table: NumberTable, notices: NoticeList): Column[] {
  if (table.width === 1 && name !== FEATURES_NAME)
    return [numberColumn(name, columnValues(table, 0), table.kind)];
  return [vectorColumn(path, name, Float32Array.from(table.values), table.width, notices)];
}

/** @throws {ParseError} the file has another number of rows than what it describes */
export function assertRows(path: string, rows: number, expected: number, what: string): void {
  if (rows === expected) return;
  throw new ParseError(`${path} has ${counted(rows, 'row')} for ${counted(expected, what)}.`, {
    code: 'row-count',
    remedy: 'Use the files of one data set as published, none of them cut off.',
    details: { file: path, rows, expected },
  });
}

/**
 * Labels of nodes or graphs: one column of classes; several answers per row as a vector, or as columns of their own where
 * some are missing.
 */
export function labelColumns(path: string, table: NumberTable, notices: NoticeList): Column[] {
  const isComplete = table.values.every((value) => !Number.isNaN(value));
  return table.width === 1 || !isComplete
    ? classColumns('label', table)
    : valueColumns(path, 'label', table, notices);
}
