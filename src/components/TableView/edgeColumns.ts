/** The columns of the table of edges: both ends by the names of their nodes, relation, direction, attributes. Pure. */
import { isValid } from '../../core/columns.ts';
import { edgeTypeOf, type Graph, nodeTypeOf } from '../../core/graph.ts';
import { type TextCells, textAt } from '../../core/tableQuery/cells.ts';
import type { Utf8Table } from '../../core/utf8Table.ts';
import { nameColumn } from '../GraphView/nodeName.ts';
import { attributeColumns, type TableColumn } from './tableColumn.ts';

export function edgeColumns(graph: Graph): readonly TableColumn[] {
  const names = nodeNames(graph);
  const ids: TextCells = { kind: 'text', table: () => graph.nodeIds, at: (node) => node, areIds: true };
  const { source, target } = graph;
  const column = (id: string, name: string, ends: Int32Array, of: TextCells, isUsual = true): TableColumn =>
    endColumn(id, name, throughEnds(of, ends), isUsual);
  return [
    column('source', 'source', source, names ?? ids),
    column('target', 'target', target, names ?? ids),
    relationColumn(graph),
    directionColumn(graph),
    ...(names === null
      ? []
      : [
          column('source-id', 'source id', source, ids, false),
          column('target-id', 'target id', target, ids, false),
        ]),
    ...attributeColumns(graph.edgeColumns),
  ];
}

/** Texts of nodes, read by edge. */
const throughEnds = (cells: TextCells, ends: Int32Array): TextCells => ({
  ...cells,
  table: (edge) => cells.table(ends[edge] as number),
  at: (edge) => cells.at(ends[edge] as number),
});

const endColumn = (id: string, name: string, cells: TextCells, isUsual: boolean): TableColumn => ({
  id,
  name,
  widthPx: 160,
  isNumber: false,
  isUsual,
  cells,
  text: (edge) => textAt(cells, edge) ?? '',
});

/** What nodes are called, as on the canvas: their name or title, the id where that is empty. Null = ids throughout. */
function nodeNames(graph: Graph): TextCells | null {
  const columns = graph.nodeTypes.map((_, type) => {
    const column = nameColumn(graph, type);
    return column?.kind === 'text' ? column : undefined;
  });
  if (columns.every((column) => column === undefined)) return null;
  /** Row of the node in its type's name column; -1 = it has no name. */
  const nameRow = (node: number, type: number): number => {
    const column = columns[type];
    const row = node - (graph.nodeTypePtr[type] as number);
    if (column === undefined || !isValid(column, row)) return -1;
    const { offsets } = column.text;
    return offsets[row] === offsets[row + 1] ? -1 : row;
  };
  return {
    kind: 'text',
    table(node): Utf8Table {
      const type = nodeTypeOf(graph, node);
      const column = columns[type];
      return column === undefined || nameRow(node, type) < 0 ? graph.nodeIds : column.text;
    },
    at(node) {
      const row = nameRow(node, nodeTypeOf(graph, node));
      return row < 0 ? node : row;
    },
  };
}

/** Relations by name: edge types of one relation between several node types are one category. */
function relationColumn(graph: Graph): TableColumn {
  const { relation } = graph.edgeTypes;
  const dictionary = [...new Set(relation)].filter((name) => name !== '').sort();
  const codes = Int32Array.from(relation, (name) => dictionary.indexOf(name));
  const code = (edge: number): number => codes[edgeTypeOf(graph, edge)] as number;
  return categoryColumn('relation', 130, dictionary, code);
}

function directionColumn(graph: Graph): TableColumn {
  const { directed } = graph.edgeTypes;
  const code = (edge: number): number => (directed[edgeTypeOf(graph, edge)] === 1 ? 0 : 1);
  return categoryColumn('direction', 110, ['directed', 'undirected'], code);
}

const categoryColumn = (
  id: string,
  widthPx: number,
  dictionary: readonly string[],
  code: (edge: number) => number,
): TableColumn => ({
  id,
  name: id,
  widthPx,
  isNumber: false,
  isUsual: true,
  cells: { kind: 'category', code, dictionary },
  text: (edge) => dictionary[code(edge)] ?? '',
});
