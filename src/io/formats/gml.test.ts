import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Graph, numEdges, numNodes } from '../../core/graph.ts';
import { findColumn } from '../../core/columns.ts';
import { DEFAULT_IMPORT_OPTIONS } from '../importTypes.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const DATASETS = path.resolve(process.cwd(), '../shared/datasets');
const HAS_SAMPLES = existsSync(DATASETS);

const read = (content: string | Uint8Array, name = 'a.gml') =>
  importFiles(textFiles({ [name]: content }), DEFAULT_IMPORT_OPTIONS);
const readSample = (name: string) =>
  read(new Uint8Array(readFileSync(path.join(DATASETS, name))), path.basename(name));
const nodeCells = (graph: Graph, name: string) => cellsOf(graph.nodeTypes[0]?.columns ?? [], name);
const edgeCells = (graph: Graph, name: string) => cellsOf(graph.edgeColumns, name);
const isDirected = (graph: Graph) => Array.from(graph.edgeTypes.directed, Boolean);

/** The example of the technical report, section 2, with its graphics. */
const REPORT = `
graph [ comment "This is a sample graph" directed 1 IsPlanar 1
  node [ id 1 label "Node 1" ]
  node [ id 2 label "Node 2" graphics [ x 10.5 y -2 w 30.0 h 40.0 type "oval" fill "#00FF00" ] ]
  node [ id 3 label "Node 3" ]
  edge [ source 1 target 2 label "Edge from node 1 to node 2" graphics [ fill "#FF0000" width 2 ] ]
  edge [ source 2 target 3 ]
]`;

describe('GML', () => {
  it('has ids, labels and graphics', async () => {
    const { graph, report } = await read(REPORT, 'graph.txt');
    expect(report.formatId).toBe('gml');
    expect(nodeIdsOf(graph)).toEqual(['Node 1', 'Node 2', 'Node 3']);
    expect(edgesOf(graph)).toEqual(['Node 1 edge Node 2', 'Node 2 edge Node 3']);
    expect(isDirected(graph)).toEqual([true]);
    expect(nodeCells(graph, 'label')).toBeNull();
    expect(nodeCells(graph, 'x')).toEqual({ kind: 'f32', cells: ['', '10.5', ''] });
    expect(nodeCells(graph, 'y')?.cells).toEqual(['', '-2', '']);
    expect(nodeCells(graph, 'size')?.cells).toEqual(['', '30', '']);
    expect(nodeCells(graph, 'viz_color')?.cells).toEqual(['', '#00FF00', '']);
    expect(nodeCells(graph, 'graphics.type')?.cells).toEqual(['', 'oval', '']);
    expect(edgeCells(graph, 'viz_color')?.cells).toEqual(['#FF0000', '']);
    expect(edgeCells(graph, 'graphics.width')?.cells).toEqual(['2', '']);
    expect(report.notices).toEqual([]);
  });

  it('keeps text that looks like numbers, long integers, entities and prototype names', async () => {
    const { graph } =
      await read(`Creator "x" Version 1 graph [ node [ id 0 zip "007" __proto__ 12345678901234567890 ]
      node [ id 1 zip "M&uuml;ller" constructor "c" ] ]`);
    expect(nodeCells(graph, 'zip')).toEqual({ kind: 'text', cells: ['007', 'Müller'] });
    expect(nodeCells(graph, '__proto__')?.cells).toEqual(['12345678901234567890', '']);
    expect(nodeCells(graph, 'constructor')?.cells).toEqual(['', 'c']);
  });

  it('keeps its numbers as ids where labels are not unique', async () => {
    const { graph } = await read('graph [ node [ id 1 label "x" ] node [ id 2 label "x" ] ]');
    expect(nodeIdsOf(graph)).toEqual(['1', '2']);
    expect(nodeCells(graph, 'label')?.cells).toEqual(['x', 'x']);
  });

  it('may tell the direction of single edges', async () => {
    const { graph } = await read(`graph [ directed 0 node [ id 1 ] node [ id 2 ]
      edge [ source 1 target 2 directed 1 ] edge [ source 2 target 1 ] edge [ source 2 target 2 directed "no" ] ]`);
    expect(edgesOf(graph)).toEqual(['1 edge 2', '2 edge 1', '2 edge 2']);
    expect(isDirected(graph)).toEqual([true, false]);
    expect(edgeCells(graph, 'directed')?.cells).toEqual(['', '', 'no']);
  });

  it('reads ISO 8859-1', async () => {
    const latin1 = Uint8Array.from('graph [ node [ id 1 label "Zürich" ] ]', (c) => c.charCodeAt(0));
    expect(nodeIdsOf((await read(latin1)).graph)).toEqual(['Zürich']);
  });

  it('makes vectors of repeated numbers, keeps the first of repeated strings, and says so', async () => {
    const { graph, report } = await read(
      'graph [ node [ id 1 v 1 v 2.5 s "a" s "b" x 7 graphics [ x 3 ] ] node [ id 2 v 3 v 4 ] ]',
    );
    const vector = findColumn(graph.nodeTypes[0]?.columns ?? [], 'v');
    expect(vector?.kind === 'vector' ? [...vector.values] : vector?.kind).toEqual([1, 2.5, 3, 4]);
    expect(nodeCells(graph, 's')?.cells).toEqual(['a', '']);
    expect(nodeCells(graph, 'x')?.cells).toEqual(['7', '']);
    expect(nodeCells(graph, 'graphics.x')?.cells).toEqual(['3', '']);
    expect(report.notices.map(({ code, message }) => [code, message])).toEqual([
      [
        'repeated-key',
        'a.gml: 1 value of keys that occur again in the same list left out; the first counts.',
      ],
      ['no-edges', 'The graph has no edges; models will learn from node attributes alone.'],
    ]);
  });

  it.each([
    [
      'graph [ node [ id 1 ]\nedge [ source 1 ] ]',
      'a.gml line 2: an edge has no target.',
      'edge-without-end',
    ],
    [
      'graph [\nnode [ id 1 ',
      "a.gml line 2: the list of 'node' is not closed before the end of the file.",
      'unclosed-list',
    ],
    [
      'graph [\n directed true ]',
      "a.gml line 2: the value 'true' of 'directed' is neither a number nor a string in quotes.",
      'bad-syntax',
    ],
    ['graph [ node [ id ] ]', "a.gml line 1: 'id' has no value.", 'bad-syntax'],
    ['graph [ 5 7 ]', "a.gml line 1: '5' stands where a key is expected.", 'bad-syntax'],
    ['graph [ ]\n]', "a.gml line 2: ']' closes nothing.", 'bad-syntax'],
    ['Creator "x"\nnode [ ]', "a.gml line 2: there is no 'graph [ … ]'.", 'no-graph'],
  ])('refuses %j', async (content, message, code) => {
    expect(await failureOf(read(content))).toMatchObject({
      name: 'ParseError',
      message,
      code,
      remedy: expect.stringMatching(/\.$/) as string,
    });
  });

  it('refuses lists that are nested without end', async () => {
    const bomb = `graph [ ${'a [ '.repeat(100_000)}`;
    expect(await failureOf(read(bomb))).toMatchObject({
      name: 'LimitError',
      code: 'too-deep',
      message: 'a.gml line 1: lists are nested more than 100 deep.',
    });
  });

  it('is previewed', async () => {
    const preview = await inspectFiles(textFiles({ 'a.gml': REPORT }));
    expect(preview.tables.map(({ columns }) => columns.map(({ name, kind }) => `${name} ${kind}`))).toEqual([
      [
        'id text',
        'label text',
        'x f32',
        'y i32',
        'size i32',
        'graphics.h i32',
        'graphics.type text',
        'viz_color text',
      ],
      ['source text', 'target text', 'label text', 'viz_color text', 'graphics.width i32'],
    ]);
  });
});

describe.skipIf(!HAS_SAMPLES)('GML samples', () => {
  it.each([
    ['classic-graphs/karate_gt.gml', 34, 78, false],
    ['classic-graphs/karate_igraph.gml', 34, 78, false],
    ['classic-graphs/football_gt.gml', 115, 613, false],
    ['classic-graphs/football_newman.gml', 115, 613, false],
    ['classic-graphs/polbooks_gt.gml', 105, 441, false],
    ['classic-graphs/polbooks_newman.gml', 105, 441, false],
    ['classic-graphs/celegansneural.gml', 297, 2359, true],
    ['classic-graphs/Power Grid.gml.gz', 4941, 6594, false],
    ['format-samples/igraph/weighted.gml', 2, 1, false],
  ])('%s has %i nodes and %i edges', async (name, nodes, edges, directed) => {
    const { graph, report } = await readSample(name);
    expect(report.formatId).toBe('gml');
    expect([numNodes(graph), numEdges(graph), isDirected(graph)]).toEqual([nodes, edges, [directed]]);
  });

  it('have communities and labels as attributes', async () => {
    const books = (await readSample('classic-graphs/polbooks_gt.gml')).graph;
    expect(nodeIdsOf(books)[2]).toBe("Charlie Wilson's War");
    expect(nodeCells(books, 'gt')?.kind).toBe('category');
    expect(new Set(nodeCells(books, 'gt')?.cells)).toEqual(new Set(['l', 'n', 'c']));
    const football = (await readSample('classic-graphs/football_gt.gml')).graph;
    expect(new Set(nodeCells(football, 'gt')?.cells).size).toBe(12);
  });

  it('have decimals', async () => {
    const { graph } = await readSample('format-samples/igraph/weighted.gml');
    expect(nodeCells(graph, 'value')).toEqual({ kind: 'f32', cells: ['1.23', '0.0000487'] });
    expect(edgeCells(graph, 'weight')).toEqual({ kind: 'f32', cells: ['-377.9'] });
  });

  it('of all oddities are read as igraph reads them', async () => {
    const { graph, report } = await readSample('format-samples/igraph/unit-graph1.gml');
    expect(nodeIdsOf(graph)).toEqual(['1', '2', '5']);
    expect(edgesOf(graph)).toEqual(['5 edge 1', '2 edge 5']);
    expect(isDirected(graph)).toEqual([true]);
    expect(nodeCells(graph, 'b')).toEqual({ kind: 'text', cells: ['2', 'asd', ''] });
    expect(nodeCells(graph, 'c.str')?.cells).toEqual(['', '', 'bar']);
    expect(nodeCells(graph, 'nan')?.cells).toEqual(['', 'foo', '']);
    expect(edgeCells(graph, 'label')?.cells).toEqual(['-0.45', 'Tom & Jerry\'s "friendship"']);
    expect(edgeCells(graph, 'sou_rce')?.cells).toEqual(['', '1']);
    expect(report.notices.map(({ code }) => code)).toEqual(['further-graphs']);
  });

  it('without ids are numbered', async () => {
    const { graph, report } = await readSample('format-samples/igraph/unit-graph2.gml');
    expect(nodeIdsOf(graph)).toEqual(['unnamed 1', 'unnamed 2', 'unnamed 3']);
    expect(nodeCells(graph, 'Foo')?.cells).toEqual(['', '', 'bar & baz']);
    expect(report.notices.map(({ message }) => message)).toEqual([
      "unit-graph2.gml: 'directed 2' is neither 0 nor 1: read as undirected.",
      'unit-graph2.gml: 3 nodes without an id, now numbered.',
      'The graph has no edges; models will learn from node attributes alone.',
    ]);
  });

  it('without nodes are refused', async () => {
    expect(await failureOf(readSample('format-samples/igraph/unit-graph3.gml'))).toMatchObject({
      name: 'InvalidGraphError',
      code: 'no-nodes',
    });
  });
});
