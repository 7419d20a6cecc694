/** Cytoscape.js elements in every arrangement its documentation shows. */
import { describe, expect, it } from 'vitest';
import { isDirected } from '../../core/graph.ts';
import { importFiles } from '../importer.ts';
import { DEFAULT_IMPORT_OPTIONS, type ImportResult } from '../importTypes.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const read = (value: unknown, name = 'g.json'): Promise<ImportResult> =>
  importFiles(textFiles({ [name]: JSON.stringify(value) }), DEFAULT_IMPORT_OPTIONS);
const nodeColumns = ({ graph }: ImportResult) => graph.nodeTypes[0]?.columns ?? [];

/** After the example of https://js.cytoscape.org/#notation/elements-json. */
const ELEMENTS = [
  {
    group: 'nodes',
    data: { id: 'n1', parent: 'nparent' },
    scratch: { _foo: 'bar' },
    position: { x: 100, y: 120 },
    selected: false,
    classes: ['foo', 'bar'],
  },
  { data: { id: 'n2' }, position: { x: 200, y: 200 }, style: { color: 'red' } },
  { data: { id: 'n3', parent: 'nparent', weight: 7 }, classes: 'foo' },
  { data: { id: 'nparent' } },
  { data: { id: 'e1', source: 'n1', target: 'n2' }, pannable: true },
];

describe('Cytoscape.js JSON', () => {
  it.each([
    ['elements in one list', { elements: ELEMENTS, style: [], zoom: 1 }],
    ['elements by group', { elements: { nodes: ELEMENTS.slice(0, 4), edges: ELEMENTS.slice(4) } }],
    ['a bare list', ELEMENTS],
    ['bare groups', { nodes: ELEMENTS.slice(0, 4), edges: ELEMENTS.slice(4) }],
  ])('reads %s', async (_, value) => {
    const result = await read(value);
    expect(result.report.formatId).toBe('cytoscape-json');
    expect(nodeIdsOf(result.graph)).toEqual(['n1', 'n2', 'n3', 'nparent']);
    expect(edgesOf(result.graph)).toEqual(['n1 edge n2']);
    expect(isDirected(result.graph)).toBe(false);
    const columns = nodeColumns(result);
    expect(columns.map(({ name }) => name)).toEqual(['parent', 'x', 'y', 'classes', 'weight']);
    expect(cellsOf(columns, 'parent')?.cells).toEqual(['nparent', '', 'nparent', '']);
    expect(cellsOf(columns, 'x')).toEqual({ kind: 'i32', cells: ['100', '200', '', ''] });
    expect(cellsOf(columns, 'classes')?.cells).toEqual(['foo bar', '', 'foo', '']);
    expect(cellsOf(result.graph.edgeColumns, 'id')?.cells).toEqual(['e1']);
  });

  it('reads networkx cytoscape data: name, direction, relations', async () => {
    const { graph } = await read(
      {
        data: { name: 'net' },
        directed: true,
        multigraph: false,
        elements: {
          nodes: [{ data: { id: '0', value: 0, name: 'a' } }, { data: { id: '1', value: 1, name: 'b' } }],
          edges: [{ data: { source: 0, target: 1, interaction: 'pp', weight: 0.25 } }],
        },
      },
      'net.cyjs',
    );
    expect(graph.name).toBe('net');
    expect(isDirected(graph)).toBe(true);
    expect(edgesOf(graph)).toEqual(['0 pp 1']);
    expect(cellsOf(graph.edgeColumns, 'weight')).toEqual({ kind: 'f32', cells: ['0.25'] });
  });

  it('lets an edge tell its own direction', async () => {
    const { graph } = await read([
      { data: { id: 'a' } },
      { data: { id: 'b' } },
      { data: { source: 'a', target: 'b', directed: true } },
      { data: { source: 'b', target: 'a', directed: false } },
    ]);
    expect([...graph.edgeTypes.directed]).toEqual([1, 0]);
    expect(graph.edgeColumns).toEqual([]);
  });

  it.each([
    [[{ data: { id: 'a' } }, { data: { x: 1 } }], "g.json elements[1]: no 'data.id'.", 'node-without-id'],
    [
      { elements: { nodes: [], edges: [{ data: { source: 'a' } }] } },
      "g.json edges[0]: no 'data.target'.",
      'edge-without-end',
    ],
    [
      { elements: [{ data: { id: 'a' } }, 7] },
      'g.json elements[1]: expected an object in braces.',
      'record-not-object',
    ],
    [
      { elements: { nodes: [{ data: { id: 'a' } }], edges: {} } },
      "g.json: 'edges' is no list.",
      'not-a-list',
    ],
  ])('says what is wrong with %j', async (value, message, code) => {
    expect(await failureOf(read(value))).toMatchObject({ name: 'ParseError', message, code });
  });

  it('says that a .cyjs file has no elements', async () => {
    expect(
      await failureOf(importFiles(textFiles({ 'g.cyjs': 'nothing' }), DEFAULT_IMPORT_OPTIONS)),
    ).toMatchObject({
      code: 'json-syntax',
      message: "g.cyjs line 1 column 1: expected a value but found 'n'.",
    });
  });
});
