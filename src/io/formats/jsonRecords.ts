/** Records as JSON: JSON Lines, or an array of flat objects; tables of nodes or edges whose columns are mapped to roles. */
import { tableFormat } from '../tables/tableFormat.ts';
import { jsonRecordsOpener } from '../typedTables/openJsonRecords.ts';

export const jsonRecords = tableFormat({
  id: 'json-records',
  name: 'JSON Lines and JSON records',
  summary: 'One record per line, or a list of flat records; columns are mapped to roles as for CSV.',
  extensions: ['jsonl', 'ndjson', 'json'],
  source: 'https://jsonlines.org',
  opener: jsonRecordsOpener,
});
