/**
 * The graph as GEXF 1.3 for Gephi: typed attributes, direction per edge, relations as edge `kind`. Dates and sparse rows
 * have no GEXF type and become text (see `cellValue.ts`); vectors are `listfloat`.
 */
import type { ColumnKind } from '../core/columns.ts';
import { isNumeric } from '../core/columns.ts';
import { type ByteWriter, createByteWriter } from './byteWriter.ts';
import { isFinitePresent } from './cellValue.ts';
import { isEdgeKept } from './elementIds.ts';
import { exportFileName } from './exportNames.ts';
import type { ExporterDescriptor, ExportInput } from './exporterTypes.ts';
import { type Attribute, type CellWriter, type GraphRecords, graphRecords } from './graphRecords.ts';
import { tellsRelations } from './structureColumns.ts';
import { xmlText } from '../core/xmlText.ts';
import { xmlCellText } from './xmlCellText.ts';

const HEADER =
  '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">\n';

const TYPE_OF_KIND: Readonly<Record<ColumnKind, string>> = {
  f32: 'float',
  f64: 'double',
  i32: 'integer',
  bool: 'boolean',
  category: 'string',
  text: 'string',
  date: 'string',
  vector: 'listfloat',
  sparse: 'string',
};

/** Format: GEXF 1.3, https://gexf.net/primer.html and https://gexf.net/1.3/gexf.xsd. */
export const graphGexf: ExporterDescriptor = {
  id: 'graph-gexf',
  name: 'Graph (GEXF)',
  summary: 'Nodes, edges and all their columns, with the predictions of the run, for Gephi.',
  needs: 'graph',
  write(input) {
    const records = graphRecords(input, { relationName: null, tellsDirection: true });
    const weight = weightAttribute(input, records);
    const out = createByteWriter();
    out.text(HEADER);
    out.text(
      `  <meta><creator>Graphwright</creator><description>${xmlText(input.graph.name)}</description></meta>\n`,
    );
    out.text(`  <graph defaultedgetype="${records.isDirected ? 'directed' : 'undirected'}" mode="static">\n`);
    out.text(attributesOf('node', records.nodeAttributes));
    out.text(
      attributesOf(
        'edge',
        records.edgeAttributes.filter((attribute) => attribute !== weight),
      ),
    );
    writeNodes(out, records);
    writeEdges(out, records, weight);
    out.text('  </graph>\n</gexf>\n');
    return {
      fileName: exportFileName(input.graph, 'graph.gexf'),
      mimeType: 'application/gexf+xml',
      bytes: out.finish(),
    };
  },
};

/** The column that becomes the weight of GEXF, which every edge has: without it readers take 1. */
function weightAttribute({ graph }: ExportInput, records: GraphRecords): Attribute | null {
  const column = graph.edgeColumns.find(({ name }) => name === 'weight');
  if (column === undefined || !isNumeric(column)) return null;
  for (let edge = 0; edge < column.length; edge++) {
    if (isEdgeKept(graph, edge) && !isFinitePresent(column, edge)) return null;
  }
  return records.edgeAttributes.find(({ name }) => name === 'weight') ?? null;
}

function attributesOf(owner: 'node' | 'edge', attributes: readonly Attribute[]): string {
  if (attributes.length === 0) return '';
  const lines = attributes.map(
    ({ index, name, kind }) =>
      `      <attribute id="${index}" title="${xmlText(name)}" type="${TYPE_OF_KIND[kind]}"/>\n`,
  );
  return `    <attributes class="${owner}" mode="static">\n${lines.join('')}    </attributes>\n`;
}

const attvalue: CellWriter = (attribute, column, row) =>
  `<attvalue for="${attribute.index}" value="${xmlCellText(column, row)}"/>`;

const attvalues = (cells: string): string => (cells === '' ? '' : `<attvalues>${cells}</attvalues>`);

/** Gephi draws the label of the format; a column of that name is both, other nodes are known by their ids. */
const labelText: CellWriter = ({ name }, column, row) =>
  name === 'label' ? ` label="${xmlCellText(column, row)}"` : '';

function writeNodes(out: ByteWriter, records: GraphRecords): void {
  out.text(`    <nodes count="${records.numNodes}">\n`);
  records.forEachNode((node, cells) => {
    const id = xmlText(records.idOf(node));
    out.text(`      <node id="${id}"${cells(labelText)}>${attvalues(cells(attvalue))}</node>\n`);
  });
  out.text('    </nodes>\n');
}

function writeEdges(out: ByteWriter, records: GraphRecords, weight: Attribute | null): void {
  const { graph, isDirected } = records;
  const hasKinds = tellsRelations(graph);
  const values: CellWriter = (attribute, column, row) =>
    attribute === weight ? '' : attvalue(attribute, column, row);
  const weightText: CellWriter = (attribute, column, row) =>
    attribute === weight ? ` weight="${xmlCellText(column, row)}"` : '';
  out.text(`    <edges count="${records.numEdges}">\n`);
  records.forEachEdge((edge, type, cells) => {
    const source = xmlText(records.idOf(graph.source[edge] as number));
    const target = xmlText(records.idOf(graph.target[edge] as number));
    const relation = graph.edgeTypes.relation[type] ?? '';
    const kind = hasKinds && relation !== '' ? ` kind="${xmlText(relation)}"` : '';
    const directed = graph.edgeTypes.directed[type] === 1;
    const own = directed === isDirected ? '' : ` type="${directed ? 'directed' : 'undirected'}"`;
    const weighted = weight === null ? '' : cells(weightText);
    out.text(
      `      <edge source="${source}" target="${target}"${own}${kind}${weighted}>${attvalues(cells(values))}</edge>\n`,
    );
  });
  out.text('    </edges>\n');
}
