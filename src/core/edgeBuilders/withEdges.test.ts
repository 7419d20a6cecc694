import { describe, expect, it } from 'vitest';
import { cellText, type Column } from '../columns.ts';
import { InvalidGraphError } from '../errors.ts';
import { isEdgeDeleted } from '../graph.ts';
import { utf8Table } from '../utf8Table.ts';
import { buildMessageGraph } from '../messageGraph.ts';
import type { BuiltEdges } from './edgeBuilderTypes.ts';
import {
  boolColumn,
  categoryColumn,
  edgeGraph,
  sparseColumn,
  textColumn,
  vectorColumn,
} from './testGraph.ts';
import { withEdges } from './withEdges.ts';

const built: BuiltEdges = {
  nodeType: 0,
  source: Int32Array.of(0, 1),
  target: Int32Array.of(1, 2),
  weight: Float32Array.of(0.5, 0.25),
  relation: 'nearest',
  directed: false,
  notes: [],
};
const TYPES = [
  {
    relation: 'writes',
    sourceType: 0,
    targetType: 1,
    directed: true,
    edges: [
      [2, 3],
      [0, 4],
    ] as const,
  },
  { relation: 'cites', sourceType: 1, targetType: 1, directed: true, edges: [[4, 3]] as const },
];
const graphWith = (...columns: Column[]) => edgeGraph([3, 2], TYPES, columns);
const cells = (column: Column | undefined): string[] =>
  column === undefined ? [] : Array.from({ length: column.length }, (_, row) => cellText(column, row));

describe('withEdges', () => {
  it('appends an edge type and leaves the rows of the others where they are', () => {
    const graph = graphWith();
    const after = withEdges(graph, built);
    expect([...after.source]).toEqual([...graph.source, 0, 1]);
    expect([...after.target]).toEqual([...graph.target, 1, 2]);
    expect([...after.edgeTypePtr]).toEqual([0, 2, 3, 5]);
    expect(after.edgeTypes.relation).toEqual(['writes', 'cites', 'nearest']);
    expect([...after.edgeTypes.directed]).toEqual([1, 1, 0]);
    expect([after.edgeTypes.sourceType[2], after.edgeTypes.targetType[2]]).toEqual([0, 0]);
    expect(cells(after.edgeColumns[0])).toEqual(['', '', '', '0.5', '0.25']);
    expect(after.nodeTypes).toBe(graph.nodeTypes);
    expect(graph.source.length).toBe(3);
  });

  it('hashes what it holds', () => {
    const [once, again] = [withEdges(graphWith(), built), withEdges(graphWith(), built)];
    expect(again.version).toBe(once.version);
    expect(once.version).not.toBe(graphWith().version);
    expect(withEdges(graphWith(), { ...built, directed: true }).version).not.toBe(once.version);
  });

  it('gives columns of every kind missing cells', () => {
    const graph = graphWith(
      { kind: 'f32', name: 'f', length: 3, validity: null, values: Float32Array.of(1, 2, 3) },
      { kind: 'date', name: 'd', length: 3, validity: null, values: Float64Array.of(0, 1, 2) },
      boolColumn('b', [true, false, true]),
      categoryColumn('c', ['x', null, 'y']),
      textColumn('t', ['one', '', 'three']),
      vectorColumn('v', [[1], [2], [3]], 1),
      sparseColumn(
        's',
        [
          [1, 0],
          [0, 0],
          [0, 1],
        ],
        2,
      ),
    );
    const after = withEdges(graph, { ...built, weight: null });
    for (const [at, column] of graph.edgeColumns.entries()) {
      expect(cells(after.edgeColumns[at])).toEqual([...cells(column), '', '']);
    }
    const message = withEdges(after, built);
    expect(message.edgeColumns.map((column) => column.length)).toEqual(Array(8).fill(7));
    const text = message.edgeColumns[4];
    expect(text?.kind === 'text' && text.text.offsets.length).toBe(8);
  });

  it('puts weights beside those of other types, or into a column of their own', () => {
    const whole = graphWith({
      kind: 'i32',
      name: 'weight',
      length: 3,
      validity: null,
      values: Int32Array.of(7, 8, 9),
    });
    const merged = withEdges(whole, built);
    expect(cells(merged.edgeColumns[0])).toEqual(['7', '8', '9', '0.5', '0.25']);
    expect(
      [...(buildMessageGraph(merged, { flow: 'forward', weightColumn: 'weight' }).weight ?? [])].sort(),
    ).toEqual([0.25, 0.25, 0.5, 0.5, 7, 8, 9]);
    const words = graphWith({
      kind: 'text',
      name: 'weight',
      length: 3,
      validity: null,
      text: utf8Table(['light', 'heavy', 'heavy']),
    });
    expect(withEdges(words, built).edgeColumns.map((column) => column.name)).toEqual([
      'weight',
      'weight of nearest',
    ]);
  });

  it('takes the place of all edges when asked to', () => {
    const after = withEdges(graphWith(boolColumn('b', [true, false, true])), built, { isOnly: true });
    expect([...after.source]).toEqual([0, 1]);
    expect([...after.edgeTypePtr]).toEqual([0, 2]);
    expect(after.edgeTypes.relation).toEqual(['nearest']);
    expect(after.edgeColumns.map((column) => column.name)).toEqual(['weight']);
  });

  it('numbers a relation that exists and keeps deleted edges deleted', () => {
    const graph = { ...graphWith(), deletedEdges: { length: 3, bits: Uint8Array.of(0b010) } };
    const after = withEdges(withEdges(graph, built), built);
    expect(after.edgeTypes.relation.slice(2)).toEqual(['nearest', 'nearest 2']);
    expect(Array.from({ length: 7 }, (_, edge) => isEdgeDeleted(after, edge))).toEqual([
      false,
      true,
      ...Array<boolean>(5).fill(false),
    ]);
  });

  it('refuses ends outside the node type, and takes no edges at all', () => {
    expect(() => withEdges(graphWith(), { ...built, target: Int32Array.of(1, 4) })).toThrow(
      InvalidGraphError,
    );
    const none = {
      ...built,
      source: new Int32Array(0),
      target: new Int32Array(0),
      weight: new Float32Array(0),
    };
    expect([...withEdges(graphWith(), none).edgeTypePtr]).toEqual([0, 2, 3, 3]);
  });
});
