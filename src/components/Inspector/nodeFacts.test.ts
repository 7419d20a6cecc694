import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeDegrees } from '../../core/graph.ts';
import { buildGraph } from '../../core/graphBuilder.ts';
import { utf8Table } from '../../core/utf8Table.ts';
import { attributesOf, neighbourhoodOf } from './nodeFacts.ts';

function graphOf(numNodes: number, edges: readonly (readonly [number, number])[], directed = false) {
  return buildGraph({
    name: 'g',
    nodeTables: [
      {
        type: 'node',
        count: numNodes,
        columns: [
          {
            kind: 'i32',
            name: 'age',
            length: numNodes,
            validity: { length: numNodes, bits: new Uint8Array((numNodes + 7) >> 3).fill(0b01) },
            values: new Int32Array(numNodes).fill(7),
          },
        ],
      },
    ],
    nodeIds: utf8Table(Array.from({ length: numNodes }, (_, node) => `n${node}`)),
    edgeTypes: [{ relation: 'cites', sourceType: 0, targetType: 0, directed }],
    source: Int32Array.from(edges, ([source]) => source),
    target: Int32Array.from(edges, ([, target]) => target),
    edgeType: null,
    edgeColumns: [],
  });
}

describe('neighbourhoodOf', () => {
  const edges = [
    [0, 1],
    [2, 0],
    [0, 1],
    [0, 0],
    [1, 2],
  ] as const;

  it('lists each neighbour once in edge order; a self-loop is two ends', () => {
    expect(neighbourhoodOf(graphOf(3, edges), 0, 50)).toEqual({
      degree: 5,
      numNeighbours: 3,
      neighbours: [
        { node: 1, relation: 'cites', direction: 'with' },
        { node: 2, relation: 'cites', direction: 'with' },
        { node: 0, relation: 'cites', direction: 'with' },
      ],
    });
  });

  it('tells the direction of directed edges and keeps counting past the limit', () => {
    expect(neighbourhoodOf(graphOf(3, edges, true), 0, 2)).toEqual({
      degree: 5,
      numNeighbours: 3,
      neighbours: [
        { node: 1, relation: 'cites', direction: 'to' },
        { node: 2, relation: 'cites', direction: 'from' },
      ],
    });
  });

  it('agrees with the degrees of the whole graph', () => {
    const end = fc.nat(5);
    fc.assert(
      fc.property(fc.array(fc.tuple(end, end), { maxLength: 30 }), (randomEdges) => {
        const graph = graphOf(6, randomEdges);
        const degrees = nodeDegrees(graph);
        for (let node = 0; node < 6; node++) {
          expect(neighbourhoodOf(graph, node, 50)?.degree).toBe(degrees[node]);
        }
      }),
    );
  });
});

describe('attributesOf', () => {
  it('shows a missing cell as empty text', () => {
    const graph = graphOf(2, []);
    expect([attributesOf(graph, 0, 9), attributesOf(graph, 1, 9)]).toEqual([
      [{ name: 'age', text: '7' }],
      [{ name: 'age', text: '' }],
    ]);
  });
});
