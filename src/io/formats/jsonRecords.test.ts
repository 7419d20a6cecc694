import { describe, expect, it } from 'vitest';
import { findColumn } from '../../core/columns.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { DEFAULT_IMPORT_OPTIONS } from '../importTypes.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const read = (contents: Readonly<Record<string, string>>) =>
  importFiles(textFiles(contents), DEFAULT_IMPORT_OPTIONS);

describe('JSON records', () => {
  it('reads JSON Lines; keys that come late are columns too', async () => {
    const { graph, report } = await read({
      'links.jsonl': '{"source":"a","target":"b","w":1}\n\n{"source":"b","target":"c","late":"007"}\n',
    });
    expect(report.formatId).toBe('json-records');
    expect(edgesOf(graph)).toEqual(['a edge b', 'b edge c']);
    expect(cellsOf(graph.edgeColumns, 'w')).toEqual({ kind: 'i32', cells: ['1', ''] });
    expect(cellsOf(graph.edgeColumns, 'late')).toEqual({ kind: 'text', cells: ['', '007'] });
  });

  it('reads a list of records as nodes, with vectors, numbers as ids and awkward keys', async () => {
    const { graph } = await read({
      'people.json': JSON.stringify([
        { id: 1, tags: ['x', 'y'], v: [1, 2], __proto__x: true },
        { id: 2, tags: [], v: [3, 4.5], deep: { a: 1 } },
      ]),
    });
    expect(nodeIdsOf(graph)).toEqual(['1', '2']);
    const columns = graph.nodeTypes[0]?.columns ?? [];
    expect(cellsOf(columns, 'tags')?.cells).toEqual(['x; y', '']);
    expect(findColumn(columns, 'v')?.kind).toBe('vector');
    expect(cellsOf(columns, '__proto__x')?.kind).toBe('bool');
    expect(cellsOf(columns, 'deep')?.cells).toEqual(['', '{"a":1}']);
  });

  it('joins node records to an edge list of another kind', async () => {
    const { graph } = await read({
      'people.jsonl': '{"id":"a","age":3}\n{"id":"b","age":4}\n',
      'knows.csv': 'source,target\na,b\n',
    });
    expect(edgesOf(graph)).toEqual(['a edge b']);
    expect(cellsOf(graph.nodeTypes[0]?.columns ?? [], 'age')?.cells).toEqual(['3', '4']);
  });

  it('previews roles and kinds', async () => {
    const preview = await inspectFiles(
      textFiles({
        'r.ndjson': '{"user_id":1,"movie_id":7,"when":"2024-01-02"}\n{"user_id":2,"movie_id":7}\n',
      }),
    );
    expect(preview.tables[0]?.columns).toEqual([
      { name: 'user_id', role: 'source', kind: 'text' },
      { name: 'movie_id', role: 'target', kind: 'text' },
      { name: 'when', role: 'attribute', kind: 'date' },
    ]);
  });

  it.each([
    [
      'a broken line',
      { 'a.jsonl': '{"source":"a","target":"b"}\n{"source":\n' },
      { code: 'malformed-json', message: 'a.jsonl line 2: this is not valid JSON.' },
    ],
    [
      'a record that is no object',
      { 'a.jsonl': '{"source":"a","target":"b"}\n[1,2]\n' },
      { code: 'no-record', message: 'a.jsonl record 2 is not an object with named values.' },
    ],
    [
      'a broken list',
      { 'a.json': '[{"id":1},{"id":2' },
      { code: 'malformed-json', message: 'a.json line 1: this is not valid JSON.' },
    ],
  ])('refuses %s', async (_, contents, expected) => {
    expect(await failureOf(read(contents as unknown as Record<string, string>))).toMatchObject(expected);
  });
});
