import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Graph, numEdges, numNodes } from '../../core/graph.ts';
import { DEFAULT_IMPORT_OPTIONS } from '../importTypes.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const DATASETS = path.resolve(process.cwd(), '../shared/datasets');
const HAS_SAMPLES = existsSync(DATASETS);

const read = (content: string | Uint8Array, name = 'a.graphml') =>
  importFiles(textFiles({ [name]: content }), DEFAULT_IMPORT_OPTIONS);
const readSample = (name: string) =>
  read(new Uint8Array(readFileSync(path.join(DATASETS, name))), path.basename(name));
const nodeCells = (graph: Graph, name: string) => cellsOf(graph.nodeTypes[0]?.columns ?? [], name);
const nodeNames = (graph: Graph) => (graph.nodeTypes[0]?.columns ?? []).map((column) => column.name);
const edgeCells = (graph: Graph, name: string) => cellsOf(graph.edgeColumns, name);
const isDirected = (graph: Graph) => Array.from(graph.edgeTypes.directed, Boolean);
const document = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">${content}</graphml>`;

/** The example of the primer, section "GraphML attributes". */
const PRIMER = document(`
  <key id="d0" for="node" attr.name="color" attr.type="string"><default>yellow</default></key>
  <key id="d1" for="edge" attr.name="weight" attr.type="double"/>
  <graph id="G" edgedefault="undirected">
    <node id="n0"><data key="d0">green</data></node>
    <node id="n1"/>
    <node id="n2"><data key="d0">blue</data></node>
    <edge id="e0" source="n0" target="n2"><data key="d1">1.0</data></edge>
    <edge id="e1" source="n0" target="n1"><data key="d1">2.5</data></edge>
    <edge id="e2" source="n1" target="n2"/>
  </graph>`);

describe('graphml', () => {
  it('reads the example of the primer: types, defaults, missing values', async () => {
    const { graph, report } = await read(PRIMER);
    expect(nodeIdsOf(graph)).toEqual(['n0', 'n1', 'n2']);
    expect(edgesOf(graph)).toEqual(['n0 edge n2', 'n0 edge n1', 'n1 edge n2']);
    expect(isDirected(graph)).toEqual([false]);
    expect(nodeCells(graph, 'color')).toEqual({ kind: 'text', cells: ['green', 'yellow', 'blue'] });
    expect(edgeCells(graph, 'weight')).toEqual({ kind: 'f64', cells: ['1', '2.5', ''] });
    expect(edgeCells(graph, 'id')?.cells).toEqual(['e0', 'e1', 'e2']);
    expect(report.notices).toEqual([]);
  });

  it('is previewed', async () => {
    const preview = await inspectFiles(textFiles({ 'a.graphml': PRIMER }));
    expect(preview.formatId).toBe('graphml');
    expect(preview.tables.map(({ columns }) => columns.map(({ name, role }) => [name, role]))).toEqual([
      [
        ['id', 'node-id'],
        ['color', 'attribute'],
      ],
      [
        ['source', 'source'],
        ['target', 'target'],
        ['id', 'attribute'],
        ['weight', 'weight'],
      ],
    ]);
  });

  it('keeps every attr.type apart and words of strings as they are', async () => {
    const types = ['boolean', 'int', 'long', 'float', 'double', 'string'];
    const values = [' TRUE ', '7', '12345678901', ' 1.5', 'NaN', '007'];
    const keys = types.map((type) => `<key id="${type}" for="all" attr.name="${type}" attr.type="${type}"/>`);
    const data = types.map((type, at) => `<data key="${type}">${values[at]}</data>`);
    const { graph } = await read(
      document(`${keys.join('')}<graph edgedefault="directed"><node id="a">${data.join('')}</node>
        <node id="b"><data key="boolean">0</data><data key="double">0.123456789</data><data key="string"></data></node>
        <edge source="a" target="b">${data.join('')}</edge></graph>`),
    );
    expect(types.map((type) => nodeCells(graph, type))).toEqual([
      { kind: 'bool', cells: ['true', 'false'] },
      { kind: 'i32', cells: ['7', ''] },
      { kind: 'f64', cells: ['12345678901', ''] },
      { kind: 'f32', cells: ['1.5', ''] },
      { kind: 'f64', cells: ['', '0.123456789'] },
      { kind: 'text', cells: ['007', ''] },
    ]);
    expect(edgeCells(graph, 'string')).toEqual({ kind: 'text', cells: ['007'] });
  });

  it('gives every edge the direction of its own, of its graph, or of the file', async () => {
    const { graph, report } = await read(
      document(`<graph edgedefault="directed"><edge source="a" target="b"/><edge source="b" target="c" directed="false"/>
        <node id="a"/></graph>
        <graph edgedefault="undirected"><edge source="c" target="d"/><edge source="d" target="a" directed="true"/></graph>`),
    );
    expect(isDirected(graph)).toEqual([true, false]);
    expect(edgesOf(graph)).toEqual(['a edge b', 'd edge a', 'b edge c', 'c edge d']);
    expect(report.notices.find(({ code }) => code === 'graphs-joined')?.count).toBe(1);
  });

  it('opens nested graphs: their nodes have a parent', async () => {
    const { graph, report } = await read(
      document(`<graph edgedefault="undirected"><node id="a">
          <graph id="a:" edgedefault="directed"><node id="a::b"><graph><node id="a::b::c"/></graph></node>
          <edge source="a::b" target="a::b::c"/></graph></node><node id="d"/></graph>`),
    );
    expect(nodeIdsOf(graph)).toEqual(['a::b::c', 'a::b', 'a', 'd']);
    expect(nodeCells(graph, 'parent')?.cells).toEqual(['a::b', 'a', '', '']);
    expect(isDirected(graph)).toEqual([true]);
    expect(report.notices).toMatchObject([
      {
        code: 'nested-graphs',
        count: 2,
        message:
          'a.graphml: 2 nested graphs joined with the graph around; the attribute parent names the node that held each node.',
      },
    ]);
  });

  it('notes what a graph here has no place for', async () => {
    const { graph, report } = await read(
      document(`<desc>all</desc><graph edgedefault="undirected"><node id="a"><desc>first</desc><port name="N"/></node>
        <node id="b"><locator xlink:href="http://127.0.0.1/x.graphml"/></node>
        <edge source="a" target="b" sourceport="N"/>
        <hyperedge><endpoint node="a"/><endpoint node="b"/></hyperedge></graph>`),
    );
    expect(numEdges(graph)).toBe(1);
    expect(nodeCells(graph, 'desc')?.cells).toEqual(['first', '']);
    expect(report.notices.map(({ code, count, message }) => [code, count, message])).toEqual([
      ['ports-left-out', 2, 'a.graphml: 2 ports left out: a graph here has no place for it.'],
      [
        'locators-left-out',
        1,
        'a.graphml: 1 reference to another file left out: a graph here has no place for it.',
      ],
      ['hyperedges-left-out', 1, 'a.graphml: 1 hyperedge left out: a graph here has no place for it.'],
    ]);
  });

  it('repairs keys: undeclared, used elsewhere, of equal names, given twice', async () => {
    const { graph, report } = await read(
      document(`<key id="k1" for="node" attr.name="x" attr.type="int"/><key id="k2" for="node" attr.name="x" attr.type="string"/>
        <key id="k1" for="node" attr.name="y"/><key id="k3" for="edge" attr.name="since" attr.type="int"/>
        <key id="__proto__" for="node" attr.name="constructor" attr.type="list"/>
        <graph><node id="a"><data key="k1">1</data><data key="k2">one</data><data key="free">2.5</data><data key="k3">1999</data>
        <data key="__proto__">p</data><data key="k1">2</data></node><edge source="a" target="a"/></graph>`),
    );
    expect(nodeNames(graph)).toEqual(['x', 'x_2', 'free', 'since', 'constructor']);
    expect(nodeNames(graph).map((name) => nodeCells(graph, name)?.cells[0])).toEqual([
      '1',
      'one',
      '2.5',
      '1999',
      'p',
    ]);
    expect(report.notices.map(({ code, examples }) => [code, examples[0]?.line, examples[0]?.text])).toEqual([
      ['attribute-declared-again', 3, 'nodes: k1'],
      ['repeated-value', 6, 'x'],
      ['attribute-renamed', 2, 'x → x_2'],
      ['unknown-type', 4, "attr.type 'list'"],
      ['attribute-not-declared', 5, 'nodes: free'],
      ['key-of-another-owner', 5, 'since (declared for edge, used for node)'],
      ['self-loops', 6, 'a – a'],
    ]);
  });

  it('takes the name of the graph from its data', async () => {
    const { graph, report } = await read(
      document(`<key id="g_name" for="graph" attr.name="name" attr.type="string"/><graph edgedefault="directed">
        <data key="g_name">Zachary's karate club</data><edge source="n0" target="n1"/></graph>`),
    );
    expect(graph.name).toBe("Zachary's karate club");
    expect(report.notices).toMatchObject([
      { code: 'graph-attributes', examples: [{ text: "name = Zachary's karate club" }] },
    ]);
  });

  it('stops at a thousand defaults', async () => {
    const keys = Array.from(
      { length: 1001 },
      (_, at) => `<key id="k${at}" for="node"><default>1</default></key>`,
    );
    expect(await failureOf(read(document(`${keys.join('\n')}<graph><node id="a"/></graph>`)))).toEqual({
      name: 'LimitError',
      code: 'too-many-defaults',
      message: 'a.graphml line 1002: more than 1,000 attributes have a default.',
      remedy: 'Write the values where they apply, or remove the defaults.',
      details: { file: 'a.graphml', line: 1002, limit: 1000 },
    });
  });
});

describe('dialects of graphml', () => {
  it('yEd: text, position and colour of the drawing become attributes', async () => {
    const { graph, report } = await read(`<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
  <!--Created by yEd 3.20-->
  <key for="port" id="d0" yfiles.type="portgraphics"/>
  <key attr.name="description" attr.type="string" for="node" id="d4"/>
  <key for="node" id="d5" yfiles.type="nodegraphics"/>
  <key for="graphml" id="d6" yfiles.type="resources"/>
  <key for="edge" id="d9" yfiles.type="edgegraphics"/>
  <graph edgedefault="directed" id="G">
    <node id="n0">
      <data key="d4" xml:space="preserve"><![CDATA[the <first>]]></data>
      <data key="d5">
        <y:ShapeNode>
          <y:Geometry height="30.0" width="30.0" x="585.5" y="-12.0"/>
          <y:Fill color="#FFCC00" transparent="false"/>
          <y:NodeLabel alignment="center">Start<y:LabelModel><y:SmartNodeLabelModel distance="4.0"/></y:LabelModel></y:NodeLabel>
          <y:Shape type="rectangle"/>
        </y:ShapeNode>
      </data>
    </node>
    <node id="n1"/>
    <edge id="e0" source="n0" target="n1">
      <data key="d9"><y:PolyLineEdge><y:EdgeLabel>calls</y:EdgeLabel></y:PolyLineEdge></data>
    </edge>
  </graph>
  <data key="d6"><y:Resources/></data>
</graphml>`);
    expect(nodeNames(graph)).toEqual(['x', 'y', 'viz_color', 'label', 'description']);
    expect(nodeCells(graph, 'x')).toEqual({ kind: 'f32', cells: ['585.5', ''] });
    expect(nodeCells(graph, 'viz_color')).toEqual({ kind: 'text', cells: ['#FFCC00', ''] });
    expect(nodeCells(graph, 'label')?.cells).toEqual(['Start', '']);
    expect(nodeCells(graph, 'description')?.cells).toEqual(['the <first>', '']);
    expect(edgeCells(graph, 'label')?.cells).toEqual(['calls']);
    expect(isDirected(graph)).toEqual([true]);
    expect(report.notices).toMatchObject([{ code: 'drawing-left-out', severity: 'info', count: 3 }]);
  });

  it('mxGraph: as yEd, in its own words', async () => {
    const { graph } = await read(
      document(`<key id="d0" for="node" attr.name="nodeData" attr.type="string"/><graph id="G" edgedefault="directed">
        <node id="n0"><data key="d0"><jGraph:ShapeNode><jGraph:Geometry height="20" width="20" x="10" y="40"/>
        <jGraph:label text="Hello"/></jGraph:ShapeNode></data></node></graph>`),
    );
    expect(nodeNames(graph)).toEqual(['x', 'y', 'label']);
    expect(nodeCells(graph, 'label')?.cells).toEqual(['Hello']);
  });

  it('a declared label comes first; a drawing that says something else is kept beside it', async () => {
    const drawn = (text: string): string => `<data key="g"><y:NodeLabel>${text}</y:NodeLabel></data>`;
    const { graph } = await read(
      document(`<key id="l" for="node" attr.name="label" attr.type="string"/><key id="g" for="node" yfiles.type="nodegraphics"/>
        <graph><node id="a">${drawn('A')}<data key="l">A</data></node><node id="b"><data key="l">B</data>${drawn('drawn')}</node>
        <node id="c">${drawn('C')}</node></graph>`),
    );
    expect(nodeCells(graph, 'label')?.cells).toEqual(['A', 'B', 'C']);
    expect(nodeCells(graph, 'label_2')?.cells).toEqual(['', 'drawn', '']);
  });

  it('networkx and igraph: keys by id, NaN, parallel edges', async () => {
    const { graph } = await read(
      document(`<key id="v_name" for="node" attr.name="name" attr.type="string"/><key id="d1" for="edge" attr.name="weight" attr.type="double"/>
        <graph edgedefault="directed"><node id="n0"><data key="v_name">Ann</data></node><node id="n1"><data key="v_name">Bob</data></node>
        <edge source="n0" target="n1" id="0"><data key="d1">nan</data></edge><edge source="n0" target="n1" id="1"><data key="d1">0.5</data></edge></graph>`),
    );
    expect(nodeCells(graph, 'name')?.cells).toEqual(['Ann', 'Bob']);
    expect(edgeCells(graph, 'weight')).toEqual({ kind: 'f64', cells: ['', '0.5'] });
    expect(numEdges(graph)).toBe(2);
  });
});

describe('broken graphml', () => {
  it.each([
    ['<graph>\n<node/></graph>', 3, 'a <node> without an id.', 'Give every <node> an id.', 'missing-id'],
    [
      '<graph>\n<edge source="a"/></graph>',
      3,
      'an <edge> without a target.',
      'Give every <edge> a source and a target.',
      'missing-end',
    ],
    [
      '<graph><node id="a">\n<data>1</data></node></graph>',
      3,
      'a <data> without the attribute key.',
      'Name the <key> that each value belongs to.',
      'missing-key',
    ],
    ['\n<key for="node"/>', 3, 'a <key> without an id.', 'Give every <key> an id.', 'missing-id'],
    [
      '\n<node id="a"/>',
      1,
      'the file has no <graph> element.',
      'Export the graph again; it belongs inside <graphml><graph>.',
      'no-graph',
    ],
    [
      '\n<graph/>',
      3,
      'the graph has no nodes.',
      'Export the graph again: this file is the frame of one without its content.',
      'no-nodes',
    ],
    [
      '<graph>\n<node id="a">',
      3,
      'another element is closed before <node> of line 3.',
      'Correct the file at that line, or export it again from the program that made it.',
      'malformed-xml',
    ],
  ])('%j', async (content, line, what, remedy, code) => {
    expect(await failureOf(read(document(content)))).toEqual({
      name: 'ParseError',
      code,
      message: `a.graphml line ${line}: ${what}`,
      remedy,
      details: { file: 'a.graphml', line },
    });
  });

  it('under its name but of another kind', async () => {
    expect(await failureOf(read('<html></html>'))).toMatchObject({
      code: 'unexpected-root',
      message: 'a.graphml line 1: the file starts with <html>, not with <graphml>.',
    });
  });
});

describe.skipIf(!HAS_SAMPLES)('samples of graphml (skipped without ../shared/datasets)', () => {
  const FOLDER = 'format-samples/graphml/graphology';

  it('attributes', async () => {
    const { graph } = await readSample(`${FOLDER}/attributes.graphml`);
    expect(nodeCells(graph, 'color')?.cells).toEqual([
      'green',
      'yellow',
      'blue',
      'red',
      'yellow',
      'turquoise',
    ]);
    expect(edgeCells(graph, 'weight')?.cells).toEqual(['1', '1', '2', '', '', '', '1.1']);
    expect(isDirected(graph)).toEqual([false]);
  });

  it('basic', async () => {
    const { graph } = await readSample(`${FOLDER}/basic.graphml`);
    expect([numNodes(graph), numEdges(graph), isDirected(graph)]).toEqual([11, 12, [false]]);
    expect(edgesOf(graph).at(-1)).toBe('n8 edge n10');
  });

  it('miserables without the declaration of label and modularity_class', async () => {
    const { graph, report } = await readSample(`${FOLDER}/miserables_broken.graphml`);
    expect([numNodes(graph), numEdges(graph)]).toEqual([77, 254]);
    expect(nodeCells(graph, 'label')?.cells[0]).toBe('Valjean');
    expect(nodeCells(graph, 'modularity_class')?.kind).toBe('i32');
    expect(report.notices).toMatchObject([
      {
        code: 'attribute-not-declared',
        count: 2,
        examples: [
          { line: 12, text: 'nodes: label' },
          { line: 13, text: 'nodes: modularity_class' },
        ],
      },
    ]);
  });

  it('edges to nodes that are not declared', async () => {
    const { graph, report } = await readSample(`${FOLDER}/missing_nodes.graphml`);
    expect([numNodes(graph), numEdges(graph), isDirected(graph)]).toEqual([51, 37, [true]]);
    expect(report.notices).toMatchObject([{ code: 'unknown-node-added', count: 36 }]);
    expect(nodeCells(graph, 'modification')?.cells.filter((cell) => cell === 'add')).toHaveLength(15);
    expect(edgeCells(graph, 'timestamp')?.cells[0]).toBe('1995-04-11');
  });

  it('mixed directions and parallel edges', async () => {
    const mixed = await readSample(`${FOLDER}/mixed_multigraph.graphml`);
    expect(isDirected(mixed.graph)).toEqual([false, true]);
    expect([...mixed.graph.edgeTypePtr]).toEqual([0, 6, 8]);
    const multi = await readSample(`${FOLDER}/multigraph.graphml`);
    expect([numNodes(multi.graph), numEdges(multi.graph)]).toEqual([6, 9]);
    expect(edgeCells(multi.graph, 'weight')?.cells).toEqual(['1', '1', '2', '', '', '', '', '1.1', '7.5']);
  });

  it('the test of igraph: defaults, blanks around booleans, a key used where it is not declared for', async () => {
    const { graph, report } = await readSample('format-samples/igraph/test.graphml');
    expect(nodeCells(graph, 'gender')).toEqual({
      kind: 'bool',
      cells: ['true', 'true', 'false', 'true', 'false', 'false'],
    });
    expect(nodeCells(graph, 'color')?.cells).toEqual([
      'green',
      'yellow',
      'blue',
      'red "with entities"',
      '',
      'turquoise',
    ]);
    expect(edgeCells(graph, 'weight')?.cells).toEqual(['1', '1', '2', '', '', '', '1.1']);
    expect(report.notices.map(({ code }) => code)).toEqual(['graph-attributes', 'key-of-another-owner']);
  });

  it('airlines of gephi-lite and miserables of graphology', async () => {
    const airlines = await readSample('classic-graphs/airlines.graphml');
    expect([numNodes(airlines.graph), numEdges(airlines.graph)]).toEqual([235, 2101]);
    expect(nodeCells(airlines.graph, 'x')?.cells[0]).toBe('-922.24444');
    expect(nodeCells(airlines.graph, 'tooltip')?.cells[0]).toBe('LIT(lngx=-92.224444,laty=34.729444)');
    const { graph } = await readSample('classic-graphs/miserables.graphml');
    expect([numNodes(graph), numEdges(graph)]).toEqual([77, 254]);
    expect(nodeCells(graph, 'Modularity Class')?.kind).toBe('i32');
    const weights = edgeCells(graph, 'weight')?.cells ?? [];
    expect(weights.reduce((sum, cell) => sum + Number(cell), 0)).toBe(820);
  });
});
