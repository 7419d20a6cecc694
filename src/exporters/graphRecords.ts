/**
 * Walks the nodes and edges of a graph with their attribute values, once for all writers of one-file formats. What the
 * data model keeps outside its columns (node types, relations, mixed direction, predictions) becomes attributes
 * here, under the names `node_type`, `relation` and `directed` by which the readers know them again. Formats made of
 * tables use `graphTables.ts`.
 */
import { type Column, type ColumnKind, isNumeric } from '../core/columns.ts';
import { type Graph, isDirected, isNodeDeleted, numEdges, numNodes } from '../core/graph.ts';
import { isPresent } from './cellValue.ts';
import { elementIds, isEdgeKept } from './elementIds.ts';
import { uniqueNames } from './exportNames.ts';
import type { ExportInput } from './exporterTypes.ts';
import { predictionColumns } from './predictionColumns.ts';
import {
  directionColumn,
  isMixed,
  relationColumn,
  tellsNodeTypes,
  tellsRelations,
  typeColumn,
} from './structureColumns.ts';

export interface Attribute {
  /** Position among the attributes of nodes, or of edges. */
  readonly index: number;
  readonly name: string;
  /** Several node types share an attribute of one name: numbers of two kinds are `f64`, other mixtures `text`. */
  readonly kind: ColumnKind;
}

/** Returns one cell that has a value as it stands in the file; '' leaves it out. */
export type CellWriter = (attribute: Attribute, column: Column, row: number) => string;

/** Joins the cells of the current node or edge that have values. */
export type Cells = (write: CellWriter) => string;

export interface GraphRecords {
  readonly graph: Graph;
  readonly nodeAttributes: readonly Attribute[];
  readonly edgeAttributes: readonly Attribute[];
  /** Every edge type carries direction. */
  readonly isDirected: boolean;
  /** Counts without what was deleted. */
  readonly numNodes: number;
  readonly numEdges: number;
  /** Id of a node in the file (see `elementIds.ts`). */
  idOf(node: number): string;
  forEachNode(visit: (node: number, cells: Cells) => void): void;
  /** @param visit gets the edge's row and its edge type */
  forEachEdge(visit: (edge: number, type: number, cells: Cells) => void): void;
}

export interface RecordForm {
  /** Names the format gives a meaning of its own; columns of that name are renamed. */
  readonly reservedNodeNames?: readonly string[];
  readonly reservedEdgeNames?: readonly string[];
  /** Name of the attribute that tells the relation; null when the format has a place for it. */
  readonly relationName: string | null;
  /** The format tells the direction of every edge by itself. */
  readonly tellsDirection: boolean;
  /** Returns names that hand out the words of the format's alphabet; default: as they are, made unique. */
  readonly namer?: (reserved: readonly string[]) => (wanted: string) => string;
}

/** A column of the current node type or of the edges, and the attribute it is written as. */
interface BoundColumn {
  readonly attribute: Attribute;
  readonly column: Column;
}

/** @throws {TaskError} the run is of another graph. O(N + E) memory of a few bytes per node and edge. */
export function graphRecords(input: ExportInput, form: RecordForm): GraphRecords {
  const { graph } = input;
  const namer = form.namer ?? ((reserved) => uniqueNames(reserved));
  const nodes = attributeTable(namer(form.reservedNodeNames ?? []));
  const edges = attributeTable(namer(form.reservedEdgeNames ?? []));
  const bound = bindNodes(input, nodes);
  const boundEdges = [
    ...edgeFacts(graph, form).map((column) => edges.bind(column, 'ours')),
    ...graph.edgeColumns.map((column) => edges.bind(column, 'data')),
  ];
  let numKeptEdges = 0;
  for (let edge = 0; edge < numEdges(graph); edge++) if (isEdgeKept(graph, edge)) numKeptEdges++;
  let numKeptNodes = 0;
  for (let node = 0; node < numNodes(graph); node++) if (!isNodeDeleted(graph, node)) numKeptNodes++;
  return {
    graph,
    nodeAttributes: nodes.attributes,
    edgeAttributes: edges.attributes,
    isDirected: isDirected(graph),
    numNodes: numKeptNodes,
    numEdges: numKeptEdges,
    idOf: elementIds(graph),
    forEachNode: (visit) => walkNodes(graph, bound, visit),
    forEachEdge: (visit) => walkEdges(graph, boundEdges, visit),
  };
}

interface AttributeTable {
  readonly attributes: readonly Attribute[];
  /** Columns of one name and owner share an attribute. */
  bind(column: Column, owner: 'data' | 'ours'): BoundColumn;
}

function attributeTable(nameOf: (wanted: string) => string): AttributeTable {
  const attributes: { readonly index: number; readonly name: string; kind: ColumnKind }[] = [];
  const known = { data: new Map<string, number>(), ours: new Map<string, number>() };
  return {
    attributes,
    bind(column, owner) {
      const index = known[owner].get(column.name) ?? attributes.length;
      if (index === attributes.length) {
        known[owner].set(column.name, index);
        attributes.push({ index, name: nameOf(column.name), kind: column.kind });
      }
      const attribute = attributes[index] as (typeof attributes)[0];
      if (attribute.kind !== column.kind) attribute.kind = commonKind(attribute.kind, column);
      return { attribute, column };
    },
  };
}

function commonKind(kind: ColumnKind, column: Column): ColumnKind {
  const isNumber = kind === 'f32' || kind === 'f64' || kind === 'i32';
  return isNumber && isNumeric(column) ? 'f64' : 'text';
}

/** Our own names first, so that readers find them; predictions last, so that columns keep theirs. */
function bindNodes(input: ExportInput, table: AttributeTable): readonly (readonly BoundColumn[])[] {
  const { graph } = input;
  const lengthOf = (type: number): number =>
    (graph.nodeTypePtr[type + 1] as number) - (graph.nodeTypePtr[type] as number);
  const types = tellsNodeTypes(graph)
    ? graph.nodeTypes.map(({ name }, type) => [table.bind(typeColumn(name, lengthOf(type)), 'ours')])
    : graph.nodeTypes.map(() => []);
  const columns = graph.nodeTypes.map((type) => type.columns.map((column) => table.bind(column, 'data')));
  const predictions = predictionColumns(input).map((own) => own.map((column) => table.bind(column, 'ours')));
  return graph.nodeTypes.map((_, type) => [
    ...(types[type] as BoundColumn[]),
    ...(columns[type] as BoundColumn[]),
    ...(predictions[type] as BoundColumn[]),
  ]);
}

function edgeFacts(graph: Graph, { relationName, tellsDirection }: RecordForm): Column[] {
  return [
    ...(relationName !== null && tellsRelations(graph) ? [relationColumn(graph, relationName)] : []),
    ...(!tellsDirection && isMixed(graph) ? [directionColumn(graph)] : []),
  ];
}

function joinCells(columns: readonly BoundColumn[], row: number, write: CellWriter): string {
  let text = '';
  for (const { attribute, column } of columns) {
    if (isPresent(column, row)) text += write(attribute, column, row);
  }
  return text;
}

function walkNodes(
  graph: Graph,
  bound: readonly (readonly BoundColumn[])[],
  visit: (node: number, cells: Cells) => void,
): void {
  graph.nodeTypes.forEach((_, type) => {
    const start = graph.nodeTypePtr[type] as number;
    const columns = bound[type] as readonly BoundColumn[];
    let row = 0;
    const cells: Cells = (write) => joinCells(columns, row, write);
    for (let node = start; node < (graph.nodeTypePtr[type + 1] as number); node++) {
      if (isNodeDeleted(graph, node)) continue;
      row = node - start;
      visit(node, cells);
    }
  });
}

function walkEdges(
  graph: Graph,
  columns: readonly BoundColumn[],
  visit: (edge: number, type: number, cells: Cells) => void,
): void {
  let row = 0;
  const cells: Cells = (write) => joinCells(columns, row, write);
  for (let type = 0; type < graph.edgeTypes.length; type++) {
    for (row = graph.edgeTypePtr[type] as number; row < (graph.edgeTypePtr[type + 1] as number); row++) {
      if (isEdgeKept(graph, row)) visit(row, type, cells);
    }
  }
}
