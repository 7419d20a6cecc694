import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { type Column, findColumn } from '../../core/columns.ts';
import { numEdges, numNodes } from '../../core/graph.ts';
import { memorySource } from '../fileSource.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { DEFAULT_IMPORT_LIMITS, DEFAULT_IMPORT_OPTIONS } from '../importTypes.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf } from '../testFiles.ts';

type ColumnSource = Parameters<typeof parquetWriteBuffer>[0]['columnData'];

const parquetFile = (name: string, columnData: ColumnSource, rowGroupSize = 1000) =>
  memorySource(name, new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize })));

const read = (sources: Parameters<typeof importFiles>[0]) => importFiles(sources, DEFAULT_IMPORT_OPTIONS);

const EDGES = parquetFile('edges_2024.parquet', [
  { name: 'source', data: ['a', 'b', 'c'], type: 'STRING' },
  { name: 'target', data: ['b', 'c', 'a'], type: 'STRING' },
  { name: 'weight', data: [0.5, null, 2.25], type: 'DOUBLE', nullable: true },
  { name: 'when', data: [new Date('2024-01-02T03:04:05Z'), null, null], type: 'TIMESTAMP', nullable: true },
]);

describe('Parquet', () => {
  it('reads an edge table with typed columns and missing cells', async () => {
    const { graph, report } = await read([EDGES]);
    expect(report.formatId).toBe('parquet');
    expect(edgesOf(graph)).toEqual(['a edge b', 'b edge c', 'c edge a']);
    expect(cellsOf(graph.edgeColumns, 'weight')).toEqual({ kind: 'f64', cells: ['0.5', '', '2.25'] });
    expect(cellsOf(graph.edgeColumns, 'when')).toEqual({
      kind: 'date',
      cells: ['2024-01-02T03:04:05.000Z', '', ''],
    });
  });

  it('reads a node table beside CSV edges; text stays text, lists become vectors', async () => {
    const people = parquetFile('people.parquet', [
      { name: 'id', data: ['a', 'b', 'c'], type: 'STRING' },
      { name: 'zip', data: ['0123', 'NA', ''], type: 'STRING' },
      {
        name: 'emb',
        data: [JSON.stringify([1, 2]), null, JSON.stringify([3, 4])],
        type: 'JSON',
        nullable: true,
      },
    ]);
    const { graph } = await read([memorySource('knows.csv', 'source,target\na,b\n'), people]);
    expect(nodeIdsOf(graph)).toEqual(['a', 'b', 'c']);
    const columns = graph.nodeTypes[0]?.columns ?? [];
    expect(cellsOf(columns, 'zip')).toEqual({ kind: 'text', cells: ['0123', 'NA', ''] });
    expect(findColumn(columns, 'zip')?.validity).toBeNull();
    const vector = findColumn(columns, 'emb') as Column & { kind: 'vector' };
    expect([vector.kind, vector.width, ...vector.values]).toEqual(['vector', 2, 1, 2, 0, 0, 3, 4]);
  });

  it('reads GraphStorm embeddings: nid and a list of floats', async () => {
    const { graph, report } = await read([
      memorySource('edges.csv', 'source,target\nu1,u2\n'),
      memorySource('nodes.csv', 'id,age\nu1,3\nu2,4\n'),
      parquetFile('embed-00000.parquet', [
        { name: 'nid', data: ['u2', 'u1'], type: 'STRING' },
        { name: 'emb', data: ['[0.5,1]', '[2,3]'], type: 'JSON' },
      ]),
    ]);
    expect(report.notices.filter(({ severity }) => severity === 'warning')).toEqual([]);
    const vector = findColumn(graph.nodeTypes[0]?.columns ?? [], 'emb') as Column & { kind: 'vector' };
    expect([...vector.values]).toEqual([2, 3, 0.5, 1]);
  });

  it('reads many row groups', async () => {
    const numbers = Array.from({ length: 2500 }, (_, row) => row);
    const { graph } = await read([
      parquetFile(
        'links.parquet',
        [
          { name: 'source', data: Int32Array.from(numbers), type: 'INT32' },
          { name: 'target', data: Int32Array.from(numbers, (row) => row + 1), type: 'INT32' },
        ],
        400,
      ),
    ]);
    expect([numNodes(graph), numEdges(graph)]).toEqual([2501, 2500]);
    expect(edgesOf(graph)[2499]).toBe('2499 edge 2500');
  });

  it('previews names, kinds and first rows', async () => {
    const preview = await inspectFiles([EDGES]);
    expect(preview.tables[0]).toMatchObject({
      role: 'edges',
      dialect: 'Parquet file',
      columns: [
        { name: 'source', role: 'source', kind: 'text' },
        { name: 'target', role: 'target', kind: 'text' },
        { name: 'weight', role: 'weight', kind: 'f32' },
        { name: 'when', role: 'attribute', kind: 'date' },
      ],
    });
    expect(preview.tables[0]?.sampleRows[0]).toEqual(['a', 'b', '0.5', '2024-01-02T03:04:05.000Z']);
  });

  it.each([
    ['cut short', (bytes: Uint8Array) => bytes.subarray(0, bytes.length / 2)],
    ['only its mark', () => new TextEncoder().encode('PAR1')],
    [
      'a broken footer',
      (bytes: Uint8Array) => bytes.map((byte, at) => (at > bytes.length - 60 ? byte ^ 0x5a : byte)),
    ],
  ])('refuses a damaged file readably: %s', async (_, damage) => {
    const whole = new Uint8Array(
      parquetWriteBuffer({ columnData: [{ name: 'source', data: ['a', 'b'], type: 'STRING' }] }),
    );
    expect(await failureOf(read([memorySource('t.parquet', Uint8Array.from(damage(whole)))]))).toMatchObject({
      name: 'ParseError',
      code: 'damaged-file',
      message: 't.parquet: the Parquet file is damaged or uses a feature that is not supported.',
    });
  });

  it('refuses more rows than the limit before it reads them', async () => {
    const context = { limits: { ...DEFAULT_IMPORT_LIMITS, maxEdges: 2 } };
    expect(await failureOf(importFiles([EDGES], DEFAULT_IMPORT_OPTIONS, context))).toMatchObject({
      name: 'LimitError',
      code: 'too-many-bytes',
    });
  });
});

const samples = path.resolve(process.cwd(), '../shared/datasets/format-samples/parquet');

describe.skipIf(!existsSync(samples))('Parquet samples of ../shared', () => {
  const open = (name: string) => memorySource(name, readFileSync(path.join(samples, name)));
  const rowsOf = (name: string): unknown[][] =>
    JSON.parse(readFileSync(path.join(samples, name.replace('.parquet', '.json')), 'utf8')) as unknown[][];

  it.each([
    ['brotli_compressed.parquet', 4],
    ['decimal-column.parquet', 5],
    ['duckdb2557.parquet', rowCount('duckdb2557.parquet')],
    ['signs.parquet', 4],
    ['uuid.parquet', 3],
  ])('%s', async (name, numRows) => {
    const { report } = await read([open(name)]);
    expect(report.rowsRead).toBe(numRows);
    expect(rowsOf(name)).toHaveLength(numRows);
  });

  it('values of unsigned, signed, decimal and unique identifiers', async () => {
    const sampleOf = async (name: string) => (await inspectFiles([open(name)])).tables[0]?.sampleRows ?? [];
    expect((await sampleOf('signs.parquet'))[3]?.[3]).toBe('18446744073709551615');
    expect((await sampleOf('signs.parquet'))[0]?.[4]).toBe('-128');
    expect((await sampleOf('uuid.parquet')).flat()).toEqual(rowsOf('uuid.parquet').flat());
    expect((await sampleOf('decimal-column.parquet')).map((row) => row.map(Number))).toEqual(
      rowsOf('decimal-column.parquet'),
    );
  });

  function rowCount(name: string): number {
    return rowsOf(name).length;
  }
});
