/** Zips of tables: what stands in them, read by fflate, hyparquet and a strict CSV parser, and by our own reader. */
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { type FileMetaData, parquetMetadata, parquetRead } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../core/bitset.ts';
import { type Column, findColumn } from '../core/columns.ts';
import { type Graph, nodeId } from '../core/graph.ts';
import { buildGraph } from '../core/graphBuilder.ts';
import { utf8Table } from '../core/utf8Table.ts';
import { memorySource } from '../io/fileSource.ts';
import { importFiles } from '../io/importer.ts';
import { DEFAULT_IMPORT_OPTIONS, type ImportResult } from '../io/importTypes.ts';
import { float32Text } from './cellValue.ts';
import { type CellFact, type EdgeFact, graphFacts, type NodeFact, typedGraph } from './graphArbitraries.ts';
import { EXPORTERS } from './index.ts';
import { parseCsvText, wellFormed } from './parsersForTests.ts';

async function filesOf(id: string, graph: Graph): Promise<Map<string, Uint8Array>> {
  const { bytes } = await EXPORTERS.get(id).write({ graph, run: null });
  return new Map(Object.entries(unzipSync(bytes)));
}

const decode = (bytes: Uint8Array | undefined): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

async function reread(graph: Graph): Promise<ImportResult> {
  const { bytes, fileName } = await EXPORTERS.get('tables-csv').write({ graph, run: null });
  return importFiles([memorySource(fileName, bytes)], DEFAULT_IMPORT_OPTIONS);
}

const base = (name: string, length: number) => ({ name, length, validity: null });
const sparse = (name: string): Column => ({
  ...base(name, 3),
  kind: 'sparse',
  width: 7,
  rowPtr: Int32Array.of(0, 2, 2, 3),
  colIndex: Int32Array.of(0, 3, 1),
  values: Float32Array.of(0.1, 0.5, -2),
});
const vectors = (name: string): Column => ({
  ...base(name, 3),
  kind: 'vector',
  validity: bitsetOf(3, [0, 2]),
  width: 2,
  values: Float32Array.of(0.1, 1, 9, 9, -3, 1e-20),
});

function withColumns(columns: readonly Column[], type = 'node'): Graph {
  return buildGraph({
    name: 'wide',
    nodeTables: [{ type, count: 3, columns }],
    nodeIds: utf8Table(['a', 'b;c', ' d']),
    edgeTypes: [{ relation: 'edge', sourceType: 0, targetType: 0, directed: true }],
    source: Int32Array.of(0, 1),
    target: Int32Array.of(1, 2),
    edgeType: null,
    edgeColumns: [],
  });
}

describe('tables-csv', () => {
  it('holds the native folder', async () => {
    const files = await filesOf('tables-csv', withColumns([sparse('features'), vectors('position')]));
    expect([...files.keys()]).toEqual(['nodes.csv', 'features.svm', 'edges.csv', 'graph.json']);
    expect(decode(files.get('nodes.csv'))).toBe('id,position\na,"[0.1,1]"\n"b;c",\n" d","[-3,1e-20]"\n');
    expect(decode(files.get('features.svm'))).toBe('1:0.1 4:0.5 7:0\n\n2:-2\n');
    expect(decode(files.get('edges.csv'))).toBe('source,target\na,"b;c"\n"b;c"," d"\n');
    expect(decode(files.get('graph.json'))).toBe('{"directed":true}\n');
  });

  it('gives the same bytes every time', async () => {
    const write = async (): Promise<Uint8Array> =>
      (await EXPORTERS.get('tables-csv').write({ graph: withColumns([sparse('features')]), run: null }))
        .bytes;
    expect(await write()).toEqual(await write());
  });

  it('reads back sparse features, with the width that no row reaches, and vectors in cells', async () => {
    const { graph, report } = await reread(withColumns([sparse('features'), vectors('position')]));
    const columns = graph.nodeTypes[0]?.columns ?? [];
    expect(findColumn(columns, 'features')).toEqual(sparse('features'));
    expect(findColumn(columns, 'position')).toMatchObject({ kind: 'vector', width: 2 });
    expect(graphFacts(graph)).toEqual(graphFacts(withColumns([vectors('position'), sparse('features')])));
    expect(report.notices).toEqual([]);
  });

  it('reads back dense features with their missing rows', async () => {
    const { graph } = await reread(withColumns([vectors('features')], 'paper'));
    expect(graph.nodeTypes[0]?.name).toBe('paper');
    expect(findColumn(graph.nodeTypes[0]?.columns ?? [], 'features')).toMatchObject({
      kind: 'vector',
      width: 2,
    });
    expect(graphFacts(graph).nodes).toEqual(graphFacts(withColumns([vectors('features')], 'paper')).nodes);
  });

  it('says what feature columns of other names are called', async () => {
    const taken: Column = { ...base('features', 3), kind: 'i32', values: Int32Array.of(1, 2, 3) };
    const files = await filesOf('tables-csv', withColumns([taken, vectors('x')], 'a/b'));
    expect([...files.keys()]).toEqual(['nodes.a%2Fb.csv', 'features.a%2Fb.npy', 'edges.csv', 'graph.json']);
    expect(decode(files.get('nodes.a%2Fb.csv'))).toBe('id,features_2\na,1\n"b;c",2\n" d",3\n');
    expect(JSON.parse(decode(files.get('graph.json')))).toEqual({
      directed: true,
      featureColumns: { 'a/b': 'x' },
    });
  });

  it('leaves deleted rows out of features too', async () => {
    const graph = { ...withColumns([vectors('features')]), deletedNodes: bitsetOf(3, [1]) };
    const { graph: again } = await reread(graph);
    expect(graphFacts(again)).toEqual(graphFacts(graph));
  });

  it('renames columns that readers would take for structure', async () => {
    const column = (name: string, length: number): Column => ({
      ...base(name, length),
      kind: 'i32',
      values: new Int32Array(length),
    });
    const graph = withColumns([column('id', 3), column('NodeType', 3)]);
    const files = await filesOf('tables-csv', {
      ...graph,
      edgeColumns: [column('Source_Type', 2), column('type', 2), column('directed', 2)],
    });
    const header = (path: string): string | undefined => decode(files.get(path)).split('\n')[0];
    expect(header('nodes.csv')).toBe('id,id_2,NodeType_2');
    expect(header('edges.csv')).toBe('source,target,relation,Source_Type_2,type,directed_2');
  });

  it('says direction on every edge where it differs', async () => {
    const graph = buildGraph({
      name: '',
      nodeTables: [{ type: 'node', columns: [], count: 2 }],
      nodeIds: utf8Table(['a', 'b']),
      edgeTypes: [
        { relation: 'cites', sourceType: 0, targetType: 0, directed: true },
        { relation: 'knows', sourceType: 0, targetType: 0, directed: false },
      ],
      source: Int32Array.of(0, 1),
      target: Int32Array.of(1, 0),
      edgeType: Int32Array.of(0, 1),
      edgeColumns: [],
    });
    const files = await filesOf('tables-csv', graph);
    expect(decode(files.get('edges.csv'))).toBe(
      'source,target,relation,directed\na,b,cites,true\nb,a,knows,false\n',
    );
    expect(decode(files.get('graph.json'))).toBe('{}\n');
  });

  it('reads back random graphs of words', async () => {
    const graphs = typedGraph({
      texts: 'words',
      kinds: ['f32', 'f64', 'i32', 'bool', 'category', 'text', 'date'],
    });
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const expected = graphFacts(graph);
        fc.pre(expected.nodes.length > 0);
        const actual = graphFacts((await reread(graph)).graph);
        expect(actual.nodes).toEqual(expected.nodes);
        expect(actual.edges).toEqual(expected.edges);
      }),
    );
  });

  it('writes any text so that a CSV parser finds it again', async () => {
    await fc.assert(
      fc.asyncProperty(typedGraph({ kinds: ['text', 'category', 'i32'] }), async (graph) => {
        const files = await filesOf('tables-csv', graph);
        const rows = [...files].flatMap(([path, bytes]) => {
          if (!path.startsWith('nodes')) return [];
          const [header = [], ...cells] = parseCsvText(decode(bytes));
          return cells.map((row) => ({ type: typeOf(path), id: row[0], cells: namedCells(header, row) }));
        });
        expect(rows).toEqual(
          graphFacts(graph).nodes.map(({ type, id, cells }) => ({
            type: wellFormed(type),
            id,
            cells: cells
              .map(([name, value]) => [name, wellFormed(String(value))])
              .filter(([, text]) => text !== ''),
          })),
        );
      }),
    );
  });
});

/** Node type in the name of a file. */
const typeOf = (path: string): string => decodeURIComponent(/^nodes\.?(.*)\.\w+$/s.exec(path)?.[1] || 'node');

const namedCells = (header: readonly string[], row: readonly string[]): (readonly (string | undefined)[])[] =>
  row.flatMap((cell, at) => (at === 0 || cell === '' ? [] : [[header[at], cell]]));

interface ParquetTable {
  readonly names: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly metadata: FileMetaData;
}

async function readParquet(bytes: Uint8Array): Promise<ParquetTable> {
  const file = bytes.slice().buffer;
  const metadata = parquetMetadata(file);
  let rows: unknown[][] = [];
  await parquetRead({
    file,
    metadata,
    rowFormat: 'array',
    onComplete: (read) => {
      rows = read as unknown[][];
    },
  });
  return { names: topLevel(metadata).map(({ name }) => name), rows, metadata };
}

/** Columns of the schema without the inner levels of lists. */
const topLevel = ({ schema }: FileMetaData): FileMetaData['schema'] =>
  schema.slice(1).filter(({ name, repetition_type }, at) => {
    const above = schema[at]?.repetition_type;
    return repetition_type !== 'REPEATED' && !(name === 'element' && above === 'REPEATED');
  });

describe('tables-parquet', () => {
  it('types every column', async () => {
    const one = (column: Partial<Column> & Pick<Column, 'kind'>): Column =>
      ({ name: column.kind, length: 1, validity: null, ...column }) as Column;
    const graph = buildGraph({
      name: 'g',
      nodeTables: [
        {
          type: 'node',
          count: 1,
          columns: [
            one({ kind: 'f32', values: Float32Array.of(0.1) }),
            one({ kind: 'f64', values: Float64Array.of(Number.POSITIVE_INFINITY) }),
            one({ kind: 'i32', values: Int32Array.of(-7) }),
            one({ kind: 'bool', values: Uint8Array.of(1) }),
            one({ kind: 'category', codes: Int32Array.of(0), dictionary: ['A'] }),
            one({ kind: 'text', text: utf8Table(['']) }),
            one({ kind: 'date', values: Float64Array.of(1) }),
            one({ kind: 'vector', width: 2, values: Float32Array.of(1, 0.5) }),
            one({ kind: 'i32', name: 'missing', validity: bitsetOf(1, []), values: Int32Array.of(3) }),
          ],
        },
      ],
      nodeIds: utf8Table(['a']),
      edgeTypes: [{ relation: 'likes', sourceType: 0, targetType: 0, directed: true }],
      source: Int32Array.of(0),
      target: Int32Array.of(0),
      edgeType: null,
      edgeColumns: [],
    });
    const files = await filesOf('tables-parquet', graph);
    expect([...files.keys()]).toEqual(['nodes.parquet', 'edges.parquet']);
    const nodes = await readParquet(files.get('nodes.parquet') as Uint8Array);
    expect(
      topLevel(nodes.metadata).map((column) => [column.name, column.type, column.converted_type]),
    ).toEqual([
      ['id', 'BYTE_ARRAY', 'UTF8'],
      ['f32', 'FLOAT', undefined],
      ['f64', 'DOUBLE', undefined],
      ['i32', 'INT32', undefined],
      ['bool', 'BOOLEAN', undefined],
      ['category', 'BYTE_ARRAY', 'UTF8'],
      ['text', 'BYTE_ARRAY', 'UTF8'],
      ['date', 'INT64', 'TIMESTAMP_MILLIS'],
      ['vector', undefined, 'LIST'],
      ['missing', 'INT32', undefined],
    ]);
    expect(nodes.rows).toEqual([
      ['a', Math.fround(0.1), Infinity, -7, true, 'A', '', new Date(1), [1, 0.5], null],
    ]);
    const edges = await readParquet(files.get('edges.parquet') as Uint8Array);
    expect(edges.names).toEqual(['source', 'target', 'relation', 'directed']);
    expect(edges.rows).toEqual([['a', 'a', 'likes', true]]);
  });

  it('writes more rows than one row group', async () => {
    const count = 70_000;
    const graph = buildGraph({
      name: 'many',
      nodeTables: [
        {
          type: 'node',
          count,
          columns: [
            { ...base('n', count), kind: 'i32', values: Int32Array.from({ length: count }, (_, at) => at) },
          ],
        },
      ],
      nodeIds: utf8Table(Array.from({ length: count }, (_, at) => `n${at}`)),
      edgeTypes: [],
      source: new Int32Array(0),
      target: new Int32Array(0),
      edgeType: null,
      edgeColumns: [],
    });
    const files = await filesOf('tables-parquet', { ...graph, deletedNodes: bitsetOf(count, [1]) });
    const { rows } = await readParquet(files.get('nodes.parquet') as Uint8Array);
    expect(rows.length).toBe(count - 1);
    expect(rows.every(([id, n]) => id === `n${n as number}`)).toBe(true);
    expect(rows.some(([, n]) => n === 1)).toBe(false);
    expect((await readParquet(files.get('edges.parquet') as Uint8Array)).rows).toEqual([]);
  });

  it('carries random graphs', async () => {
    await fc.assert(
      fc.asyncProperty(typedGraph(), async (graph) => {
        const files = await filesOf('tables-parquet', graph);
        const facts = graphFacts(graph);
        const nodes = [];
        for (const [path, bytes] of files) {
          if (path === 'edges.parquet') continue;
          const table = await readParquet(bytes);
          nodes.push(...table.rows.map((row) => plainNode(table, row, typeOf(path))));
        }
        expect(nodes).toEqual(facts.nodes.map((node) => expectedNode(node)));
        const table = await readParquet(files.get('edges.parquet') as Uint8Array);
        expect(table.rows.map((row) => cellsOf(table, row))).toEqual(
          facts.edges.map((edge) => expectedEdge(edge, graph)),
        );
      }),
    );
  });
});

type PlainCells = readonly (readonly [string, unknown])[];

const plainValue = (value: unknown, type: string | undefined): unknown => {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => Number(float32Text(item as number)));
  return type === 'FLOAT' ? Number(float32Text(value as number)) : value;
};

function cellsOf({ names, metadata }: ParquetTable, row: readonly unknown[]): PlainCells {
  const columns = topLevel(metadata);
  return row.flatMap((value, at) =>
    value === null || value === undefined
      ? []
      : [[names[at] as string, plainValue(value, columns[at]?.type)] as const],
  );
}

function plainNode(table: ParquetTable, row: readonly unknown[], fileType: string): unknown {
  const [id, ...cells] = cellsOf(table, row);
  const own = cells.filter(([name]) => name !== 'node_type');
  const type = cells.find(([name]) => name === 'node_type')?.[1] ?? 'node';
  expect(type).toBe(fileType);
  return { type, id: id?.[1], cells: own };
}

const expectedCells = (cells: NodeFact['cells']): PlainCells =>
  cells.map(([name, value]: readonly [string, CellFact]) => [
    name,
    typeof value === 'string' ? wellFormed(value) : value,
  ]);

const expectedNode = ({ type, id, cells }: NodeFact): unknown => ({
  type: wellFormed(type),
  id,
  cells: expectedCells(cells),
});

function expectedEdge({ source, target, relation, directed, cells }: EdgeFact, graph: Graph): PlainCells {
  const isTyped = graph.nodeTypes.length > 1;
  return [
    ['source', source.id],
    ['target', target.id],
    ...(isTyped
      ? ([
          ['source_type', wellFormed(source.type)],
          ['target_type', wellFormed(target.type)],
        ] as const)
      : []),
    ['relation', wellFormed(relation)],
    ['directed', directed],
    ...expectedCells(cells),
  ];
}

describe('ids of tables', () => {
  it('are those of the graph, also where types share them', async () => {
    const graph = buildGraph({
      name: '',
      nodeTables: [
        { type: 'a', columns: [], count: 1 },
        { type: 'b', columns: [], count: 1 },
      ],
      nodeIds: utf8Table(['1', '1']),
      edgeTypes: [{ relation: 'to', sourceType: 1, targetType: 0, directed: true }],
      source: Int32Array.of(1),
      target: Int32Array.of(0),
      edgeType: null,
      edgeColumns: [],
    });
    const again = (await reread(graph)).graph;
    expect(again.nodeTypes.map(({ name }) => name)).toEqual(['a', 'b']);
    expect([nodeId(again, 0), nodeId(again, 1)]).toEqual(['1', '1']);
    expect([again.source[0], again.target[0]]).toEqual([1, 0]);
  });
});
