/** The selected nodes, or rows chosen in the table, as CSV. */
import { createByteWriter } from './byteWriter.ts';
import type { ExporterDescriptor } from './exporterTypes.ts';
import { selectionFile } from './selectionTables.ts';
import { writeTable } from './tablesCsv.ts';

/** Cells are as they are in the graph, also those that begin with `=`: a file of data, not a spreadsheet. */
export const selectionCsv: ExporterDescriptor = {
  id: 'selection-csv',
  name: 'Selection (CSV)',
  summary: 'The selected nodes, or the rows chosen in the table, with all their columns.',
  needs: 'selection',
  write: (input) =>
    selectionFile(input, {
      extension: 'csv',
      mimeType: 'text/csv',
      bytesOf(table) {
        const out = createByteWriter();
        writeTable(out, table);
        return out.finish();
      },
    }),
};
