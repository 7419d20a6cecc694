import { describe, expect, it } from 'vitest';
import type { Column } from '../core/columns.ts';
import { buildGraph } from '../core/graphBuilder.ts';
import { dropColumn, putColumn, renameColumn } from '../core/schema/graphTables.ts';
import { renameNodeType, renameRelation } from '../core/schema/renameTypes.ts';
import { withEdges } from '../core/edgeBuilders/withEdges.ts';
import { utf8Table } from '../core/utf8Table.ts';
import { applyDelta, graphDelta } from './graphDelta.ts';

const doubles = (name: string, values: readonly number[]): Column => ({
  kind: 'f64',
  name,
  length: values.length,
  validity: null,
  values: Float64Array.from(values),
});
const graph = buildGraph({
  name: 'g',
  nodeTables: [
    { type: 'paper', columns: [doubles('x', [1, 2]), doubles('y', [3, 4])], count: 2 },
    { type: 'author', columns: [doubles('x', [5])], count: 1 },
  ],
  nodeIds: utf8Table(['p0', 'p1', 'a0']),
  edgeTypes: [{ relation: 'writes', sourceType: 1, targetType: 0, directed: true }],
  source: Int32Array.of(2),
  target: Int32Array.of(1),
  edgeType: null,
  edgeColumns: [doubles('w', [1])],
});
const papers = { kind: 'nodes', type: 'paper' } as const;
const built = {
  nodeType: 0,
  source: Int32Array.of(0),
  target: Int32Array.of(1),
  weight: null,
  relation: 'near',
  directed: false,
  notes: [],
};

describe('a delta', () => {
  it.each([
    ['rename a column', renameColumn(graph, papers, 'x', 'size')],
    ['drop a column', dropColumn(graph, { kind: 'edges' }, 'w')],
    ['put a column', putColumn(graph, papers, doubles('z', [7, 8]))],
    ['rename a type', renameNodeType(graph, 'author', 'person')],
    ['rename a relation', renameRelation(graph, 'writes', 'wrote')],
    ['add edges', withEdges(graph, built)],
    ['replace edges', withEdges(graph, built, { isOnly: true })],
    ['nothing', graph],
  ])('gives the same graph on the other side of a message: %s', (_, edited) => {
    expect(applyDelta(graph, structuredClone(graphDelta(graph, edited)))).toEqual(edited);
  });

  it('keeps the receiver’s own columns and sends only new ones', () => {
    const delta = graphDelta(graph, renameColumn(graph, papers, 'x', 'size'));
    const applied = applyDelta(graph, structuredClone(delta));
    expect(applied.nodeTypes[0]?.columns[1]).toBe(graph.nodeTypes[0]?.columns[1]);
    expect(applied.nodeTypes[1]?.columns[0]).toBe(graph.nodeTypes[1]?.columns[0]);
    expect(applied.source).toBe(graph.source);
    expect(delta.fields).toEqual({});
    expect(delta.nodeTypes[0]?.columns.filter((column) => typeof column !== 'number')).toHaveLength(1);
  });
});
