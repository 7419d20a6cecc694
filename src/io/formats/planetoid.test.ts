import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findColumn, type SparseColumn } from '../../core/columns.ts';
import { memorySource } from '../fileSource.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { DEFAULT_IMPORT_OPTIONS } from '../importTypes.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const SHARED = path.resolve(process.cwd(), '../shared/datasets/cora');
const PARTS = ['x', 'y', 'tx', 'ty', 'allx', 'ally', 'graph', 'test.index'];

const sourcesOf = (folder: string, names: readonly string[]) =>
  names.map((name) => memorySource(name, new Uint8Array(readFileSync(path.join(SHARED, folder, name)))));

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const u8 = (value: number): string => String.fromCharCode(value);
const little = (values: readonly number[]): string =>
  values.map((value) => u8(value & 255) + u8((value >> 8) & 255) + u8(0) + u8(0)).join('');
const shape = (...sizes: number[]): string => `(${sizes.map((size) => `K${u8(size)}`).join('')}t`;

/** An int32 array as Python 2 pickles it. */
function array(values: readonly number[], ...sizes: number[]): string {
  return (
    'cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85U\x01b\x87R' +
    `(K\x01${shape(...sizes)}cnumpy\ndtype\nU\x02i4K\x00K\x01\x87R(K\x03U\x01<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb` +
    `\x89U${u8(values.length * 4)}${little(values)}tb`
  );
}

function csr(rows: readonly (readonly number[])[], width: number): string {
  const indptr = [0];
  for (const row of rows) indptr.push((indptr.at(-1) as number) + row.length);
  const indices = rows.flat();
  const ones = indices.map(() => 1);
  return (
    `cscipy.sparse.csr\ncsr_matrix\n)\x81}(U\x06_shape${shape(rows.length, width)}` +
    `U\x06indptr${array(indptr, indptr.length)}U\x07indices${array(indices, indices.length)}` +
    `U\x04data${array(ones, ones.length)}ub`
  );
}

const pickled = (body: string): Uint8Array => ascii(`\x80\x02${body}.`);

/** Five papers; paper 3 is in the range of the test ids but not among them, as in CiteSeer. */
const SMALL: Readonly<Record<string, Uint8Array | string>> = {
  'ind.small.x': pickled(csr([[0]], 3)),
  'ind.small.y': pickled(array([1, 0], 1, 2)),
  'ind.small.allx': pickled(csr([[0], [2, 1]], 3)),
  'ind.small.ally': pickled(array([1, 0, 0, 1], 2, 2)),
  'ind.small.tx': pickled(csr([[1], [0, 2]], 3)),
  'ind.small.ty': pickled(array([0, 1, 1, 0], 2, 2)),
  'ind.small.graph': pickled(
    'ccollections\ndefaultdict\nc__builtin__\nlist\n\x85R(K\x00](K\x04K\x01K\x01eK\x01](K\x00K\x01eK\x04](K\x00eK\x03]u',
  ),
  'ind.small.test.index': '4\n2\n',
};

describe('planetoid', () => {
  it('puts test rows at their ids and keeps isolated papers without words and label', async () => {
    const { graph, report, hints } = await importFiles(textFiles(SMALL), DEFAULT_IMPORT_OPTIONS);
    const columns = graph.nodeTypes[0]?.columns ?? [];
    expect(nodeIdsOf(graph)).toEqual(['0', '1', '2', '3', '4']);
    expect(edgesOf(graph)).toEqual(['0 edge 1', '0 edge 4']);
    expect(cellsOf(columns, 'label')).toEqual({ kind: 'category', cells: ['0', '1', '0', '', '1'] });
    expect(cellsOf(columns, 'split')?.cells).toEqual(['train', 'val', 'test', 'val', 'test']);
    expect(findColumn(columns, 'features')).toMatchObject({
      width: 3,
      rowPtr: Int32Array.of(0, 1, 3, 5, 5, 6),
      colIndex: Int32Array.of(0, 1, 2, 0, 2, 1),
    });
    expect(hints).toEqual({
      task: 'node-classification',
      target: 'label',
      split: 'public',
      features: ['features'],
    });
    expect(report.notices.map((notice) => notice.message)).toEqual([
      '1 node without features and label kept.',
      '1 citation of a paper by itself left out, as is usual for this data.',
    ]);
  });

  it('says which files are missing', async () => {
    const { 'ind.small.graph': _graph, 'ind.small.ty': _ty, ...rest } = SMALL;
    expect(await failureOf(importFiles(textFiles(rest), DEFAULT_IMPORT_OPTIONS))).toEqual({
      name: 'ParseError',
      code: 'missing-files',
      message: "Missing of the Planetoid data 'small': ind.small.ty, ind.small.graph.",
      remedy: 'Drop all files ind.small.* together.',
      details: { missing: ['ind.small.ty', 'ind.small.graph'] },
    });
  });

  it('refuses parts that do not fit together', async () => {
    const files = { ...SMALL, 'ind.small.test.index': '4\n' };
    expect(await failureOf(importFiles(textFiles(files), DEFAULT_IMPORT_OPTIONS))).toEqual({
      name: 'ParseError',
      code: 'planetoid-part',
      message: 'ind.small.test.index: it does not list 2 node numbers.',
      remedy: 'Use the eight files of one data set as published.',
      details: { file: 'ind.small.test.index' },
    });
  });

  it('previews the files by role', async () => {
    const preview = await inspectFiles(textFiles(SMALL));
    expect([preview.formatId, preview.title]).toEqual(['planetoid', 'small']);
    expect(preview.tables.map((table) => `${table.path} ${table.role}`)).toEqual([
      'ind.small.x features',
      'ind.small.y nodes',
      'ind.small.allx features',
      'ind.small.ally nodes',
      'ind.small.tx features',
      'ind.small.ty nodes',
      'ind.small.graph edges',
      'ind.small.test.index nodes',
    ]);
  });

  it.skipIf(!existsSync(SHARED))('reads Cora as published exactly as its plain conversion', async () => {
    const raw = await importFiles(
      sourcesOf(
        'raw',
        PARTS.map((part) => `ind.cora.${part}`),
      ),
      DEFAULT_IMPORT_OPTIONS,
    );
    const plain = await importFiles(
      sourcesOf('plain', ['nodes.csv', 'edges.csv', 'features.svm.gz']),
      DEFAULT_IMPORT_OPTIONS,
    );
    expect(raw.graph.name).toBe('cora');
    expect(nodeIdsOf(raw.graph)).toEqual(nodeIdsOf(plain.graph));
    expect(raw.graph.source).toEqual(plain.graph.source);
    expect(raw.graph.target).toEqual(plain.graph.target);
    const columns = (result: typeof raw) => result.graph.nodeTypes[0]?.columns ?? [];
    for (const name of ['label', 'split', 'features']) {
      expect(findColumn(columns(raw), name), name).toEqual(findColumn(columns(plain), name));
    }
    expect((findColumn(columns(raw), 'features') as SparseColumn).values.length).toBe(49_216);
  });
});
