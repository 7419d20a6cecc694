import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { findColumn, type SparseColumn } from '../../core/columns.ts';
import type { Graph } from '../../core/graph.ts';
import { memorySource } from '../fileSource.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { DEFAULT_IMPORT_OPTIONS } from '../importTypes.ts';
import { cellsOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const RANKING = path.resolve(process.cwd(), '../shared/datasets/ltr-mq2008/S1.txt.gz');

const read = (text: string, name = 'train.svm') =>
  importFiles(textFiles({ [name]: text }), DEFAULT_IMPORT_OPTIONS);
const nodeColumns = (graph: Graph) => graph.nodeTypes[0]?.columns ?? [];
const features = (graph: Graph) => findColumn(nodeColumns(graph), 'features') as SparseColumn;

describe('libsvm features', () => {
  it('are nodes with a label and sparse features; comments and blank lines are no nodes', async () => {
    const { graph, report, hints } = await read('# made by hand\n+1 1:0.5 3:2\n\n-1 2:1 # a note 9:9\n+1\n');
    expect(nodeIdsOf(graph)).toEqual(['0', '1', '2']);
    expect(cellsOf(nodeColumns(graph), 'label')).toEqual({ kind: 'category', cells: ['+1', '-1', '+1'] });
    expect(features(graph)).toMatchObject({
      width: 3,
      rowPtr: Int32Array.of(0, 2, 3, 3),
      colIndex: Int32Array.of(0, 2, 1),
      values: Float32Array.of(0.5, 2, 1),
    });
    expect(hints).toEqual({ target: 'label', features: ['features'] });
    expect(report.summary).toBe('3 nodes · 0 edges · 2 labels · 3 sparse features');
    expect(report.notices.map(({ code }) => code)).toEqual(['no-edges']);
  });

  it('keep decimals as values, query numbers as a column, and files without labels', async () => {
    const regression = await read('0.25 1:1\n1.5 1:2\n');
    expect(cellsOf(nodeColumns(regression.graph), 'label')).toEqual({ kind: 'f32', cells: ['0.25', '1.5'] });
    const ranking = await read('2 qid:10 1:1 #docid = 7\n0 qid:11 2:1\n', 'S1.txt');
    expect(cellsOf(nodeColumns(ranking.graph), 'qid')).toEqual({ kind: 'i32', cells: ['10', '11'] });
    const bare = await read('1:1\n2:1\n');
    expect(nodeColumns(bare.graph).map(({ name }) => name)).toEqual(['features']);
    expect(bare.hints).toEqual({ features: ['features'] });
  });

  it('are refused where a pair is none, with the line', async () => {
    const lines = Array.from({ length: 30 }, () => '1 1:1');
    expect(await failureOf(read([...lines, '1 2:x'].join('\n')))).toEqual({
      name: 'ParseError',
      code: 'libsvm-pair',
      message: "train.svm line 31: '2:x' has no number after the colon.",
      remedy: 'Write each feature once as index:value, for example 12:0.5.',
      details: { file: 'train.svm', line: 31 },
    });
  });

  it('are previewed', async () => {
    const preview = await inspectFiles(textFiles({ 'train.txt': '1 1:0.5 3:1\n-1 2:1\n' }));
    expect(preview).toMatchObject({ formatId: 'libsvm' });
    expect(preview.tables[0]).toMatchObject({
      role: 'features',
      sampleRows: [
        ['1', '1:0.5 3:1'],
        ['-1', '2:1'],
      ],
    });
  });

  it.skipIf(!existsSync(RANKING))(
    'of a learning-to-rank set: as many nodes as lines, 46 features',
    async () => {
      const packed = new Uint8Array(readFileSync(RANKING));
      const lines = new TextDecoder().decode(gunzipSync(packed)).trimEnd().split('\n');
      const { graph } = await importFiles([memorySource('S1.txt.gz', packed)], DEFAULT_IMPORT_OPTIONS);
      expect([graph.nodeIds.length, features(graph).width]).toEqual([lines.length, 46]);
      expect(cellsOf(nodeColumns(graph), 'label')?.cells).toEqual(lines.map((line) => line.split(' ')[0]));
      expect(cellsOf(nodeColumns(graph), 'qid')?.cells[0]).toBe(/qid:(\d+)/.exec(lines[0] ?? '')?.[1]);
    },
  );
});
