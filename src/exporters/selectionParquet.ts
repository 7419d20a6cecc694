/** The selected nodes, or rows chosen in the table, as Parquet. */
import type { ExporterDescriptor } from './exporterTypes.ts';
import { selectionFile } from './selectionTables.ts';
import { parquetBytes } from './tablesParquet.ts';

/** Types of columns as in `tablesParquet.ts`. */
export const selectionParquet: ExporterDescriptor = {
  id: 'selection-parquet',
  name: 'Selection (Parquet)',
  summary: 'The same as a typed table.',
  needs: 'selection',
  write: (input) =>
    selectionFile(input, {
      extension: 'parquet',
      mimeType: 'application/vnd.apache.parquet',
      isCompressed: true,
      bytesOf: async (table) => new Uint8Array(await parquetBytes(table)),
    }),
};
