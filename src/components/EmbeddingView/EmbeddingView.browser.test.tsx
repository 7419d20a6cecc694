import { page, userEvent } from 'vitest/browser';
import { afterEach, describe, expect, it } from 'vitest';
import { bitsetIndices } from '../../core/bitset.ts';
import { NO_PROJECTION } from '../../state/projectionTypes.ts';
import type { RunSlice } from '../../state/types.ts';
import { type MountedView, mountView } from '../GraphView/testWorkbench.tsx';
import { testGraph, testRun } from '../palette/testGraph.ts';
import { EmbeddingView } from './EmbeddingView.tsx';

const graph = testGraph();
const COORDINATES = [-2, 0, 2, 0, 0, 1, 0, -1, 1, 1, -1, 1];
let view: MountedView;

function runAt(coordinates: Float32Array | null): RunSlice {
  const run = testRun(graph, [0, 1, 2, 0, 1, 2], [255, 255, 255, 255, 255, 255]);
  if (run.snapshot === null) return run;
  return { ...run, snapshot: { ...run.snapshot, coordinates, explained: [0.414, 0.22] } };
}

afterEach(() => view.unmount());

describe('EmbeddingView', () => {
  it('says what will appear before there is a run', async () => {
    view = mountView(<EmbeddingView />, graph, { ...runAt(null), snapshot: null }, null);
    await expect.element(page.getByText(/every node appears here as a point/)).toBeVisible();
  });

  it('says when the model has nothing to show', async () => {
    view = mountView(<EmbeddingView />, graph, runAt(null), null);
    await expect.element(page.getByText('This model has no hidden layer to show.')).toBeVisible();
  });

  it('names the explained variance and selects the point clicked, y upwards', async () => {
    view = mountView(<EmbeddingView />, graph, runAt(Float32Array.from(COORDINATES)), null);
    await expect.element(page.getByText(/^2-D PCA shows 63\s% of the variance$/)).toBeVisible();
    const canvas = page.getByRole('application');
    await expect.element(canvas).toBeVisible();
    const { clientWidth: width, clientHeight: height } = canvas.element();
    const zoom = Math.min((width - 72) / 4, (height - 72) / 2);
    await userEvent.click(canvas, {
      position: { x: Math.round(width / 2), y: Math.round(height / 2 - zoom) },
    });
    const selected = (): number[] => {
      const set = view.store.getState().selection.selected;
      return set === null ? [] : [...bitsetIndices(set)];
    };
    await expect.poll(selected).toEqual([2]);
  });

  it('shows a projection of columns without a run, its trust, and selects by its own nodes', async () => {
    view = mountView(<EmbeddingView />, graph, { ...runAt(null), description: null, snapshot: null }, null);
    const coordinates = Float32Array.of(-2, 0, 2, 0, 0, 1);
    const space = {
      sourceId: 'numbers:paper',
      sourceName: '2 number columns',
      graphVersion: graph.version,
      settings: 'perplexity 2',
      nodes: Int32Array.of(1, 3, 5),
      neighbours: Int32Array.of(1, 2, 0, 2, 0, 1),
      k: 2,
    };
    const result = { method: 't-sne', space, coordinates, trust: 0.876, isEnded: true };
    view.store.setState({
      projection: {
        ...NO_PROJECTION,
        methods: [{ id: 't-sne', name: 't-SNE', summary: '', parameters: [] }],
        method: 't-sne',
        results: { 't-sne': result },
      },
    });
    await expect.element(page.getByText('t-SNE of 2 number columns, perplexity 2')).toBeVisible();
    await expect.element(page.getByText('Trustworthiness 0.876')).toBeVisible();
    const canvas = page.getByRole('application');
    const { clientWidth: width, clientHeight: height } = canvas.element();
    const zoom = Math.min((width - 72) / 4, height - 72);
    await userEvent.click(canvas, {
      position: { x: Math.round(width / 2), y: Math.round(height / 2 - zoom / 2) },
    });
    const selected = (): number[] => {
      const set = view.store.getState().selection.selected;
      return set === null ? [] : [...bitsetIndices(set)];
    };
    await expect.poll(selected).toEqual([5]);
  });

  it('says what to press while a chosen method has no picture', async () => {
    view = mountView(<EmbeddingView />, graph, { ...runAt(null), snapshot: null }, null);
    view.store.setState({ projection: { ...NO_PROJECTION, method: 'umap' } });
    await expect.element(page.getByText('Choose what to project, then press Project.')).toBeVisible();
  });
});
