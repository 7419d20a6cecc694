import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidGraphError } from './errors.ts';
import { edgeTypeOf, nodeDegrees, nodeTypeOf, numEdges } from './graph.ts';
import { buildGraph, type GraphInput } from './graphBuilder.ts';
import { buildMessageGraph } from './messageGraph.ts';
import { utf8Table } from './utf8Table.ts';

function input(overrides: Partial<GraphInput> = {}): GraphInput {
  return {
    name: 'g',
    nodeTables: [
      { type: 'paper', columns: [], count: 3 },
      { type: 'author', columns: [], count: 2 },
    ],
    nodeIds: utf8Table(['p0', 'p1', 'p2', 'a0', 'a1']),
    edgeTypes: [
      { relation: 'writes', sourceType: 1, targetType: 0, directed: true },
      { relation: 'cites', sourceType: 0, targetType: 0, directed: false },
    ],
    source: Int32Array.of(0, 3, 1, 4),
    target: Int32Array.of(1, 0, 1, 2),
    edgeType: Int32Array.of(1, 0, 1, 0),
    edgeColumns: [
      { kind: 'f32', name: 'w', length: 4, validity: null, values: Float32Array.of(10, 11, 12, 13) },
    ],
    ...overrides,
  };
}

describe('buildGraph', () => {
  it('sorts edges by type, stably, and moves their columns along', () => {
    const graph = buildGraph(input());
    expect([...graph.edgeTypePtr]).toEqual([0, 2, 4]);
    expect([...graph.source]).toEqual([3, 4, 0, 1]);
    expect([...graph.target]).toEqual([0, 2, 1, 1]);
    expect(graph.edgeColumns[0]).toMatchObject({ values: Float32Array.of(11, 13, 10, 12) });
    expect([0, 1, 2, 3].map((edge) => edgeTypeOf(graph, edge))).toEqual([0, 0, 1, 1]);
    expect([0, 2, 3, 4].map((node) => nodeTypeOf(graph, node))).toEqual([0, 0, 1, 1]);
    expect([...nodeDegrees(graph)]).toEqual([2, 3, 1, 1, 1]);
  });

  it('gives equal tables equal versions and any changed cell another one', () => {
    const version = buildGraph(input()).version;
    expect(buildGraph(input()).version).toBe(version);
    expect(buildGraph(input({ name: 'renamed' })).version).toBe(version);
    expect(buildGraph(input({ target: Int32Array.of(1, 0, 1, 1) })).version).not.toBe(version);
    expect(buildGraph(input({ nodeIds: utf8Table(['p0', 'p1', 'pX', 'a0', 'a1']) })).version).not.toBe(
      version,
    );
  });

  it('refuses an edge whose end is of another type, naming edge and node', () => {
    const attempt = (): unknown => buildGraph(input({ source: Int32Array.of(0, 2, 1, 4) }));
    expect(attempt).toThrow(InvalidGraphError);
    expect(attempt).toThrow(
      expect.objectContaining({
        code: 'edge-end',
        message: "Edge 0: its source 'p2' is not a node of type 'author'.",
        details: { edge: 0, node: 2, end: 'source' },
      }),
    );
  });

  it('refuses a column of the wrong length', () => {
    const column = {
      kind: 'i32',
      name: 'year',
      length: 2,
      validity: null,
      values: Int32Array.of(1, 2),
    } as const;
    const nodeTables = [
      { type: 'paper', columns: [column], count: 3 },
      { type: 'author', columns: [], count: 2 },
    ];
    expect(() => buildGraph(input({ nodeTables }))).toThrow("column 'year' has 2 rows, the table has 3");
  });
});

describe('buildMessageGraph', () => {
  it('gives an undirected edge two arcs, a directed one by flow, a self-loop one, and keeps parallel edges', () => {
    const graph = buildGraph(input());
    const both = buildMessageGraph(graph, { flow: 'both' });
    expect(both.numArcs).toBe(2 * 2 + 2 + 1);
    const forward = buildMessageGraph(graph, { flow: 'forward' });
    expect(forward.numArcs).toBe(2 + 2 + 1);
    const senders = (node: number): number[] => [
      ...forward.colIndex.subarray(forward.rowPtr[node], forward.rowPtr[node + 1]),
    ];
    expect(senders(0).sort()).toEqual([1, 3]);
    expect(senders(1)).toEqual([0, 1]);
    expect(senders(3)).toEqual([]);
    expect([...(forward.relation ?? [])]).toEqual(
      [...forward.arcEdge].map((edge) => edgeTypeOf(graph, edge)),
    );
    expect([forward.isSymmetric, both.isSymmetric]).toEqual([false, true]);
  });

  it('makes the two directions of a directed type, and of one between two node types, relations of their own', () => {
    const graph = buildGraph(input());
    const both = buildMessageGraph(graph, { flow: 'both' });
    expect(both.relationNames).toEqual(['writes', 'writes, reversed', 'cites']);
    const relations = (node: number): number[] => [
      ...(both.relation?.subarray(both.rowPtr[node], both.rowPtr[node + 1]) ?? []),
    ];
    expect(relations(0).sort()).toEqual([0, 2]);
    expect(relations(3)).toEqual([1]);
    const bipartite = input({
      edgeTypes: [
        { relation: 'writes', sourceType: 1, targetType: 0, directed: false },
        { relation: 'cites', sourceType: 0, targetType: 0, directed: false },
      ],
    });
    expect(buildMessageGraph(buildGraph(bipartite), { flow: 'forward' }).relationNames).toEqual([
      'writes',
      'writes, reversed',
      'cites',
    ]);
  });

  it('holds every edge as an arc of its target (property)', () => {
    const arbitrary = fc.integer({ min: 1, max: 12 }).chain((nodes) =>
      fc.record({
        nodes: fc.constant(nodes),
        edges: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1)), { maxLength: 40 }),
      }),
    );
    fc.assert(
      fc.property(arbitrary, ({ nodes, edges }) => {
        const graph = buildGraph({
          name: 'random',
          nodeTables: [{ type: 'node', columns: [], count: nodes }],
          nodeIds: utf8Table(Array.from({ length: nodes }, (_, node) => String(node))),
          edgeTypes: [{ relation: 'edge', sourceType: 0, targetType: 0, directed: true }],
          source: Int32Array.from(edges, ([source]) => source),
          target: Int32Array.from(edges, ([, target]) => target),
          edgeType: null,
          edgeColumns: [],
        });
        const { rowPtr, colIndex } = buildMessageGraph(graph, { flow: 'forward' });
        const arcs: string[] = [];
        for (let row = 0; row < nodes; row++) {
          for (let arc = rowPtr[row] ?? 0; arc < (rowPtr[row + 1] ?? 0); arc++)
            arcs.push(`${colIndex[arc]}>${row}`);
        }
        expect([...arcs].sort()).toEqual(edges.map(([source, target]) => `${source}>${target}`).sort());
        expect(numEdges(graph)).toBe(edges.length);
      }),
    );
  });
});
