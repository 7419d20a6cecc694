/**
 * The graph as GraphML, with every column typed and, when there is a run, its predictions beside them: for Gephi,
 * Cytoscape, networkx and igraph. Vectors and sparse rows have no GraphML type and become text (see `cellValue.ts`).
 */
import { type Column, isValid } from '../core/columns.ts';
import { edgeTypeOf, type Graph, isDirected, isNodeDeleted, nodeId, numEdges } from '../core/graph.ts';
import { type ByteWriter, createByteWriter } from './byteWriter.ts';
import { exactCellText, float32Text } from './cellValue.ts';
import { isEdgeKept } from './edgesCsv.ts';
import { exportFileName, uniqueNames } from './exportNames.ts';
import type { ExporterDescriptor, ExportInput } from './exporterTypes.ts';
import { type NodePrediction, nodePredictions, requireRun } from './runPredictions.ts';
import { xmlText } from './xmlText.ts';

const HEADER =
  '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n';

type AttributeType = 'boolean' | 'int' | 'float' | 'double' | 'string';

const TYPE_OF_KIND: Readonly<Record<Column['kind'], AttributeType>> = {
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
    const out = createByteWriter();
    out.text(HEADER);
    writeGraph(out, input);
    return {
      fileName: exportFileName(input.graph, 'graph.graphml'),
      mimeType: 'application/graphml+xml',
      bytes: out.finish(),
    };
  },
};

function writeGraph(out: ByteWriter, input: ExportInput): void {
  const { graph } = input;
  const nodeKeys = keyTable('node', 'n');
  const edgeKeys = keyTable('edge', 'e');
  const nodeColumns = graph.nodeTypes.flatMap((type) => type.columns);
  for (const column of nodeColumns) nodeKeys.declare(column.name, TYPE_OF_KIND[column.kind]);
  for (const column of graph.edgeColumns) edgeKeys.declare(column.name, TYPE_OF_KIND[column.kind]);
  const typeKey = graph.nodeTypes.length > 1 ? nodeKeys.add('node_type', 'string') : null;
  const relationKey = graph.edgeTypes.length > 1 ? edgeKeys.add('relation', 'string') : null;
  const predictions = predictionWriter(input, nodeKeys);
  out.text(nodeKeys.xml() + edgeKeys.xml());
  const directed = isDirected(graph);
  out.text(`  <graph id="${xmlText(graph.name)}" edgedefault="${directed ? 'directed' : 'undirected'}">\n`);
  writeNodes(out, graph, nodeKeys, typeKey, predictions);
  writeEdges(out, graph, edgeKeys, relationKey, directed);
  out.text('  </graph>\n</graphml>\n');
}

interface KeyTable {
  /** Declares a column of the data; several node types share a key of one name, as text when their kinds differ. */
  declare(name: string, type: AttributeType): void;
  /** Declares an attribute of ours, renamed when the data has one of that name; returns its key. */
  add(name: string, type: AttributeType): string;
  keyOf(name: string): string;
  xml(): string;
}

function keyTable(owner: 'node' | 'edge', prefix: string): KeyTable {
  const keys = new Map<string, { readonly key: string; type: AttributeType }>();
  const declare = (name: string, type: AttributeType): void => {
    const known = keys.get(name);
    if (known === undefined) keys.set(name, { key: `${prefix}${keys.size}`, type });
    else if (known.type !== type) known.type = 'string';
  };
  const keyOf = (name: string): string => keys.get(name)?.key as string;
  return {
    declare,
    keyOf,
    add(name, type) {
      const own = uniqueNames(keys.keys())(name);
      declare(own, type);
      return keyOf(own);
    },
    xml: () =>
      [...keys]
        .map(
          ([name, { key, type }]) =>
            `  <key id="${key}" for="${owner}" attr.name="${xmlText(name)}" attr.type="${type}"/>\n`,
        )
        .join(''),
  };
}

/** Returns the attributes a run adds to a node, keyed by global index; null when there is no run. */
function predictionWriter(input: ExportInput, keys: KeyTable): ReadonlyMap<number, string> | null {
  if (input.run === null) return null;
  const run = requireRun(input, 'Predictions');
  const predictionKey = keys.add('prediction', 'string');
  const confidenceKey = keys.add('confidence', 'float');
  const partKey = keys.add('run_split', 'string');
  const describe = (item: NodePrediction): string =>
    (item.prediction === '' ? '' : data(predictionKey, item.prediction)) +
    (item.confidence === null ? '' : data(confidenceKey, numberText(float32Text(item.confidence)))) +
    data(partKey, item.split);
  const byNode = new Map<number, string>();
  for (const item of nodePredictions(input.graph, run)) byNode.set(item.node, describe(item));
  return byNode;
}

const data = (key: string, text: string): string => `<data key="${key}">${xmlText(text)}</data>`;

/** XML Schema's words for what JavaScript calls Infinity. */
const numberText = (text: string): string => text.replace('Infinity', 'INF');

function cellData(column: Column, row: number, keys: KeyTable): string {
  if (!isValid(column, row)) return '';
  const isFloat = column.kind === 'f32' || column.kind === 'f64';
  const text = exactCellText(column, row);
  return data(keys.keyOf(column.name), isFloat ? numberText(text) : text);
}

/** Ids are unique per node type only; across types the type's name goes before them. */
function nodeIdWriter(graph: Graph): (node: number, type: number) => string {
  if (graph.nodeTypes.length === 1) return (node) => xmlText(nodeId(graph, node));
  return (node, type) => xmlText(`${graph.nodeTypes[type]?.name}:${nodeId(graph, node)}`);
}

function writeNodes(
  out: ByteWriter,
  graph: Graph,
  keys: KeyTable,
  typeKey: string | null,
  predictions: ReadonlyMap<number, string> | null,
): void {
  const idOf = nodeIdWriter(graph);
  graph.nodeTypes.forEach((type, index) => {
    const start = graph.nodeTypePtr[index] as number;
    for (let node = start; node < (graph.nodeTypePtr[index + 1] as number); node++) {
      if (isNodeDeleted(graph, node)) continue;
      const cells = type.columns.map((column) => cellData(column, node - start, keys)).join('');
      const typed = typeKey === null ? '' : data(typeKey, type.name);
      out.text(
        `    <node id="${idOf(node, index)}">${cells}${typed}${predictions?.get(node) ?? ''}</node>\n`,
      );
    }
  });
}

function writeEdges(
  out: ByteWriter,
  graph: Graph,
  keys: KeyTable,
  relationKey: string | null,
  directedByDefault: boolean,
): void {
  const idOf = nodeIdWriter(graph);
  for (let edge = 0; edge < numEdges(graph); edge++) {
    if (!isEdgeKept(graph, edge)) continue;
    const type = edgeTypeOf(graph, edge);
    const source = idOf(graph.source[edge] as number, graph.edgeTypes.sourceType[type] as number);
    const target = idOf(graph.target[edge] as number, graph.edgeTypes.targetType[type] as number);
    const directed = graph.edgeTypes.directed[type] === 1;
    const own = directed === directedByDefault ? '' : ` directed="${directed}"`;
    const relation = relationKey === null ? '' : data(relationKey, graph.edgeTypes.relation[type] ?? '');
    const cells = graph.edgeColumns.map((column) => cellData(column, edge, keys)).join('');
    out.text(`    <edge source="${source}" target="${target}"${own}>${relation}${cells}</edge>\n`);
  }
}
