/** CX2 by its specification: aspects in any order, declarations with aliases and defaults, and what is refused. */
import { describe, expect, it } from 'vitest';
import { findColumn } from '../../core/columns.ts';
import { isDirected } from '../../core/graph.ts';
import { importFiles } from '../importer.ts';
import { DEFAULT_IMPORT_OPTIONS, type ImportResult } from '../importTypes.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const read = (value: unknown, name = 'g.cx2'): Promise<ImportResult> =>
  importFiles(textFiles({ [name]: JSON.stringify(value) }), DEFAULT_IMPORT_OPTIONS);
const nodeColumns = ({ graph }: ImportResult) => graph.nodeTypes[0]?.columns ?? [];

const HEAD = { CXVersion: '2.0', hasFragments: false };
const DONE = { status: [{ error: '', success: true }] };

/** After the example of the specification: aliases n and i, a default for edges, lists. */
const NETWORK = [
  HEAD,
  { metaData: [{ name: 'nodes', elementCount: 2 }] },
  {
    attributeDeclarations: [
      {
        networkAttributes: { name: { d: 'string' } },
        nodes: {
          name: { d: 'string', a: 'n' },
          age: { d: 'integer' },
          code: {},
          scores: { d: 'list_of_double' },
          tags: { d: 'list_of_string' },
        },
        edges: { interaction: { d: 'string', a: 'i', v: 'pp' }, weight: { d: 'double' } },
      },
    ],
  },
  { networkAttributes: [{ name: 'Example' }] },
  {
    nodes: [
      { id: 1, x: 10, y: 20.5, v: { n: 'Diabetes', age: 3, code: '007', scores: [1, 2], tags: ['a', 'b'] } },
      { id: 2, x: 0, y: 0, z: 1, v: { n: 'TP53', scores: [3, 4.5] } },
    ],
  },
  { edges: [{ id: 0, s: 2, t: 1, v: { weight: 0.5 } }] },
  { visualProperties: [{}] },
  DONE,
];

describe('CX2', () => {
  it('reads a network with aliases, defaults and lists', async () => {
    const result = await read(NETWORK);
    expect(result.report.formatId).toBe('cx2');
    expect(result.graph.name).toBe('Example');
    expect(isDirected(result.graph)).toBe(true);
    expect(edgesOf(result.graph)).toEqual(['TP53 pp Diabetes']);
    const columns = nodeColumns(result);
    expect(columns.map(({ name }) => name)).toEqual(['age', 'code', 'scores', 'tags', 'x', 'y', 'z']);
    expect(cellsOf(columns, 'age')).toEqual({ kind: 'i32', cells: ['3', ''] });
    expect(cellsOf(columns, 'code')).toEqual({ kind: 'text', cells: ['007', ''] });
    expect(cellsOf(columns, 'tags')?.cells).toEqual(['a;b', '']);
    const scores = findColumn(columns, 'scores');
    expect(scores?.kind === 'vector' ? [...scores.values] : null).toEqual([1, 2, 3, 4.5]);
    expect(cellsOf(result.graph.edgeColumns, 'weight')).toEqual({ kind: 'f32', cells: ['0.5'] });
    expect(result.report.notices.map(({ code, message, examples }) => [code, message, examples])).toEqual([
      [
        'aspects-not-used',
        'g.cx2: 1 aspect not used (styles and the like).',
        [{ line: 0, text: 'visualProperties' }],
      ],
    ]);
  });

  it('reads fragments in any order', async () => {
    const { graph } = await read([
      HEAD,
      { edges: [{ id: 0, s: 1, t: 2 }] },
      { nodes: [{ id: 1 }] },
      DONE,
      { edges: [{ id: 1, s: 2, t: 2 }] },
      { nodes: [{ id: 2 }] },
    ]);
    expect(edgesOf(graph)).toEqual(['1 edge 2', '2 edge 2']);
  });

  it('takes names for ids only where each node has one of its own', async () => {
    const declared = { attributeDeclarations: [{ nodes: { name: { d: 'string' } } }] };
    const nodes = [
      { id: 7, v: { name: 'A' } },
      { id: 8, v: { name: 'A' } },
    ];
    const result = await read([HEAD, declared, { nodes }, DONE]);
    expect(nodeIdsOf(result.graph)).toEqual(['7', '8']);
    expect(cellsOf(nodeColumns(result), 'name')?.cells).toEqual(['A', 'A']);
  });

  it('follows the attribute `directed` of the network and of edges', async () => {
    const { graph } = await read([
      HEAD,
      { networkAttributes: [{ directed: false }] },
      { nodes: [{ id: 1 }] },
      {
        edges: [
          { s: 1, t: 1 },
          { s: 1, t: 1, v: { directed: true } },
        ],
      },
      DONE,
    ]);
    expect([...graph.edgeTypes.directed].sort()).toEqual([0, 1]);
  });

  it('reads values that are not of their declared type as missing', async () => {
    const result = await read([
      HEAD,
      { attributeDeclarations: [{ nodes: { age: { d: 'integer' } } }] },
      {
        nodes: [
          { id: 1, v: { age: 'old' } },
          { id: 2, v: { age: 4 } },
        ],
      },
      DONE,
    ]);
    expect(cellsOf(nodeColumns(result), 'age')).toEqual({ kind: 'i32', cells: ['', '4'] });
    expect(result.report.notices[0]).toMatchObject({
      code: 'not-of-declared-type',
      count: 1,
      examples: [{ line: 0, text: 'age: "old"' }],
    });
  });

  it.each([
    [[{ numberVerification: [{ longNumber: 281474976710655 }] }, { nodes: [{ '@id': 1 }] }], 'g.cx'],
    [[{ metaData: [] }, { nodes: [{ '@id': 1 }] }], 'g.json'],
  ])('refuses version 1', async (value, name) => {
    expect(await failureOf(read(value, name))).toEqual({
      name: 'ParseError',
      code: 'cx-version-1',
      message: `${name} is CX version 1; this version reads CX2.`,
      remedy: 'Open it in Cytoscape Web, Cytoscape 3.10 or NDEx, and save it as CX2 (.cx2).',
      details: { file: name },
    });
  });

  it.each([
    [[{ CXVersion: '3.0' }], 'g.cx2 does not begin with a CXVersion of 2.', 'no-cx-version'],
    [[HEAD, { nodes: 5 }], "g.cx2 aspects[1]: 'nodes' is no list.", 'not-a-list'],
    [[HEAD, { nodes: [{ id: 1.5 }] }], "g.cx2 nodes[0]: 'id' is no integer.", 'no-integer-id'],
    [
      [HEAD, { nodes: [{ id: 1 }] }, { edges: [{ s: 1 }] }],
      "g.cx2 edges[0]: 't' is no integer.",
      'no-integer-id',
    ],
    [
      [HEAD, { nodes: [{ id: 1 }] }, { edges: [{ s: 1, t: 9 }] }],
      "g.cx2 edges[0]: 't' is node 9, which is not declared.",
      'unknown-node',
    ],
    [
      [HEAD, { status: [{ success: false, error: 'timed out' }] }],
      'g.cx2 says that it is incomplete: timed out.',
      'cx2-incomplete',
    ],
  ])('says what is wrong with %j', async (value, message, code) => {
    expect(await failureOf(read(value))).toMatchObject({ name: 'ParseError', message, code });
  });
});
