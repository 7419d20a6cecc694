/**
 * Free CSV, TSV and similar tables: an edge list, with or without a header, and perhaps node tables. Files with the
 * native names are `plain.ts`.
 */
import { delimitedOpener } from '../delimited/delimitedTable.ts';
import { tableFormat } from '../tables/tableFormat.ts';

export const csv = tableFormat({
  id: 'csv',
  name: 'Tables (CSV, TSV)',
  summary:
    'Delimited text in any dialect: an edge list, alone or with node tables; columns are mapped to roles.',
  extensions: ['csv', 'tsv', 'txt', 'tab', 'edges', 'edgelist', 'gz', 'zip'],
  source: 'RFC 4180, https://www.rfc-editor.org/rfc/rfc4180',
  opener: delimitedOpener,
});
