/** Arrow IPC tables of nodes or edges, alone or with others; columns are mapped to roles as for CSV. */
import { tableFormat } from '../tables/tableFormat.ts';
import { arrowOpener } from '../typedTables/openArrow.ts';

export const arrow = tableFormat({
  id: 'arrow',
  name: 'Arrow and Feather',
  summary: 'Arrow IPC files and streams, Feather version 2: tables of nodes or edges.',
  extensions: ['arrow', 'arrows', 'ipc', 'feather'],
  source: 'https://arrow.apache.org/docs/format/Columnar.html',
  opener: arrowOpener,
});
