import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findColumn } from '../../core/columns.ts';
import { type Graph, numEdges, numNodes } from '../../core/graph.ts';
import { DEFAULT_IMPORT_OPTIONS } from '../importTypes.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const DATASETS = path.resolve(process.cwd(), '../shared/datasets');
const HAS_SAMPLES = existsSync(DATASETS);

const read = (content: string | Uint8Array, name = 'a.gexf') =>
  importFiles(textFiles({ [name]: content }), DEFAULT_IMPORT_OPTIONS);
const readSample = (name: string) =>
  read(new Uint8Array(readFileSync(path.join(DATASETS, name))), path.basename(name));
const nodeCells = (graph: Graph, name: string) => cellsOf(graph.nodeTypes[0]?.columns ?? [], name);
const nodeNames = (graph: Graph) => (graph.nodeTypes[0]?.columns ?? []).map((column) => column.name);
const edgeCells = (graph: Graph, name: string) => cellsOf(graph.edgeColumns, name);
const isDirected = (graph: Graph) => Array.from(graph.edgeTypes.directed, Boolean);
const total = (graph: Graph, name: string) =>
  (edgeCells(graph, name)?.cells ?? []).reduce((sum, cell) => sum + Number(cell), 0);
const document = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">${content}</gexf>`;

/** The data example of the primer (https://gexf.net/data.html), shortened. */
const PRIMER = document(`
  <meta lastmodifieddate="2009-03-20"><creator>Gephi.org</creator><description>A Web network</description></meta>
  <graph defaultedgetype="directed">
    <attributes class="node">
      <attribute id="0" title="url" type="string"/>
      <attribute id="1" title="indegree" type="float"/>
      <attribute id="2" title="frog" type="boolean"><default>true</default><options>true|false</options></attribute>
    </attributes>
    <nodes>
      <node id="0" label="Gephi"><attvalues><attvalue for="0" value="https://gephi.org"/><attvalue for="1" value="1"/></attvalues></node>
      <node id="1" label="BarabasiLab"><attvalues><attvalue for="1" value="2.5"/><attvalue for="2" value="false"/></attvalues></node>
    </nodes>
    <edges><edge id="0" source="0" target="1"/></edges>
  </graph>`);

describe('gexf', () => {
  it('reads the example of the primer: labels, types, defaults', async () => {
    const { graph, report } = await read(PRIMER);
    expect(graph.name).toBe('A Web network');
    expect(nodeIdsOf(graph)).toEqual(['0', '1']);
    expect(isDirected(graph)).toEqual([true]);
    expect(nodeCells(graph, 'label')).toEqual({ kind: 'text', cells: ['Gephi', 'BarabasiLab'] });
    expect(nodeCells(graph, 'url')?.cells).toEqual(['https://gephi.org', '']);
    expect(nodeCells(graph, 'indegree')).toEqual({ kind: 'f32', cells: ['1', '2.5'] });
    expect(nodeCells(graph, 'frog')).toEqual({ kind: 'bool', cells: ['true', 'false'] });
    expect(edgeCells(graph, 'weight')).toBeNull();
    expect(report.notices).toEqual([]);
  });

  it('is previewed', async () => {
    const preview = await inspectFiles(textFiles({ 'a.gexf': PRIMER }));
    expect(preview.formatId).toBe('gexf');
    expect(preview.tables.map(({ sampleRows }) => sampleRows[0])).toEqual([
      ['0', 'Gephi', 'https://gephi.org', '1', ''],
      ['0', '1', '0'],
    ]);
  });

  it('reads every type; lists of numbers become vectors, however they are written', async () => {
    const types = [
      'integer',
      'long',
      'double',
      'float',
      'boolean',
      'string',
      'liststring',
      'anyURI',
      'date',
      'listfloat',
      'listinteger',
    ];
    const values = [
      '1',
      '12345678901',
      '0.1',
      '2',
      '1',
      '01',
      'a|b',
      'urn:x',
      '2012-09-12',
      '[1, 2.5]',
      '3|4',
    ];
    const declared = types.map((type) => `<attribute id="${type}" title="${type}" type="${type}"/>`);
    const given = types.map((type, at) => `<attvalue for="${type}" value="${values[at]}"/>`);
    const { graph } = await read(
      document(`<graph><attributes class="node">${declared.join('')}</attributes>
        <nodes><node id="a"><attvalues>${given.join('')}</attvalues></node></nodes></graph>`),
    );
    expect(types.map((type) => nodeCells(graph, type)?.kind)).toEqual([
      'i32',
      'f64',
      'f64',
      'f32',
      'bool',
      'text',
      'text',
      'text',
      'date',
      'vector',
      'vector',
    ]);
    expect(nodeCells(graph, 'string')?.cells).toEqual(['01']);
    const list = findColumn(graph.nodeTypes[0]?.columns ?? [], 'listinteger');
    expect(list?.kind === 'vector' ? [...list.values] : null).toEqual([3, 4]);
  });

  it('weighs edges 1 that say no weight, once another does', async () => {
    const edges = (weight: string): string =>
      document(
        `<graph><edges><edge source="a" target="b"/><edge source="b" target="c" ${weight}/><edge source="c" target="a"/></edges></graph>`,
      );
    const { graph } = await read(edges('weight="2.5"'));
    expect(edgeCells(graph, 'weight')).toEqual({ kind: 'f32', cells: ['1', '2.5', '1'] });
    expect(isDirected(graph)).toEqual([false]);
    expect(edgeCells((await read(edges(''))).graph, 'weight')).toBeNull();
  });

  it('keeps direction, kind and label of each edge; a mutual edge is two', async () => {
    const { graph, report } = await read(
      document(`<graph defaultedgetype="undirected"><edges>
        <edge id="1" source="a" target="b" kind="likes" label="x"/><edge id="2" source="b" target="c" type="directed" kind="likes"/>
        <edge id="3" source="a" target="c" type="mutual"/><edge id="4" source="a" target="d" type="dir"/>
        <edge id="5" source="d" target="d" type="zigzag"/></edges></graph>`),
    );
    const types = graph.edgeTypes.relation.map((name, type) => [
      name,
      Boolean(graph.edgeTypes.directed[type]),
    ]);
    expect(types).toEqual([
      ['likes', false],
      ['likes', true],
      ['edge', true],
      ['edge', false],
    ]);
    expect(edgesOf(graph)).toEqual([
      'a likes b',
      'b likes c',
      'a edge c',
      'c edge a',
      'a edge d',
      'd edge d',
    ]);
    expect(edgeCells(graph, 'label')?.cells).toEqual(['x', '', '', '', '', '']);
    expect(edgeCells(graph, 'id')?.cells).toEqual(['1', '2', '3', '3', '4', '5']);
    expect(report.notices.filter(({ code }) => code !== 'self-loops')).toMatchObject([
      { code: 'unknown-edge-type', count: 1, examples: [{ line: 5, text: 'zigzag' }] },
      { code: 'mutual-edges', count: 1, message: 'a.gexf: 1 mutual edge became two directed edges each.' },
    ]);
  });

  it('turns drawing into attributes', async () => {
    const { graph, report } = await read(
      document(`<graph><nodes>
        <node id="a"><viz:color r="239" g="173" b="66" a="0.6"/><viz:position x="15.5" y="40" z="-1"/><viz:size value="2"/><viz:shape value="disc"/></node>
        <node id="b"><viz:color hex="#FF7700"/></node><node id="c"><viz:color r="300" g="0" b="0"/></node></nodes>
        <edges><edge source="a" target="b"><viz:thickness value="2.5"/><viz:shape value="dotted"/></edge></edges></graph>`),
    );
    expect(nodeNames(graph)).toEqual(['viz_color', 'x', 'y', 'z', 'size', 'viz_shape']);
    expect(nodeCells(graph, 'viz_color')?.cells).toEqual(['#efad4299', '#FF7700', '']);
    expect(nodeCells(graph, 'x')).toEqual({ kind: 'f32', cells: ['15.5', '', ''] });
    expect(nodeCells(graph, 'size')?.cells).toEqual(['2', '', '']);
    expect(edgeCells(graph, 'viz_thickness')?.cells).toEqual(['2.5']);
    expect(report.notices).toMatchObject([{ code: 'colours-left-out', count: 1, examples: [{ line: 4 }] }]);
  });

  it('keeps time as start and end; of several values of an attribute the last', async () => {
    const { graph, report } = await read(
      document(`<graph mode="dynamic" timeformat="date"><attributes class="node" mode="dynamic"><attribute id="p" title="price" type="float"/></attributes>
        <nodes><node id="a" start="2009-01-01" end="2009-03-01"><attvalues><attvalue for="p" value="1" end="2009-02-01"/>
        <attvalue for="p" value="2" start="2009-02-01"/></attvalues></node>
        <node id="b"><spells><spell start="2009-01-05" end="2009-01-10"/><spell start="2009-02-01" endopen="2009-02-20"/></spells></node></nodes><edges><edge source="a" target="b"/></edges></graph>`),
    );
    expect(nodeCells(graph, 'start')).toMatchObject({ kind: 'date' });
    expect(nodeCells(graph, 'end')?.cells.map((cell) => cell.slice(0, 10))).toEqual([
      '2009-03-01',
      '2009-02-20',
    ]);
    expect(nodeCells(graph, 'price')?.cells).toEqual(['2', '']);
    expect(report.notices.map(({ code, count, examples }) => [code, count, examples[0]?.line])).toEqual([
      ['repeated-value', 1, 4],
      ['spells-joined', 1, 5],
    ]);
  });

  it('names the parent of nested nodes, of pid and of phylogenies', async () => {
    const { graph, report } = await read(
      document(`<graph><nodes><node id="a"><nodes><node id="b"><nodes><node id="c"/></nodes></node></nodes>
        <edges><edge source="b" target="c"/></edges></node><node id="d" pid="a"/>
        <node id="e"><parents><parent for="c"/><parent for="d"/></parents></node></nodes></graph>`),
    );
    expect(nodeIdsOf(graph)).toEqual(['c', 'b', 'a', 'd', 'e']);
    expect(nodeCells(graph, 'parent')?.cells).toEqual(['b', 'a', '', 'a', 'c']);
    expect(edgesOf(graph)).toEqual(['b edge c']);
    expect(report.notices.map(({ code, count }) => [code, count])).toEqual([
      ['parents-left-out', 1],
      ['nested-nodes', 2],
    ]);
  });

  it('keeps a declared label beside another one of the format, and once where they agree', async () => {
    const { graph } = await read(
      document(`<graph><attributes class="node"><attribute id="0" title="label" type="string"/></attributes><nodes>
        <node id="a" label="A"><attvalues><attvalue for="0" value="A"/></attvalues></node>
        <node id="b" label="B"><attvalues><attvalue for="0" value="other"/></attvalues></node><node id="c" label="C"/></nodes></graph>`),
    );
    expect(nodeCells(graph, 'label')?.cells).toEqual(['A', 'other', 'C']);
    expect(nodeCells(graph, 'label_2')?.cells).toEqual(['', 'B', '']);
  });
});

describe('broken gexf', () => {
  it.each([
    ['<graph><nodes>\n<node label="x"/></nodes></graph>', 3, 'a <node> without an id.', 'missing-id'],
    ['<graph><edges>\n<edge target="x"/></edges></graph>', 3, 'an <edge> without a source.', 'missing-end'],
    [
      '<graph><nodes><node id="a"><attvalues>\n<attvalue value="x"/></attvalues></node></nodes></graph>',
      3,
      'an <attvalue> without a for.',
      'incomplete-value',
    ],
    [
      '<graph><nodes><node id="a"><attvalues>\n<attvalue for="x"/></attvalues></node></nodes></graph>',
      3,
      'an <attvalue> without a value.',
      'incomplete-value',
    ],
    [
      '<graph>\n<attributes><attribute type="string"/></attributes></graph>',
      3,
      'an <attribute> without an id.',
      'missing-id',
    ],
    ['<meta/>', 1, 'the file has no <graph> element.', 'no-graph'],
    [
      '<graph>\n<nodes><node id="a&b"/></nodes></graph>',
      3,
      'a & that starts no entity.',
      'xml-entity-unknown',
    ],
  ])('%j', async (content, line, what, code) => {
    const failure = await failureOf(read(document(content)));
    expect(failure).toMatchObject({
      name: 'ParseError',
      code,
      message: `a.gexf line ${line}: ${what}`,
      details: { file: 'a.gexf', line },
    });
    expect(failure.remedy).toMatch(/\.$/);
  });
});

describe.skipIf(!HAS_SAMPLES)('samples of gexf (skipped without ../shared/datasets)', () => {
  const sample = (name: string) => readSample(`format-samples/gexf/graphology/${name}.gexf`);

  it('basic and basic_formatted', async () => {
    const { graph } = await sample('basic');
    expect([graph.name, isDirected(graph), edgesOf(graph)]).toEqual([
      'Basic Graph',
      [true, false],
      ['John edge Suzy', 'John edge Suzy'],
    ]);
    expect(nodeCells(graph, 'mixed')).toEqual({ kind: 'text', cells: ['45', 'hello'] });
    expect(nodeCells(graph, 'male')).toEqual({ kind: 'bool', cells: ['false', 'true'] });
    expect(nodeCells(graph, 'viz_color')?.cells).toEqual(['#ea220c99', '#cccccc']);
    expect(nodeCells(graph, 'viz_shape')?.cells).toEqual(['circle', '']);
    expect(edgeCells(graph, 'weight')?.cells).toEqual(['456', '1']);
    expect(edgeCells(graph, 'set')?.cells).toEqual(['truc|machin', '']);
    const formatted = await sample('basic_formatted');
    expect(nodeCells(formatted.graph, 'label')?.cells).toEqual([
      '(Node) - Suzy, Ghost',
      '(Node) - John, Appleseed',
    ]);
    expect(edgeCells(formatted.graph, 'weight')?.cells).toEqual(['228', '1']);
  });

  it('case', async () => {
    const { graph } = await sample('case');
    expect([graph.name, numNodes(graph), numEdges(graph)]).toEqual(['Survey One', 10, 20]);
    expect(nodeCells(graph, 'Gender')).toMatchObject({ kind: 'category' });
    expect(nodeCells(graph, 'Gender')?.cells.slice(4, 7)).toEqual(['Female', 'Male', 'Male']);
    expect(edgeCells(graph, 'Q1')?.cells[0]).toBe('true');
  });

  it('data, edge_data and liststring', async () => {
    const data = await sample('data');
    expect(nodeCells(data.graph, 'frog')?.cells).toEqual(['true', 'true', 'true', 'false']);
    expect(nodeCells(data.graph, 'indegree')?.cells).toEqual(['1', '2', '1', '1']);
    const edges = await sample('edge_data');
    // A predicate is the relation of an edge.
    expect(edges.graph.edgeTypes.relation).toEqual(['likes', 'owns', 'knows']);
    expect(edgeCells(edges.graph, 'Confidence')?.cells).toEqual(['0.89', '0.88', '0.34', '0.56', '0.53']);
    const list = await sample('liststring');
    expect(nodeCells(list.graph, 'types')?.cells[3]).toBe('wines|idea|cooking');
  });

  it('edge_viz, minimal and mixed', async () => {
    const drawn = await sample('edge_viz');
    expect(drawn.graph.name).toBe('An edge viz test graph');
    expect(nodeCells(drawn.graph, 'size')?.cells).toEqual(['22.714287', '15']);
    expect(edgeCells(drawn.graph, 'viz_color')?.cells).toEqual(['#b3000080']);
    const minimal = await sample('minimal');
    expect([nodeIdsOf(minimal.graph), edgesOf(minimal.graph)]).toEqual([['0', '1'], ['0 edge 1']]);
    const { graph } = await sample('mixed');
    expect([isDirected(graph), edgesOf(graph)]).toEqual([
      [true, false],
      ['1 edge 2', '2 edge 3', '3 edge 1'],
    ]);
    expect(edgeCells(graph, 'weight')?.cells).toEqual(['1', '4.56', '1']);
  });

  it('edges to nodes that are not declared, attributes that are not', async () => {
    const missing = await sample('missing_nodes');
    expect([numNodes(missing.graph), numEdges(missing.graph)]).toEqual([6, 4]);
    expect(missing.report.notices).toMatchObject([{ code: 'unknown-node-added', count: 4 }]);
    const { graph, report } = await sample('undeclared_attribute');
    expect(nodeCells(graph, 'url')?.cells).toEqual(['http://gephi.org', 'http://medialab.github.io/nansi']);
    expect(edgeCells(graph, 'count')?.cells).toEqual(['43']);
    expect(report.notices).toMatchObject([{ code: 'attribute-not-declared', count: 2 }]);
  });

  it('graphs without nodes are refused', async () => {
    expect(await failureOf(sample('pedantic'))).toEqual({
      name: 'ParseError',
      code: 'no-nodes',
      message: 'pedantic.gexf line 6: the graph has no nodes.',
      remedy: 'Export the graph again: this file is the frame of one without its content.',
      details: { file: 'pedantic.gexf', line: 6 },
    });
    expect(await failureOf(sample('sanitized'))).toMatchObject({ code: 'no-nodes' });
  });

  it('version 1.3', async () => {
    const { graph } = await sample('v1_3');
    expect(edgesOf(graph)).toEqual(['John likes Suzy']);
    expect(nodeCells(graph, 'viz_color')?.cells).toEqual(['#ff00ff', '#ee00cc']);
    const numbers = findColumn(graph.nodeTypes[0]?.columns ?? [], 'numbers');
    expect(numbers?.kind === 'vector' ? [...numbers.values] : null).toEqual([1, 1.5, 2, 0, 0, 0]);
    expect(nodeCells(graph, 'raw')?.cells).toEqual(['[a, b, c]', '']);
    const written = await sample('v1_3_writer');
    expect(isDirected(written.graph)).toEqual([true]);
    expect(nodeCells(written.graph, 'booleans')?.cells).toEqual(['[true, false]', '']);
  });

  it('classic graphs', async () => {
    const read = (name: string) => readSample(`classic-graphs/${name}`);
    const miserables = (await read('Les Miserables.gexf')).graph;
    expect([numNodes(miserables), numEdges(miserables), total(miserables, 'weight')]).toEqual([77, 254, 820]);
    expect(nodeCells(miserables, 'Modularity Class')).toMatchObject({ kind: 'i32' });
    expect(nodeCells(miserables, 'viz_color')?.cells[0]).toBe('#5b5bf5');
    const airports = (await read('US Airports.gexf')).graph;
    expect([numNodes(airports), numEdges(airports), isDirected(airports)]).toEqual([235, 1297, [false]]);
    expect(nodeCells(airports, 'latitude')?.cells[0]).toBe('34.729444');
    const worm = (await read('celegans.gexf')).graph;
    expect([numNodes(worm), numEdges(worm), total(worm, 'weight')]).toEqual([306, 2345, 2359]);
    const { graph, report } = await read('EuroSiS Generale Pays.gexf.gz');
    expect([numNodes(graph), numEdges(graph), isDirected(graph)]).toEqual([1285, 7586, [false]]);
    expect(new Set(nodeCells(graph, 'country')?.cells).size).toBe(13);
    expect(nodeCells(graph, 'country')?.cells.filter((cell) => cell === 'Belgium')).toHaveLength(197);
    expect(nodeCells(graph, 'label_2')).toBeNull();
    expect(report.notices.filter(({ severity }) => severity === 'warning')).toEqual([]);
  });
});
