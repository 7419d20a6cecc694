import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import { describe, expect, it } from 'vitest';
import { type Column, findColumn } from '../../core/columns.ts';
import { memorySource } from '../fileSource.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { DEFAULT_IMPORT_OPTIONS } from '../importTypes.ts';
import { cellsOf, edgesOf, failureOf } from '../testFiles.ts';

const arrowBytes = (arrays: Parameters<typeof tableFromArrays>[0], format: 'file' | 'stream'): Uint8Array =>
  tableToIPC(tableFromArrays(arrays), { format }) as Uint8Array;

const EDGES = {
  source: ['a', 'b', 'a'],
  target: ['b', 'c', 'c'],
  code: ['007', null, '12'],
  when: [new Date(0), null, new Date('2024-05-06')],
  v: [
    [1, 2],
    [3, 4],
    [5, 6.5],
  ],
};

describe('Arrow', () => {
  it.each(['file', 'stream'] as const)('reads an edge table from a %s', async (format) => {
    const name = format === 'file' ? 'edges_a.feather' : 'edges_a.arrows';
    const { graph, report } = await importFiles(
      [memorySource(name, arrowBytes(EDGES, format))],
      DEFAULT_IMPORT_OPTIONS,
    );
    expect(report.formatId).toBe('arrow');
    expect(edgesOf(graph)).toEqual(['a edge b', 'b edge c', 'a edge c']);
    expect(cellsOf(graph.edgeColumns, 'code')).toEqual({ kind: 'text', cells: ['007', '', '12'] });
    expect(cellsOf(graph.edgeColumns, 'when')).toEqual({
      kind: 'date',
      cells: ['1970-01-01T00:00:00.000Z', '', '2024-05-06T00:00:00.000Z'],
    });
    const vector = findColumn(graph.edgeColumns, 'v') as Column & { kind: 'vector' };
    expect([...vector.values]).toEqual([1, 2, 3, 4, 5, 6.5]);
  });

  it('previews its columns', async () => {
    const preview = await inspectFiles([memorySource('t.arrow', arrowBytes(EDGES, 'file'))]);
    expect(preview.tables[0]?.columns.map(({ name, role, kind }) => [name, role, kind])).toEqual([
      ['source', 'source', 'text'],
      ['target', 'target', 'text'],
      ['code', 'attribute', 'text'],
      ['when', 'attribute', 'date'],
      ['v', 'attribute', 'vector'],
    ]);
  });

  it('refuses a damaged file readably', async () => {
    const bytes = arrowBytes(EDGES, 'file').slice(0, 200);
    expect(
      await failureOf(importFiles([memorySource('t.arrow', bytes)], DEFAULT_IMPORT_OPTIONS)),
    ).toMatchObject({ name: 'ParseError', code: 'damaged-file' });
  });
});
