/** The graph as Cytoscape.js JSON, for `cytoscape({ elements })` and for Cytoscape (as .cyjs). */
import { type ByteWriter, createByteWriter } from './byteWriter.ts';
import { exportFileName } from './exportNames.ts';
import type { ExporterDescriptor } from './exporterTypes.ts';
import { type GraphRecords, graphRecords } from './graphRecords.ts';
import { jsonMembers, jsonText, listSeparator } from './jsonText.ts';

/**
 * Format: Cytoscape.js 3, https://js.cytoscape.org/#notation/elements-json. `directed` beside the elements tells the
 * direction of all edges; a graph of both directions says it on every edge instead. Edges have no id of their own, so
 * that none can be the id of a node: Cytoscape.js keeps both in one set, and makes ids for edges without one.
 */
export const graphCytoscape: ExporterDescriptor = {
  id: 'graph-cytoscape',
  name: 'Graph (Cytoscape.js JSON)',
  summary: 'Nodes, edges and all their columns, with the predictions of the run, for Cytoscape.js.',
  needs: 'graph',
  write(input) {
    const records = graphRecords(input, {
      reservedNodeNames: ['id', 'parent'],
      reservedEdgeNames: ['id', 'source', 'target'],
      relationName: 'relation',
      tellsDirection: false,
    });
    const out = createByteWriter();
    out.text(`{"data":{"name":${jsonText(input.graph.name)}},"directed":${records.isDirected},`);
    out.text('"elements":{"nodes":[');
    writeNodes(out, records);
    out.text('],\n"edges":[');
    writeEdges(out, records);
    out.text(']}}\n');
    return {
      fileName: exportFileName(input.graph, 'graph.cyjs'),
      mimeType: 'application/json',
      bytes: out.finish(),
    };
  },
};

function writeNodes(out: ByteWriter, records: GraphRecords): void {
  const separator = listSeparator();
  const members = jsonMembers(records.nodeAttributes);
  records.forEachNode((node, cells) => {
    out.text(`${separator()}{"data":{"id":${jsonText(records.idOf(node))}${cells(members)}}}`);
  });
}

function writeEdges(out: ByteWriter, records: GraphRecords): void {
  const { graph } = records;
  const separator = listSeparator();
  const members = jsonMembers(records.edgeAttributes);
  records.forEachEdge((edge, _, cells) => {
    const source = jsonText(records.idOf(graph.source[edge] as number));
    const target = jsonText(records.idOf(graph.target[edge] as number));
    out.text(`${separator()}{"data":{"source":${source},"target":${target}${cells(members)}}}`);
  });
}
