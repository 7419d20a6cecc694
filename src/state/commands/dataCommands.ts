/**
 * Opening data: files through the import dialog, data sets directly. What is open stays until the new graph is whole;
 * a loaded graph brings its own sensible setup and starts its layout.
 */
import { proxy } from 'comlink';
import { serialiseError } from '../../core/errors.ts';
import type { ImportProgress, ImportResult } from '../../io/importTypes.ts';
import type { CommandContext } from '../environment.ts';
import { setupFor } from '../setupDefaults.ts';
import { patch } from '../store.ts';
import type { Commands } from '../types.ts';

type DataCommands = Pick<
  Commands,
  | 'openFiles'
  | 'setImportOptions'
  | 'confirmImport'
  | 'closeImport'
  | 'showExamples'
  | 'openDataset'
  | 'cancelLoading'
>;

/** What opening a graph sets in motion elsewhere. */
export interface DataHooks {
  /** Another graph is about to take the place of the open one. */
  beforeReplace(): void;
  afterLoad(): void;
}

export function createDataCommands(context: CommandContext, hooks: DataHooks): DataCommands {
  const { store, clients, page, report } = context;
  const onProgress = proxy((progress: ImportProgress) => {
    const { loading } = store.getState().data;
    if (loading !== null) patch(store, 'data', { loading: { ...loading, progress } });
  });

  function show(
    title: string,
    { graph, report: importReport, hints }: ImportResult,
    datasetId: string | null,
  ): void {
    const { engine } = store.getState().catalogue;
    hooks.beforeReplace();
    patch(store, 'data', {
      loaded: { title, graph, report: importReport, hints, datasetId },
      loading: null,
      importDialog: null,
      examplesOpen: false,
    });
    store.setState({
      setup: { ...setupFor(graph, hints, engine), seed: store.getState().setup.seed },
      selection: { selected: null, focused: null, hovered: null },
    });
    patch(store, 'view', {
      colourBy: store.getState().setup.target === null ? 'none' : 'label',
      tab: 'graph',
    });
    hooks.afterLoad();
  }

  return {
    async openFiles(files) {
      if (files.length === 0) return;
      patch(store, 'data', { loading: { title: files[0]?.path ?? '', progress: null } });
      try {
        const preview = await clients.io.call((io) => io.inspect(files));
        const { importDefaults: options } =
          store.getState().catalogue.io ?? (await clients.io.call((io) => io.catalogue()));
        patch(store, 'data', {
          importDialog: { preview, options, isReading: false, error: null },
        });
      } catch (error) {
        report(error);
      } finally {
        patch(store, 'data', { loading: null });
      }
    },
    setImportOptions(options) {
      const { importDialog } = store.getState().data;
      if (importDialog !== null)
        patch(store, 'data', { importDialog: { ...importDialog, options, error: null } });
    },
    async confirmImport() {
      const { importDialog } = store.getState().data;
      if (importDialog === null || importDialog.isReading) return;
      const { title } = importDialog.preview;
      patch(store, 'data', {
        importDialog: { ...importDialog, isReading: true, error: null },
        loading: { title, progress: null },
      });
      try {
        const result = await clients.io.call((io) => io.read(importDialog.options, onProgress));
        show(title, result, null);
      } catch (error) {
        const plain = serialiseError(error);
        const current = store.getState().data.importDialog;
        patch(store, 'data', {
          loading: null,
          importDialog:
            current === null
              ? null
              : { ...current, isReading: false, error: plain.code === 'cancelled' ? null : plain },
        });
      }
    },
    async closeImport() {
      const { importDialog } = store.getState().data;
      patch(store, 'data', { importDialog: null, loading: null });
      if (importDialog?.isReading === true) await clients.io.call((io) => io.cancel());
    },
    showExamples(open) {
      patch(store, 'data', { examplesOpen: open });
    },
    async openDataset(id) {
      const card = store.getState().catalogue.io?.datasets.find((candidate) => candidate.id === id);
      const title = card?.title ?? id;
      patch(store, 'data', { loading: { title, progress: null }, examplesOpen: false });
      try {
        const result = await clients.io.call((io) => io.openDataset(id, page.baseUrl, onProgress));
        show(title, result, id);
      } catch (error) {
        report(error);
      } finally {
        patch(store, 'data', { loading: null });
      }
    },
    async cancelLoading() {
      await clients.io.call((io) => io.cancel());
    },
  };
}
