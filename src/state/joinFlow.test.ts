import { describe, expect, it, vi } from 'vitest';
import { findColumn } from '../core/columns.ts';
import { numEdges, numNodes } from '../core/graph.ts';
import type { WorkbenchClients } from '../workers/clients/workbenchClients.ts';
import type { IoService } from '../workers/protocol.ts';
import { createIoService } from '../workers/services/ioService.ts';
import { createDataCommands } from './commands/dataCommands.ts';
import { createHistoryCommands } from './commands/historyCommands.ts';
import { createWorkbenchStore, patch } from './store.ts';

const EDGES = 'source,target\na,b\nb,c\nc,d\nd,a\na,c\nb,d\n';
const TABLE = 'id,team\na,red\nb,blue\nc,red\nd,blue\nx,red\n';

/** The commands over the real import service, without workers. */
function setting() {
  const service = createIoService();
  const read = vi.spyOn(service, 'read');
  const io = { call: (use: (remote: IoService) => unknown) => Promise.resolve().then(() => use(service)) };
  const store = createWorkbenchStore();
  const kept = new Map<string, string>();
  const page = {
    requestFrame: (callback: () => void) => callback(),
    readPreference: (key: string) => kept.get(key) ?? null,
    writePreference: (key: string, value: string) => void kept.set(key, value),
    saveFile: () => undefined,
    baseUrl: 'https://example.org/',
  };
  const hooks = { beforeReplace: vi.fn(), afterLoad: vi.fn(), afterGrowth: vi.fn(), notify: vi.fn() };
  const report = vi.fn();
  const commands = createDataCommands(
    { store, clients: { io } as unknown as WorkbenchClients, page, report },
    hooks,
  );
  const history = createHistoryCommands(store, {
    notify: hooks.notify,
    abandonRun: hooks.beforeReplace,
    runLayout: () => Promise.resolve(),
  });
  const drop = (path: string, text: string) => commands.openFiles([{ path, blob: new Blob([text]) }]);
  const open = () => store.getState().data.loaded;
  const dialog = () => store.getState().data.importDialog;
  return { store, commands: { ...commands, ...history }, hooks, report, drop, open, dialog, read };
}

async function withEdgesOpen() {
  const parts = setting();
  await parts.drop('friends.csv', EDGES);
  await parts.commands.confirmImport();
  return parts;
}

describe('adding files to the open graph', () => {
  it('is offered only when something is open, and proposed when the ids are the same', async () => {
    const { drop, dialog, commands } = setting();
    await drop('friends.csv', EDGES);
    expect(dialog()?.join).toBeNull();
    await commands.confirmImport();
    await drop('nodes.csv', TABLE);
    expect(dialog()?.join).toMatchObject({
      title: 'friends',
      isChosen: true,
      match: { matched: 4, rows: 5 },
    });
    await drop('other.csv', 'source,target\nu,v\nv,w\n');
    expect(dialog()?.join).toMatchObject({ isChosen: false, match: { matched: 0 } });
  });

  it('joins, keeps title and positions, offers the label, and is taken back whole', async () => {
    const { store, commands, drop, open, dialog, hooks } = await withEdgesOpen();
    const before = open();
    const positions = Float32Array.from({ length: 8 }, (_, at) => at);
    patch(store, 'view', { positions });
    await drop('nodes.csv', TABLE);
    await commands.confirmImport();
    expect(dialog()).toBeNull();
    const graph = open()?.graph;
    expect(open()?.title).toBe('friends');
    expect(findColumn(graph?.nodeTypes[0]?.columns ?? [], 'team')?.length).toBe(4);
    expect(open()?.report.notices.map(({ code }) => code)).toEqual(['joined']);
    expect(store.getState()).toMatchObject({
      setup: { target: 'team' },
      view: { positions, colourBy: 'label' },
    });
    expect(hooks.notify).toHaveBeenCalledWith(
      expect.objectContaining({
        message: 'Added nodes to friends: 4 nodes matched, 1 node left out, 1 column added.',
        offersUndo: true,
      }),
    );
    expect(hooks.afterGrowth).not.toHaveBeenCalled();
    commands.undo();
    expect(open()).toBe(before);
    expect(store.getState().setup.target).toBeNull();
    commands.undo();
    expect(open()).toBe(before);
    commands.redo();
    expect(open()?.graph).toBe(graph);
    expect(store.getState().setup.target).toBe('team');
  });

  it('moves positions and selection with their nodes when edges bring new ones', async () => {
    const { store, commands, drop, open, hooks } = await withEdgesOpen();
    patch(store, 'view', { positions: Float32Array.of(0, 0, 100, 0, 100, 100, 0, 100) });
    await drop('more.csv', 'source,target\na,e\nb,e\n');
    await commands.confirmImport();
    const graph = open()?.graph;
    expect(graph === undefined ? [] : [numNodes(graph), numEdges(graph)]).toEqual([5, 8]);
    expect(store.getState().view.positions?.length).toBe(10);
    expect(hooks.afterGrowth).toHaveBeenCalledOnce();
  });

  it('compares again when the choice or the mapping changes', async () => {
    const { commands, drop, dialog } = await withEdgesOpen();
    await drop('nodes.csv', 'id,login,team\n1,a,x\n2,b,y\n3,c,x\n4,d,y\n');
    commands.setJoin({ isChosen: true });
    const options = dialog()?.options;
    if (options === undefined) throw new Error('no dialog');
    commands.setImportOptions({ ...options, roles: { 'nodes.csv': { login: 'node-id' } } });
    expect(dialog()?.join).toMatchObject({ match: null, isMatching: true });
    await vi.waitFor(() => expect(dialog()?.join?.isMatching).toBe(false), { timeout: 3000 });
    expect(dialog()?.join?.match).toMatchObject({ matched: 4, rows: 4 });
  });

  it('opens a graph of its own when asked, and forgets the step back', async () => {
    const { store, commands, drop, open } = await withEdgesOpen();
    await drop('nodes.csv', TABLE);
    commands.setJoin({ isChosen: false });
    await commands.confirmImport();
    expect(open()?.title).toBe('nodes');
    expect(store.getState().history).toEqual({ past: [], future: [] });
  });
});

it('a mapping is remembered for the next files of the shape, and reset', async () => {
  const { commands, drop, dialog } = setting();
  await drop('nodes.csv', TABLE);
  const options = dialog()?.options;
  if (options === undefined) throw new Error('no dialog');
  commands.setImportOptions({ ...options, roles: { 'nodes.csv': { team: 'label' } } });
  await commands.confirmImport();
  await drop('nodes.csv', TABLE);
  expect(dialog()).toMatchObject({
    isRemembered: true,
    options: { roles: { 'nodes.csv': { team: 'label' } } },
  });
  await commands.resetImportOptions();
  expect(dialog()).toMatchObject({ isRemembered: false, options });
});

it('pasted text opens under a name that says what it is', async () => {
  const { commands, dialog } = setting();
  await commands.openText('a\tb\n1\t2\n2\t3\n');
  expect(dialog()?.preview.tables[0]?.path).toBe('pasted.tsv');
});
