import { describe, expect, it } from 'vitest';
import { buildGraph } from '../core/graphBuilder.ts';
import { utf8Table } from '../core/utf8Table.ts';
import { classColour, classOfNode, targetClasses } from './nodeClasses.ts';
import { classColours, REST_CSS } from './palette/palette.ts';

const graph = buildGraph({
  name: 'two types',
  nodeTables: [
    { type: 'author', columns: [], count: 1 },
    {
      type: 'paper',
      count: 3,
      columns: [
        {
          name: 'label',
          kind: 'category',
          length: 3,
          validity: { length: 3, bits: Uint8Array.of(0b011) },
          codes: Int32Array.of(1, 0, 0),
          dictionary: ['Neural', 'Theory'],
        },
      ],
    },
  ],
  nodeIds: utf8Table(['a', 'p1', 'p2', 'p3']),
  edgeTypes: [],
  source: new Int32Array(0),
  target: new Int32Array(0),
  edgeType: null,
  edgeColumns: [],
});

describe('targetClasses', () => {
  it('finds the column in the node type that has it and gives each class its palette colour', () => {
    const classes = targetClasses(graph, null, 'label');
    expect(classes).toEqual({
      classes: ['Neural', 'Theory'],
      colours: classColours(2, [1, 1]),
      codes: Int32Array.of(1, 0, -1),
      start: 1,
      end: 4,
    });
  });

  it('maps global node indices to classes, -1 for other types and missing labels', () => {
    const classes = targetClasses(graph, 'paper', 'label');
    if (classes === null) throw new Error('no classes');
    expect([0, 1, 2, 3].map((node) => classOfNode(classes, node))).toEqual([-1, 1, 0, -1]);
  });

  it('is null without a target, for another node type and for an unknown column', () => {
    expect([
      targetClasses(graph, 'paper', null),
      targetClasses(graph, 'author', 'label'),
      targetClasses(graph, 'paper', 'topic'),
    ]).toEqual([null, null, null]);
  });

  it('greys a class without a colour', () => expect(classColour(['#000000'], -1)).toBe(REST_CSS));
});
