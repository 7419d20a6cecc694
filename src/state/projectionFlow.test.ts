import { describe, expect, it, vi } from 'vitest';
import { bitsetOf } from '../core/bitset.ts';
import type { Graph } from '../core/graph.ts';
import { buildGraph } from '../core/graphBuilder.ts';
import { randomSequence } from '../core/random.ts';
import { utf8Table } from '../core/utf8Table.ts';
import type { RunDescription, RunResult } from '../engine/runTypes.ts';
import type { WorkbenchClients } from '../workers/clients/workbenchClients.ts';
import type { ProjectionService } from '../workers/projectionProtocol.ts';
import { createProjectionService } from '../workers/services/projectionService.ts';
import { createProjectionCommands } from './commands/projectionCommands.ts';
import { chosenSource, projectionSources } from './projectionSources.ts';
import { LIVE_PCA } from './projectionTypes.ts';
import { createWorkbenchStore, patch } from './store.ts';
import type { LoadedGraph } from './types.ts';

const COUNT = 60;
/** Enough that t-SNE of them is still under way when a test looks. */
const MANY = 1500;
/** A busy machine takes this long at most. */
const SLOW_MS = 30_000;

/** Items with a vector, of which the fourth has none, and two numbers; two plain places before them. */
function itemGraph(name = 'items', count = COUNT): Graph {
  const random = randomSequence(3, 95);
  const numbers = (length: number): Float32Array => Float32Array.from({ length }, () => random.normal());
  const present = Array.from({ length: count }, (_, row) => row).filter((row) => row !== 3);
  const column = { length: count, validity: null };
  return buildGraph({
    name,
    nodeTables: [
      { type: 'place', count: 2, columns: [] },
      {
        type: 'item',
        count: count,
        columns: [
          {
            kind: 'vector',
            name: 'embedding',
            length: count,
            width: 4,
            validity: bitsetOf(count, present),
            values: numbers(4 * count),
          },
          { ...column, kind: 'f32', name: 'weight', values: numbers(count) },
          { ...column, kind: 'f32', name: 'height', values: numbers(count).map((value) => 1000 * value) },
        ],
      },
    ],
    nodeIds: utf8Table(Array.from({ length: count + 2 }, (_, node) => `${name}${node}`)),
    edgeTypes: [{ relation: '', sourceType: 1, targetType: 1, directed: false }],
    source: Int32Array.of(2),
    target: Int32Array.of(3),
    edgeType: null,
    edgeColumns: [],
  });
}

const loadedOf = (graph: Graph): LoadedGraph => ({ title: '', graph, hints: {} }) as unknown as LoadedGraph;

/** A finished run over the items with a hidden layer. */
function endRun(store: ReturnType<typeof createWorkbenchStore>, graph: Graph): void {
  const embedding = Float32Array.from({ length: 3 * COUNT }, (_, at) => Math.sin(at * at));
  patch(store, 'run', {
    description: { graphVersion: graph.version, nodeRange: [2, COUNT + 2] } as unknown as RunDescription,
    result: { embedding, embeddingWidth: 3 } as unknown as RunResult,
    status: { kind: 'finished', epoch: 1 },
  });
}

/** The commands over the real service, without workers. */
async function setting(count = COUNT) {
  const service = createProjectionService();
  const start = vi.spyOn(service, 'start');
  const call = (use: (remote: ProjectionService) => unknown) => Promise.resolve().then(() => use(service));
  const projection = { call, restart: vi.fn() };
  const store = createWorkbenchStore();
  const page = { requestFrame: (callback: () => void) => void setTimeout(callback, 0) };
  const report = vi.fn();
  const commands = createProjectionCommands({
    store,
    clients: { projection } as unknown as WorkbenchClients,
    page: page as never,
    report,
  });
  const graph = itemGraph('items', count);
  patch(store, 'data', { loaded: loadedOf(graph) });
  await commands.loadProjections();
  const slice = () => store.getState().projection;
  const status = () => slice().status.kind;
  const ended = () => expect.poll(status, { timeout: SLOW_MS }).toBe('idle');
  const started = (method: string) =>
    expect.poll(() => slice().results[method]?.coordinates ?? null, { timeout: SLOW_MS }).not.toBeNull();
  return { store, commands, graph, slice, status, started, ended, report, start };
}

describe('projections of an open graph', { timeout: 2 * SLOW_MS }, () => {
  it('offers vectors, numbers together, and the hidden layer once a run has ended', () => {
    const store = createWorkbenchStore();
    const graph = itemGraph();
    const ids = () => projectionSources(graph, store.getState().run).map(({ id }) => id);
    expect(ids()).toEqual(['vector:item:embedding', 'numbers:item']);
    endRun(store, graph);
    expect(ids()).toEqual(['hidden', 'vector:item:embedding', 'numbers:item']);
    expect(projectionSources(itemGraph('others'), store.getState().run)).toHaveLength(2);
    const sources = projectionSources(graph, store.getState().run);
    expect(chosenSource(sources, { sourceId: 'numbers:item' })?.name).toBe('2 number columns of item');
    expect(chosenSource(sources, { sourceId: 'gone' })?.id).toBe('hidden');
    expect(chosenSource([], { sourceId: null })).toBeNull();
  });

  it('places the nodes with a value, tells their neighbours and how far to trust it', async () => {
    const { commands, slice, ended, start, report } = await setting();
    expect(slice().methods.map(({ id }) => id)).toEqual(['umap', 't-sne']);
    commands.setProjectionMethod('umap');
    commands.setProjectionParameter('neighbours', 5);
    commands.setProjectionParameter('perplexity', 3);
    await commands.project();
    await ended();
    expect(start.mock.calls[0]?.[0].values).toEqual({ neighbours: 5 });
    const result = slice().results['umap'];
    expect(result?.space.nodes).toHaveLength(COUNT - 1);
    expect([...(result?.space.nodes ?? [])].slice(0, 5)).toEqual([2, 3, 4, 6, 7]);
    expect(result?.space.settings).toBe('5 neighbours, min distance 0.1');
    expect(result?.space.neighbours).toHaveLength(5 * (COUNT - 1));
    expect(result?.coordinates).toHaveLength(2 * (COUNT - 1));
    expect(result?.coordinates?.every(Number.isFinite)).toBe(true);
    expect(result?.trust).toBeGreaterThan(0.5);
    expect(result?.isEnded).toBe(true);
    expect(report).not.toHaveBeenCalled();
  });

  it('weighs number columns alike, whatever their units', async () => {
    const { commands, slice, ended } = await setting();
    commands.setProjectionMethod('umap');
    commands.setProjectionSource('numbers:item');
    await commands.project();
    await ended();
    const result = slice().results['umap'];
    const [x, y] = [0, 1].map((axis) => {
      const along = result?.coordinates?.filter((_, at) => at % 2 === axis) ?? [];
      return Math.max(...along) - Math.min(...along);
    });
    expect((x ?? 0) / (y ?? 1)).toBeLessThan(4);
    expect((y ?? 0) / (x ?? 1)).toBeLessThan(4);
  });

  it('pauses, goes on and stops where it is', async () => {
    const { commands, slice, status, started, ended } = await setting(MANY);
    commands.setProjectionMethod('t-sne');
    await commands.project();
    await started('t-sne');
    await commands.pauseProjection();
    expect(status()).toBe('paused');
    await new Promise((resolve) => setTimeout(resolve, 120));
    const held = slice().results['t-sne']?.coordinates;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(slice().results['t-sne']?.coordinates).toBe(held);
    await commands.resumeProjection();
    await commands.stopProjection();
    await ended();
    expect(slice().results['t-sne']?.isEnded).toBe(true);
    expect(slice().results['t-sne']?.trust).not.toBeNull();
  });

  it('says what is wrong with a setting and is ready for another', async () => {
    const { commands, slice, status, ended, report } = await setting();
    commands.setProjectionMethod('umap');
    commands.setProjectionParameter('neighbours', 100);
    await commands.project();
    await ended();
    expect(report).toHaveBeenCalledWith(
      expect.objectContaining({ code: 'projection-neighbours', remedy: 'Set Neighbours to at most 58.' }),
    );
    expect(slice().results).toEqual({});
    expect(status()).toBe('idle');
  });

  it('shows the live components again when a run starts, and keeps pictures of columns', async () => {
    const { store, commands, graph, slice, started, ended } = await setting();
    endRun(store, graph);
    commands.setProjectionMethod('umap');
    commands.setProjectionSource('hidden');
    await commands.project();
    await ended();
    expect(slice().results['umap']?.space.nodes[0]).toBe(2);
    commands.setProjectionMethod('t-sne');
    commands.setProjectionSource('vector:item:embedding');
    await commands.project();
    await started('t-sne');
    await commands.stopProjection();
    await ended();
    patch(store, 'run', { status: { kind: 'loading', what: 'run' } });
    expect(slice().method).toBe(LIVE_PCA);
    expect(Object.keys(slice().results)).toEqual(['t-sne']);
  });

  it('forgets every picture with its graph, also one under way', async () => {
    const { store, commands, slice, status, started } = await setting(MANY);
    commands.setProjectionMethod('t-sne');
    await commands.project();
    await started('t-sne');
    patch(store, 'data', { loaded: loadedOf(itemGraph('others')) });
    expect(slice().results).toEqual({});
    expect([status(), slice().method]).toEqual(['idle', LIVE_PCA]);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(slice().results).toEqual({});
  });
});
