/** The edge table as CSV, in a form our own importer reads back. */
import { edgeTypeOf, nodeId, nodeTypeOf, numEdges } from '../core/graph.ts';
import { exactCellText } from './cellValue.ts';
import { createCsvWriter } from './csvWriter.ts';
import { isEdgeKept } from './elementIds.ts';
import { exportFileName, uniqueNames } from './exportNames.ts';
import type { ExporterDescriptor } from './exporterTypes.ts';

/** Columns: source, target, their node types and the relation where there are several, then every edge column. */
export const edgesCsv: ExporterDescriptor = {
  id: 'edges-csv',
  name: 'Edges (CSV)',
  summary: 'One row per edge with both ends and all its columns.',
  needs: 'graph',
  write({ graph }) {
    const hasNodeTypes = graph.nodeTypes.length > 1;
    const hasRelations = graph.edgeTypes.length > 1;
    const fixed = [
      'source',
      'target',
      ...(hasNodeTypes ? ['source_type', 'target_type'] : []),
      ...(hasRelations ? ['relation'] : []),
    ];
    const nameOf = uniqueNames(fixed);
    const csv = createCsvWriter([...fixed, ...graph.edgeColumns.map((column) => nameOf(column.name))]);
    const typeName = (node: number): string => graph.nodeTypes[nodeTypeOf(graph, node)]?.name ?? '';
    for (let edge = 0; edge < numEdges(graph); edge++) {
      if (!isEdgeKept(graph, edge)) continue;
      const source = graph.source[edge] as number;
      const target = graph.target[edge] as number;
      csv.row([
        nodeId(graph, source),
        nodeId(graph, target),
        ...(hasNodeTypes ? [typeName(source), typeName(target)] : []),
        ...(hasRelations ? [graph.edgeTypes.relation[edgeTypeOf(graph, edge)] ?? ''] : []),
        ...graph.edgeColumns.map((column) => exactCellText(column, edge)),
      ]);
    }
    return { fileName: exportFileName(graph, 'edges.csv'), mimeType: 'text/csv', bytes: csv.finish() };
  },
};
