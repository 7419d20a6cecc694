import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Graph, numEdges, numNodes } from '../../core/graph.ts';
import { DEFAULT_IMPORT_LIMITS, DEFAULT_IMPORT_OPTIONS } from '../importTypes.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const DATASETS = path.resolve(process.cwd(), '../shared/datasets');
const HAS_SAMPLES = existsSync(DATASETS);

const read = (content: string | Uint8Array, name = 'a.net') =>
  importFiles(textFiles({ [name]: content }), DEFAULT_IMPORT_OPTIONS);
const readSample = (name: string) =>
  read(new Uint8Array(readFileSync(path.join(DATASETS, name))), path.basename(name));
const nodeCells = (graph: Graph, name: string) => cellsOf(graph.nodeTypes[0]?.columns ?? [], name);
const edgeCells = (graph: Graph, name: string) => cellsOf(graph.edgeColumns, name);
const typesOf = ({ edgeTypes }: Graph) =>
  edgeTypes.relation.map((relation, type) => `${relation} ${edgeTypes.directed[type] === 1 ? '->' : '--'}`);

describe('Pajek', () => {
  it('has vertices with coordinates, shape and parameters, arcs and edges with values', async () => {
    const { graph, report } = await read(
      `% comment
*Network "My network"
*Vertices 4
1 "&#1072; b" 0.1 0.2 0.5 box x_fact 2 ic Red bc Blue
 3 third 0.5 0.6 ellipse
2 "second" [1-3,5-*]
4 "fourth" triangle foo "a b"

*Arcs
1 2 -1.5 w 3 c Green l "to"
2 1
*Edges
3 4 2 [7]`,
      'graph.txt',
    );
    expect(report.formatId).toBe('pajek');
    expect(graph.name).toBe('My network');
    expect(nodeIdsOf(graph)).toEqual(['а b', 'second', 'third', 'fourth']);
    expect(edgesOf(graph)).toEqual(['а b edge second', 'second edge а b', 'third edge fourth']);
    expect(typesOf(graph)).toEqual(['edge ->', 'edge --']);
    expect(nodeCells(graph, 'number')).toEqual({ kind: 'i32', cells: ['1', '2', '3', '4'] });
    expect(nodeCells(graph, 'x')).toEqual({ kind: 'f32', cells: ['0.1', '', '0.5', ''] });
    expect(nodeCells(graph, 'z')?.cells).toEqual(['0.5', '', '', '']);
    expect(nodeCells(graph, 'shape')?.cells).toEqual(['box', '', 'ellipse', 'triangle']);
    expect(nodeCells(graph, 'size')?.cells).toEqual(['2', '', '', '']);
    expect(nodeCells(graph, 'viz_color')?.cells).toEqual(['Red', '', '', '']);
    expect(nodeCells(graph, 'bc')?.cells).toEqual(['Blue', '', '', '']);
    expect(nodeCells(graph, 'foo')?.cells).toEqual(['', '', '', 'a b']);
    expect(nodeCells(graph, 'interval')).toEqual({ kind: 'text', cells: ['', '[1-3,5-*]', '', ''] });
    expect(edgeCells(graph, 'weight')).toEqual({ kind: 'f32', cells: ['-1.5', '', '2'] });
    expect(edgeCells(graph, 'viz_color')?.cells).toEqual(['Green', '', '']);
    expect(edgeCells(graph, 'width')?.cells).toEqual(['3', '', '']);
    expect(edgeCells(graph, 'interval')).toEqual({ kind: 'text', cells: ['', '', '[7]'] });
    expect(report.notices).toEqual([]);
  });

  it('has relations, by section and by line', async () => {
    const { graph } = await read(
      '*Vertices 3\n*Arcs :1 "kinship"\n1 2 1\n*Edges :2\n2 3 1\n*Arcs\n1: 3 1 1\n7: 3 2 1\n*Arcslist :3 "list"\n1 2 3\n*Edgeslist\n3 1',
    );
    expect(nodeIdsOf(graph)).toEqual(['1', '2', '3']);
    expect(edgesOf(graph)).toEqual([
      '1 kinship 2',
      '3 kinship 1',
      '2 2 3',
      '3 7 2',
      '1 list 2',
      '1 list 3',
      '3 edge 1',
    ]);
    expect(typesOf(graph)).toEqual(['kinship ->', '2 --', '7 ->', 'list ->', 'edge --']);
  });

  it('has numbers for ids when labels are missing or repeated', async () => {
    const { graph } = await read('*Vertices 3\n1 "a"\n2 "a"\n3 "b"\n*Edges\n1 3');
    expect(nodeIdsOf(graph)).toEqual(['1', '2', '3']);
    expect(nodeCells(graph, 'label')?.cells).toEqual(['a', 'a', 'b']);
    expect(nodeCells((await read('*Vertices 2\n1 "a"\n')).graph, 'label')?.cells).toEqual(['a', '']);
  });

  it('gives partitions and vectors of a project to the nodes of its first network', async () => {
    const project = `*Network one.net\n*Vertices 2\n1 "a"\n2 "b"\n*Edges\n1 2
*Network two.net\n*Vertices 1\n1 "z"\n*Edges\n1 1
*Partition groups.clu [2] (2)\n*Vertices 2\n1\n2
*Partition other.clu\n*Vertices 1\n9
*Vector height.vec\n*Vertices 2\n0.5\n1.25\n*Permutation p.per\n*Vertices 2\n2\n1`;
    const { graph, report } = await read(project, 'a.paj');
    expect(nodeIdsOf(graph)).toEqual(['a', 'b']);
    expect(numEdges(graph)).toBe(1);
    expect(graph.nodeTypes[0]?.columns.map(({ name }) => name)).toEqual(['number', 'groups', 'height']);
    expect(nodeCells(graph, 'groups')?.cells).toEqual(['1', '2']);
    expect(nodeCells(graph, 'height')?.cells).toEqual(['0.5', '1.25']);
    expect(report.notices.map(({ message }) => message)).toEqual([
      'a.paj: 1 further network left out; the first is read.',
    ]);
  });

  it('mends what loses nothing and says so', async () => {
    const { graph, report } = await read('*Vertices 1\n1 "a" 0 0 box ic\n1 "b"\n*Edges\n1 1');
    expect(nodeIdsOf(graph)).toEqual(['a']);
    expect(report.notices.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['parameter-without-value', 'repeated-node']),
    );
  });

  it.each([
    ['*Vertices 2\n1\n3', "a.net line 3: '3' is no vertex number from 1 to 2.", 'unknown-vertex'],
    ['*Vertices 2\n*Edges\n1 0', "a.net line 3: '0' is no vertex number from 1 to 2.", 'unknown-vertex'],
    ['*Vertices 2\n*Arcs\n1', "a.net line 3: '' is no vertex number from 1 to 2.", 'unknown-vertex'],
    [
      '*Vertices 2\n*Arcslist\n1 2 -2',
      "a.net line 3: '-2' is no vertex number from 1 to 2.",
      'unknown-vertex',
    ],
    ['*Vertices many', "a.net line 1: '*Vertices' is followed by 'many'.", 'bad-syntax'],
    ['*Vertices 2 3', 'a.net line 1: the first mode has 3 of 2 vertices.', 'bad-syntax'],
    ['*Network x\n*Arcs\n1 2', "a.net line 2: '*arcs' stands before '*Vertices'.", 'no-vertices'],
    ['*Network x\n', "a.net line 1: there is no '*Vertices'.", 'no-vertices'],
    ['*Vertices 2\n*Matrix\n0 1\n', 'a.net line 3: the matrix ends after 1 of 2 rows.', 'ragged-row'],
    ['*Vertices 1\n*Matrix\n0\n1', 'a.net line 4: the matrix has more than 1 rows.', 'ragged-row'],
    ['*Vertices 1\n*Matrix\nx', "a.net line 3: the value 'x' of the matrix is no number.", 'bad-number'],
    ['*Vertices 1\n1 "a', 'a.net line 2: a quotation mark is not closed.', 'unclosed-quote'],
  ])('refuses %j', async (content, message, code) => {
    expect(await failureOf(read(content))).toMatchObject({ name: 'ParseError', message, code });
  });

  it('refuses more vertices than the limit before it makes them', async () => {
    const limits = { ...DEFAULT_IMPORT_LIMITS, maxNodes: 1000 };
    const files = textFiles({ 'a.net': '*Vertices 999999999999\n' });
    expect(await failureOf(importFiles(files, DEFAULT_IMPORT_OPTIONS, { limits }))).toMatchObject({
      name: 'LimitError',
      code: 'too-many-nodes',
      message: 'a.net line 1: there are more than 1,000 vertices.',
    });
  });

  it('is previewed', async () => {
    const preview = await inspectFiles(
      textFiles({ 'a.net': '*Vertices 2\n1 "a" 0 1\n2 "b" 1 1\n*Arcs\n1 2 3\n' }),
    );
    expect(preview.tables.map(({ sampleRows }) => sampleRows)).toEqual([
      [
        ['a', '1', '0', '1'],
        ['b', '2', '1', '1'],
      ],
      [['a', 'b', '3']],
    ]);
  });
});

describe.skipIf(!HAS_SAMPLES)('Pajek samples', () => {
  const IGRAPH = 'format-samples/igraph';
  it.each([
    ['classic-graphs/zachary.net', 34, 80, ['edge --']],
    [`${IGRAPH}/links.net`, 4, 7, ['edge ->']],
    [`${IGRAPH}/unit-links.net`, 4, 7, ['edge ->']],
    [`${IGRAPH}/unit-pajek1.net`, 10, 9, ['edge --']],
    [`${IGRAPH}/unit-pajek2.net`, 10, 9, ['edge --']],
    [`${IGRAPH}/unit-pajek3.net`, 10, 9, ['edge --']],
    [`${IGRAPH}/unit-pajek4.net`, 10, 9, ['edge --']],
    [`${IGRAPH}/unit-pajek5.net`, 10, 9, ['edge --']],
    [`${IGRAPH}/unit-pajek6.net`, 10, 9, ['edge ->']],
    [`${IGRAPH}/unit-pajek_arcslist.net`, 18, 55, ['edge ->']],
    [`${IGRAPH}/unit-pajek_edgeslist.net`, 3, 3, ['edge --']],
    [`${IGRAPH}/unit-pajek_bip.net`, 15, 25, ['edge --']],
    [`${IGRAPH}/unit-pajek_signed.net`, 10, 45, ['edge ->']],
    [`${IGRAPH}/unit-bipartite.net`, 13, 11, ['edge --']],
    [`${IGRAPH}/unit-utf8_with_bom.net`, 10, 6, ['edge --']],
  ])('%s has %i nodes and %i edges', async (name, nodes, edges, types) => {
    const { graph, report } = await readSample(name);
    expect(report.formatId).toBe('pajek');
    expect([numNodes(graph), numEdges(graph), typesOf(graph)]).toEqual([nodes, edges, types]);
  });

  it('have labels, colours and weights', async () => {
    const zachary = (await readSample('classic-graphs/zachary.net')).graph;
    expect(nodeCells(zachary, 'label')).toMatchObject({ kind: 'category' });
    expect(nodeCells(zachary, 'label')?.cells.filter((label) => label === '2')).toHaveLength(18);
    const links = (await readSample(`${IGRAPH}/unit-links.net`)).graph;
    expect(edgeCells(links, 'weight')?.cells).toEqual(['1', '1', '1', '-1', '1', '1', '-1']);
    expect(edgeCells(links, 'label')?.cells[0]).toBe('Bezier loop');
    const lines = (await readSample(`${IGRAPH}/unit-pajek1.net`)).graph;
    expect(nodeIdsOf(lines)[9]).toBe('Vert 10');
    expect(new Set(nodeCells(lines, 'viz_color')?.cells)).toEqual(new Set(['Green', 'Blue', 'Red']));
    const utf8 = (await readSample(`${IGRAPH}/unit-utf8_with_bom.net`)).graph;
    expect(nodeIdsOf(utf8).slice(0, 3)).toEqual(['Vlado', 'Андреј', 'Žnidaršič']);
    expect(nodeCells(utf8, 'foo')?.cells.slice(3, 6)).toEqual(['电脑', 'a b c', 'þæð']);
  });

  it('have modes and signs', async () => {
    const bipartite = (await readSample(`${IGRAPH}/unit-bipartite.net`)).graph;
    expect(nodeCells(bipartite, 'mode')?.cells.join('')).toBe('1111111122222');
    const signed = (await readSample(`${IGRAPH}/unit-pajek_signed.net`)).graph;
    expect(edgeCells(signed, 'weight')?.cells.filter((weight) => weight === '-1')).toHaveLength(10);
    expect(edgesOf(signed)[1]).toBe('S65 edge S39');
  });

  it('with a matrix of the wrong width are refused', async () => {
    expect(await failureOf(readSample(`${IGRAPH}/unit-pajek_bip2.net`))).toMatchObject({
      name: 'ParseError',
      code: 'ragged-row',
      message: 'unit-pajek_bip2.net line 18: row 1 of the matrix has 6 values instead of 5.',
      remedy: 'Write one line per row, with one value per column.',
    });
  });
});
