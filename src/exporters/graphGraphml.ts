/**
 * The graph as GraphML, with every column typed and, when there is a run, its predictions beside them: for Gephi,
 * Cytoscape, networkx and igraph. Vectors and sparse rows have no GraphML type and become text (see `cellValue.ts`).
 */
import type { Column, ColumnKind } from '../core/columns.ts';
import { type ByteWriter, createByteWriter } from './byteWriter.ts';
import { exportFileName } from './exportNames.ts';
import type { ExporterDescriptor } from './exporterTypes.ts';
import { type Attribute, type CellWriter, type GraphRecords, graphRecords } from './graphRecords.ts';
import { xmlText } from '../core/xmlText.ts';
import { xmlCellText } from './xmlCellText.ts';

const HEADER =
  '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n';

const TYPE_OF_KIND: Readonly<Record<ColumnKind, 'boolean' | 'int' | 'float' | 'double' | 'string'>> = {
  f32: 'float',
  f64: 'double',
  i32: 'int',
  bool: 'boolean',
  category: 'string',
  text: 'string',
  date: 'string',
  vector: 'string',
  sparse: 'string',
};

/** Format: GraphML 1.0, http://graphml.graphdrawing.org/primer/graphml-primer.html. */
export const graphGraphml: ExporterDescriptor = {
  id: 'graph-graphml',
  name: 'Graph (GraphML)',
  summary:
    'Nodes, edges and all their columns, with the predictions of the run, for Gephi, Cytoscape or networkx.',
  needs: 'graph',
  write(input) {
    const records = graphRecords(input, { relationName: 'relation', tellsDirection: true });
    const out = createByteWriter();
    out.text(HEADER);
    out.text(keysOf('node', records.nodeAttributes) + keysOf('edge', records.edgeAttributes));
    writeGraph(out, records);
    out.text('</graphml>\n');
    return {
      fileName: exportFileName(input.graph, 'graph.graphml'),
      mimeType: 'application/graphml+xml',
      bytes: out.finish(),
    };
  },
};

function keysOf(owner: 'node' | 'edge', attributes: readonly Attribute[]): string {
  return attributes
    .map(
      ({ index, name, kind }) =>
        `  <key id="${owner.charAt(0)}${index}" for="${owner}" attr.name="${xmlText(name)}" attr.type="${TYPE_OF_KIND[kind]}"/>\n`,
    )
    .join('');
}

const dataWriter =
  (prefix: 'n' | 'e'): CellWriter =>
  (attribute: Attribute, column: Column, row: number) =>
    `<data key="${prefix}${attribute.index}">${xmlCellText(column, row)}</data>`;

function writeGraph(out: ByteWriter, records: GraphRecords): void {
  const { graph, isDirected } = records;
  const nodeData = dataWriter('n');
  const edgeData = dataWriter('e');
  out.text(`  <graph id="${xmlText(graph.name)}" edgedefault="${isDirected ? 'directed' : 'undirected'}">\n`);
  records.forEachNode((node, cells) => {
    out.text(`    <node id="${xmlText(records.idOf(node))}">${cells(nodeData)}</node>\n`);
  });
  records.forEachEdge((edge, type, cells) => {
    const source = xmlText(records.idOf(graph.source[edge] as number));
    const target = xmlText(records.idOf(graph.target[edge] as number));
    const directed = graph.edgeTypes.directed[type] === 1;
    const own = directed === isDirected ? '' : ` directed="${directed}"`;
    out.text(`    <edge source="${source}" target="${target}"${own}>${cells(edgeData)}</edge>\n`);
  });
  out.text('  </graph>\n');
}
