/** Node-link JSON in the dialects people have: networkx, d3, sigma, vis.js; and what is said of broken files. */
import { describe, expect, it } from 'vitest';
import { isDirected, numEdges, numNodes } from '../../core/graph.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { DEFAULT_IMPORT_OPTIONS, type ImportResult } from '../importTypes.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const readText = (text: string): Promise<ImportResult> =>
  importFiles(textFiles({ 'g.json': text }), DEFAULT_IMPORT_OPTIONS);
const read = (value: unknown): Promise<ImportResult> => readText(JSON.stringify(value));
const nodeColumns = ({ graph }: ImportResult) => graph.nodeTypes[0]?.columns ?? [];

describe('node-link JSON', () => {
  it.each(['links', 'edges'])('reads networkx with %s', async (list) => {
    const result = await read({
      directed: true,
      multigraph: true,
      graph: { name: 'trade' },
      nodes: [
        { id: 'A', pop: 3, pos: [1, 2.5] },
        { id: 'B', pop: 4, pos: [0, 1] },
      ],
      [list]: [
        { source: 'A', target: 'B', weight: 0.5, key: 0 },
        { source: 'B', target: 'A', weight: 2, key: 0 },
      ],
    });
    expect(result.report.formatId).toBe('node-link');
    expect(result.graph.name).toBe('trade');
    expect(isDirected(result.graph)).toBe(true);
    expect(edgesOf(result.graph)).toEqual(['A edge B', 'B edge A']);
    expect(cellsOf(nodeColumns(result), 'pop')).toEqual({ kind: 'i32', cells: ['3', '4'] });
    expect(cellsOf(nodeColumns(result), 'pos')?.kind).toBe('vector');
    expect(cellsOf(result.graph.edgeColumns, 'weight')).toEqual({ kind: 'f32', cells: ['0.5', '2'] });
  });

  it('reads adjacency data; an undirected edge stands at both ends and counts once', async () => {
    // networkx: adjacency_data of the path 0 - 1 - 2 with a loop at 2.
    const data = {
      directed: false,
      multigraph: false,
      graph: [],
      nodes: [{ id: 0 }, { id: 1 }, { id: 2 }],
      adjacency: [[{ id: 1, weight: 7 }], [{ id: 0, weight: 7 }, { id: 2 }], [{ id: 1 }, { id: 2 }]],
    };
    const undirected = await read(data);
    expect(edgesOf(undirected.graph)).toEqual(['0 edge 1', '1 edge 2', '2 edge 2']);
    expect(cellsOf(undirected.graph.edgeColumns, 'weight')?.cells).toEqual(['7', '', '']);
    const directed = await read({ ...data, directed: true });
    expect(numEdges(directed.graph)).toBe(5);
    expect(isDirected(directed.graph)).toBe(true);
  });

  it('reads d3: ends are positions, names are ids', async () => {
    const result = await read({
      nodes: [
        { name: 'Myriel', group: 1 },
        { name: 'Napoleon', group: 1 },
        { name: 'Valjean', group: 2 },
      ],
      links: [
        { source: 1, target: 0, value: 1 },
        { source: 2, target: 0, value: 8 },
      ],
    });
    expect(edgesOf(result.graph)).toEqual(['Napoleon edge Myriel', 'Valjean edge Myriel']);
    expect(cellsOf(nodeColumns(result), 'name')?.cells).toEqual(['Myriel', 'Napoleon', 'Valjean']);
    expect(cellsOf(nodeColumns(result), 'group')?.cells).toEqual(['1', '1', '2']);
  });

  it('reads d3: positions beside ids that are words, and nodes without any name', async () => {
    const named = await read({ nodes: [{ id: 'a' }, { id: 'b' }], links: [{ source: 0, target: 1 }] });
    expect(edgesOf(named.graph)).toEqual(['a edge b']);
    const bare = await read({ nodes: [{}, { g: 1 }], links: [{ source: 1, target: 0 }] });
    expect(edgesOf(bare.graph)).toEqual(['1 edge 0']);
  });

  it('takes numbers for ids where the ids are numbers', async () => {
    const { graph } = await read({
      nodes: [{ id: 1 }, { id: 2 }, { id: 0 }],
      links: [{ source: 0, target: 1 }],
    });
    expect(edgesOf(graph)).toEqual(['0 edge 1']);
    const text = await read({ nodes: [{ id: '1' }, { id: '0' }], links: [{ source: 0, target: 1 }] });
    expect(edgesOf(text.graph)).toEqual(['0 edge 1']);
  });

  it('reads d3 after a simulation: ends are the nodes themselves', async () => {
    const { graph } = await read({
      nodes: [
        { id: 'a', index: 0 },
        { id: 'b', index: 1 },
      ],
      links: [{ source: { id: 'b', index: 1 }, target: { id: 'a', index: 0 }, index: 0 }],
    });
    expect(edgesOf(graph)).toEqual(['b edge a']);
  });

  it('reads vis.js, nodes that are ids, and edges that are pairs', async () => {
    const vis = await read({
      nodes: [{ id: 1, label: 'x' }, { id: 2 }],
      edges: [{ from: 2, to: 1, arrows: 'to' }],
    });
    expect(edgesOf(vis.graph)).toEqual(['2 edge 1']);
    const pairs = await read({ nodes: ['a', 'b'], edges: [['a', 'b', { weight: 3 }]] });
    expect(edgesOf(pairs.graph)).toEqual(['a edge b']);
    expect(cellsOf(pairs.graph.edgeColumns, 'weight')?.cells).toEqual(['3']);
  });

  it('reads types, relations and direction edge by edge', async () => {
    const { graph } = await read({
      directed: false,
      nodes: [
        { id: 'u', node_type: 'user' },
        { id: 'i', node_type: 'item' },
      ],
      edges: [
        { source: 'u', target: 'i', relation: 'buys', directed: true },
        { source: 'u', target: 'u', relation: 'knows', directed: false },
      ],
    });
    expect(graph.nodeTypes.map(({ name }) => name)).toEqual(['user', 'item']);
    expect(graph.edgeTypes.relation.map((name, at) => [name, graph.edgeTypes.directed[at]])).toEqual([
      ['buys', 1],
      ['knows', 0],
    ]);
    expect(graph.edgeColumns).toEqual([]);
  });

  it('reads NaN as missing and keeps every digit of long ids', async () => {
    const { graph, report } = await readText(
      '{"nodes": [{"id": 12345678901234567890, "x": NaN}, {"id": 12345678901234567891, "x": 1}], "links": []}',
    );
    expect(nodeIdsOf(graph)).toEqual(['12345678901234567890', '12345678901234567891']);
    expect(report.notices.map(({ code, count }) => [code, count])).toEqual([
      ['json-not-finite', 1],
      ['json-long-integer', 2],
      ['no-edges', 1],
    ]);
  });

  it('takes __proto__ for a name like any other, and the last of repeated names', async () => {
    const { graph } = await readText(
      '{"nodes": [{"id": "x", "id": "__proto__", "__proto__": "p"}], "links": []}',
    );
    expect(nodeIdsOf(graph)).toEqual(['__proto__']);
    expect(graph.nodeTypes[0]?.columns.map(({ name }) => name)).toEqual(['__proto__']);
  });

  it('is recognised from its beginning, however long it is', async () => {
    const nodes = Array.from({ length: 5000 }, (_, id) => ({ id, name: `node number ${id}` }));
    const { graph, report } = await read({ nodes, links: [{ source: 0, target: 4999 }] });
    expect([report.formatId, numNodes(graph), numEdges(graph)]).toEqual(['node-link', 5000, 1]);
  });

  it('is previewed', async () => {
    const files = textFiles({
      'g.json': '{"nodes": [{"id": 1, "age": 5}], "links": [{"source": 1, "target": 1}]}',
    });
    const preview = await inspectFiles(files);
    expect(preview.tables.map(({ path, dialect, sampleRows }) => [path, dialect, sampleRows])).toEqual([
      ['g.json: nodes', 'JSON, nodes and links', [['1', '5']]],
      ['g.json: edges', 'JSON, nodes and links', [['1', '1']]],
    ]);
  });
});

describe('broken node-link JSON', () => {
  it('says line and column', async () => {
    expect(await failureOf(readText('{"nodes": [\n  {"id": 1},\n  {"id": 2}\n], "links": [}'))).toEqual({
      name: 'ParseError',
      code: 'json-syntax',
      message: "g.json line 4 column 14: expected a value or ']' but found '}'.",
      remedy: 'Correct the file there, or export it again.',
      details: { file: 'g.json', line: 4, column: 14 },
    });
  });

  it.each([
    [
      '{"nodes": [{"id": 1}',
      "g.json line 1 column 21: expected ',' or ']' but the file ends.",
      'json-syntax',
    ],
    ['{"a": 1}', 'g.json is JSON but holds no graph that this version knows.', 'unknown-json'],
    [
      '{"nodes": [{"id": 1}, {"x": 2}], "links": []}',
      "g.json nodes[1]: no 'id' that is text or a number.",
      'node-without-id',
    ],
    [
      '{"nodes": [{"id": 1}], "links": [{"source": 1, "target": 1}, {"source": 1}]}',
      "g.json links[1]: no 'target'.",
      'edge-without-end',
    ],
    [
      '{"nodes": [{"id": 1}], "links": [{"w": 1}]}',
      'g.json links[0]: names no two ends.',
      'edges-without-ends',
    ],
    ['{"nodes": 5, "links": []}', "g.json: 'nodes' is no list.", 'not-a-list'],
    [
      '{"nodes": [{"id": 1}], "adjacency": [[], []]}',
      'g.json adjacency[1]: expected the neighbours of node 2.',
      'bad-adjacency',
    ],
  ])('says what is wrong with %s', async (text, message, code) => {
    expect(await failureOf(readText(text))).toMatchObject({ name: 'ParseError', message, code });
  });

  it('refuses nesting bombs at once', async () => {
    const bomb = `{"nodes": ${'['.repeat(1_000_000)}`;
    expect(await failureOf(readText(bomb))).toMatchObject({ name: 'LimitError', code: 'json-too-deep' });
  });
});
