/** The kind a person chose for a column instead of the guessed one. */
import type { Column, ColumnKind } from '../../core/columns.ts';
import { convertColumn } from '../../core/schema/convertColumn.ts';
import { counted, type NoticeList } from '../notices.ts';

/**
 * Returns the column in the chosen kind; cells that cannot be read so become missing and are counted.
 * @throws {ParameterError} a kind that a column of this kind cannot become
 */
export function convertChosen(
  column: Column,
  chosen: ColumnKind | undefined,
  notices: NoticeList,
  file: string,
  decimalComma = false,
): Column {
  if (chosen === undefined || chosen === 'sparse' || column.kind === chosen) return column;
  const conversion = convertColumn(column, chosen, { decimalComma });
  if (conversion.numLost > 0) {
    notices.say({
      severity: 'warning',
      code: 'not-converted',
      message: `${file}: column '${column.name}' has ${counted(conversion.numLost, 'cell')} that cannot be read as chosen, now missing.`,
      count: conversion.numLost,
      file,
      examples: conversion.examples.map((text) => ({ line: 0, text: `${column.name}: ${text}` })),
    });
  }
  return conversion.column;
}
