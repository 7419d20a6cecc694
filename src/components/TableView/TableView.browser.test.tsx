import { page, userEvent } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bitsetIndices } from '../../core/bitset.ts';
import { type MountedView, mountView } from '../GraphView/testWorkbench.tsx';
import { testGraph, testRun } from '../palette/testGraph.ts';
import { TableView } from './TableView.tsx';

const graph = testGraph();
let view: MountedView;

beforeEach(async () => {
  view = mountView(
    <TableView />,
    graph,
    { ...testRun(graph, [], []), description: null, snapshot: null },
    null,
  );
  await expect.element(page.getByRole('grid', { name: 'Nodes' })).toBeVisible();
});
afterEach(() => view.unmount());

const selected = (): number[] => {
  const set = view.store.getState().selection.selected;
  return set === null ? [] : [...bitsetIndices(set)];
};
const cellsOf = (column: number): string[] =>
  [...view.host.querySelectorAll<HTMLElement>(`[role=gridcell][data-column="${column}"]`)]
    .filter((cell) => Number(cell.closest<HTMLElement>('[data-line]')?.dataset['line']) >= 0)
    .map((cell) => cell.innerText);

describe('TableView', () => {
  it('sorts by the header and selects by click, range and toggle', async () => {
    await page.getByRole('columnheader', { name: 'degree' }).getByRole('button').click();
    await page.getByRole('columnheader', { name: 'degree' }).getByRole('button').click();
    await expect.poll(() => cellsOf(0)).toEqual(['p2', 'p0', 'p1', 'p3', 'p4', 'p5']);
    await page.getByRole('gridcell', { name: 'p2' }).click();
    expect(selected()).toEqual([2]);
    await userEvent.keyboard('{Shift>}');
    await page.getByRole('gridcell', { name: 'p1' }).click();
    await userEvent.keyboard('{/Shift}');
    expect(selected()).toEqual([0, 1, 2]);
    await userEvent.keyboard('{Control>}');
    await page.getByRole('gridcell', { name: 'p0' }).click();
    await userEvent.keyboard('{/Control}');
    expect(selected()).toEqual([1, 2]);
  });

  it('searches, and selects what was found', async () => {
    await page.getByRole('textbox', { name: 'Search rows' }).fill('biology');
    await expect.poll(() => cellsOf(0)).toEqual(['p1', 'p2']);
    await expect.element(page.getByText('2 of 6 rows')).toBeVisible();
    await page.getByRole('button', { name: 'Select these' }).click();
    expect(selected()).toEqual([1, 2]);
    expect(view.store.getState().selection.focused).toBe(1);
    await page.getByRole('textbox', { name: 'Search rows' }).fill('nowhere');
    await expect.element(page.getByText('No row contains “nowhere”.')).toBeVisible();
  });

  it('shows another type and the edges, each with what was asked of it', async () => {
    await page.getByRole('textbox', { name: 'Search rows' }).fill('art');
    await expect.poll(() => cellsOf(0)).toEqual(['p0', 'p3']);
    await page.getByText('Edges', { exact: true }).click();
    await expect.element(page.getByRole('grid', { name: 'Edges' })).toBeVisible();
    await expect.poll(() => cellsOf(0)).toEqual(['Ähre', 'Beta', 'Gamma', 'Gamma', 'a0', 'P10']);
    await page.getByRole('gridcell', { name: 'Delta' }).click();
    expect(selected()).toEqual([2, 3]);
    expect(view.store.getState().selection.focused).toBe(3);
    await page.getByText('Nodes', { exact: true }).click();
    await expect.poll(() => cellsOf(0)).toEqual(['p0', 'p3']);
  });
});
