import { describe, expect, it } from 'vitest';
import { CancelledError, TaskError } from '../errors.ts';
import type { Graph } from '../graph.ts';
import { defaultValues } from '../parameters.ts';
import type { EdgeBuilderChoice } from './edgeBuilderTypes.ts';
import { EDGE_BUILDERS } from './index.ts';
import { categoryColumn, edgeGraph, itemGraph, numberColumn, textColumn } from './testGraph.ts';
import { withEdges } from './withEdges.ts';

const COUNT = 60;
const rows = Array.from({ length: COUNT }, (_, row) => row);
const TABLE = itemGraph(COUNT, [
  numberColumn(
    'number',
    rows.map((row) => (row === 5 ? null : (row * 7) % 13)),
  ),
  categoryColumn(
    'category',
    rows.map((row) => `c${row % 9}`),
  ),
  textColumn(
    'text',
    rows.map((row) => `word${row % 4} word${row % 7} tail`),
  ),
]);
const TWO_MODE = edgeGraph(
  [20, 5],
  [
    {
      relation: 'writes',
      sourceType: 0,
      targetType: 1,
      directed: true,
      edges: rows.map((row) => [row % 20, 20 + (row % 5)] as const),
    },
  ],
);

/** What each builder gets here; a builder without an entry fails below. */
const INPUT: Readonly<Record<string, readonly [Graph, EdgeBuilderChoice]>> = {
  'nearest-neighbours': [TABLE, { nodeType: 'item', columns: ['number'], relation: null }],
  radius: [TABLE, { nodeType: 'item', columns: ['number'], relation: null }],
  'same-value': [TABLE, { nodeType: 'item', columns: ['category'], relation: null }],
  'similar-texts': [TABLE, { nodeType: 'item', columns: ['text'], relation: null }],
  'shared-neighbours': [TWO_MODE, { nodeType: 'a', columns: [], relation: null }],
};

describe.each(EDGE_BUILDERS.all)('edge builder $id', (builder) => {
  const [graph, choice] = INPUT[builder.id] as [Graph, EdgeBuilderChoice];

  it('makes sorted, distinct edges between nodes of the type, the same every time', async () => {
    const built = await builder.build(graph, choice, defaultValues(builder.parameters), {});
    expect(built.source.length).toBeGreaterThan(0);
    const keys = [...built.source].map((source, edge) => source * 1000 + (built.target[edge] as number));
    expect(keys).toEqual([...new Set(keys)].sort((a, b) => a - b));
    for (const [edge, source] of built.source.entries()) {
      if (built.directed) expect(source).not.toBe(built.target[edge]);
      else expect(source).toBeLessThan(built.target[edge] as number);
    }
    expect(built.weight?.every((weight) => weight >= 0 && Number.isFinite(weight)) ?? true).toBe(true);
    expect(withEdges(graph, built).edgeTypes.relation).toContain(built.relation);
    expect(await builder.build(graph, choice, {}, {})).toEqual(built);
  });

  it('reports rising progress up to 1', async () => {
    const fractions: number[] = [];
    await builder.build(graph, choice, {}, { onProgress: (fraction) => fractions.push(fraction) });
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  });

  it('stops when it is cancelled, before or on the way', async () => {
    await expect(builder.build(graph, choice, {}, { signal: AbortSignal.abort() })).rejects.toThrow(
      CancelledError,
    );
    const control = new AbortController();
    const half = { signal: control.signal, onProgress: () => control.abort() };
    await expect(builder.build(graph, choice, {}, half)).rejects.toThrow(CancelledError);
  });

  it('refuses an unknown node type, and columns it cannot read', async () => {
    await expect(builder.build(graph, { ...choice, nodeType: 'x' }, {}, {})).rejects.toThrow(TaskError);
    if (builder.needs.columns === null) return;
    await expect(builder.build(graph, { ...choice, columns: [] }, {}, {})).rejects.toThrow(TaskError);
  });

  it('says where it comes from', () => {
    expect(builder.source === 'standard' || builder.source.includes('https://')).toBe(true);
    expect(builder.summary).toMatch(/\.$/);
  });
});
