/** JSON Graph Format, by the examples of its specification. */
import { describe, expect, it } from 'vitest';
import { isDirected } from '../../core/graph.ts';
import { importFiles } from '../importer.ts';
import { DEFAULT_IMPORT_OPTIONS, type ImportResult } from '../importTypes.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const read = (value: unknown): Promise<ImportResult> =>
  importFiles(textFiles({ 'g.json': JSON.stringify(value) }), DEFAULT_IMPORT_OPTIONS);

/** https://jsongraphformat.info/, "Single graph, complete" of version 2. */
const COMPLETE = {
  graph: {
    directed: false,
    type: 'graph type',
    label: 'graph label',
    metadata: { 'user-defined': 'values' },
    nodes: {
      '0': { label: 'node label(0)', metadata: { type: 'node type', size: 3, label: 'hidden' } },
      '1': { label: 'node label(1)', metadata: { type: 'node type', size: 4.5 } },
    },
    edges: [
      {
        source: '0',
        relation: 'edge relationship',
        target: '1',
        directed: true,
        label: 'edge label',
        metadata: { 'user-defined': 'values' },
      },
    ],
  },
};

describe('JSON Graph Format', () => {
  it('reads version 2: nodes by id, metadata as attributes', async () => {
    const result = await read(COMPLETE);
    expect(result.report.formatId).toBe('jgf');
    expect(result.graph.name).toBe('graph label');
    expect(nodeIdsOf(result.graph)).toEqual(['0', '1']);
    expect(edgesOf(result.graph)).toEqual(['0 edge relationship 1']);
    expect(isDirected(result.graph)).toBe(true);
    const columns = result.graph.nodeTypes[0]?.columns ?? [];
    expect(cellsOf(columns, 'label')?.cells).toEqual(['node label(0)', 'node label(1)']);
    expect(cellsOf(columns, 'size')).toEqual({ kind: 'f32', cells: ['3', '4.5'] });
    expect(cellsOf(result.graph.edgeColumns, 'user-defined')?.cells).toEqual(['values']);
  });

  it('reads version 1: nodes in a list; edges are directed unless said otherwise', async () => {
    const graph = { nodes: [{ id: 'A' }, { id: 'B' }], edges: [{ source: 'A', target: 'B' }] };
    expect(isDirected((await read({ graph })).graph)).toBe(true);
    expect(isDirected((await read({ graph: { ...graph, directed: false } })).graph)).toBe(false);
  });

  it('reads the first of several graphs and says so', async () => {
    const { graph, report } = await read({
      graphs: [
        { label: 'first', nodes: { A: {} } },
        { label: 'second', nodes: { B: {} } },
      ],
    });
    expect([graph.name, nodeIdsOf(graph)]).toEqual(['first', ['A']]);
    expect(report.notices[0]).toMatchObject({
      code: 'graphs-not-read',
      message: 'g.json: the first graph was read; 1 more graph left out.',
      count: 1,
    });
  });

  it('notes hyperedges', async () => {
    const { graph, report } = await read({
      graph: {
        nodes: { A: {}, B: {}, C: {} },
        hyperedges: [{ nodes: ['A', 'B', 'C'] }, { source: ['A'], target: ['B', 'C'] }],
      },
    });
    expect(graph.source).toHaveLength(0);
    expect(report.notices[0]).toMatchObject({
      code: 'hyperedges-not-read',
      message: 'g.json: 2 hyperedges left out; an edge here has two ends.',
    });
  });

  it.each([
    [{ graph: { nodes: [{ label: 'x' }] } }, "g.json nodes[0]: no 'id'.", 'node-without-id'],
    [{ graph: { nodes: {}, edges: [{ source: 'A' }] } }, "g.json edges[0]: no 'target'.", 'edge-without-end'],
    [{ graph: { nodes: {}, edges: 'x' } }, "g.json: 'edges' is no list.", 'not-a-list'],
  ])('says what is wrong with %j', async (value, message, code) => {
    expect(await failureOf(read(value))).toMatchObject({ name: 'ParseError', message, code });
  });

  it('says that a .jgf file holds no graph', async () => {
    expect(await failureOf(importFiles(textFiles({ 'g.jgf': '{"a": 1}' }), DEFAULT_IMPORT_OPTIONS))).toEqual({
      name: 'ParseError',
      code: 'no-graph',
      message: "g.jgf has neither 'graph' nor 'graphs'.",
      remedy: "Put nodes and edges into an object 'graph', as JSON Graph Format has it.",
      details: { file: 'g.jgf' },
    });
  });
});
