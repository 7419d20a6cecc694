/** Which layout a graph is opened with, and what its columns mean to a layout. */
import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../core/bitset.ts';
import type { Column } from '../core/columns.ts';
import type { Graph } from '../core/graph.ts';
import { buildGraph } from '../core/graphBuilder.ts';
import { utf8Table } from '../core/utf8Table.ts';
import { LAYOUTS } from '../layouts/index.ts';
import {
  columnNumbers,
  firstLayout,
  hasEmbedding,
  layoutColumns,
  layoutData,
  layoutRefusal,
  layoutSpecs,
  layoutValues,
  positionColumns,
} from './layoutChoice.ts';
import { idleRun } from './store.ts';
import type { LoadedGraph } from './types.ts';

const numbers = (name: string, values: number[], missing: number[] = []): Column => ({
  kind: 'f64',
  name,
  length: values.length,
  values: Float64Array.from(values),
  validity:
    missing.length === 0
      ? null
      : bitsetOf(
          values.length,
          values.map((_, row) => row).filter((row) => !missing.includes(row)),
        ),
});
const team: Column = {
  kind: 'category',
  name: 'team',
  length: 3,
  codes: Int32Array.of(1, 0, 1),
  dictionary: ['blue', 'red'],
  validity: null,
};

function graphWith(columns: Column[], isDirected = false): Graph {
  return buildGraph({
    name: 'g',
    nodeTables: [
      { type: 'person', columns, count: 3 },
      { type: 'place', columns: [], count: 1 },
    ],
    nodeIds: utf8Table(['a', 'b', 'c', 'd']),
    edgeTypes: [{ relation: 'knows', sourceType: 0, targetType: 0, directed: isDirected }],
    source: Int32Array.of(0),
    target: Int32Array.of(1),
    edgeType: Int32Array.of(0),
    edgeColumns: [],
  });
}

const opened = (graph: Graph, formatId = 'gml') =>
  firstLayout({ graph, report: { formatId } } as Pick<LoadedGraph, 'graph' | 'report'>);

describe('columns as numbers', () => {
  it('spread over all node types, with gaps where there is no value', () => {
    const graph = graphWith([numbers('age', [3, 4, 5], [1]), team]);
    expect([...columnNumbers(graph, 'age')]).toEqual([3, NaN, 5, NaN]);
    expect([...columnNumbers(graph, 'team')]).toEqual([-1, -0, -1, NaN]);
    expect([...columnNumbers(graph, 'nobody')]).toEqual([NaN, NaN, NaN, NaN]);
    expect(layoutColumns(graph, 'numbers')).toEqual(['age']);
    expect(layoutColumns(graph, 'values')).toEqual(['age', 'team']);
  });
});

describe('the first layout', () => {
  it('is where the file puts the nodes, higher values down except for Gephi’s', () => {
    const graph = graphWith([numbers('x', [1, 2, 3]), numbers('Y', [4, 5, 6])]);
    expect(opened(graph)).toEqual({
      layoutId: 'columns',
      layoutValues: { columns: { x: 'column:x', y: 'column:Y', scale: 'auto', direction: 'down' } },
    });
    expect(opened(graph, 'gexf').layoutValues['columns']?.['direction']).toBe('up');
  });

  it('is a map where there are longitudes and latitudes, also beside x and y', () => {
    const places = [numbers('lon', [1, 2, 3]), numbers('lat', [50, 51, 52])];
    const graph = graphWith([numbers('x', [1, 2, 3]), numbers('y', [4, 5, 6]), ...places]);
    expect(positionColumns(graph)).toEqual({ x: 'lon', y: 'lat', isMap: true });
    expect(opened(graph).layoutValues['columns']).toMatchObject({ scale: 'map', direction: 'up' });
  });

  it('is the force layout when few nodes have a place, all have the same, or the degrees are none', () => {
    const few = [numbers('x', [1, 2, 3], [0, 1]), numbers('y', [1, 2, 3])];
    const same = [numbers('x', [1, 1, 1]), numbers('y', [2, 2, 2])];
    const wrong = [numbers('lon', [1, 2, 3]), numbers('lat', [50, 510, 52])];
    for (const columns of [[], few, same, wrong]) {
      expect(opened(graphWith(columns))).toEqual({ layoutId: 'force-atlas-2', layoutValues: {} });
    }
  });
});

describe('what a layout is offered', () => {
  const columns = LAYOUTS.get('columns');

  it('takes two different columns by default, and sends them as numbers', () => {
    const graph = graphWith([numbers('age', [3, 4, 5]), numbers('height', [6, 7, 8])]);
    const values = layoutValues(layoutSpecs(columns, graph), undefined);
    expect(values).toMatchObject({ x: 'column:age', y: 'column:height', scale: 'auto' });
    const data = layoutData(columns, { direction: 'down' }, graph, idleRun());
    expect(data.parameters).toEqual({ scale: 'auto', direction: 'down' });
    expect([...(data.numbers['y'] ?? [])]).toEqual([6, 7, 8, NaN]);
  });

  it('forgets a column that is gone', () => {
    const graph = graphWith([numbers('age', [3, 4, 5])]);
    const specs = layoutSpecs(LAYOUTS.get('grid'), graph);
    expect(layoutValues(specs, { order: 'column:gone', perRow: 4 })).toEqual({ order: 'degree', perRow: 4 });
    expect(layoutValues(specs, { order: 'column:age' })['order']).toBe('column:age');
  });

  it('says what it lacks', () => {
    const graph = graphWith([numbers('age', [3, 4, 5])]);
    const refusals = LAYOUTS.all.map((layout) => [layout.id, layoutRefusal(layout, graph, false)]);
    expect(Object.fromEntries(refusals)).toEqual({
      'force-atlas-2': null,
      circular: null,
      concentric: null,
      grid: null,
      layered: 'needs directed edges',
      columns: 'needs two numeric columns',
      embedding: 'needs a trained model',
    });
    expect(layoutRefusal(LAYOUTS.get('layered'), graphWith([], true), false)).toBeNull();
  });

  it('takes the embedding of a run about this very graph', () => {
    const graph = graphWith([]);
    const run = {
      ...idleRun(),
      description: { graphVersion: graph.version, nodeRange: [1, 3] },
      snapshot: { coordinates: Float32Array.of(1, 2, 3, 4) },
    } as unknown as ReturnType<typeof idleRun>;
    expect(hasEmbedding(graph, run)).toBe(true);
    const { numbers: found } = layoutData(LAYOUTS.get('embedding'), undefined, graph, run);
    expect([...(found['x'] ?? [])]).toEqual([NaN, 1, 3, NaN]);
    expect([...(found['y'] ?? [])]).toEqual([NaN, 2, 4, NaN]);
    expect(hasEmbedding(graphWith([numbers('age', [1, 2, 3])]), run)).toBe(false);
  });
});
