/** The node table as CSV, in a form our own importer reads back. */
import { type Column, findColumn } from '../core/columns.ts';
import { isNodeDeleted, nodeId } from '../core/graph.ts';
import { exactCellText } from './cellValue.ts';
import { createCsvWriter } from './csvWriter.ts';
import { exportFileName, uniqueNames } from './exportNames.ts';
import type { ExporterDescriptor } from './exporterTypes.ts';

/** Columns: id, node_type where there are several, then every column of any type; cells of other types stay empty. */
export const nodesCsv: ExporterDescriptor = {
  id: 'nodes-csv',
  name: 'Nodes (CSV)',
  summary: 'One row per node with all its columns.',
  needs: 'graph',
  write({ graph }) {
    const hasTypes = graph.nodeTypes.length > 1;
    const fixed = hasTypes ? ['id', 'node_type'] : ['id'];
    const names = [...new Set(graph.nodeTypes.flatMap((type) => type.columns.map((column) => column.name)))];
    const csv = createCsvWriter([...fixed, ...names.map(uniqueNames(fixed))]);
    graph.nodeTypes.forEach((type, index) => {
      const columns: (Column | undefined)[] = names.map((name) => findColumn(type.columns, name));
      const start = graph.nodeTypePtr[index] as number;
      for (let node = start; node < (graph.nodeTypePtr[index + 1] as number); node++) {
        if (isNodeDeleted(graph, node)) continue;
        const cells = columns.map((column) => (column ? exactCellText(column, node - start) : ''));
        csv.row([nodeId(graph, node), ...(hasTypes ? [type.name] : []), ...cells]);
      }
    });
    return { fileName: exportFileName(graph, 'nodes.csv'), mimeType: 'text/csv', bytes: csv.finish() };
  },
};
