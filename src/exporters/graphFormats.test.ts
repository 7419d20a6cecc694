/** Graph formats: exact text on a small typed graph, names, ids, predictions. Random graphs are `graphFormats.property.test.ts`. */
import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../core/bitset.ts';
import type { ColumnKind } from '../core/columns.ts';
import type { Graph } from '../core/graph.ts';
import { buildGraph } from '../core/graphBuilder.ts';
import { utf8Table } from '../core/utf8Table.ts';
import type { RunDescription, RunResult } from '../engine/runTypes.ts';
import type { ExportInput } from './exporterTypes.ts';
import { exportedText, gmlList, parseGml } from './parsersForTests.ts';

const base = (name: string, length: number) => ({ name, length, validity: null });

/** Two papers and two authors with the same ids, one relation of each direction, one node and edge deleted. */
const SMALL: Graph = {
  ...buildGraph({
    name: 'A & B',
    nodeTables: [
      {
        type: 'paper',
        count: 2,
        columns: [
          { ...base('year', 2), kind: 'i32', values: Int32Array.of(1999, 0), validity: bitsetOf(2, [0]) },
          { ...base('x y', 2), kind: 'f32', values: Float32Array.of(0.1, 5) },
          { ...base('vec', 2), kind: 'vector', width: 2, values: Float32Array.of(1, 0.5, 2, Number.NaN) },
        ],
      },
      {
        type: 'author',
        count: 2,
        columns: [
          { ...base('label', 2), kind: 'category', codes: Int32Array.of(0, 0), dictionary: ['"ü"\n'] },
          { ...base('born', 2), kind: 'date', values: Float64Array.of(0, 86_400_000) },
        ],
      },
    ],
    nodeIds: utf8Table(['1', '<2>', '1', '2']),
    edgeTypes: [
      { relation: 'wrote', sourceType: 1, targetType: 0, directed: true },
      { relation: 'knows', sourceType: 1, targetType: 1, directed: false },
    ],
    source: Int32Array.of(2, 2, 3),
    target: Int32Array.of(1, 0, 2),
    edgeType: Int32Array.of(0, 0, 1),
    edgeColumns: [
      { ...base('weight', 3), kind: 'f64', values: Float64Array.of(1e30, 2, 0.25) },
      { ...base('sure', 3), kind: 'bool', values: Uint8Array.of(1, 0, 1), validity: bitsetOf(3, [1, 2]) },
    ],
  }),
  deletedEdges: bitsetOf(3, [1]),
};
const small: ExportInput = { graph: SMALL, run: null };

describe('exact text', () => {
  it('GEXF', async () => {
    const text = await exportedText('graph-gexf', small);
    expect(text.slice(text.indexOf('  <graph '))).toBe(`  <graph defaultedgetype="undirected" mode="static">
    <attributes class="node" mode="static">
      <attribute id="0" title="node_type" type="string"/>
      <attribute id="1" title="year" type="integer"/>
      <attribute id="2" title="x y" type="float"/>
      <attribute id="3" title="vec" type="listfloat"/>
      <attribute id="4" title="label" type="string"/>
      <attribute id="5" title="born" type="string"/>
    </attributes>
    <attributes class="edge" mode="static">
      <attribute id="1" title="sure" type="boolean"/>
    </attributes>
    <nodes count="4">
      <node id="paper:1"><attvalues><attvalue for="0" value="paper"/><attvalue for="1" value="1999"/><attvalue for="2" value="0.1"/><attvalue for="3" value="[1,0.5]"/></attvalues></node>
      <node id="paper:&lt;2&gt;"><attvalues><attvalue for="0" value="paper"/><attvalue for="2" value="5"/></attvalues></node>
      <node id="author:1" label="&quot;ü&quot;&#10;"><attvalues><attvalue for="0" value="author"/><attvalue for="4" value="&quot;ü&quot;&#10;"/><attvalue for="5" value="1970-01-01T00:00:00.000Z"/></attvalues></node>
      <node id="author:2" label="&quot;ü&quot;&#10;"><attvalues><attvalue for="0" value="author"/><attvalue for="4" value="&quot;ü&quot;&#10;"/><attvalue for="5" value="1970-01-02T00:00:00.000Z"/></attvalues></node>
    </nodes>
    <edges count="2">
      <edge source="author:1" target="paper:&lt;2&gt;" type="directed" kind="wrote" weight="1e+30"></edge>
      <edge source="author:2" target="author:1" kind="knows" weight="0.25"><attvalues><attvalue for="1" value="true"/></attvalues></edge>
    </edges>
  </graph>
</gexf>
`);
  });

  it('GML', async () => {
    expect(await exportedText('graph-gml', small)).toBe(`Creator "Graphwright"
graph [
  directed 0
  name "A &amp; B"
  node [
    id 0
    label "paper:1"
    nodeType "paper"
    year 1999
    xY 0.1
    vec 1.0
    vec 0.5
  ]
  node [
    id 1
    label "paper:<2>"
    nodeType "paper"
    xY 5.0
  ]
  node [
    id 2
    label "author:1"
    nodeType "author"
    label2 "&quot;&#252;&quot;&#10;"
    born "1970-01-01T00:00:00.000Z"
  ]
  node [
    id 3
    label "author:2"
    nodeType "author"
    label2 "&quot;&#252;&quot;&#10;"
    born "1970-01-02T00:00:00.000Z"
  ]
  edge [
    source 2
    target 1
    relation "wrote"
    directed 1
    weight 1.0E+30
  ]
  edge [
    source 3
    target 2
    relation "knows"
    directed 0
    weight 0.25
    sure 1
  ]
]
`);
  });

  it('CX2', async () => {
    expect(JSON.parse(await exportedText('graph-cx2', small))).toEqual([
      { CXVersion: '2.0', hasFragments: false },
      {
        metaData: [
          { name: 'attributeDeclarations', elementCount: 1 },
          { name: 'networkAttributes', elementCount: 1 },
          { name: 'nodes', elementCount: 4 },
          { name: 'edges', elementCount: 2 },
        ],
      },
      {
        attributeDeclarations: [
          {
            networkAttributes: { name: { d: 'string' }, directed: { d: 'boolean' } },
            nodes: {
              name: { d: 'string' },
              node_type: { d: 'string' },
              year: { d: 'integer' },
              'x y': { d: 'double' },
              vec: { d: 'list_of_double' },
              label: { d: 'string' },
              born: { d: 'string' },
            },
            edges: {
              interaction: { d: 'string' },
              directed: { d: 'boolean' },
              weight: { d: 'double' },
              sure: { d: 'boolean' },
            },
          },
        ],
      },
      { networkAttributes: [{ name: 'A & B', directed: false }] },
      {
        nodes: [
          { id: 0, v: { name: 'paper:1', node_type: 'paper', year: 1999, 'x y': 0.1, vec: [1, 0.5] } },
          { id: 1, v: { name: 'paper:<2>', node_type: 'paper', 'x y': 5 } },
          {
            id: 2,
            v: { name: 'author:1', node_type: 'author', label: '"ü"\n', born: '1970-01-01T00:00:00.000Z' },
          },
          {
            id: 3,
            v: { name: 'author:2', node_type: 'author', label: '"ü"\n', born: '1970-01-02T00:00:00.000Z' },
          },
        ],
      },
      {
        edges: [
          { id: 0, s: 2, t: 1, v: { interaction: 'wrote', directed: true, weight: 1e30 } },
          { id: 1, s: 3, t: 2, v: { interaction: 'knows', directed: false, weight: 0.25, sure: true } },
        ],
      },
      { status: [{ success: true }] },
    ]);
  });

  it('Cytoscape.js and node-link JSON', async () => {
    const cytoscape = JSON.parse(await exportedText('graph-cytoscape', small)) as {
      elements: { nodes: unknown[]; edges: unknown[] };
    };
    expect(cytoscape).toMatchObject({ data: { name: 'A & B' }, directed: false });
    expect(cytoscape.elements.nodes[1]).toEqual({ data: { id: 'paper:<2>', node_type: 'paper', 'x y': 5 } });
    expect(cytoscape.elements.edges[0]).toEqual({
      data: { source: 'author:1', target: 'paper:<2>', relation: 'wrote', directed: true, weight: 1e30 },
    });
    const nodeLink = JSON.parse(await exportedText('graph-node-link', small)) as {
      nodes: unknown[];
      edges: unknown[];
    };
    expect(nodeLink).toMatchObject({ directed: false, multigraph: false, graph: { name: 'A & B' } });
    expect(nodeLink.nodes[0]).toEqual({
      id: 'paper:1',
      node_type: 'paper',
      year: 1999,
      'x y': 0.1,
      vec: [1, 0.5],
    });
    expect(nodeLink.edges[1]).toEqual({
      source: 'author:2',
      target: 'author:1',
      relation: 'knows',
      directed: false,
      weight: 0.25,
      sure: true,
    });
  });
});

describe('ids across node types', () => {
  const ids = async (names: readonly string[], nodeIds: readonly string[]): Promise<unknown[]> => {
    const graph = buildGraph({
      name: '',
      nodeTables: names.map((type) => ({ type, columns: [], count: nodeIds.length / names.length })),
      nodeIds: utf8Table(nodeIds),
      edgeTypes: [],
      source: new Int32Array(0),
      target: new Int32Array(0),
      edgeType: null,
      edgeColumns: [],
    });
    const { nodes } = JSON.parse(await exportedText('graph-node-link', { graph, run: null })) as {
      nodes: { id: string }[];
    };
    return nodes.map(({ id }) => id);
  };

  it.each([
    ['unique ids stay', ['a', 'b'], ['1', '2'], ['1', '2']],
    ['shared ids get their type', ['a', 'b'], ['1', '1'], ['a:1', 'b:1']],
    ['ids that look prefixed get another', ['a', 'b'], ['a:1', 'b:1'], ['a:a:1', 'b:b:1']],
    ['not where one does not look so', ['a', 'b'], ['a:1', '1'], ['a:1', '1']],
    ['one type has no prefix', ['a'], ['a:1', 'a:2'], ['a:1', 'a:2']],
  ])('%s', async (_, names, nodeIds, expected) => {
    expect(await ids(names, nodeIds)).toEqual(expected);
  });
});

describe('names that formats keep for themselves', () => {
  const named = (name: string): ExportInput => ({
    graph: buildGraph({
      name: 'g',
      nodeTables: [
        { type: 'node', count: 1, columns: [{ ...base(name, 1), kind: 'i32', values: Int32Array.of(7) }] },
      ],
      nodeIds: utf8Table(['a']),
      edgeTypes: [{ relation: '', sourceType: 0, targetType: 0, directed: true }],
      source: Int32Array.of(0),
      target: Int32Array.of(0),
      edgeType: null,
      edgeColumns: [{ ...base(name, 1), kind: 'i32', values: Int32Array.of(8) }],
    }),
    run: null,
  });

  it.each([
    ['id', { id: 'a', id_2: 7 }, { source: 'a', target: 'a', id: 8 }],
    ['source', { id: 'a', source: 7 }, { source: 'a', target: 'a', source_2: 8 }],
  ])('node-link %s', async (name, node, edge) => {
    const graph = JSON.parse(await exportedText('graph-node-link', named(name))) as Record<string, unknown[]>;
    expect([graph['nodes']?.[0], graph['edges']?.[0]]).toEqual([node, edge]);
  });

  it.each([
    ['_x', 'x'],
    ['node_type', 'nodeType'],
    ['2nd value', 'key2ndValue'],
    ['Größe', 'GrE'],
    ['', 'key'],
    ['id', 'id2'],
    ['ü', 'key'],
  ])("GML key of '%s' is %s", async (name, key) => {
    const pairs = parseGml(await exportedText('graph-gml', named(name)));
    expect(gmlList(gmlList(pairs, 'graph'), 'node').map(([own]) => own)).toEqual(['id', 'label', key]);
  });

  it('CX2 name and __proto__', async () => {
    expect(await exportedText('graph-cx2', named('name'))).toContain('{"id":0,"v":{"name":"a","name_2":7}}');
    expect(await exportedText('graph-cx2', named('__proto__'))).toContain(
      '{"id":0,"v":{"name":"a","__proto__":7}}',
    );
  });
});

describe('parallel edges', () => {
  it.each([
    ['directed', true, false],
    ['undirected', false, true],
  ])('%s: both ways are parallel: %s', async (_, directed, isParallel) => {
    const graph = buildGraph({
      name: '',
      nodeTables: [{ type: 'node', columns: [], count: 2 }],
      nodeIds: utf8Table(['a', 'b']),
      edgeTypes: [{ relation: '', sourceType: 0, targetType: 0, directed }],
      source: Int32Array.of(0, 1),
      target: Int32Array.of(1, 0),
      edgeType: null,
      edgeColumns: [],
    });
    expect(JSON.parse(await exportedText('graph-node-link', { graph, run: null }))).toMatchObject({
      directed,
      multigraph: isParallel,
    });
    expect((await exportedText('graph-gml', { graph, run: null })).includes('multigraph 1')).toBe(isParallel);
  });
});

describe('predictions', () => {
  const description = { classes: ['A', 'B'], nodeRange: [2, 4] } as unknown as RunDescription;
  const classes = {
    scores: Float32Array.of(0.75, 0.25, 0.5, 0.5),
    truth: null,
    parts: Uint8Array.of(1, 3),
  } as unknown as RunResult;
  const values = {
    scores: null,
    truth: null,
    outputKind: 'value',
    predictedValues: Float32Array.of(1.5, Number.NaN),
    trueValues: null,
    parts: Uint8Array.of(1, 3),
  } as unknown as RunResult;
  const nodesOf = async (result: RunResult): Promise<unknown> => {
    const text = await exportedText('graph-node-link', { graph: SMALL, run: { description, result } });
    return (JSON.parse(text) as { nodes: unknown }).nodes;
  };

  it('stand beside the columns of the nodes they are of', async () => {
    expect(await nodesOf(classes)).toMatchObject([
      { id: 'paper:1', year: 1999 },
      { id: 'paper:<2>' },
      { id: 'author:1', prediction: 'A', confidence: 0.75, run_split: 'train' },
      { id: 'author:2', prediction: 'A', confidence: 0.5, run_split: 'test' },
    ]);
  });

  it('are numbers where the run predicts numbers, absent where it has none', async () => {
    const nodes = await nodesOf(values);
    expect(nodes).toMatchObject([{}, {}, { prediction: 1.5, run_split: 'train' }, { run_split: 'test' }]);
    expect((nodes as object[]).map((node) => 'prediction' in node)).toEqual([false, false, true, false]);
    expect((nodes as object[]).some((node) => 'confidence' in node)).toBe(false);
    const graphml = await exportedText('graph-graphml', {
      graph: SMALL,
      run: { description, result: values },
    });
    expect(graphml).toContain('attr.name="prediction" attr.type="float"');
  });
});

describe('GEXF weight', () => {
  const withWeight = (kind: ColumnKind, isMissing: boolean): ExportInput => {
    const validity = isMissing ? bitsetOf(1, []) : null;
    const weight =
      kind === 'bool'
        ? { ...base('weight', 1), kind, validity, values: Uint8Array.of(1) }
        : { ...base('weight', 1), kind: 'f32' as const, validity, values: Float32Array.of(0.5) };
    return {
      graph: buildGraph({
        name: '',
        nodeTables: [{ type: 'node', columns: [], count: 1 }],
        nodeIds: utf8Table(['a']),
        edgeTypes: [{ relation: '', sourceType: 0, targetType: 0, directed: true }],
        source: Int32Array.of(0),
        target: Int32Array.of(0),
        edgeType: null,
        edgeColumns: [weight],
      }),
      run: null,
    };
  };

  it('is the weight of the format only where every edge has a number', async () => {
    expect(await exportedText('graph-gexf', withWeight('f32', false))).toContain(' weight="0.5">');
    expect(await exportedText('graph-gexf', withWeight('f32', true))).toContain(
      'title="weight" type="float"',
    );
    expect(await exportedText('graph-gexf', withWeight('bool', false))).toContain(
      '<attvalue for="0" value="true"/>',
    );
  });
});
