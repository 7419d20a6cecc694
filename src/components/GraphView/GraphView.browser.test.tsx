// The toolbar is as tall as it is in the app.
import '@mantine/core/styles.css';
import { page, userEvent } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bitsetIndices } from '../../core/bitset.ts';
import { DEFAULT_STYLE } from '../../state/viewStyle.ts';
import { rampAt, RAMPS, rgbaOf } from '../palette/palette.ts';
import { testGraph, testRun } from '../palette/testGraph.ts';
import { GraphView } from './GraphView.tsx';
import { captureGraphImage } from './imageCapture.ts';
import { type MountedView, mountView } from './testWorkbench.tsx';

const graph = testGraph();
/** Papers 0 to 3 on a cross around paper 2, the rest along the bottom. */
const positions = Float32Array.of(-100, 0, 0, -80, 0, 0, 100, 0, -90, 80, -30, 80, 30, 80, 90, 80);
let view: MountedView;

beforeEach(async () => {
  // The whole view is in sight, and the legend starts folded.
  await page.viewport(600, 700);
  const run = { ...testRun(graph, [], []), description: null, snapshot: null };
  view = mountView(<GraphView />, graph, run, positions);
  await expect.element(page.getByRole('application')).toBeVisible();
});
afterEach(() => view.unmount());

const stage = (): HTMLElement => view.host.querySelector('[role=application]') as HTMLElement;
const selected = (): number[] => {
  const set = view.store.getState().selection.selected;
  return set === null ? [] : [...bitsetIndices(set)];
};

/** Screen place of a node: the view fits x −100…100 and y −80…80 with 32 px around. */
function placeOf(node: number): { x: number; y: number } {
  const { clientWidth: width, clientHeight: height } = stage();
  const zoom = Math.min((width - 64) / 200, (height - 64) / 160);
  return {
    x: Math.round(width / 2 + (positions[2 * node] as number) * zoom),
    y: Math.round(height / 2 + (positions[2 * node + 1] as number) * zoom),
  };
}

function pixelAt(node: number): number {
  const canvas = stage().querySelector(':scope > canvas:last-of-type') as HTMLCanvasElement;
  const ratio = canvas.width / canvas.clientWidth;
  const { x, y } = placeOf(node);
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const [red = 0, green = 0, blue = 0] = context.getImageData(x * ratio, y * ratio, 1, 1).data;
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Cytoscape is loaded late: its canvases appear when it is ready. */
async function cytoscapeReady(): Promise<void> {
  await expect
    .poll(() => stage().querySelectorAll('div canvas').length, { timeout: 10_000 })
    .toBeGreaterThan(0);
}

describe('GraphView', () => {
  it('paints nodes in the colour of their label, fitted', async () => {
    await expect.poll(() => pixelAt(0)).toBe(rgbaOf('#e69f00'));
    await expect.poll(() => pixelAt(1)).toBe(rgbaOf('#56b4e9'));
    await expect.element(page.getByRole('group', { name: 'Legend' })).toHaveTextContent('unlabelled');
  });

  it('selects by click, adds by Shift and clears on the background', async () => {
    await cytoscapeReady();
    await userEvent.click(stage(), { position: placeOf(0) });
    await expect.poll(selected).toEqual([0]);
    await userEvent.keyboard('{Shift>}');
    await userEvent.click(stage(), { position: placeOf(3) });
    await userEvent.keyboard('{/Shift}');
    await expect.poll(selected).toEqual([0, 3]);
    await userEvent.click(stage(), { position: { x: 4, y: 4 } });
    await expect.poll(selected).toEqual([]);
  });

  it('moves a dragged node and nothing else, without panning', async () => {
    await cytoscapeReady();
    const { clientWidth: width, clientHeight: height } = stage();
    const zoom = Math.min((width - 64) / 200, (height - 64) / 160);
    const { x, y } = placeOf(3);
    await userEvent.dragAndDrop(stage(), stage(), {
      sourcePosition: { x, y },
      targetPosition: { x: x - 60, y: y + 40 },
      steps: 4,
    });
    const expected = Float32Array.from(positions);
    expected.set([100 - 60 / zoom, 40 / zoom], 6);
    await expect.poll(() => view.store.getState().view.positions?.[6]).toBeCloseTo(expected[6] as number, 0);
    const moved = view.store.getState().view.positions as Float32Array;
    expect(moved[7]).toBeCloseTo(expected[7] as number, 0);
    expect([...moved.slice(0, 6), ...moved.slice(8)]).toEqual([
      ...positions.slice(0, 6),
      ...positions.slice(8),
    ]);
    // Node 0 is still where it was on screen.
    await expect.poll(() => pixelAt(0)).toBe(rgbaOf('#e69f00'));
    expect(selected()).toEqual([]);
  });

  it('walks, selects and clears by keyboard and says where it is', async () => {
    stage().focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.poll(() => view.store.getState().selection.hovered).toBe(2);
    await userEvent.keyboard('{ArrowLeft}');
    await expect.poll(() => view.host.querySelector('[aria-live]')?.textContent).toBe('Ähre, p0, label art');
    await userEvent.keyboard('{Enter}');
    expect(selected()).toEqual([0]);
    await userEvent.keyboard('{Escape}{Escape}');
    expect([selected(), view.store.getState().selection.hovered]).toEqual([[], null]);
  });

  it('finds a node by its title from the slash key', async () => {
    stage().focus();
    await userEvent.keyboard('/');
    const search = page.getByRole('combobox', { name: 'Search nodes' });
    await expect.element(search).toHaveFocus();
    await userEvent.keyboard('delta');
    await expect.element(page.getByRole('option')).toHaveTextContent('p3');
    await userEvent.keyboard('{Enter}');
    await expect.poll(selected).toEqual([3]);
    expect(document.activeElement).toBe(stage());
  });

  it('exports a picture of twice the size', async () => {
    await expect.poll(() => pixelAt(0)).toBe(rgbaOf('#e69f00'));
    const blob = await captureGraphImage({ format: 'png', scale: 2 });
    const bitmap = await createImageBitmap(blob);
    expect(blob.type).toBe('image/png');
    expect([bitmap.width, bitmap.height]).toEqual([stage().clientWidth * 2, stage().clientHeight * 2]);
  });

  it('has no picture to give once it is gone', async () => {
    view.unmount();
    await expect
      .poll(() => captureGraphImage({ format: 'svg' }).then(String, (error: { code: string }) => error.code))
      .toBe('no-graph-view');
  });
});

describe('style', () => {
  it('recolours by a number on the chosen palette, and the legend follows', async () => {
    view.store.setState(({ view: slice }) => ({
      view: { ...slice, colourBy: 'column:year', style: { ...DEFAULT_STYLE, ramp: 'cividis' } },
    }));
    // Years 2000, 2010, 2020: the ends and the middle of the ramp.
    await expect.poll(() => pixelAt(0)).toBe(rgbaOf('#00224e'));
    await expect.poll(() => pixelAt(2)).toBe(rgbaOf('#fee838'));
    await expect.poll(() => pixelAt(1)).toBe(rampAt(RAMPS.cividis, 0.5));
    await expect.element(page.getByRole('group', { name: 'Legend' })).toHaveTextContent('year20002010');
  });

  it('selects the nodes of a class that is clicked in the legend', async () => {
    await page.getByRole('group', { name: 'Legend' }).getByText('topic', { exact: true }).click();
    await page
      .getByRole('group', { name: 'Legend' })
      .getByRole('button', { name: 'biology' })
      .click({ timeout: 5000 });
    await expect.poll(selected).toEqual([1, 2]);
  });

  it('is set in the panel, reset there, and gives a picture as SVG', async () => {
    await page.getByRole('button', { name: 'Style', exact: true }).click();
    await page.getByRole('combobox', { name: 'Node shape' }).click();
    await page.getByRole('option', { name: 'Node type' }).click();
    await expect.poll(() => view.store.getState().view.style.shapeBy).toBe('type');
    const svg = await (await captureGraphImage({ format: 'svg' })).text();
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
    // Authors are squares: two nodes and their entry in the legend.
    expect(parsed.querySelectorAll('polygon').length).toBe(3);
    expect(parsed.querySelector('#legend')?.textContent).toContain('author');
    await page.getByRole('button', { name: 'Reset node shape' }).click();
    await expect.poll(() => view.store.getState().view.style.shapeBy).toBe('none');
  });

  it('makes pictures of four times the size', async () => {
    const bitmap = await createImageBitmap(await captureGraphImage({ format: 'png', scale: 4 }));
    expect([bitmap.width, bitmap.height]).toEqual([stage().clientWidth * 4, stage().clientHeight * 4]);
  });
});
