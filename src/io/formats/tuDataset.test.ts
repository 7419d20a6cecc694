import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../core/columns.ts';
import type { Graph } from '../../core/graph.ts';
import { memorySource } from '../fileSource.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { DEFAULT_IMPORT_OPTIONS, type ImportOptions } from '../importTypes.ts';
import { cellsOf, edgesOf, failureOf, textFiles } from '../testFiles.ts';

const DATASETS = path.resolve(process.cwd(), '../shared/datasets');

const nodeColumns = (graph: Graph): readonly Column[] => graph.nodeTypes[0]?.columns ?? [];

/** Two graphs: a triangle 1-2-3 and an edge 4-5. */
const SMALL: Readonly<Record<string, string>> = {
  'T/T_A.txt': '1, 2\n2, 1\n1, 3\n3, 1\n2, 3\n3, 2\n4, 5\n5, 4\n',
  'T/T_graph_indicator.txt': '1\n1\n1\n2\n2\n',
  'T/T_graph_labels.txt': '-1\n1\n',
  'T/T_graph_attributes.txt': '0.5\n-2.25\n',
  'T/T_node_labels.txt': '0\n3\n3\n0\n1\n',
  'T/T_node_attributes.txt': '1.5, 2\n0, 1\n3, 4\n5, 6\n7, 8\n',
  'T/T_edge_labels.txt': '0\n0\n1\n1\n2\n2\n0\n0\n',
  'T/T_edge_attributes.txt': '1, 2\n1, 2\n3, 4\n3, 4\n5, 6\n5, 6\n7, 8\n7, 8\n',
  'T/README.txt': 'Words.\n',
};

const read = (files: Readonly<Record<string, string>>, options: Partial<ImportOptions> = {}) =>
  importFiles(textFiles(files), { ...DEFAULT_IMPORT_OPTIONS, ...options });

describe('tu dataset', () => {
  it('is one graph of blocks; what is known of a graph stands on its nodes; edges are kept once', async () => {
    const { graph, report, hints } = await read(SMALL);
    expect(graph.name).toBe('T');
    expect(edgesOf(graph)).toEqual(['1 edge 2', '1 edge 3', '2 edge 3', '4 edge 5']);
    expect([...graph.edgeTypes.directed]).toEqual([0]);
    expect(nodeColumns(graph).map(({ kind, name }) => [kind, name])).toEqual([
      ['i32', 'graph'],
      ['category', 'graph_label'],
      ['f32', 'graph_attribute'],
      ['category', 'node_label'],
      ['vector', 'features'],
    ]);
    expect(cellsOf(nodeColumns(graph), 'graph')?.cells).toEqual(['1', '1', '1', '2', '2']);
    expect(cellsOf(nodeColumns(graph), 'graph_label')?.cells).toEqual(['-1', '-1', '-1', '1', '1']);
    expect(cellsOf(nodeColumns(graph), 'graph_attribute')?.cells).toEqual([
      '0.5',
      '0.5',
      '0.5',
      '-2.25',
      '-2.25',
    ]);
    expect(cellsOf(nodeColumns(graph), 'node_label')?.cells).toEqual(['0', '3', '3', '0', '1']);
    expect(nodeColumns(graph)[4]).toMatchObject({
      width: 2,
      values: Float32Array.of(1.5, 2, 0, 1, 3, 4, 5, 6, 7, 8),
    });
    expect(cellsOf(graph.edgeColumns, 'edge_label')?.cells).toEqual(['0', '1', '2', '0']);
    expect(graph.edgeColumns[1]).toMatchObject({ width: 2, values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) });
    expect(report.summary).toBe('5 nodes · 4 edges · 2 labels · 2 dense features');
    expect(hints).toEqual({ target: 'graph_label' });
    expect(report.notices.map(({ code, message }) => [code, message])).toEqual([
      ['files-not-used', 'Not used: README.txt.'],
      ['both-directions', 'T_A.txt lists 4 edges from both ends; each is kept once, without direction.'],
    ]);
  });

  it('keeps both directions where a person wants them', async () => {
    const { graph } = await read(SMALL, { direction: 'directed' });
    expect([graph.source.length, graph.edgeTypes.directed[0]]).toEqual([8, 1]);
  });

  it('keeps an edge that is listed from one end only, and says where values differ', async () => {
    const { graph, report } = await read({
      'T_A.txt': '2,1\n2,3\n3,2\n',
      'T_graph_indicator.txt': '1\n1\n1\n',
      'T_edge_labels.txt': '0\n1\n2\n',
    });
    expect(edgesOf(graph)).toEqual(['2 edge 1', '2 edge 3']);
    expect(cellsOf(graph.edgeColumns, 'edge_label')?.cells).toEqual(['0', '1']);
    expect(report.notices[0]).toMatchObject({ code: 'edge-values-differ', count: 1 });
  });

  it('adds nodes beyond the indicator, or drops their edges', async () => {
    const files = {
      'T_A.txt': '1, 2\n2, 4\n',
      'T_graph_indicator.txt': '1\n1\n',
      'T_node_attributes.txt': '1\n2\n',
    };
    const added = await read(files);
    expect(cellsOf(nodeColumns(added.graph), 'graph')?.cells).toEqual(['1', '1', '', '']);
    expect(cellsOf(nodeColumns(added.graph), 'features')?.cells).toEqual(['1 values', '1 values', '', '']);
    expect(added.report.notices[0]?.message).toBe(
      'T_A.txt: 2 nodes added beyond those declared (3 to 4); their attributes are missing.',
    );
    const dropped = await read(files, { missingNodes: 'drop' });
    expect(edgesOf(dropped.graph)).toEqual(['1 edge 2']);
    expect(dropped.report.notices[0]).toMatchObject({
      code: 'unknown-node-dropped',
      examples: [{ line: 2, text: "unknown node '4'" }],
    });
  });

  it.each([
    ['T_A.txt', '1, 2\n2, x\n', 'number-table', "T_A.txt line 2: 'x' is not a whole number."],
    ['T_A.txt', '1, 2, 3\n', 'number-table', 'T_A.txt line 1: there are 3 numbers instead of 2.'],
    ['T_A.txt', '1, 1.5\n', 'number-table', "T_A.txt line 1: '1.5' is not a whole number."],
    ['T_A.txt', '0, 1\n', 'node-number', 'T_A.txt: edge 1 has the end 0, but nodes count from 1.'],
    [
      'T_graph_indicator.txt',
      '1\n1\n900\n',
      'graph-number',
      'T_graph_indicator.txt line 3: there is no graph 900.',
    ],
    ['T_node_labels.txt', '1\n', 'row-count', 'T_node_labels.txt has 1 row for 3 nodes.'],
    ['T_edge_labels.txt', '1\n', 'row-count', 'T_edge_labels.txt has 1 row for 2 edges.'],
    ['T_graph_attributes.txt', '1\n2\n3\n', 'row-count', 'T_graph_attributes.txt has 3 rows for 1 graph.'],
  ])('refuses %s of %j', async (name, content, code, message) => {
    const files = { 'T_A.txt': '1, 2\n2, 1\n', 'T_graph_indicator.txt': '1\n1\n1\n', [name]: content };
    const failure = await failureOf(read(files));
    expect(failure).toMatchObject({ name: 'ParseError', code, message });
    expect(failure.remedy).not.toBe('');
  });

  it('is previewed', async () => {
    const preview = await inspectFiles(textFiles(SMALL));
    expect(preview).toMatchObject({ formatId: 'tu-dataset', title: 'T' });
    expect(preview.tables[0]).toMatchObject({
      path: 'T_A.txt',
      role: 'edges',
      columns: [
        { name: 'source', role: 'source' },
        { name: 'target', role: 'target' },
      ],
    });
    expect(preview.tables[0]?.sampleRows[0]).toEqual(['1', '2']);
    expect(preview.tables.map((table) => table.columns[0]?.name)).toContain('graph_label');
  });
});

describe.skipIf(!existsSync(path.join(DATASETS, 'tu-mutag')))('published sets', () => {
  const sourcesOf = (folder: string) =>
    readdirSync(path.join(DATASETS, folder))
      .filter((name) => /\.txt(?:\.gz)?$/.test(name))
      .map((name) =>
        memorySource(`${folder}/${name}`, new Uint8Array(readFileSync(path.join(DATASETS, folder, name)))),
      );

  it.each([
    ['tu-mutag', 188, 3371, 3721, 7, { '1': 125, '-1': 63 }],
    ['tu-proteins', 1113, 43471, 81044, 3, { '1': 663, '2': 450 }],
  ])('%s: %i graphs, %i nodes, %i edges', async (folder, graphs, nodes, edges, nodeLabels, classes) => {
    const { graph } = await importFiles(sourcesOf(folder), DEFAULT_IMPORT_OPTIONS);
    expect([graph.nodeIds.length, graph.source.length]).toEqual([nodes, edges]);
    const columns = nodeColumns(graph);
    const graphOf = cellsOf(columns, 'graph')?.cells ?? [];
    const labels = cellsOf(columns, 'graph_label')?.cells ?? [];
    const labelOf = new Map(graphOf.map((id, node) => [id, labels[node]]));
    expect(labelOf.size).toBe(graphs);
    for (const [label, count] of Object.entries(classes)) {
      expect([...labelOf.values()].filter((own) => own === label)).toHaveLength(count);
    }
    expect(new Set(cellsOf(columns, 'node_label')?.cells).size).toBe(nodeLabels);
    expect(
      [...graph.source].every((node, edge) => graphOf[node] === graphOf[graph.target[edge] as number]),
    ).toBe(true);
  });
});
