/** The table without a page: columns of nodes and edges, filters as typed, layouts, moves by key, text for the clipboard. */
import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../../core/bitset.ts';
import type { Graph } from '../../core/graph.ts';
import { type Cells, columnCells } from '../../core/tableQuery/cells.ts';
import { queryRows } from '../../core/tableQuery/queryRows.ts';
import { USUAL_LAYOUT } from '../../state/tableLayouts.ts';
import { testGraph } from '../palette/testGraph.ts';
import { type ColumnFilter, conditionOf, describeFilter, emptyFilter, fieldFault } from './columnFilter.ts';
import { gridTemplate, shownColumns, withMove, withShown, withWidth } from './columnLayout.ts';
import { FILTER_LINE, HEADER_LINE, movedCell } from './gridMoves.ts';
import { tabText } from './tabText.ts';
import type { TableColumn } from './tableColumn.ts';
import { edgeModel, nodeModel, nodesOfRows, selectedRows, type TableModel } from './tableModel.ts';

const NO_CLASSES = {
  target: null,
  labels: null,
  predictions: null,
  scale: null,
  numbers: null,
  truth: null,
};
const graph = testGraph();
const papers = nodeModel(graph, 0, NO_CLASSES);
const edges = edgeModel(graph);
const columnOf = (model: TableModel, name: string): TableColumn => {
  const column = model.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new Error(`no column ${name}`);
  return column;
};
const texts = (model: TableModel, name: string): string[] =>
  Array.from({ length: model.count }, (_, row) => columnOf(model, name).text(row));
const sortedBy = async (model: TableModel, name: string): Promise<number[]> => {
  const order = { cells: columnOf(model, name).cells, isDescending: false };
  const { count, isKept } = model;
  return Array.from(await queryRows({ count, isKept, conditions: [], search: null, order }));
};

describe('tables of a graph', () => {
  it('shows edges by the names of their ends, ids where a name is missing or empty', async () => {
    expect(texts(edges, 'source')).toEqual(['Ähre', 'Beta', 'Gamma', 'Gamma', 'a0', 'P10']);
    expect(texts(edges, 'target')).toEqual(['Beta', 'Gamma', 'Ähre', 'Delta', 'p4', 'Zeta']);
    expect(texts(edges, 'source id')).toEqual(['p0', 'p1', 'p2', 'p2', 'a0', 'P10']);
    expect(texts(edges, 'relation')).toEqual(['near', 'near', 'near', 'cites', 'wrote', 'wrote']);
    const direction = columnOf(edges, 'direction');
    expect([direction.text(2), direction.text(3)]).toEqual(['undirected', 'directed']);
    expect(await sortedBy(edges, 'source')).toEqual([1, 2, 3, 5, 4, 0]);
    expect(await sortedBy(edges, 'relation')).toEqual([3, 0, 1, 2, 4, 5]);
  });

  it('shows ids alone where no type has names', () => {
    const unnamed: Graph = {
      ...graph,
      nodeTypes: graph.nodeTypes.map(({ name }) => ({ name, columns: [] })),
    };
    expect(edgeModel(unnamed).columns.map(({ name }) => name)).toEqual([
      'source',
      'target',
      'relation',
      'direction',
    ]);
    expect(texts(edgeModel(unnamed), 'source')[0]).toBe('p0');
  });

  it('selects the ends of edges, and counts an edge whose ends are both selected', () => {
    expect(edges.nodesOf(3)).toEqual([3, 2]);
    expect(edges.nodesOf(3, 'target')).toEqual([2, 3]);
    const rows = Int32Array.of(0, 1, 2, 3, 4, 5);
    expect(Array.from(selectedRows(edges, rows, bitsetOf(8, [0, 1, 2])))).toEqual([0, 1, 2]);
    expect(Array.from(selectedRows(edges, rows, null))).toEqual([]);
    // The first row comes last: it is the one to look at.
    expect(Array.from(nodesOfRows(edges, Int32Array.of(3, 0)))).toEqual([1, 0, 3, 2]);
    expect(Array.from(nodesOfRows(papers, Int32Array.of(4, 1)))).toEqual([1, 4]);
  });

  it('leaves deleted nodes out, and edges at them', async () => {
    const cut: Graph = { ...graph, deletedNodes: bitsetOf(8, [2]) };
    expect(nodeModel(cut, 0, NO_CLASSES).numKept).toBe(5);
    expect(await sortedBy(edgeModel(cut), 'source')).toEqual([5, 4, 0]);
  });

  it('hands rows to the exporters by their global index', () => {
    const authors = nodeModel(graph, 1, NO_CLASSES);
    expect(authors.exportRows(Int32Array.of(1, 0))).toEqual({ table: 'nodes', indices: Int32Array.of(7, 6) });
    expect([authors.rowOf(7), authors.rowOf(2), edges.rowOf(2)]).toEqual([1, -1, -1]);
  });
});

describe('filters as typed', () => {
  const number: Cells = { kind: 'number', value: () => 0 };
  const date: Cells = { kind: 'date', value: () => 0 };
  const topic = columnCells(graph.nodeTypes[0]?.columns[0] as Parameters<typeof columnCells>[0]);
  const filter = (part: Partial<ColumnFilter>): ColumnFilter => ({ ...emptyFilter(number), ...part });

  it('become conditions when complete, the ends of a range in either order', () => {
    expect(conditionOf(number, filter({ kind: 'between', first: ' 9', second: '-1e1' }))).toEqual({
      kind: 'between',
      low: -10,
      high: 9,
    });
    expect(conditionOf(date, filter({ kind: 'less', first: '1970-01-02' }))).toEqual({
      kind: 'less',
      value: 86_400_000,
    });
    expect(conditionOf(topic, filter({ kind: 'one-of', values: ['art'] }))).toEqual({
      kind: 'one-of',
      values: ['art'],
    });
    expect(conditionOf(topic, filter({ kind: 'missing' }))).toEqual({ kind: 'missing' });
  });

  it('filter nothing before that, and say what is wrong', () => {
    for (const part of [
      { kind: 'equals', first: '' },
      { kind: 'equals', first: 'x' },
      { kind: 'between', first: '1' },
      { kind: 'contains', first: 'x' },
    ] as const) {
      expect(conditionOf(number, filter(part))).toBeNull();
      expect(describeFilter(number, filter(part))).toBeNull();
    }
    expect(conditionOf(topic, filter({ kind: 'one-of' }))).toBeNull();
    expect([fieldFault(number, '12,5'), fieldFault(number, '1e6'), fieldFault(number, '')]).toEqual([
      'Type a number as 12.5 or 1e6.',
      null,
      null,
    ]);
    expect(fieldFault(date, 'soon')).toBe('Type a date as 2026-03-31.');
  });

  it('are told in short', () => {
    expect(describeFilter(number, filter({ kind: 'greater', first: '9 ' }))).toBe('> 9');
    expect(describeFilter(date, filter({ kind: 'less', first: '2020-01-01' }))).toBe('before 2020-01-01');
    expect(describeFilter(topic, filter({ kind: 'one-of', values: ['art', 'chess'] }))).toBe('art, chess');
    expect(describeFilter(topic, filter({ kind: 'missing' }))).toBe('is missing');
  });
});

describe('layouts', () => {
  const shown = (layout: typeof USUAL_LAYOUT): string[] =>
    shownColumns(papers.columns, layout).map(({ name }) => name);
  const usual = shown(USUAL_LAYOUT);

  it('hide, show and move columns', () => {
    const id = columnOf(papers, 'year').id;
    expect(shown(withShown(USUAL_LAYOUT, id, false))).toEqual(usual.filter((name) => name !== 'year'));
    const at = usual.indexOf('year');
    const moved = withMove(papers.columns, USUAL_LAYOUT, id, -1);
    expect(shown(moved)).toEqual(usual.with(at, usual[at - 1] as string).with(at - 1, 'year'));
    expect(shown(withMove(papers.columns, moved, id, 1))).toEqual(usual);
    expect(withMove(papers.columns, USUAL_LAYOUT, 'id', -1)).toBe(USUAL_LAYOUT);
  });

  it('put columns they do not know at the end, and forget those that are gone', () => {
    expect(shown({ ...USUAL_LAYOUT, order: ['gone', 'degree'] })).toEqual([
      'degree',
      ...usual.filter((name) => name !== 'degree'),
    ]);
  });

  it('keep widths within what can be read and reached', () => {
    const two = papers.columns.slice(0, 2);
    const wide = withWidth(withWidth(USUAL_LAYOUT, 'id', 99_999), 'degree', 3.4);
    expect(gridTemplate(two, wide)).toEqual({ template: '1200px 48px', minWidthPx: 1248 });
    expect(gridTemplate(two, USUAL_LAYOUT).template).toBe('minmax(110px, 1fr) minmax(76px, 1fr)');
  });
});

describe('keys of the grid', () => {
  const size = { numLines: 50, numColumns: 3, hasFilters: false };
  const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false });

  it('step from header to rows, over the filter row only when it is open', () => {
    const header = { line: HEADER_LINE, column: 1 };
    expect(movedCell(press('ArrowDown'), header, size)).toEqual({ line: 0, column: 1 });
    expect(movedCell(press('ArrowUp'), { line: 0, column: 1 }, size)).toEqual(header);
    expect(movedCell(press('ArrowDown'), header, { ...size, hasFilters: true })?.line).toBe(FILTER_LINE);
  });

  it('stay inside the grid', () => {
    const last = { line: 49, column: 2 };
    for (const key of ['ArrowDown', 'ArrowRight', 'PageDown', 'End'])
      expect(movedCell(press(key), last, size)).toEqual(last);
    expect(movedCell(press('Home', true), last, size)).toEqual({ line: 0, column: 0 });
    expect(movedCell(press('PageUp'), last, size)?.line).toBe(29);
    expect(movedCell(press('ArrowDown'), { line: 0, column: 0 }, { ...size, numLines: 0 })?.line).toBe(
      HEADER_LINE,
    );
    expect(movedCell(press('x'), last, size)).toBeNull();
  });
});

describe('tabText', () => {
  it('writes a header and rows, quoting what would break them', () => {
    const cells: Cells = { kind: 'number', value: () => 0 };
    const column = (name: string, rows: readonly string[]): TableColumn => ({
      id: name,
      name,
      widthPx: 1,
      isNumber: false,
      isUsual: true,
      cells,
      text: (row) => rows[row] as string,
    });
    const columns = [column('a', ['x\ty', '"q"', '=1+1']), column('b\n', ['1', '2', '<b>'])];
    expect(tabText(columns, Int32Array.of(2, 0, 1))).toBe('a\t"b\n"\n=1+1\t<b>\n"x\ty"\t1\n"""q"""\t2\n');
  });
});
