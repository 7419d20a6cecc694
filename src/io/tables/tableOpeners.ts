/** All kinds of files that hold one table; the first that recognises a file opens it. */
import { delimitedOpener } from '../delimited/delimitedTable.ts';
import type { ProbedFile } from '../importTypes.ts';
import { arrowOpener } from '../typedTables/openArrow.ts';
import { jsonRecordsOpener } from '../typedTables/openJsonRecords.ts';
import { parquetOpener } from '../typedTables/openParquet.ts';
import type { TableOpener } from './tableSource.ts';

const TABLE_OPENERS: readonly TableOpener[] = [
  parquetOpener,
  arrowOpener,
  jsonRecordsOpener,
  delimitedOpener,
];

export function openerOf(file: ProbedFile): TableOpener | null {
  return TABLE_OPENERS.find((opener) => opener.recognises(file)) ?? null;
}
