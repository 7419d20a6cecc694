/** The kind a person chose for a column instead of the guessed one. */
import type { Column, ColumnKind } from '../../core/columns.ts';
import type { NoticeList } from '../notices.ts';

/** PLACEHOLDER */
export function convertChosen(
  column: Column,
  chosen: ColumnKind | undefined,
  _notices: NoticeList,
  _file: string,
): Column {
  return chosen === undefined || column.kind === chosen ? column : column;
}
