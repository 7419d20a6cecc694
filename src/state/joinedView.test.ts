import { describe, expect, it } from 'vitest';
import { bitsetIndices, bitsetOf } from '../core/bitset.ts';
import { buildGraph } from '../core/graphBuilder.ts';
import { utf8Table } from '../core/utf8Table.ts';
import { joinedPositions, joinedSelection } from './joinedView.ts';

/** a, new, b, lone: `new` is between a and b. */
const graph = buildGraph({
  name: '',
  nodeTables: [{ type: '', count: 4, columns: [] }],
  nodeIds: utf8Table(['a', 'new', 'b', 'lone']),
  edgeTypes: [{ relation: '', sourceType: 0, targetType: 0, directed: false }],
  source: Int32Array.of(0, 1),
  target: Int32Array.of(1, 2),
  edgeType: null,
  edgeColumns: [],
});
const nodeMap = Int32Array.of(0, 2);

describe('joinedPositions', () => {
  const positions = joinedPositions(Float32Array.of(-100, 50, 300, 70), nodeMap, graph);

  it('leaves nodes where they were', () =>
    expect([...positions.slice(0, 2), ...positions.slice(4, 6)]).toEqual([-100, 50, 300, 70]));

  it('puts a new node beside the middle of its neighbours', () =>
    expect(Math.hypot((positions[2] ?? 0) - 100, (positions[3] ?? 0) - 60)).toBeCloseTo(10, 3));

  it('puts a node without neighbours below the drawing', () =>
    expect(Array.from(positions.subarray(6))).toEqual([-100, 90]));
});

it('joinedSelection follows the nodes', () => {
  const selection = joinedSelection({ selected: bitsetOf(2, [1]), focused: 1, hovered: 0 }, nodeMap, graph);
  expect({ ...selection, selected: [...bitsetIndices(selection.selected ?? bitsetOf(0, []))] }).toEqual({
    selected: [2],
    focused: 2,
    hovered: null,
  });
});
