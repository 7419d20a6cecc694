/**
 * The graph as tables, one per node type and one of all edges, for formats made of tables. File and column names are
 * those of the native folder (`io/formats/plain.ts`), so that the readers give every column the role it had. One-file
 * formats use `graphRecords.ts`.
 */
import type { CategoryColumn, Column, TextColumn } from '../core/columns.ts';
import { type Graph, isNodeDeleted, nodeTypeOf, numEdges, numNodes } from '../core/graph.ts';
import { guessEdgeRoles, guessNodeRoles } from '../io/tables/tableRoles.ts';
import { FEATURES_NAME } from '../io/native/featureColumn.ts';
import { isEdgeKept } from './elementIds.ts';
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

export interface TableColumn {
  readonly name: string;
  readonly column: Column;
  /** Row of the column for each row of the table; null = the same. */
  readonly rows: Int32Array | null;
}

export interface GraphTable {
  /** Rows, deleted ones included. */
  readonly length: number;
  readonly columns: readonly TableColumn[];
  /** False for rows that were deleted. */
  isKept(row: number): boolean;
}

export interface NodeTable extends GraphTable {
  /** '' or `.type`, to stand between `nodes` and the extension. */
  readonly fileSuffix: string;
  readonly typeName: string;
  /** The wide column that has a file of its own. */
  readonly features: Column | null;
}

export const rowOf = ({ rows }: TableColumn, row: number): number =>
  rows === null ? row : (rows[row] as number);

export interface NodeTableForm {
  /** Picks the column that has a file of its own. */
  featuresOf?(columns: readonly Column[]): Column | null;
  /** The type is a column too, where it says something: file names do not hold every name as it is. */
  readonly hasTypeColumn?: boolean;
}

/**
 * Returns one table per node type: id, its columns and the predictions of the run.
 * @throws {TaskError} the run is of another graph
 */
export function nodeTables(input: ExportInput, form: NodeTableForm = {}): NodeTable[] {
  const { graph } = input;
  const predictions = predictionColumns(input);
  const isTyped = tellsNodeTypes(graph);
  return graph.nodeTypes.map((type, index) => {
    const start = graph.nodeTypePtr[index] as number;
    const end = graph.nodeTypePtr[index + 1] as number;
    const features = form.featuresOf?.(type.columns) ?? null;
    const nameOf = uniqueNames(features === null ? ['id'] : ['id', FEATURES_NAME]);
    const types = isTyped && form.hasTypeColumn === true ? [typeColumn(type.name, end - start)] : [];
    const own = [...type.columns.filter((column) => column !== features), ...(predictions[index] ?? [])];
    return {
      fileSuffix: isTyped && type.name !== '' ? `.${fileNamePart(type.name)}` : '',
      typeName: type.name,
      length: end - start,
      features,
      columns: [
        { name: 'id', column: idColumn(graph, start, end), rows: null },
        ...types.map((column) => ({ name: column.name, column, rows: null })),
        ...own.map((column) => ({ name: nameOf(attributeName(column.name)), column, rows: null })),
      ],
      isKept: (row) => !isNodeDeleted(graph, start + row),
    };
  });
}

/** A column that readers would take for node types is renamed; labels and splits keep the roles they had. */
const attributeName = (name: string): string =>
  guessNodeRoles(['id', name])[1] === 'node-type' ? `${name}_2` : name;

/** Characters that file systems or archives refuse as in URLs: `a/b` becomes `a%2Fb`, which readers undo. */
function fileNamePart(name: string): string {
  return name.replaceAll(/[^\p{Letter}\p{Number} ._-]/gu, (character) =>
    /\p{Surrogate}/u.test(character) ? '%EF%BF%BD' : encodeCharacter(character),
  );
}

/** `encodeURIComponent` leaves characters such as `*` that Windows refuses. */
function encodeCharacter(character: string): string {
  return Array.from(
    new TextEncoder().encode(character),
    (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}

function idColumn(graph: Graph, start: number, end: number): TextColumn {
  const { bytes, offsets } = graph.nodeIds;
  const length = end - start;
  const text = { length, bytes, offsets: offsets.subarray(start, end + 1) };
  return { kind: 'text', name: 'id', length, validity: null, text };
}

const EDGE_NAMES = ['source', 'target', 'source_type', 'target_type', 'relation', 'directed'];

/**
 * Returns the table of all edges: source, target, their types where there are several, the relation where it says
 * something, `directed` where it differs among edges (or always, on demand), and the edge columns.
 */
export function edgeTable(graph: Graph, tellsDirection = isMixed(graph)): GraphTable {
  const ids = idColumn(graph, 0, numNodes(graph));
  const ends = [
    { name: 'source', column: ids, rows: graph.source },
    { name: 'target', column: ids, rows: graph.target },
  ];
  const types = graph.nodeTypes.length > 1 ? nodeTypeColumn(graph) : null;
  const endTypes =
    types === null
      ? []
      : [
          { name: 'source_type', column: types, rows: graph.source },
          { name: 'target_type', column: types, rows: graph.target },
        ];
  const isReserved = (name: string): boolean => EDGE_NAMES.includes(name.toLowerCase());
  const nameOf = uniqueNames(EDGE_NAMES);
  const own = graph.edgeColumns.map((column) => ({
    name: nameOf(isReserved(column.name) ? `${column.name}_2` : column.name),
    column,
    rows: null,
  }));
  // Without a relation column of ours, readers would take one of the data for it.
  const roles = guessEdgeRoles(['source', 'target', ...own.map(({ name }) => name)]);
  const hasRelation = tellsRelations(graph) || roles.includes('relation');
  const facts: Column[] = [
    ...(hasRelation ? [relationColumn(graph, 'relation')] : []),
    ...(tellsDirection ? [directionColumn(graph)] : []),
  ];
  return {
    length: numEdges(graph),
    columns: [
      ...ends,
      ...endTypes,
      ...facts.map((column) => ({ name: column.name, column, rows: null })),
      ...own,
    ],
    isKept: (row) => isEdgeKept(graph, row),
  };
}

/** Node type of every node of the graph. */
function nodeTypeColumn(graph: Graph): CategoryColumn {
  const codes = Int32Array.from({ length: numNodes(graph) }, (_, node) => nodeTypeOf(graph, node));
  return {
    kind: 'category',
    name: 'node_type',
    length: codes.length,
    validity: null,
    codes,
    dictionary: graph.nodeTypes.map((type) => type.name),
  };
}
