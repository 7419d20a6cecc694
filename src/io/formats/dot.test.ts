import { describe, expect, it } from 'vitest';
import type { Graph } from '../../core/graph.ts';
import { DEFAULT_IMPORT_OPTIONS } from '../importTypes.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const read = (content: string, name = 'a.dot') =>
  importFiles(textFiles({ [name]: content }), DEFAULT_IMPORT_OPTIONS);
const nodeCells = (graph: Graph, name: string) => cellsOf(graph.nodeTypes[0]?.columns ?? [], name);
const edgeCells = (graph: Graph, name: string) => cellsOf(graph.edgeColumns, name);
const pairsOf = (graph: Graph) => edgesOf(graph).map((edge) => edge.replace(' edge ', ' '));

describe('DOT', () => {
  it('has chains, attributes of nodes and edges, and scoped defaults', async () => {
    const { graph, report } = await read(
      `digraph "My graph" {
  rankdir=LR; size="8,5"
  graph [label="x"];
  node [shape=circle, weight=1];
  a [label="Alpha\\nbeta", color=red; bold];
  edge [weight=2]
  a -> b -> c [weight=5];
  subgraph { node [shape=box]; edge [weight=7]; d; c -> d }
  d -> e; a [color=blue]
}`,
      'graph.txt',
    );
    expect(report.formatId).toBe('dot');
    expect(graph.name).toBe('My graph');
    expect(nodeIdsOf(graph)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(pairsOf(graph)).toEqual(['a b', 'b c', 'c d', 'd e']);
    expect([...graph.edgeTypes.directed]).toEqual([1]);
    expect(nodeCells(graph, 'shape')?.cells).toEqual(['circle', 'circle', 'circle', 'box', 'circle']);
    expect(nodeCells(graph, 'label')?.cells).toEqual(['Alpha\nbeta', '', '', '', '']);
    expect(nodeCells(graph, 'color')?.cells).toEqual(['blue', '', '', '', '']);
    expect(nodeCells(graph, 'bold')).toEqual({ kind: 'bool', cells: ['true', '', '', '', ''] });
    expect(edgeCells(graph, 'weight')).toEqual({ kind: 'i32', cells: ['5', '5', '7', '2'] });
    expect(report.notices).toEqual([]);
  });

  it('has subgraphs as ends: an edge for every pair', async () => {
    const { graph } = await read(
      'graph { a -- {b c} -- subgraph S { d; e -- b }; {} -- z; subgraph S {} -- y }',
    );
    expect(pairsOf(graph)).toEqual(
      ['e b'].concat(['a b', 'a c', 'b d', 'b e', 'b b', 'c d', 'c e', 'c b'], ['d y', 'e y', 'b y']),
    );
    expect(nodeIdsOf(graph)).toEqual(['a', 'b', 'c', 'd', 'e', 'z', 'y']);
    expect([...graph.edgeTypes.directed]).toEqual([0]);
  });

  it('has clusters, positions, ports, fills and HTML', async () => {
    const { graph } = await read(`digraph {
      node [label="\\N"]
      subgraph cluster_0 { a; subgraph cluster_in { b [pos="1.5,-2!"] } }
      subgraph cluster_1 { a -> c:out:n }
      a [pos="3,4,5", fillcolor="#ff0000"]; d [label=<<b>D</b> &amp;>]; e [label="\\N is \\\\ e"]
      c:w -> d
    }`);
    expect(nodeIdsOf(graph)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(nodeCells(graph, 'cluster')?.cells).toEqual(['cluster_0', 'cluster_in', 'cluster_1', '', '']);
    expect(nodeCells(graph, 'x')).toEqual({ kind: 'f32', cells: ['3', '1.5', '', '', ''] });
    expect(nodeCells(graph, 'y')?.cells).toEqual(['4', '-2', '', '', '']);
    expect(nodeCells(graph, 'z')?.cells).toEqual(['5', '', '', '', '']);
    expect(nodeCells(graph, 'viz_color')?.cells[0]).toBe('#ff0000');
    expect(nodeCells(graph, 'label')?.cells).toEqual(['', '', '', '<b>D</b> &amp;', 'e is \\ e']);
    expect(edgeCells(graph, 'headport')?.cells).toEqual(['out:n', '']);
    expect(edgeCells(graph, 'tailport')?.cells).toEqual(['', 'w']);
  });

  it('merges repeated edges of strict graphs only', async () => {
    const edges = '{ a -- b [w=1]; b -- a [w=2]; a -- a; a -- a }';
    const strict = await read(`strict graph ${edges}`);
    expect(pairsOf(strict.graph)).toEqual(['a b', 'a a']);
    expect(edgeCells(strict.graph, 'w')?.cells).toEqual(['2', '']);
    expect(strict.report.notices.map(({ message }) => message)).toContain(
      'a.dot: 2 repeated edges of a strict graph merged into the first.',
    );
    expect((await read(`graph ${edges}`)).graph.source).toHaveLength(4);
    const directed = await read(`strict digraph ${edges.replaceAll('--', '->')}`);
    expect(pairsOf(directed.graph)).toEqual(['a b', 'b a', 'a a']);
  });

  it('reads the first of several graphs and says so', async () => {
    const { graph, report } = await read('graph { a -- b }\ngraph { c -- d }', 'a.gv');
    expect(nodeIdsOf(graph)).toEqual(['a', 'b']);
    expect(report.notices.map(({ message }) => message)).toEqual([
      'a.gv: what follows the first graph is left out.',
    ]);
  });

  it('takes any name for an id or attribute', async () => {
    const { graph } = await read(
      'graph { "node" -- "a -- b" -- __proto__ -- -1.5 [constructor=x]; node [node=1] }',
    );
    expect(nodeIdsOf(graph)).toEqual(['node', 'a -- b', '__proto__', '-1.5']);
    expect(edgeCells(graph, 'constructor')?.cells).toEqual(['x', 'x', 'x']);
  });

  it.each([
    ['digraph {\na -- b }', "a.dot line 2: '--' stands in a digraph.", 'wrong-edge-operator'],
    ['graph { a ->\nb }', "a.dot line 1: '->' stands in a graph.", 'wrong-edge-operator'],
    ['digraph {\na -> }', "a.dot line 2: '}' stands where a node or subgraph is expected.", 'bad-syntax'],
    ['digraph {\n { a -> b', "a.dot line 2: '{' is not closed before the end of the file.", 'unclosed-list'],
    ['digraph { a [x=] }', "a.dot line 1: ']' stands where a name or value is expected.", 'bad-syntax'],
    [
      'digraph { a [x=1',
      'a.dot line 1: the end of the file stands where a name or value is expected.',
      'bad-syntax',
    ],
    ['digraph { node -> b }', "a.dot line 1: '->' stands where '[' after 'node' is expected.", 'bad-syntax'],
    ['graph G\n[ a ]', "a.dot line 2: '[' stands where '{' is expected.", 'bad-syntax'],
    ['hello', "a.dot line 1: 'hello' stands where 'graph' or 'digraph' is expected.", 'bad-syntax'],
  ])('refuses %j', async (content, message, code) => {
    expect(await failureOf(read(content))).toMatchObject({ name: 'ParseError', message, code });
  });

  it.each([
    ['nested subgraphs', `graph ${'{'.repeat(100_000)}`, 'too-deep'],
    [
      'edges between subgraphs',
      `graph { subgraph S { ${Array.from({ length: 3000 }, (_, at) => `n${at}`).join(' ')} } -- subgraph S {} }`,
      'too-many-edges',
    ],
    [
      'multiplying defaults',
      `graph { node [${Array.from({ length: 20_000 }, (_, at) => `a${at}=1`).join(' ')}] ${Array.from({ length: 3000 }, (_, at) => `n${at}`).join(' ')} }`,
      'too-many-values',
    ],
  ])('refuses a bomb of %s', async (_, content, code) => {
    expect(await failureOf(read(content))).toMatchObject({ name: 'LimitError', code });
  });

  it('is previewed with nodes and edges', async () => {
    const preview = await inspectFiles(textFiles({ 'a.dot': 'digraph { a -> b [w=2]; a [k=1] }' }));
    expect(preview.tables.map(({ sampleRows }) => sampleRows)).toEqual([
      [
        ['a', '1'],
        ['b', ''],
      ],
      [['a', 'b', '2']],
    ]);
  });
});
