/** The selected nodes, or rows chosen in the table, as a JSON list of records. */
import { createByteWriter } from './byteWriter.ts';
import type { ExporterDescriptor } from './exporterTypes.ts';
import { type GraphTable, rowOf } from './graphTables.ts';
import { jsonMembers, listSeparator } from './jsonText.ts';
import { selectionFile } from './selectionTables.ts';

/** Format: RFC 8259, https://www.rfc-editor.org/rfc/rfc8259. Missing cells are left out of their record. */
export const selectionJson: ExporterDescriptor = {
  id: 'selection-json',
  name: 'Selection (JSON)',
  summary: 'The same as a list of records.',
  needs: 'selection',
  write: (input) =>
    selectionFile(input, { extension: 'json', mimeType: 'application/json', bytesOf: jsonRecords }),
};

function jsonRecords(table: GraphTable): Uint8Array<ArrayBuffer> {
  const out = createByteWriter();
  const separator = listSeparator();
  const attributes = table.columns.map(({ name, column }, index) => ({ index, name, kind: column.kind }));
  const member = jsonMembers(attributes);
  out.text('[');
  for (let row = 0; row < table.length; row++) {
    if (!table.isKept(row)) continue;
    const members = table.columns.map((column, at) =>
      member(attributes[at] as (typeof attributes)[number], column.column, rowOf(column, row)),
    );
    // Each member begins with a comma.
    out.text(`${separator()}{${members.join('').slice(1)}}`);
  }
  out.text(']\n');
  return out.finish();
}
