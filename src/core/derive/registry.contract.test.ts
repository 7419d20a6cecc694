/** What every derived column must do, and the values of a few on a graph small enough to check by hand. */
import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../bitset.ts';
import { cellText, type Column, isValid } from '../columns.ts';
import { CancelledError, InvalidGraphError, ParameterError, ShapeError } from '../errors.ts';
import { type Graph, numNodes } from '../graph.ts';
import { buildGraph, hashGraph } from '../graphBuilder.ts';
import { utf8Table } from '../utf8Table.ts';
import { defaultValues, type ParameterValues } from '../parameters.ts';
import type { DeriveContext } from './derivedColumn.ts';
import { DERIVED_COLUMNS } from './index.ts';
import { splitByNodeType, withNodeColumn } from './nodeColumns.ts';

/** Papers 0 to 3, authors 4 and 5; 0→1, 1→2, 2→0, 3→3 cite; 4–0, 4–0, 5–3 write, undirected. */
const SOURCE = [0, 1, 2, 3, 4, 4, 5];
const TARGET = [1, 2, 0, 3, 0, 0, 3];

function sample(order = [0, 1, 2, 3, 4, 5], deleted: number[] = []): Graph {
  const graph = buildGraph({
    name: 'g',
    nodeTables: [
      { type: 'paper', columns: [], count: 4 },
      { type: 'author', columns: [], count: 2 },
    ],
    nodeIds: utf8Table(['0', '1', '2', '3', '4', '5']),
    edgeTypes: [
      { relation: 'cites', sourceType: 0, targetType: 0, directed: true },
      { relation: 'writes', sourceType: 1, targetType: 0, directed: false },
    ],
    source: Int32Array.from(SOURCE, (node) => order[node] as number),
    target: Int32Array.from(TARGET, (node) => order[node] as number),
    edgeType: Int32Array.of(0, 0, 0, 0, 1, 1, 1),
    edgeColumns: [
      {
        kind: 'f64',
        name: 'w',
        length: 7,
        validity: null,
        values: Float64Array.of(1, 2, 3, 4, 5, 6, 7),
      },
    ],
  });
  return { ...graph, deletedNodes: deleted.length === 0 ? null : bitsetOf(6, deleted) };
}

function sampleWithoutNode3(): Graph {
  return buildGraph({
    name: 'g',
    nodeTables: [
      { type: 'paper', columns: [], count: 3 },
      { type: 'author', columns: [], count: 2 },
    ],
    nodeIds: utf8Table(['0', '1', '2', '4', '5']),
    edgeTypes: [
      { relation: 'cites', sourceType: 0, targetType: 0, directed: true },
      { relation: 'writes', sourceType: 1, targetType: 0, directed: false },
    ],
    source: Int32Array.of(0, 1, 2, 3, 3),
    target: Int32Array.of(1, 2, 0, 0, 0),
    edgeType: Int32Array.of(0, 0, 0, 1, 1),
    edgeColumns: [],
  });
}

const isGroup = (id: string): boolean => ['component', 'louvain', 'leiden'].includes(id);
/** Which pairs share a group: what is left of a partition without its numbers. */
const samePairs = (groups: readonly string[]): boolean[][] =>
  groups.map((one) => groups.map((other) => one === other));

const derive = (graph: Graph, id: string, values: ParameterValues = {}, context: DeriveContext = {}) =>
  DERIVED_COLUMNS.get(id).derive(graph, values, context);
const cells = (column: Column): string[] =>
  Array.from({ length: column.length }, (_, row) => cellText(column, row));

describe.each(DERIVED_COLUMNS.all)('derived column $id', (derived) => {
  const { id } = derived;

  it('says what it is and where it comes from', () => {
    expect(id).toMatch(/^[a-z][a-z-]*$/);
    expect(derived.summary).toMatch(/\.$/);
    expect(derived.source).toMatch(/^standard$|https?:\/\//);
  });

  it('gives a cell to every node, named as asked, whatever the form holds', async () => {
    const column = await derive(sample(), id, defaultValues(derived.parameters));
    expect(column).toMatchObject({ name: derived.columnName, length: 6, validity: null });
    expect((await derive(sample(), id, {}, { columnName: 'mine' })).name).toBe('mine');
  });

  it('does not depend on the order of nodes, but for ties of group numbers', async () => {
    const order = [2, 0, 3, 1, 5, 4];
    const before = cells(await derive(sample(), id));
    const after = cells(await derive(sample(order), id));
    const moved = order.map((to) => after[to] as string);
    if (isGroup(id)) expect(samePairs(moved)).toEqual(samePairs(before));
    else before.forEach((cell, node) => expect(Number(moved[node])).toBeCloseTo(Number(cell), 9));
  });

  it('is missing at deleted nodes and as if they were not there at the others', async () => {
    const column = await derive(sample(undefined, [3]), id);
    expect([0, 1, 2, 3, 4, 5].filter((node) => !isValid(column, node))).toEqual([3]);
    const left = cells(column).filter((_, node) => node !== 3);
    const expected = cells(await derive(sampleWithoutNode3(), id));
    if (isGroup(id)) expect(samePairs(left)).toEqual(samePairs(expected));
    else expected.forEach((cell, node) => expect(Number(left[node])).toBeCloseTo(Number(cell), 9));
  });

  it('refuses unknown parameters', async () => {
    await expect(derive(sample(), id, { colour: 1 })).rejects.toThrow(ParameterError);
  });

  it('uses weights if it says so, and refuses a column that is none', async () => {
    const plain = cells(await derive(sample(), id));
    const context = { weightColumn: 'w' };
    if (!derived.usesEdgeWeight) expect(cells(await derive(sample(), id, {}, context))).toEqual(plain);
    else await expect(derive(sample(), id, {}, { weightColumn: 'v' })).rejects.toThrow(ParameterError);
  });
});

describe('values', () => {
  it('degrees by direction and weight', async () => {
    const degree = async (direction: string, weightColumn: string | null = null) =>
      cells(await derive(sample(), 'degree', { direction }, { weightColumn })).map(Number);
    expect(await degree('all')).toEqual([4, 2, 2, 3, 2, 1]);
    expect(await degree('in')).toEqual([3, 1, 1, 2, 2, 1]);
    expect(await degree('out')).toEqual([3, 1, 1, 2, 2, 1]);
    expect(await degree('all', 'w')).toEqual([15, 3, 5, 15, 11, 7]);
    expect(await degree('in', 'w')).toEqual([14, 1, 2, 11, 11, 7]);
  });

  it('components and communities by size', async () => {
    const component = await derive(sample(), 'component');
    expect(component).toMatchObject({ kind: 'category', dictionary: ['0', '1'] });
    expect(cells(component)).toEqual(['0', '0', '0', '1', '0', '1']);
  });

  it('core numbers and clustering', async () => {
    expect(cells(await derive(sample(), 'core-number'))).toEqual(['2', '2', '2', '1', '1', '1']);
    const clustering = cells(await derive(sample(), 'clustering-coefficient')).map(Number);
    expect(clustering).toEqual([1 / 3, 1, 1, 0, 0, 0]);
  });

  it('PageRank of the nodes that are there sums to 1', async () => {
    const column = await derive(sample(undefined, [3]), 'pagerank');
    const total = cells(column).reduce((sum, cell) => sum + Number(cell), 0);
    expect(total).toBeCloseTo(1, 9);
  });

  it('more groups than a dictionary holds are integers', async () => {
    const count = 1200;
    const none = new Int32Array(0);
    const lonely = buildGraph({
      name: 'g',
      nodeTables: [{ type: 'node', columns: [], count }],
      nodeIds: utf8Table(Array.from({ length: count }, (_, node) => String(node))),
      edgeTypes: [],
      source: none,
      target: none,
      edgeType: null,
      edgeColumns: [],
    });
    expect(await derive(lonely, 'component')).toMatchObject({ kind: 'i32' });
  });

  it('stop when cancelled', async () => {
    const signal = AbortSignal.abort();
    await expect(derive(sample(), 'betweenness', {}, { signal })).rejects.toThrow(CancelledError);
  });
});

describe('withNodeColumn', () => {
  it('gives each node type its part, as a new version', async () => {
    const graph = sample();
    const column = await derive(graph, 'degree');
    const after = withNodeColumn(graph, column);
    expect(after.nodeTypes.map((type) => type.columns.map(cells))).toEqual([
      [['4', '2', '2', '3']],
      [['2', '1']],
    ]);
    expect(after.version).toBe(hashGraph(after));
    expect(after.version).not.toBe(graph.version);
    expect(graph.nodeTypes[0]?.columns).toHaveLength(0);
    expect(after.source).toBe(graph.source);
    const onlyPapers = withNodeColumn(graph, column, { nodeTypes: ['paper'] });
    expect(onlyPapers.nodeTypes.map((type) => type.columns.length)).toEqual([1, 0]);
  });

  it('refuses a name that is taken unless it may replace', async () => {
    const column = await derive(sample(), 'degree');
    const once = withNodeColumn(sample(), column);
    expect(() => withNodeColumn(once, column)).toThrow(InvalidGraphError);
    expect(withNodeColumn(once, column, { replace: true }).version).toBe(once.version);
  });

  it('refuses a column of another graph', async () => {
    const column = await derive(sample(), 'degree');
    expect(() => splitByNodeType({ ...sample(), nodeIds: utf8Table(['a']) }, column)).toThrow(ShapeError);
    expect(numNodes(sample())).toBe(column.length);
  });
});
