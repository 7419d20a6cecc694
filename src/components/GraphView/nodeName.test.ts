import { describe, expect, it } from 'vitest';
import type { Column } from '../../core/columns.ts';
import type { Graph } from '../../core/graph.ts';
import { buildGraph } from '../../core/graphBuilder.ts';
import { utf8Table } from '../../core/utf8Table.ts';
import { hasOnlyNumbers, nodeName } from './nodeName.ts';

const text = (name: string, values: readonly string[]): Column => ({
  kind: 'text',
  name,
  length: values.length,
  validity: null,
  text: utf8Table(values),
});

function graphOf(ids: readonly string[], columns: readonly Column[]): Graph {
  return buildGraph({
    name: 'named',
    nodeTables: [{ type: 'node', count: ids.length, columns }],
    nodeIds: utf8Table(ids),
    edgeTypes: [],
    source: new Int32Array(0),
    target: new Int32Array(0),
    edgeType: new Int32Array(0),
    edgeColumns: [],
  });
}

const names = (graph: Graph, nameBy?: Parameters<typeof nodeName>[3]): string[] =>
  [0, 1].map((node) => nodeName(graph, node, 40, nameBy));

describe('nodeName', () => {
  it('knows when there are only bare numbers to call nodes by', () => {
    expect(hasOnlyNumbers(graphOf(['1', '2'], []), 'auto')).toBe(true);
    expect(hasOnlyNumbers(graphOf(['1', '2'], []), 'id')).toBe(false);
    expect(hasOnlyNumbers(graphOf(['a', 'b'], []), 'auto')).toBe(false);
    expect(hasOnlyNumbers(graphOf(['1', '2'], [text('label', ['Ann', 'Ben'])]), 'auto')).toBe(false);
  });

  it('takes a text that names each node where ids are bare numbers', () => {
    expect(names(graphOf(['1', '2'], [text('label', ['Ann', 'Ben'])]))).toEqual(['Ann', 'Ben']);
    expect(names(graphOf(['1', '2'], [text('person', ['Ann', 'Ben'])]))).toEqual(['Ann', 'Ben']);
  });

  it('keeps ids that say something, and ids where texts repeat or are missing', () => {
    expect(names(graphOf(['a1', 'a2'], [text('label', ['Ann', 'Ben'])]))).toEqual(['a1', 'a2']);
    expect(names(graphOf(['1', '2'], [text('label', ['x', 'x'])]))).toEqual(['1', '2']);
    expect(names(graphOf(['1', '2'], [text('label', ['Ann', ''])]))).toEqual(['1', '2']);
    expect(names(graphOf(['1', '2'], [text('essay', ['a'.repeat(500), 'b'.repeat(500)])]))).toEqual([
      '1',
      '2',
    ]);
  });

  it('prefers `name` and does as it is told', () => {
    const graph = graphOf(['1', '2'], [text('label', ['Ann', 'Ben']), text('name', ['Anna', ''])]);
    expect(names(graph)).toEqual(['Anna', '2']);
    expect(names(graph, 'id')).toEqual(['1', '2']);
    expect(names(graph, 'column:label')).toEqual(['Ann', 'Ben']);
    expect(names(graph, 'column:gone')).toEqual(['Anna', '2']);
  });
});
