import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Graph } from '../../core/graph.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { DEFAULT_IMPORT_OPTIONS, type ImportOptions } from '../importTypes.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

type Contents = Readonly<Record<string, string>>;

/** Gzipped, as the benchmark distributes them. */
const packed = (files: Contents) =>
  textFiles(
    Object.fromEntries(
      Object.entries(files).map(([path, text]) => [`${path}.gz`, gzipSync(new TextEncoder().encode(text))]),
    ),
  );

const read = (files: Contents, options: Partial<ImportOptions> = {}) =>
  importFiles(packed(files), { ...DEFAULT_IMPORT_OPTIONS, ...options });

const columnsOf = (graph: Graph, type = 0) => graph.nodeTypes[type]?.columns ?? [];

/** Like ogbn-arxiv: one graph, features, labels, years, a split by time. */
const ARXIV: Contents = {
  'arxiv/raw/edge.csv': '0,1\n1,2\n3,0\n',
  'arxiv/raw/num-node-list.csv': '4\n',
  'arxiv/raw/num-edge-list.csv': '3\n',
  'arxiv/raw/node-feat.csv': '0.5,1\n-1,2\n3,4\n5,6\n',
  'arxiv/raw/node-label.csv': '4\n0\n4\n39\n',
  'arxiv/raw/node_year.csv': '2013\n2015\n2020\n2018\n',
  'arxiv/split/time/train.csv': '0\n1\n',
  'arxiv/split/time/valid.csv': '3\n',
  'arxiv/split/time/test.csv': '2\n',
  'arxiv/mapping/labelidx2arxivcategeory.csv': 'label idx,arxiv category\n0,cs.NA\n',
};

/** Like ogbg-mol*: two molecules, a label missing, a split over molecules. */
const MOLECULES: Contents = {
  'raw/edge.csv': '0,1\n1,2\n0,1\n',
  'raw/num-node-list.csv': '3\n2\n',
  'raw/num-edge-list.csv': '2\n1\n',
  'raw/node-feat.csv': '5,0\n6,1\n7,0\n8,1\n9,0\n',
  'raw/edge-feat.csv': '0,0\n1,0\n2,1\n',
  'raw/graph-label.csv': '1,0\n0,\n',
  'split/scaffold/train.csv': '1\n',
  'split/scaffold/test.csv': '0\n',
};

/** Like ogbn-mag. */
const MAG: Contents = {
  'raw/num-node-dict.csv': 'author,paper\n2,3\n',
  'raw/triplet-type-list.csv': 'author,writes,paper\npaper,cites,paper\n',
  'raw/relations/author___writes___paper/edge.csv': '0,0\n1,0\n1,2\n',
  'raw/relations/author___writes___paper/num-edge-list.csv': '3\n',
  'raw/relations/paper___cites___paper/edge.csv': '0,1\n',
  'raw/relations/paper___cites___paper/num-edge-list.csv': '1\n',
  'raw/node-feat/paper/node-feat.csv': '1,2\n3,4\n5,6\n',
  'raw/node-feat/paper/node_year.csv': '2010\n2011\n2012\n',
  'raw/node-label/paper/node-label.csv': '7\n8\n7\n',
  'split/time/paper/train.csv': '0\n',
  'split/time/paper/valid.csv': '1\n',
  'split/time/paper/test.csv': '2\n',
};

describe('ogb', () => {
  it('reads one graph with features, label, year and published split', async () => {
    const { graph, report, hints } = await read(ARXIV);
    expect(nodeIdsOf(graph)).toEqual(['0', '1', '2', '3']);
    expect(edgesOf(graph)).toEqual(['0 edge 1', '1 edge 2', '3 edge 0']);
    expect([...graph.edgeTypes.directed]).toEqual([0]);
    expect(cellsOf(columnsOf(graph), 'label')).toEqual({ kind: 'category', cells: ['4', '0', '4', '39'] });
    expect(cellsOf(columnsOf(graph), 'split')?.cells).toEqual(['train', 'train', 'test', 'val']);
    expect(cellsOf(columnsOf(graph), 'node_year')).toEqual({
      kind: 'i32',
      cells: ['2013', '2015', '2020', '2018'],
    });
    expect(columnsOf(graph).find(({ name }) => name === 'features')).toMatchObject({
      kind: 'vector',
      width: 2,
      values: Float32Array.of(0.5, 1, -1, 2, 3, 4, 5, 6),
    });
    expect(hints).toEqual({ target: 'label', split: 'public' });
    expect(report.summary).toBe('4 nodes · 3 edges · 3 labels · 2 dense features');
    expect(report.notices.map(({ code }) => code)).toEqual(['files-not-used', 'direction-not-stated']);
  });

  it('puts many graphs side by side; labels and splits of graphs stand on their nodes', async () => {
    const { graph } = await read(MOLECULES);
    expect(edgesOf(graph)).toEqual(['0 edge 1', '1 edge 2', '3 edge 4']);
    expect(cellsOf(columnsOf(graph), 'graph')).toEqual({ kind: 'i32', cells: ['0', '0', '0', '1', '1'] });
    expect(cellsOf(columnsOf(graph), 'label 1')?.cells).toEqual(['1', '1', '1', '0', '0']);
    expect(cellsOf(columnsOf(graph), 'label 2')?.cells).toEqual(['0', '0', '0', '', '']);
    expect(cellsOf(columnsOf(graph), 'split')?.cells).toEqual(['test', 'test', 'test', 'train', 'train']);
    expect(graph.edgeColumns).toMatchObject([
      { name: 'edge_features', values: Float32Array.of(0, 0, 1, 0, 2, 1) },
    ]);
  });

  it('reads a heterogeneous graph by its triplets', async () => {
    const { graph } = await read(MAG);
    expect(graph.nodeTypes.map(({ name, columns }) => [name, columns.map((column) => column.name)])).toEqual([
      ['author', []],
      ['paper', ['label', 'split', 'node_year', 'features']],
    ]);
    expect(edgesOf(graph)).toEqual(['0 writes 0', '1 writes 0', '1 writes 2', '0 cites 1']);
    expect([...graph.target]).toEqual([2, 2, 4, 3]);
    expect(cellsOf(columnsOf(graph, 1), 'split')?.cells).toEqual(['train', 'val', 'test']);
  });

  it('adds or drops what lies beyond the declared nodes', async () => {
    const files = { ...MAG, 'raw/relations/author___writes___paper/edge.csv': '0,0\n5,0\n1,2\n' };
    const added = await read(files);
    expect(added.graph.nodeTypePtr).toEqual(Int32Array.of(0, 6, 9));
    expect(added.report.notices[0]?.message).toContain('4 nodes added beyond those declared (2 to 5)');
    const dropped = await read(files, { missingNodes: 'drop', direction: 'directed' });
    expect(edgesOf(dropped.graph)).toEqual(['0 writes 0', '1 writes 2', '0 cites 1']);
    expect([...dropped.graph.edgeTypes.directed]).toEqual([1, 1]);
  });

  it.each<[Contents, string, string, string]>([
    [ARXIV, 'arxiv/raw/node-feat.csv', '1,2\n', 'raw/node-feat.csv has 1 row for 4 nodes.'],
    [ARXIV, 'arxiv/raw/num-edge-list.csv', '4\n', 'raw/edge.csv has 3 rows for 4 edges.'],
    [ARXIV, 'arxiv/split/time/train.csv', '4\n', 'split/time/train.csv: there is no row 4 for the split.'],
    [
      ARXIV,
      'arxiv/raw/num-node-list.csv',
      '-4\n',
      'raw/num-node-list.csv line 1: a count cannot be negative.',
    ],
    [MOLECULES, 'raw/edge.csv', '0,1\n1,2\n0,2\n', 'raw/edge.csv line 3: graph 1 has no node 2.'],
    [
      MAG,
      'raw/triplet-type-list.csv',
      'author,likes,film\n',
      "raw/triplet-type-list.csv: 'author,likes,film' is no node type, relation and node type.",
    ],
    [
      MAG,
      'raw/triplet-type-list.csv',
      'author,likes,paper\n',
      'The OGB folder lacks raw/relations/author___likes___paper/edge.csv.',
    ],
    [
      MAG,
      'raw/num-node-dict.csv',
      'author,paper\n2,3\n1,1\n',
      'raw/num-node-dict.csv: data sets of several heterogeneous graphs are not read.',
    ],
  ])('refuses damage %#', async (files, path, content, message) => {
    const failure = await failureOf(read({ ...files, [path]: content }));
    expect(failure).toMatchObject({ name: 'ParseError', message });
    expect(failure.remedy).not.toBe('');
  });

  it('is previewed with the role of each table', async () => {
    const preview = await inspectFiles(packed(ARXIV));
    expect(preview.formatId).toBe('ogb');
    expect(Object.fromEntries(preview.tables.map(({ path, role }) => [path, role]))).toMatchObject({
      'raw/edge.csv': 'edges',
      'raw/node-feat.csv': 'features',
      'raw/node-label.csv': 'nodes',
      'split/time/test.csv': 'nodes',
    });
  });
});
