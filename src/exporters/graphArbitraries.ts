/**
 * Random typed graphs for property tests of writers, and of writer → reader round trips; not part of the product. What a
 * format cannot carry is left out by the options.
 */
import fc from 'fast-check';
import { type Bitset, bitsetOf } from '../core/bitset.ts';
import { type Column, type ColumnKind, isValid } from '../core/columns.ts';
import { type Graph, isNodeDeleted, nodeId, numEdges, numNodes } from '../core/graph.ts';
import { buildGraph } from '../core/graphBuilder.ts';
import { utf8Table } from '../core/utf8Table.ts';
import { exactCellText, float32Text } from './cellValue.ts';
import { isEdgeKept } from './elementIds.ts';

export interface TypedGraphOptions {
  /** Kinds of columns; default all nine. */
  readonly kinds?: readonly ColumnKind[];
  /** `words`: ids, names and cells are words of letters that no reader takes for anything else; default any text. */
  readonly texts?: 'any' | 'words';
  /** Default 2. */
  readonly maxNodeTypes?: number;
  /** Default 2; each has a relation of its own. */
  readonly maxEdgeTypes?: number;
  /** Edge types may differ in direction; default true. */
  readonly isMixed?: boolean;
  /** Node types may have columns of one name, then perhaps of different kinds; default true. */
  readonly sharesNames?: boolean;
  /** Default true. */
  readonly hasMissing?: boolean;
  /** Default true. */
  readonly hasDeleted?: boolean;
}

type Settings = Required<TypedGraphOptions>;

const KINDS: readonly ColumnKind[] = [
  'f32',
  'f64',
  'i32',
  'bool',
  'category',
  'text',
  'date',
  'vector',
  'sparse',
];
const MAX_NODES = 5;
const MAX_EDGES = 6;
const MAX_COLUMNS = 4;

const word = fc.string({ unit: fc.constantFrom('k', 'l', 'm', 'w', 'z'), minLength: 2, maxLength: 6 });
/** Text that breaks syntaxes: quotes, markup, line breaks, controls, half surrogate pairs, words that look like others. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '"',
    "'",
    '<a&b>',
    ']]>',
    '&amp;',
    'a\nb',
    '\r\n',
    '\t',
    '\0',
    '\u2028',
    ' ',
    '#',
    '[',
    '{}',
    '\\',
  ),
  fc.constantFrom(
    'NA',
    'null',
    'true',
    '12',
    '1e5',
    '2024-01-01',
    '__proto__',
    'constructor',
    '\ud800',
    'é😀',
  ),
);
/** No names that formats keep for themselves, so that none is renamed. */
const columnName: Readonly<Record<Settings['texts'], fc.Arbitrary<string>>> = {
  words: fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'epsilon'),
  any: fc.constantFrom('__proto__', 'constructor', 'a b', 'x"y', '<&>', 'line\nbreak', 'ünï😀', '=1', '7'),
};

const finite = (settings: Settings): fc.DoubleConstraints =>
  settings.texts === 'words'
    ? { min: -1e6, max: 1e6, noNaN: true }
    : { noNaN: true, noDefaultInfinity: true };
const withoutMinusZero = (value: number): number => (value === 0 ? 0 : value);
const float32 = fc.float({ min: -1000, max: 1000, noNaN: true }).map(withoutMinusZero);
/** Years of four digits. */
const time = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2999, 0, 1) });

const cells = <T>(cell: fc.Arbitrary<T>, length: number): fc.Arbitrary<T[]> =>
  fc.array(cell, { minLength: length, maxLength: length });

function validities(length: number, settings: Settings): fc.Arbitrary<Bitset | null> {
  const some = cells(fc.boolean(), length).map((bits) =>
    bitsetOf(
      length,
      bits.flatMap((bit, row) => (bit ? [row] : [])),
    ),
  );
  return settings.hasMissing ? fc.option(some) : fc.constant(null);
}

interface ColumnBase {
  readonly name: string;
  readonly length: number;
  readonly validity: Bitset | null;
}

function columnOf(kind: ColumnKind, base: ColumnBase, settings: Settings): fc.Arbitrary<Column> {
  const { length } = base;
  const text = settings.texts === 'words' ? word : anyText;
  switch (kind) {
    case 'f32':
      return cells(float32, length).map((values) => ({ ...base, kind, values: Float32Array.from(values) }));
    case 'f64':
      return cells(fc.double(finite(settings)).map(withoutMinusZero), length).map((values) => ({
        ...base,
        kind,
        values: Float64Array.from(values),
      }));
    case 'i32':
      return cells(fc.integer(), length).map((values) => ({
        ...base,
        kind,
        values: Int32Array.from(values),
      }));
    case 'bool':
      return cells(fc.nat(1), length).map((values) => ({ ...base, kind, values: Uint8Array.from(values) }));
    case 'category':
      return fc.uniqueArray(text, { minLength: 1, maxLength: 3 }).chain((dictionary) =>
        cells(fc.nat(dictionary.length - 1), length).map((codes) => ({
          ...base,
          kind,
          codes: Int32Array.from(codes),
          dictionary,
        })),
      );
    case 'text':
      return cells(text, length).map((texts) => ({ ...base, kind, text: utf8Table(texts) }));
    case 'date':
      return cells(time, length).map((values) => ({ ...base, kind, values: Float64Array.from(values) }));
    case 'vector':
      return fc.integer({ min: 1, max: 3 }).chain((width) =>
        cells(float32, length * width).map((values) => ({
          ...base,
          kind,
          width,
          values: Float32Array.from(values),
        })),
      );
    case 'sparse':
      return sparseColumn(base);
    default:
      return kind satisfies never;
  }
}

function sparseColumn(base: ColumnBase): fc.Arbitrary<Column> {
  const row = fc.uniqueArray(fc.nat(4), { maxLength: 3 }).map((indices) => indices.sort((a, b) => a - b));
  const value = float32.filter((number) => number !== 0);
  return cells(row, base.length).chain((rows) => {
    const colIndex = rows.flat();
    return cells(value, colIndex.length).map((values) => {
      const rowPtr = new Int32Array(base.length + 1);
      rows.forEach((indices, at) => {
        rowPtr[at + 1] = (rowPtr[at] as number) + indices.length;
      });
      return {
        ...base,
        kind: 'sparse' as const,
        width: 5,
        rowPtr,
        colIndex: Int32Array.from(colIndex),
        values: Float32Array.from(values),
      };
    });
  });
}

function columnsOf(length: number, settings: Settings, suffix = ''): fc.Arbitrary<Column[]> {
  const names = columnName[settings.texts].map((name) => `${name}${suffix}`);
  const head = fc.record({ name: names, kind: fc.constantFrom(...settings.kinds) });
  return fc
    .uniqueArray(head, { maxLength: MAX_COLUMNS, selector: ({ name }) => name })
    .chain((heads) =>
      fc.tuple(
        ...heads.map(({ name, kind }) =>
          validities(length, settings).chain((validity) =>
            columnOf(kind, { name, length, validity }, settings),
          ),
        ),
      ),
    );
}

interface NodeTypeInput {
  readonly type: string;
  readonly ids: readonly string[];
  readonly columns: readonly Column[];
}

/** Half surrogate pairs become U+FFFD in UTF-8; two of them would be one id. */
const selector = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '\uFFFD');

function nodeTypesOf(settings: Settings): fc.Arbitrary<NodeTypeInput[]> {
  const text = (settings.texts === 'words' ? word : anyText).filter((id) => id !== '');
  return fc.uniqueArray(text, { minLength: 1, maxLength: settings.maxNodeTypes, selector }).chain((names) =>
    fc.tuple(
      ...names.map((type, index) =>
        fc.uniqueArray(text, { minLength: 1, maxLength: MAX_NODES, selector }).chain((ids) =>
          columnsOf(ids.length, settings, settings.sharesNames ? '' : 'x'.repeat(index)).map((columns) => ({
            type,
            ids,
            columns,
          })),
        ),
      ),
    ),
  );
}

interface EdgeTypeInput {
  readonly relation: string;
  readonly sourceType: number;
  readonly targetType: number;
  readonly directed: boolean;
  /** Source and target as fractions of the nodes of their types. */
  readonly edges: readonly (readonly [number, number])[];
}

function edgeTypesOf(numTypes: number, settings: Settings): fc.Arbitrary<EdgeTypeInput[]> {
  const type = fc.nat(numTypes - 1);
  const end = fc.nat(MAX_NODES * 12);
  const relation = settings.texts === 'words' ? word : anyText.filter((name) => name !== '');
  return fc.boolean().chain((directed) =>
    fc.uniqueArray(
      fc.record({
        relation,
        sourceType: type,
        targetType: type,
        directed: settings.isMixed ? fc.boolean() : fc.constant(directed),
        edges: fc.array(fc.tuple(end, end), { minLength: 1, maxLength: MAX_EDGES }),
      }),
      { maxLength: settings.maxEdgeTypes, selector: (edgeType) => selector(edgeType.relation) },
    ),
  );
}

/** A random graph; every node and edge type has at least one row before rows are deleted. */
export function typedGraph(options: TypedGraphOptions = {}): fc.Arbitrary<Graph> {
  const settings: Settings = {
    kinds: KINDS,
    texts: 'any',
    maxNodeTypes: 2,
    maxEdgeTypes: 2,
    isMixed: true,
    sharesNames: true,
    hasMissing: true,
    hasDeleted: true,
    ...options,
  };
  return nodeTypesOf(settings).chain((nodeTypes) =>
    edgeTypesOf(nodeTypes.length, settings).chain((edgeTypes) => {
      const numAllEdges = edgeTypes.reduce((sum, { edges }) => sum + edges.length, 0);
      return columnsOf(numAllEdges, settings).chain((edgeColumns) => {
        const graph = assemble(nodeTypes, edgeTypes, edgeColumns);
        return settings.hasDeleted ? withDeletions(graph) : fc.constant(graph);
      });
    }),
  );
}

function assemble(
  nodeTypes: readonly NodeTypeInput[],
  edgeTypes: readonly EdgeTypeInput[],
  edgeColumns: readonly Column[],
): Graph {
  const starts = [0];
  for (const { ids } of nodeTypes) starts.push((starts.at(-1) as number) + ids.length);
  const endOf = (type: number, draw: number): number =>
    (starts[type] as number) + (draw % (nodeTypes[type] as NodeTypeInput).ids.length);
  return buildGraph({
    name: 'random "graph" <1>',
    nodeTables: nodeTypes.map(({ type, ids, columns }) => ({ type, columns, count: ids.length })),
    nodeIds: utf8Table(nodeTypes.flatMap(({ ids }) => ids)),
    edgeTypes,
    source: Int32Array.from(
      edgeTypes.flatMap((type) => type.edges.map(([draw]) => endOf(type.sourceType, draw))),
    ),
    target: Int32Array.from(
      edgeTypes.flatMap((type) => type.edges.map(([, draw]) => endOf(type.targetType, draw))),
    ),
    edgeType: Int32Array.from(edgeTypes.flatMap(({ edges }, type) => edges.map(() => type))),
    edgeColumns,
  });
}

function withDeletions(graph: Graph): fc.Arbitrary<Graph> {
  const some = (length: number): fc.Arbitrary<Bitset | null> =>
    fc.option(
      fc.uniqueArray(fc.nat(Math.max(0, length - 1)), { maxLength: 2 }).map((rows) => bitsetOf(length, rows)),
    );
  return fc
    .tuple(some(numNodes(graph)), some(numEdges(graph)))
    .map(([deletedNodes, deletedEdges]) => ({ ...graph, deletedNodes, deletedEdges }));
}

export type CellFact = string | number | boolean | readonly number[];

export interface NodeFact {
  readonly type: string;
  readonly id: string;
  readonly cells: readonly (readonly [name: string, value: CellFact])[];
}

export interface EdgeFact {
  readonly source: NodeFact;
  readonly target: NodeFact;
  readonly relation: string;
  readonly directed: boolean;
  readonly cells: NodeFact['cells'];
}

/** Kept nodes and edges of a graph with their present cells as plain values: what a round trip must not change. */
export function graphFacts(graph: Graph): { readonly nodes: NodeFact[]; readonly edges: EdgeFact[] } {
  const all = graph.nodeTypes.flatMap(({ name, columns }, type) => {
    const start = graph.nodeTypePtr[type] as number;
    const length = (graph.nodeTypePtr[type + 1] as number) - start;
    return Array.from({ length }, (_, row) => ({
      type: name,
      id: nodeId(graph, start + row),
      cells: cellFacts(columns, row),
    }));
  });
  const types = Array.from({ length: graph.edgeTypes.length }, (_, type) => type);
  return {
    nodes: all.filter((_, node) => !isNodeDeleted(graph, node)),
    edges: types.flatMap((type) => {
      const start = graph.edgeTypePtr[type] as number;
      const rows = Array.from(
        { length: (graph.edgeTypePtr[type + 1] as number) - start },
        (_, at) => start + at,
      );
      return rows
        .filter((edge) => isEdgeKept(graph, edge))
        .map((edge) => ({
          source: all[graph.source[edge] as number] as NodeFact,
          target: all[graph.target[edge] as number] as NodeFact,
          relation: graph.edgeTypes.relation[type] as string,
          directed: graph.edgeTypes.directed[type] === 1,
          cells: cellFacts(graph.edgeColumns, edge),
        }));
    }),
  };
}

function cellFacts(columns: readonly Column[], row: number): NodeFact['cells'] {
  return columns.flatMap((column) =>
    isValid(column, row) ? [[column.name, cellFact(column, row)] as const] : [],
  );
}

/** float32 as the shortest decimal, so that they equal the same number read as float64. */
function cellFact(column: Column, row: number): CellFact {
  switch (column.kind) {
    case 'f32':
      return Number(float32Text(column.values[row] as number));
    case 'f64':
    case 'i32':
      return column.values[row] as number;
    case 'bool':
      return column.values[row] === 1;
    case 'vector':
      return Array.from(column.values.subarray(row * column.width, (row + 1) * column.width), (value) =>
        Number(float32Text(value)),
      );
    default:
      return exactCellText(column, row);
  }
}
