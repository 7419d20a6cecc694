/** Layouts through the commands over the real service, without a worker. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bitsetIndices, createBitset } from '../core/bitset.ts';
import type { Column } from '../core/columns.ts';
import { LimitError } from '../core/errors.ts';
import { buildGraph } from '../core/graphBuilder.ts';
import { utf8Table } from '../core/utf8Table.ts';
import type { WorkbenchClients } from '../workers/clients/workbenchClients.ts';
import type { LayoutService } from '../workers/protocol.ts';
import { createLayoutService } from '../workers/services/layoutService.ts';
import { createLayoutCommands } from './commands/layoutCommands.ts';
import { createWorkbenchStore, patch } from './store.ts';
import type { LoadedGraph } from './types.ts';

const column = (name: string, values: number[]): Column => ({
  kind: 'f64',
  name,
  length: values.length,
  values: Float64Array.from(values),
  validity: null,
});

/** @param places columns x and y of the file */
function opened(numNodes: number, edges: readonly [number, number][], places: boolean): LoadedGraph {
  const rows = Array.from({ length: numNodes }, (_, row) => row);
  const columns = places ? [column('x', rows), column('y', rows)] : [];
  const graph = buildGraph({
    name: 'g',
    nodeTables: [{ type: 'node', columns, count: numNodes }],
    nodeIds: utf8Table(rows.map(String)),
    edgeTypes: [{ relation: 'to', sourceType: 0, targetType: 0, directed: true }],
    source: Int32Array.from(edges, (edge) => edge[0]),
    target: Int32Array.from(edges, (edge) => edge[1]),
    edgeType: new Int32Array(edges.length),
    edgeColumns: [],
  });
  return {
    graph,
    title: 'g',
    report: { formatId: 'gml' },
    hints: {},
    datasetId: null,
  } as unknown as LoadedGraph;
}

const ring = (count: number): [number, number][] =>
  Array.from({ length: count }, (_, node) => [node, (node + 1) % count]);

function setting(loaded: LoadedGraph) {
  const service = createLayoutService();
  const layout = {
    call: (use: (remote: LayoutService) => unknown) => Promise.resolve().then(() => use(service)),
  };
  const store = createWorkbenchStore();
  const report = vi.fn();
  const page = {
    requestFrame: (callback: () => void) => callback(),
    readPreference: () => null,
    writePreference: () => undefined,
    saveFile: () => undefined,
    baseUrl: 'https://example.org/',
  };
  const clients = { layout } as unknown as WorkbenchClients;
  const commands = createLayoutCommands({ store, clients, page, report });
  patch(store, 'data', { loaded });
  const view = () => store.getState().view;
  const done = () => vi.waitFor(() => expect(['finished', 'failed']).toContain(view().layout.status));
  return { store, commands, report, view, done };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('layouts of the open graph', () => {
  it('start with the positions of the file, downwards, and go over to another one', async () => {
    const { commands, view, done } = setting(opened(4, ring(4), true));
    await commands.placeNodes();
    await done();
    expect(view()).toMatchObject({ layoutId: 'columns', layout: { status: 'finished', isStatic: true } });
    const drawn = view().positions as Float32Array;
    expect(drawn[0]).toBeLessThan(drawn[2] as number);
    expect(drawn[1]).toBeLessThan(drawn[3] as number);
    await commands.setLayout('grid');
    await done();
    await commands.setLayoutParameter('perRow', 4);
    await done();
    await vi.waitFor(() => expect(new Set(view().positions?.filter((_, at) => at % 2 === 1)).size).toBe(1));
    expect(view().layoutValues['grid']).toEqual({ perRow: 4 });
  });

  it('keep the nodes, and the name of what placed them, when one is refused', async () => {
    const edges: [number, number][] = [];
    for (let node = 1; node < 600; node++) {
      edges.push([node - 1, node]);
      for (let other = 0; other < node - 1; other += 100) edges.push([other, node]);
    }
    const { commands, report, view, done } = setting(opened(600, edges, true));
    await commands.placeNodes();
    await done();
    const { positions } = view();
    await commands.setLayout('layered');
    await vi.waitFor(() => expect(view().layout.status).toBe('failed'));
    expect(view().layoutId).toBe('columns');
    expect(view().positions).toBe(positions);
    expect(report).toHaveBeenCalledExactlyOnceWith(expect.any(LimitError));
  });

  it('stop on request with the positions so far', async () => {
    const { commands, view, done } = setting(opened(3000, ring(3000), false));
    await commands.placeNodes();
    await vi.waitFor(() => expect(view().layout.iteration).toBeGreaterThan(0));
    await commands.stopLayout();
    await done();
    expect(view().layout.status).toBe('finished');
    expect(view().layout.progress).toBeLessThan(1);
    expect(view().positions?.length).toBe(6000);
  });

  it('stay when edges come or go, unless they move step by step', async () => {
    const { commands, view, done } = setting(opened(5, ring(5), false));
    await commands.placeNodes();
    await done();
    const force = view().positions;
    await commands.followEdges();
    await done();
    await vi.waitFor(() => expect(view().positions).not.toBe(force));
    await commands.setLayout('circular');
    await done();
    const circle = view().positions;
    await commands.followEdges();
    expect(view().positions).toBe(circle);
  });
});

describe('pins', () => {
  it('are set, taken off when all of the nodes have one, and hold a dragged node against the force', async () => {
    const { commands, view, done } = setting(opened(5, ring(5), false));
    await commands.placeNodes();
    await done();
    commands.moveNode(2, 500, 400);
    commands.togglePin([2]);
    commands.togglePin([2, 3]);
    expect([...bitsetIndices(view().pinned ?? createBitset(0))]).toEqual([2, 3]);
    commands.togglePin([3]);
    await commands.runLayout();
    await done();
    expect([...(view().positions?.subarray(4, 6) ?? [])]).toEqual([500, 400]);
    commands.togglePin([2]);
    expect(view().pinned).toBeNull();
  });

  it('are let go when other nodes are open', async () => {
    const { store, commands, view } = setting(opened(5, ring(5), false));
    commands.togglePin([1]);
    patch(store, 'data', { loaded: opened(6, ring(6), false) });
    expect(view().pinned).toBeNull();
  });
});
