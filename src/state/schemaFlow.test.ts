import { describe, expect, it, vi } from 'vitest';
import { findColumn } from '../core/columns.ts';
import { numEdges } from '../core/graph.ts';
import type { WorkbenchClients } from '../workers/clients/workbenchClients.ts';
import type { SchemaService } from '../workers/schemaProtocol.ts';
import { createSchemaService } from '../workers/services/schemaService.ts';
import { createHistoryCommands } from './commands/historyCommands.ts';
import { createSchemaCommands } from './commands/schemaCommands.ts';
import { SUMMARY_DELAY_MS, watchSummary } from './commands/summaryCommands.ts';
import { visibleGraph } from './hiddenColumns.ts';
import { MAX_STEPS, redoableEdit, undoableEdit } from './history.ts';
import { runConfigOf } from './setupDefaults.ts';
import { createWorkbenchStore, patch } from './store.ts';
import { testEngine, testTables } from './testEngine.ts';
import type { LoadedGraph } from './types.ts';

const opened = (): LoadedGraph => ({
  title: 'papers',
  graph: testTables(),
  report: { summary: '', notices: [], rowsRead: 0, bytesRead: 0 } as unknown as LoadedGraph['report'],
  hints: {},
  datasetId: null,
});
const paper = { kind: 'nodes', type: 'paper' } as const;

/** The commands over the real service, without workers. */
function setting() {
  const service = createSchemaService();
  const io = {
    call: (use: (remote: SchemaService) => unknown) => Promise.resolve().then(() => use(service)),
  };
  const store = createWorkbenchStore();
  const page = {
    requestFrame: (callback: () => void) => callback(),
    readPreference: () => null,
    writePreference: () => undefined,
    saveFile: () => undefined,
    baseUrl: 'https://example.org/',
  };
  const hooks = { notify: vi.fn(), runLayout: vi.fn(() => Promise.resolve()), abandonRun: vi.fn() };
  const report = vi.fn();
  const context = { store, clients: { io } as unknown as WorkbenchClients, page, report };
  const commands = { ...createSchemaCommands(context, hooks), ...createHistoryCommands(store, hooks) };
  watchSummary(context);
  patch(store, 'catalogue', { engine: testEngine });
  patch(store, 'setup', { nodeType: 'paper', target: 'topic' });
  patch(store, 'data', { loaded: opened() });
  const graph = () => {
    const { loaded } = store.getState().data;
    if (loaded === null) throw new Error('nothing is open');
    return loaded.graph;
  };
  const names = () => graph().nodeTypes[0]?.columns.map(({ name }) => name);
  return { store, commands, hooks, report, service, graph, names };
}

describe('edits of the open graph', () => {
  it('rename a column everywhere it is named, and back', async () => {
    const { store, commands, graph, names } = setting();
    patch(store, 'view', { colourBy: 'column:topic' });
    patch(store, 'setup', { features: ['price'], split: 'time:price:60/20/20' });
    const before = graph();
    await commands.renameColumn({ table: paper, name: 'topic' }, 'field');
    await commands.renameColumn({ table: paper, name: 'price' }, 'cost');
    expect(names()).toEqual(['field', 'cost', 'open', 'cited']);
    expect(store.getState()).toMatchObject({
      setup: { target: 'field', features: ['cost'], split: 'time:cost:60/20/20' },
      view: { colourBy: 'column:field' },
    });
    commands.undo();
    commands.undo();
    expect(graph()).toBe(before);
    expect(store.getState()).toMatchObject({
      setup: { target: 'topic', features: ['price'], split: 'time:price:60/20/20' },
      view: { colourBy: 'column:topic' },
    });
    commands.redo();
    expect(store.getState().setup.target).toBe('field');
  });

  it('leave what a person chose since alone', async () => {
    const { store, commands } = setting();
    await commands.renameColumn({ table: paper, name: 'topic' }, 'field');
    patch(store, 'setup', { model: 'sage', seed: 7 });
    patch(store, 'view', { colourBy: 'column:price' });
    commands.undo();
    expect(store.getState()).toMatchObject({
      setup: { model: 'sage', seed: 7, target: 'topic' },
      view: { colourBy: 'column:price' },
    });
  });

  it('take the next likely target when the target is dropped, and give it back', async () => {
    const { store, commands, names } = setting();
    await commands.dropColumn({ table: paper, name: 'topic' });
    expect(names()).toEqual(['price', 'open', 'cited']);
    const { target } = store.getState().setup;
    expect(['open', 'cited', 'open,cited']).toContain(target);
    commands.undo();
    expect(store.getState().setup.target).toBe('topic');
  });

  it('rename node types with the set-up and the hidden columns', async () => {
    const { store, commands, graph } = setting();
    commands.setHidden([{ table: paper, name: 'price' }], true);
    await commands.renameNodeType('paper', 'article');
    expect(store.getState().setup.nodeType).toBe('article');
    expect(store.getState().data.loaded?.hiddenColumns).toEqual([
      { table: { kind: 'nodes', type: 'article' }, name: 'price' },
    ]);
    expect(graph().nodeTypes[0]?.name).toBe('article');
  });

  it('keep the selection and the positions of nodes that stay where they are', async () => {
    const { store, commands, hooks } = setting();
    const positions = new Float32Array(12);
    patch(store, 'view', { positions });
    const selection = { selected: null, focused: 3, hovered: null };
    patch(store, 'selection', selection);
    await commands.renameColumn({ table: paper, name: 'price' }, 'cost');
    commands.undo();
    expect(store.getState().view.positions).toBe(positions);
    expect(store.getState().selection).toEqual(selection);
    expect([hooks.runLayout, hooks.abandonRun].map((hook) => hook.mock.calls.length)).toEqual([0, 0]);
  });

  it('say why they cannot be, in the dialog where one is open, else as a message', async () => {
    const { store, commands, report, graph } = setting();
    const before = graph();
    const column = { table: paper, name: 'price' };
    await commands.renameColumn(column, 'topic');
    expect(report).toHaveBeenCalledOnce();
    commands.showSchemaDialog({ kind: 'rename-column', column });
    await commands.renameColumn(column, 'topic');
    expect(store.getState().schema).toMatchObject({ error: { code: 'duplicate-column' }, work: null });
    expect([graph(), undoableEdit(store.getState())]).toEqual([before, null]);
    await commands.renameColumn(column, 'cost');
    expect(store.getState().schema).toMatchObject({ dialog: null, error: null });
  });
});

describe('a conversion', () => {
  it('changes nothing until it is confirmed', async () => {
    const { store, commands, graph } = setting();
    const column = { table: paper, name: 'topic' };
    const before = graph();
    await commands.previewConversion(column, 'f64', {});
    expect(store.getState().schema.conversion?.edited).toMatchObject({ numLost: 4 });
    expect(graph()).toBe(before);
    commands.confirmConversion(column);
    expect(findColumn(graph().nodeTypes[0]?.columns ?? [], 'topic')?.kind).toBe('f64');
    commands.undo();
    expect(graph()).toBe(before);
  });
});

describe('columns and edges that are worked out', () => {
  it('are added as steps that can be undone', async () => {
    const { commands, names, graph, store } = setting();
    const derive = {
      id: 'degree',
      columnName: 'degree',
      nodeTypes: ['paper'],
      weightColumn: null,
      values: {},
    };
    await commands.deriveColumn(derive);
    await commands.applyFormula({ table: paper, columnName: 'double', text: 'price * 2' });
    expect(names()?.slice(4)).toEqual(['degree', 'double']);
    expect(store.getState().schema.added).toEqual({ table: paper, name: 'double' });
    expect(graph().nodeTypes[1]?.columns.map(({ name }) => name)).toEqual(['height']);
    commands.undo();
    expect(names()?.slice(4)).toEqual(['degree']);
  });

  it('set the layout going when edges are built, and bring positions back with the edges before', async () => {
    const { store, commands, hooks, graph } = setting();
    const positions = new Float32Array(12);
    patch(store, 'view', { positions });
    commands.showSchemaDialog({ kind: 'build-edges', nodeType: 'paper' });
    await commands.buildEdges({
      id: 'nearest-neighbours',
      choice: { nodeType: 'paper', columns: ['price'], relation: null },
      values: { k: 1 },
      isOnly: true,
    });
    const { built } = store.getState().schema;
    expect(built?.numEdges).toBe(numEdges(graph()));
    expect(built?.meanDegree).toBe((2 * numEdges(graph())) / 4);
    expect(hooks.runLayout).toHaveBeenCalledOnce();
    patch(store, 'view', { positions: new Float32Array(12).fill(9) });
    commands.undo();
    expect(store.getState().view.positions).toBe(positions);
    expect(numEdges(graph())).toBe(1);
    commands.redo();
    expect(store.getState().view.positions?.[0]).toBe(9);
  });

  it('end without a word when they are cancelled', async () => {
    const { store, commands, graph, report } = setting();
    const before = graph();
    commands.showSchemaDialog({ kind: 'derive', nodeType: 'paper' });
    const deriving = commands.deriveColumn({
      id: 'betweenness',
      columnName: 'between',
      nodeTypes: null,
      weightColumn: null,
      values: {},
    });
    expect(store.getState().schema.work).toEqual({ doneRatio: null });
    await Promise.all([deriving, commands.cancelComputation()]);
    expect(graph()).toBe(before);
    expect(store.getState().schema).toMatchObject({ work: null, error: null });
    expect(report).not.toHaveBeenCalled();
  });

  it('are dropped when another graph was opened meanwhile', async () => {
    const { store, commands, graph } = setting();
    const other = opened();
    const derive = { id: 'degree', columnName: 'degree', nodeTypes: null, weightColumn: null, values: {} };
    const deriving = commands.deriveColumn(derive);
    patch(store, 'data', { loaded: other });
    await deriving;
    expect(graph()).toBe(other.graph);
    expect(store.getState().schema.work).toBeNull();
  });
});

describe('hidden columns', () => {
  it('are in no view and no default feature, and come back', () => {
    const { store, commands } = setting();
    patch(store, 'setup', { features: ['price', 'open'] });
    patch(store, 'view', { colourBy: 'column:price' });
    commands.setHidden([{ table: paper, name: 'price' }], true);
    const { data, setup, view } = store.getState();
    const loaded = data.loaded as LoadedGraph;
    expect(visibleGraph(loaded).nodeTypes[0]?.columns.map(({ name }) => name)).toEqual([
      'topic',
      'open',
      'cited',
    ]);
    expect(visibleGraph(loaded)).toBe(visibleGraph(loaded));
    expect(runConfigOf(setup, loaded)).toMatchObject({
      features: ['open'],
      leaveOut: [{ nodeType: 'paper', column: 'price' }],
    });
    expect(view.colourBy).toBe('label');
    commands.undo();
    const restored = store.getState().data.loaded as LoadedGraph;
    expect(visibleGraph(restored)).toBe(restored.graph);
    expect(runConfigOf(store.getState().setup, restored)).not.toHaveProperty('leaveOut');
    expect(store.getState()).toMatchObject({
      setup: { features: ['price', 'open'] },
      view: { colourBy: 'column:price' },
    });
  });

  it('are one step when several are hidden at once', () => {
    const { store, commands } = setting();
    commands.setHidden(
      ['price', 'open'].map((name) => ({ table: paper, name })),
      true,
    );
    expect(undoableEdit(store.getState())?.label).toBe('hide 2 columns');
    commands.undo();
    expect(store.getState().data.loaded?.hiddenColumns ?? []).toEqual([]);
  });
});

describe('the history', () => {
  it('is bounded, cut off by a new edit, and forgotten with another graph', () => {
    const { store, commands } = setting();
    const column = { table: paper, name: 'price' };
    for (let step = 0; step < MAX_STEPS + 5; step++) commands.setHidden([column], step % 2 === 0);
    expect(store.getState().history.past).toHaveLength(MAX_STEPS);
    commands.undo();
    expect(redoableEdit(store.getState())?.label).toBe('hide price');
    commands.setHidden([{ table: paper, name: 'open' }], true);
    expect(redoableEdit(store.getState())).toBeNull();
    patch(store, 'data', { loaded: opened() });
    expect(store.getState().history).toEqual({ past: [], future: [] });
  });
});

describe('the summary', () => {
  it('follows graph and target, once they rest, and is not asked again for the same', async () => {
    vi.useFakeTimers();
    const { store, commands, service } = setting();
    const asked = vi.spyOn(service, 'summariseGraph');
    const settle = () => vi.advanceTimersByTimeAsync(SUMMARY_DELAY_MS);
    for (const seed of [1, 2, 3]) patch(store, 'setup', { seed });
    expect(store.getState().schema.summary.status).toBe('pending');
    await settle();
    const { summary } = store.getState().schema;
    expect(summary).toMatchObject({
      status: 'ready',
      summary: { numNodes: 6, numEdges: 1, numComponents: 5 },
    });
    expect(summary.summary?.target).toMatchObject({ column: 'topic', balance: { counts: [2, 2] } });
    patch(store, 'setup', { model: 'sage' });
    await settle();
    expect(asked).toHaveBeenCalledOnce();
    const dropping = commands.dropColumn({ table: paper, name: 'topic' });
    await vi.advanceTimersByTimeAsync(0);
    await dropping;
    await settle();
    expect(store.getState().schema.summary.summary?.target?.column).not.toBe('topic');
    vi.useRealTimers();
  });
});
