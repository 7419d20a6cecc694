/**
 * Edits of the open graph's tables. The io worker works out the new version; here it takes the place of the open one as a
 * step that can be undone. Runs keep the version they were trained on.
 */
import { proxy } from 'comlink';
import { serialiseError } from '../../core/errors.ts';
import type { Graph } from '../../core/graph.ts';
import { applyDelta, type GraphDelta } from '../../workers/graphDelta.ts';
import type { SchemaEdit } from '../../workers/schemaProtocol.ts';
import type { CommandContext } from '../environment.ts';
import { followedSide, type Renaming, sideWithHidden } from '../followEdit.ts';
import { recordEdit } from '../history.ts';
import { patch } from '../store.ts';
import type { ColumnRef, EditSide, SchemaCommands } from '../schemaTypes.ts';
import type { Commands, LoadedGraph } from '../types.ts';

export interface SchemaHooks {
  notify: Commands['notify'];
  /** Edges came or went: a layout that goes by them goes on from where the nodes are. */
  runLayout(): Promise<void>;
}

interface EditNotes {
  readonly renaming?: Renaming;
  readonly added?: ColumnRef;
  /** Edges changed, and with them the layout. */
  readonly movesNodes?: boolean;
}

type SchemaEditing = Omit<SchemaCommands, 'undo' | 'redo'>;

export function createSchemaCommands(context: CommandContext, hooks: SchemaHooks): SchemaEditing {
  const { store, clients, report } = context;
  watchOpenGraph(context);

  const say = (message: string): void => hooks.notify({ severity: 'info', message, remedy: '', details: '' });

  function sideOf(loaded: LoadedGraph, movesNodes: boolean): EditSide {
    const { setup, view } = store.getState();
    const side = { loaded, setup, colourBy: view.colourBy };
    return movesNodes ? { ...side, positions: view.positions } : side;
  }

  function record(label: string, loaded: LoadedGraph, graph: Graph, notes: EditNotes = {}): void {
    const before = sideOf(loaded, notes.movesNodes === true);
    const { engine } = store.getState().catalogue;
    const after = followedSide(before, graph, notes.renaming ?? null, engine);
    recordEdit(store, { label, before, after });
    patch(store, 'schema', { added: notes.added ?? null });
  }

  /**
   * Does work in the io worker and hands its result over, if the same graph is still open then.
   * @returns whether it was done; what went wrong is in the state, for the dialog to say
   */
  async function compute<Result>(
    ask: (loaded: LoadedGraph) => Promise<Result>,
    accept: (result: Result, loaded: LoadedGraph) => void,
  ): Promise<boolean> {
    const { data, schema } = store.getState();
    const { loaded } = data;
    if (loaded === null || schema.work !== null) return false;
    const work = { doneRatio: null };
    patch(store, 'schema', { work, error: null });
    try {
      const result = await ask(loaded);
      if (store.getState().data.loaded !== loaded) return false;
      accept(result, loaded);
      return true;
    } catch (thrown) {
      const error = serialiseError(thrown);
      if (error.code === 'cancelled') return false;
      // Without a dialog there is nowhere else to say it.
      if (store.getState().schema.dialog === null) report(thrown);
      else patch(store, 'schema', { error });
      return false;
    } finally {
      patch(store, 'schema', { work: null });
    }
  }

  const onProgress = proxy((doneRatio: number) => {
    if (store.getState().schema.work !== null) patch(store, 'schema', { work: { doneRatio } });
  });

  async function edit(change: SchemaEdit, label: string, renaming: Renaming | null = null): Promise<void> {
    const isDone = await compute(
      ({ graph }) => clients.io.call((io) => io.editSchema(graph, change)),
      ({ delta }, loaded) => {
        // A name that stays gives the same graph.
        if (delta.version !== loaded.graph.version) {
          record(label, loaded, applyDelta(loaded.graph, delta), renaming === null ? {} : { renaming });
        }
      },
    );
    if (isDone) patch(store, 'schema', { dialog: null });
  }

  /** Adds the column that the worker computes. */
  async function addColumn(
    label: string,
    column: ColumnRef,
    ask: (graph: Graph) => Promise<GraphDelta>,
  ): Promise<void> {
    const isDone = await compute(
      ({ graph }) => ask(graph),
      (delta, loaded) => record(label, loaded, applyDelta(loaded.graph, delta), { added: column }),
    );
    if (!isDone) return;
    patch(store, 'schema', { dialog: null });
    say(`Added column ${column.name}.`);
  }

  return {
    showSchemaDialog(dialog) {
      if (store.getState().schema.work !== null) void clients.io.call((io) => io.cancelComputation());
      patch(store, 'schema', { dialog, error: null, conversion: null, built: null });
      if (dialog !== null && store.getState().schema.catalogue === null) {
        clients.io
          .call((io) => io.schemaCatalogue())
          .then((catalogue) => patch(store, 'schema', { catalogue }), report);
      }
    },
    renameColumn: (column, to) =>
      edit(
        { kind: 'rename-column', table: column.table, from: column.name, to },
        `rename ${column.name} to ${to}`,
        { kind: 'column', column, to },
      ),
    renameNodeType: (from, to) =>
      edit({ kind: 'rename-node-type', from, to }, `rename ${from} to ${to}`, {
        kind: 'node-type',
        from,
        to,
      }),
    renameRelation: (from, to) =>
      edit({ kind: 'rename-relation', from, to }, `rename ${from === '' ? 'edges' : from} to ${to}`),
    dropColumn: ({ table, name }) => edit({ kind: 'drop-column', table, name }, `drop ${name}`),
    setHidden(columns, isHidden) {
      const { loaded } = store.getState().data;
      const [first] = columns;
      if (loaded === null || first === undefined) return;
      const before = sideOf(loaded, false);
      const after = columns.reduce((side, column) => sideWithHidden(side, column, isHidden), before);
      const what = columns.length === 1 ? first.name : `${columns.length} columns`;
      recordEdit(store, { label: `${isHidden ? 'hide' : 'show'} ${what}`, before, after });
    },
    async previewConversion({ table, name }, to, options) {
      patch(store, 'schema', { conversion: null });
      await compute(
        ({ graph }) =>
          clients.io.call((io) => io.editSchema(graph, { kind: 'convert-column', table, name, to, options })),
        (edited) => patch(store, 'schema', { conversion: { to, edited } }),
      );
    },
    confirmConversion(column) {
      const { data, schema } = store.getState();
      const { loaded } = data;
      const { conversion } = schema;
      if (loaded === null || conversion === null || conversion.edited.delta.from !== loaded.graph.version)
        return;
      const graph = applyDelta(loaded.graph, conversion.edited.delta);
      record(`change kind of ${column.name}`, loaded, graph, { added: column });
      patch(store, 'schema', { dialog: null, conversion: null });
    },
    deriveColumn(request) {
      const { data } = store.getState();
      const type = request.nodeTypes?.[0] ?? data.loaded?.graph.nodeTypes[0]?.name ?? '';
      const column: ColumnRef = { table: { kind: 'nodes', type }, name: request.columnName };
      return addColumn(`derive ${request.columnName}`, column, (graph) =>
        clients.io.call((io) => io.deriveColumn(graph, request, onProgress)),
      );
    },
    applyFormula(request) {
      const column = { table: request.table, name: request.columnName };
      return addColumn(`formula ${request.columnName}`, column, (graph) =>
        clients.io.call((io) => io.applyFormula(graph, request, onProgress)),
      );
    },
    async buildEdges(request) {
      patch(store, 'schema', { built: null });
      await compute(
        ({ graph }) => clients.io.call((io) => io.buildEdges(graph, request, onProgress)),
        ({ delta, ...built }, loaded) => {
          record(`build edges ${built.relation}`, loaded, applyDelta(loaded.graph, delta), {
            movesNodes: true,
          });
          patch(store, 'schema', { built });
          void hooks.runLayout();
        },
      );
    },
    async cancelComputation() {
      await clients.io.call((io) => io.cancelComputation());
    },
  };
}

/** The graph changed: what is being worked out for the one before is of no use. */
function watchOpenGraph({ store, clients, report }: CommandContext): void {
  store.subscribe(({ data, schema }, before) => {
    if (data.loaded === before.data.loaded || schema.work === null) return;
    clients.io.call((io) => io.cancelComputation()).catch(report);
  });
}
