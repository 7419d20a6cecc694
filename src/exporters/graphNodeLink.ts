/**
 * The graph as node-link JSON for networkx and d3. The list of edges is named `edges`, which networkx reads by default
 * since 3.6; 3.0 to 3.5 read it with `node_link_graph(data, edges='edges')` (`link='edges'` before 3.4).
 */
import { type ByteWriter, createByteWriter } from './byteWriter.ts';
import { hasParallelEdges } from './elementIds.ts';
import { exportFileName } from './exportNames.ts';
import type { ExporterDescriptor } from './exporterTypes.ts';
import { type GraphRecords, graphRecords } from './graphRecords.ts';
import { jsonMembers, jsonText, listSeparator } from './jsonText.ts';

/**
 * Format: networkx 3.6, node_link_data,
 * https://networkx.org/documentation/networkx-3.6/reference/readwrite/generated/networkx.readwrite.json_graph.node_link_data.html.
 * A graph of both directions is `directed: false` as a whole and says `directed` on every edge.
 */
export const graphNodeLink: ExporterDescriptor = {
  id: 'graph-node-link',
  name: 'Graph (node-link JSON)',
  summary: 'Nodes, edges and all their columns, with the predictions of the run, for networkx and d3.',
  needs: 'graph',
  write(input) {
    const records = graphRecords(input, {
      reservedNodeNames: ['id'],
      reservedEdgeNames: ['source', 'target', 'key'],
      relationName: 'relation',
      tellsDirection: false,
    });
    const { graph, isDirected } = records;
    const out = createByteWriter();
    out.text(`{"directed":${isDirected},"multigraph":${hasParallelEdges(graph, isDirected)},`);
    out.text(`"graph":{"name":${jsonText(graph.name)}},\n"nodes":[`);
    writeNodes(out, records);
    out.text('],\n"edges":[');
    writeEdges(out, records);
    out.text(']}\n');
    return {
      fileName: exportFileName(graph, 'node-link.json'),
      mimeType: 'application/json',
      bytes: out.finish(),
    };
  },
};

function writeNodes(out: ByteWriter, records: GraphRecords): void {
  const separator = listSeparator();
  const members = jsonMembers(records.nodeAttributes);
  records.forEachNode((node, cells) => {
    out.text(`${separator()}{"id":${jsonText(records.idOf(node))}${cells(members)}}`);
  });
}

function writeEdges(out: ByteWriter, records: GraphRecords): void {
  const { graph } = records;
  const separator = listSeparator();
  const members = jsonMembers(records.edgeAttributes);
  records.forEachEdge((edge, _, cells) => {
    const source = jsonText(records.idOf(graph.source[edge] as number));
    const target = jsonText(records.idOf(graph.target[edge] as number));
    out.text(`${separator()}{"source":${source},"target":${target}${cells(members)}}`);
  });
}
