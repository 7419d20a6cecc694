import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Graph, numEdges, numNodes } from '../../core/graph.ts';
import { DEFAULT_IMPORT_LIMITS, DEFAULT_IMPORT_OPTIONS } from '../importTypes.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const SAMPLES = path.resolve(process.cwd(), '../shared/datasets/format-samples/igraph');
const HAS_SAMPLES = existsSync(SAMPLES);

const read = (content: string, name = 'a.dl') =>
  importFiles(textFiles({ [name]: content }), DEFAULT_IMPORT_OPTIONS);
const readSample = (name: string) => read(readFileSync(path.join(SAMPLES, name), 'utf8'), name);
const weightsOf = (graph: Graph) => cellsOf(graph.edgeColumns, 'weight')?.cells;
const pairsOf = (graph: Graph) => edgesOf(graph).map((edge) => edge.replace(' edge ', ' '));
const isDirected = (graph: Graph) => Array.from(graph.edgeTypes.directed, Boolean);

describe('UCINET DL', () => {
  it('has matrices with labels, values that wrap lines, and relations', async () => {
    const { graph, report } = await read(
      `dl n = 3, nm=2, format = fullmatrix
labels:
Sanders,"S. Smith"
T.Smith
matrix labels:
Marriage Friendship
data:
0 1 0
0.5 0
0 0 0 1
0 0 0   -2 0 0   0 0 3
`,
      'graph.txt',
    );
    expect(report.formatId).toBe('ucinet');
    expect(nodeIdsOf(graph)).toEqual(['Sanders', 'S. Smith', 'T.Smith']);
    expect(edgesOf(graph)).toEqual([
      'Sanders Marriage S. Smith',
      'S. Smith Marriage Sanders',
      'T.Smith Marriage T.Smith',
      'S. Smith Friendship Sanders',
      'T.Smith Friendship T.Smith',
    ]);
    expect(weightsOf(graph)).toEqual(['1', '0.5', '1', '-2', '3']);
    expect(isDirected(graph)).toEqual([true, true]);
    expect(report.notices.map(({ code }) => code)).toEqual(['self-loops']);
  });

  it('has halves of matrices, with and without diagonal: undirected', async () => {
    const lower = (await read('dl n=3 format=lowerhalf\ndata:\n1\n0 0\n1 1 0')).graph;
    expect([pairsOf(lower), isDirected(lower)]).toEqual([['1 1', '3 1', '3 2'], [false]]);
    const noDiagonal = (await read('dl n=3 format=lh diagonal=absent\ndata:\n1\n0 1')).graph;
    expect(pairsOf(noDiagonal)).toEqual(['2 1', '3 2']);
    const upper = (await read('dl n=3 nm=2 format=uh diagonal=absent data: 1 0\n1\n0 1 0')).graph;
    expect(edgesOf(upper)).toEqual(['1 1 2', '2 1 3', '1 2 3']);
    expect(pairsOf((await read('dl n=2 format=upperhalf\ndata:\n0 1\n1')).graph)).toEqual(['1 2', '2 2']);
  });

  it('has two modes: different nodes with a mode, undirected', async () => {
    const { graph } = await read('dl nr=2 nc=3\nrow labels: a,b\ncol labels: b,c d\ndata:\n1 0 1\n0 1 0');
    expect(nodeIdsOf(graph)).toEqual(['a', 'b', 'column b', 'c', 'd']);
    expect(pairsOf(graph)).toEqual(['a column b', 'a d', 'b c']);
    expect(cellsOf(graph.nodeTypes[0]?.columns ?? [], 'mode')?.cells).toEqual(['1', '1', '2', '2', '2']);
    expect(isDirected(graph)).toEqual([false]);
    const embedded = (await read('dl nr=2, nc=2 labels embedded data:\nx y\na 1 0\nx 1 2')).graph;
    expect(nodeIdsOf(embedded)).toEqual(['x', 'y', 'a', 'row x']);
    expect(pairsOf(embedded)).toEqual(['a x', 'row x x', 'row x y']);
    const list = (await read('dl nr=2 nc=2 format=edgelist2\ndata:\n1 2 5\n2 1')).graph;
    expect(pairsOf(list)).toEqual(['row 1 column 2', 'row 2 column 1']);
    const neighbours = (await read('dl nr=2 nc=2 format=nl2 labels embedded:\ndata:\na x y\nb y')).graph;
    expect(pairsOf(neighbours)).toEqual(['a x', 'a y', 'b y']);
  });

  it('has lists per relation, separated by !', async () => {
    const { graph } = await read('dl n=3 nm=2 format=nodelist1\ndata:\n1 2 3\n!\n3 1\n');
    expect(edgesOf(graph)).toEqual(['1 1 2', '1 1 3', '3 2 1']);
  });

  it('says when the data name another number of nodes than the header', async () => {
    const { graph, report } = await read('dl n=2 format=edgelist1\nlabels embedded\ndata:\na b\nb c');
    expect(numNodes(graph)).toBe(3);
    expect(report.notices.map(({ message }) => message)).toEqual([
      'a.dl: the header says 2 nodes, the data name 3.',
    ]);
  });

  it.each([
    ['hello', "a.dl line 1: the file does not begin with 'dl'.", 'no-dl'],
    ['dl n=2\nlabels:\na b', "a.dl line 3: there is no 'data:'.", 'no-data'],
    ['dl format=fm\ndata:', 'a.dl line 2: the header does not say how many nodes there are.', 'no-size'],
    ['dl n=x\ndata:', "a.dl line 2: n is 'x' instead of a number.", 'bad-syntax'],
    [
      'dl n=2 format=blockmatrix\ndata:',
      "a.dl line 2: the format 'blockmatrix' is not read.",
      'unknown-dl-format',
    ],
    ['dl n=2\nfoo', "a.dl line 2: 'foo' is no part of a DL header.", 'bad-syntax'],
    ['dl n=1\nlabels: a b\ndata:', 'a.dl line 3: there are 2 labels for 1 nodes.', 'too-many-labels'],
    ['dl n=2\nlabels: a a\ndata:', "a.dl line 3: the label 'a' occurs twice.", 'repeated-label'],
    ['dl n=2\ndata:\n0 1\n1', 'a.dl line 4: the data end in row 2 of 2, before column 2.', 'too-few-values'],
    ['dl n=1\ndata:\n0 1', "a.dl line 3: '1' is one value more than 1 rows of 1 hold.", 'too-many-values'],
    ['dl n=1\ndata:\nx', "a.dl line 3: the value 'x' is no number.", 'bad-number'],
    ['dl n=2 format=el1\ndata:\n1 3', "a.dl line 3: '3' is no number from 1 to 2.", 'unknown-node'],
    [
      'dl n=2 format=el1\ndata:\n1',
      'a.dl line 3: two ends and perhaps a value are expected, not 1 words.',
      'bad-syntax',
    ],
    [
      'dl n=2 labels embedded\ndata:\na b\na 0 1\nc 0 0',
      "a.dl line 5: the row 'c' is no column.",
      'unknown-node',
    ],
    [
      'dl n=2 labels embedded\ndata:\na a',
      "a.dl line 3: the label 'a' is not that of column 2.",
      'repeated-label',
    ],
    [
      'dl n=2 nm=2 labels embedded\ndata:',
      'a.dl line 2: labels are embedded in several matrices.',
      'embedded-labels',
    ],
    ['dl n=2 nm=99999\ndata:', 'a.dl line 2: nm is more than 10,000.', 'bad-syntax'],
  ])('refuses %j', async (content, message, code) => {
    expect(await failureOf(read(content))).toMatchObject({ name: 'ParseError', message, code });
  });

  it('refuses more nodes than the limit before it makes them', async () => {
    const limits = { ...DEFAULT_IMPORT_LIMITS, maxNodes: 1000 };
    const files = textFiles({ 'a.dl': 'dl nr=999 nc=999\ndata:\n' });
    expect(await failureOf(importFiles(files, DEFAULT_IMPORT_OPTIONS, { limits }))).toMatchObject({
      name: 'LimitError',
      message: 'a.dl says that it has more than 1,000 nodes.',
    });
  });

  it('is previewed', async () => {
    const preview = await inspectFiles(textFiles({ 'a.dl': 'dl n=2\ndata:\n0 1\n0 0' }));
    expect(preview.tables.map(({ sampleRows }) => sampleRows)).toEqual([[['1'], ['2']], [['1', '2', '1']]]);
  });
});

describe.skipIf(!HAS_SAMPLES)('UCINET samples', () => {
  const SYMMETRIC = [
    'barry david',
    'barry lin',
    'barry pat',
    'david barry',
    'david russ',
    'lin barry',
    'lin pat',
    'pat barry',
    'pat lin',
    'pat russ',
    'russ david',
    'russ pat',
  ];
  const FRIENDS = ['george', 'sally', 'jim', 'billy', 'jane'];
  const LIST = ['george sally', 'george jim', 'sally jim', 'jim george', 'billy jim'];
  const EMBEDDED = ['george sally', 'george jim', 'sally jim', 'billy george', 'jane jim'];

  it.each([
    ['edgelist1.dl', FRIENDS, LIST, undefined],
    ['edgelist2.dl', FRIENDS, EMBEDDED, undefined],
    ['edgelist3.dl', FRIENDS, EMBEDDED, undefined],
    ['edgelist4.dl', FRIENDS, LIST, ['', '-1', '', '-1', '']],
    ['edgelist5.dl', FRIENDS, EMBEDDED, ['0.1', '0.5', '', '1', '']],
    ['edgelist6.dl', FRIENDS, EMBEDDED, ['', '2', '', '1', '0.00001']],
    ['edgelist7.dl', ['1', '2', '3', '4'], ['1 2', '2 3', '2 4'], undefined],
    ['fullmatrix2.dl', ['barry', 'david', 'lin', 'pat', 'russ'], SYMMETRIC, SYMMETRIC.map(() => '1')],
    ['fullmatrix3.dl', ['barry', 'david', 'lin', 'pat', 'russ'], SYMMETRIC, SYMMETRIC.map(() => '1')],
    ['nodelist1.dl', FRIENDS, LIST, undefined],
    ['nodelist2.dl', FRIENDS, EMBEDDED, undefined],
  ])('%s', async (name, ids, pairs, weights) => {
    const { graph } = await readSample(name);
    // Embedded labels are nodes in the order in which the data name them.
    expect([...nodeIdsOf(graph)].sort()).toEqual([...ids].sort());
    expect([...pairsOf(graph)].sort()).toEqual([...pairs].sort());
    expect(isDirected(graph)).toEqual([true]);
    expect(weightsOf(graph)).toEqual(weights);
  });

  it('fullmatrix1.dl and fullmatrix4.dl, whose rows are named in other cases than its columns', async () => {
    const plain = (await readSample('fullmatrix1.dl')).graph;
    expect([nodeIdsOf(plain), numEdges(plain)]).toEqual([['1', '2', '3', '4', '5'], 12]);
    const named = (await readSample('fullmatrix4.dl')).graph;
    expect(nodeIdsOf(named)).toEqual(['larry', 'david', 'lin', 'pat', 'russ']);
    expect(pairsOf(named)).toContain('pat russ');
    expect(numEdges(named)).toBe(12);
  });

  it('unit-input.dl has labels of both sides', async () => {
    const { graph, report } = await readSample('unit-input.dl');
    const text = readFileSync(path.join(SAMPLES, 'unit-input.dl'), 'utf8');
    const lines = text.split('data:')[1]?.trim().split('\n') ?? [];
    const names = new Set(lines.flatMap((line) => line.split(' ')));
    expect([numNodes(graph), numEdges(graph)]).toEqual([names.size, lines.length]);
    expect(report.notices.map(({ code }) => code)).toEqual(names.size === 66 ? [] : ['other-node-count']);
  });
});
