/** Parquet tables of nodes or edges, alone or with others; columns are mapped to roles as for CSV. */
import { tableFormat } from '../tables/tableFormat.ts';
import { parquetOpener } from '../typedTables/openParquet.ts';

export const parquet = tableFormat({
  id: 'parquet',
  name: 'Parquet',
  summary:
    'Tables of nodes or edges with any codec; lists of numbers become vectors (also GraphStorm embeddings).',
  extensions: ['parquet'],
  source: 'https://parquet.apache.org/docs/file-format/',
  opener: parquetOpener,
});
