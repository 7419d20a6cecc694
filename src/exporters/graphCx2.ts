/** The graph as CX2 (Cytoscape Exchange 2), for Cytoscape, Cytoscape Web and NDEx. */
import type { ColumnKind } from '../core/columns.ts';
import { type ByteWriter, createByteWriter } from './byteWriter.ts';
import { nodePositions } from './elementIds.ts';
import { exportFileName } from './exportNames.ts';
import type { ExporterDescriptor } from './exporterTypes.ts';
import { type Attribute, type GraphRecords, graphRecords } from './graphRecords.ts';
import { jsonMembers, jsonText, listSeparator } from './jsonText.ts';

const TYPE_OF_KIND: Readonly<Record<ColumnKind, string>> = {
  f32: 'double',
  f64: 'double',
  i32: 'integer',
  bool: 'boolean',
  category: 'string',
  text: 'string',
  date: 'string',
  vector: 'list_of_double',
  sparse: 'string',
};

/**
 * Format: CX2 2.0, https://cytoscape.org/cx/cx2/specification/cytoscape-exchange-format-specification-(version-2)/. Nodes
 * are numbered from 0, their ids are the attribute `name`; the relation is `interaction`, as Cytoscape has it. The
 * network attribute `directed` tells the direction of all edges; a graph of both says it on every edge instead.
 */
export const graphCx2: ExporterDescriptor = {
  id: 'graph-cx2',
  name: 'Graph (CX2)',
  summary: 'Nodes, edges and all their columns, with the predictions of the run, for Cytoscape and NDEx.',
  needs: 'graph',
  write(input) {
    const records = graphRecords(input, {
      reservedNodeNames: ['name'],
      relationName: 'interaction',
      tellsDirection: false,
    });
    const out = createByteWriter();
    out.text('[{"CXVersion":"2.0","hasFragments":false},\n');
    out.text(`{"metaData":[${metaData(records)}]},\n`);
    out.text(`{"attributeDeclarations":[${declarations(records)}]},\n`);
    const { graph, isDirected } = records;
    out.text(`{"networkAttributes":[{"name":${jsonText(graph.name)},"directed":${isDirected}}]},\n`);
    if (records.numNodes > 0) writeNodes(out, records);
    if (records.numEdges > 0) writeEdges(out, records);
    out.text('{"status":[{"success":true}]}]\n');
    return {
      fileName: exportFileName(graph, 'graph.cx2'),
      mimeType: 'application/json',
      bytes: out.finish(),
    };
  },
};

/** Aspects that are present, each with its number of elements. */
function metaData({ numNodes, numEdges }: GraphRecords): string {
  const counts = [
    ['attributeDeclarations', 1],
    ['networkAttributes', 1],
    ['nodes', numNodes],
    ['edges', numEdges],
  ] as const;
  return counts
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `{"name":"${name}","elementCount":${count}}`)
    .join(',');
}

function declarations(records: GraphRecords): string {
  const declare = (attributes: readonly Attribute[]): string[] =>
    attributes.map(({ name, kind }) => `${jsonText(name)}:{"d":"${TYPE_OF_KIND[kind]}"}`);
  const nodes = ['"name":{"d":"string"}', ...declare(records.nodeAttributes)].join(',');
  const edges = declare(records.edgeAttributes).join(',');
  const network = '"name":{"d":"string"},"directed":{"d":"boolean"}';
  return `{"networkAttributes":{${network}},"nodes":{${nodes}},"edges":{${edges}}}`;
}

function writeNodes(out: ByteWriter, records: GraphRecords): void {
  const separator = listSeparator();
  const members = jsonMembers(records.nodeAttributes);
  let id = 0;
  out.text('{"nodes":[');
  records.forEachNode((node, cells) => {
    const name = jsonText(records.idOf(node));
    out.text(`${separator()}{"id":${id++},"v":{"name":${name}${cells(members)}}}`);
  });
  out.text(']},\n');
}

function writeEdges(out: ByteWriter, records: GraphRecords): void {
  const { graph } = records;
  const separator = listSeparator();
  const members = jsonMembers(records.edgeAttributes);
  const positions = nodePositions(graph);
  let id = 0;
  out.text('{"edges":[');
  records.forEachEdge((edge, _, cells) => {
    const source = positions[graph.source[edge] as number] as number;
    const target = positions[graph.target[edge] as number] as number;
    // Every member comes with a comma before it.
    const values = cells(members).slice(1);
    out.text(`${separator()}{"id":${id++},"s":${source},"t":${target},"v":{${values}}}`);
  });
  out.text(']},\n');
}
