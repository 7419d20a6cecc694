/**
 * The graph as GML for igraph, networkx, Gephi and yEd. GML has no booleans (they are 0 and 1) and no dates (they are
 * text, see `cellValue.ts`), and no way to say NaN or infinity (they are left out). A vector is its key once for each
 * number, as networkx writes lists.
 */
import type { Column } from '../core/columns.ts';
import { type ByteWriter, createByteWriter } from './byteWriter.ts';
import { exactCellText, float32Text, isFinitePresent } from './cellValue.ts';
import { hasParallelEdges, nodePositions } from './elementIds.ts';
import { exportFileName, uniqueNames } from './exportNames.ts';
import type { ExporterDescriptor } from './exporterTypes.ts';
import { type CellWriter, type GraphRecords, graphRecords } from './graphRecords.ts';

/**
 * Format: M. Himsolt, "GML: A portable Graph File Format", 1997,
 * https://web.archive.org/web/20190303094704/http://www.fim.uni-passau.de:80/fileadmin/files/lehrstuhl/brandenburg/projekte/gml/gml-technical-report.pdf.
 * Nodes are numbered from 0, their ids are the `label`. GML tells one direction for all edges: a graph of both is
 * `directed 0` as a whole and says `directed` on every edge.
 */
export const graphGml: ExporterDescriptor = {
  id: 'graph-gml',
  name: 'Graph (GML)',
  summary:
    'Nodes, edges and all their columns, with the predictions of the run, for igraph, networkx or yEd.',
  needs: 'graph',
  write(input) {
    const records = graphRecords(input, {
      reservedNodeNames: ['id', 'label'],
      reservedEdgeNames: ['source', 'target', 'key'],
      relationName: 'relation',
      tellsDirection: false,
      namer: gmlNamer,
    });
    const { graph, isDirected } = records;
    const out = createByteWriter();
    out.text('Creator "Graphwright"\ngraph [\n');
    out.text(`  directed ${isDirected ? 1 : 0}\n`);
    // networkx refuses parallel edges unless it is told of them.
    if (hasParallelEdges(graph, isDirected)) out.text('  multigraph 1\n');
    out.text(`  name ${gmlText(graph.name)}\n`);
    writeNodes(out, records);
    writeEdges(out, records);
    out.text(']\n');
    return { fileName: exportFileName(graph, 'graph.gml'), mimeType: 'text/plain', bytes: out.finish() };
  },
};

/** Keys are a letter, then letters and digits (report, §2): `node_type` becomes `nodeType`, other words `key`. */
function gmlNamer(reserved: readonly string[]): (wanted: string) => string {
  const nameOf = uniqueNames(reserved, '');
  return (wanted) => {
    const joined = wanted.replaceAll(/[^A-Za-z0-9]+([A-Za-z0-9]?)/g, (_, next: string) => next.toUpperCase());
    if (joined === '') return nameOf('key');
    // A name that began with a sign, such as `_x`, keeps the case of its first letter.
    const start = wanted.search(/[A-Za-z0-9]/);
    const key = `${wanted.charAt(start)}${joined.slice(1)}`;
    return nameOf(/^[A-Za-z]/.test(key) ? key : `key${key}`);
  };
}

/** Returns the text in quotes: ASCII, everything else as the references of ISO 8859-1 and HTML (report, §2). */
function gmlText(text: string): string {
  const escaped = text.replaceAll(/[^ !#-%'-~]/gu, (character) => {
    if (character === '"') return '&quot;';
    if (character === '&') return '&amp;';
    const code = character.codePointAt(0) as number;
    return `&#${code >= 0xd800 && code < 0xe000 ? 0xfffd : code};`;
  });
  return `"${escaped}"`;
}

/** A real number has a point, and an exponent has a sign after `E`. */
function gmlReal(text: string): string {
  const [mantissa = '', exponent] = text.split('e');
  const real = mantissa.includes('.') ? mantissa : `${mantissa}.0`;
  return exponent === undefined ? real : `${real}E${exponent}`;
}

/** Values of one cell: several numbers for a vector, else one. */
function gmlValues(column: Column, row: number): string[] {
  const text = exactCellText(column, row);
  switch (column.kind) {
    case 'f32':
    case 'f64':
      return [gmlReal(text)];
    case 'i32':
      return [text];
    case 'bool':
      return [text === 'true' ? '1' : '0'];
    case 'vector': {
      const numbers = column.values.subarray(row * column.width, (row + 1) * column.width);
      return Array.from(numbers, (number) => gmlReal(float32Text(number)));
    }
    default:
      return [gmlText(text)];
  }
}

const keyValues: CellWriter = ({ name, kind }, column, row) => {
  if (!isFinitePresent(column, row)) return '';
  const values = kind === 'text' ? [gmlText(exactCellText(column, row))] : gmlValues(column, row);
  return values.map((value) => `    ${name} ${value}\n`).join('');
};

function writeNodes(out: ByteWriter, records: GraphRecords): void {
  let id = 0;
  records.forEachNode((node, cells) => {
    const label = gmlText(records.idOf(node));
    out.text(`  node [\n    id ${id++}\n    label ${label}\n${cells(keyValues)}  ]\n`);
  });
}

function writeEdges(out: ByteWriter, records: GraphRecords): void {
  const { source, target } = records.graph;
  const positions = nodePositions(records.graph);
  records.forEachEdge((edge, _, cells) => {
    const from = positions[source[edge] as number] as number;
    const to = positions[target[edge] as number] as number;
    out.text(`  edge [\n    source ${from}\n    target ${to}\n${cells(keyValues)}  ]\n`);
  });
}
