/**
 * Opening data: files, pasted text and addresses through the import dialog, data sets directly. What is open stays until the
 * new graph is whole; a loaded graph brings its own sensible setup and starts its layout. Adding to what is open is
 * `joinCommands.ts`.
 */
import { proxy } from 'comlink';
import { serialiseError } from '../../core/errors.ts';
import type { ImportOptions, ImportPreview, ImportProgress, ImportResult } from '../../io/importTypes.ts';
import type { CommandContext } from '../environment.ts';
import { recallOptions, rememberOptions } from '../importMemory.ts';
import { pastedFileName } from '../pastedFile.ts';
import { setupFor } from '../setupDefaults.ts';
import { patch } from '../store.ts';
import type { Commands } from '../types.ts';
import { createJoinCommands } from './joinCommands.ts';

type DataCommands = Pick<
  Commands,
  | 'openFiles'
  | 'openText'
  | 'openAddress'
  | 'setImportOptions'
  | 'resetImportOptions'
  | 'setJoin'
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
  /** Nodes or edges were added to the open graph: the layout goes on from where they are. */
  afterGrowth(): void;
  notify: Commands['notify'];
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

  const joining = createJoinCommands(context, hooks, onProgress);

  async function guesses(): Promise<ImportOptions> {
    const catalogue = store.getState().catalogue.io ?? (await clients.io.call((io) => io.catalogue()));
    return catalogue.importDefaults;
  }

  async function openPreview(title: string, inspect: () => Promise<ImportPreview>): Promise<void> {
    patch(store, 'data', { loading: { title, progress: null } });
    try {
      const preview = await inspect();
      const remembered = recallOptions(page, preview);
      const options = remembered ?? (await guesses());
      const join = await joining.begin(preview, options);
      // What was only good to know about the last step would lie over the dialog.
      const { notices } = store.getState().notices;
      patch(store, 'notices', { notices: notices.filter(({ severity }) => severity !== 'info') });
      patch(store, 'data', {
        importDialog: {
          preview,
          options,
          isRemembered: remembered !== null,
          join,
          isReading: false,
          error: null,
        },
      });
    } catch (error) {
      report(error);
    } finally {
      patch(store, 'data', { loading: null });
    }
  }

  async function openFiles(files: Parameters<Commands['openFiles']>[0]): Promise<void> {
    if (files.length === 0) return;
    await openPreview(files[0]?.path ?? '', () => clients.io.call((io) => io.inspect(files)));
  }

  function setImportOptions(options: ImportOptions): void {
    const { importDialog } = store.getState().data;
    if (importDialog === null) return;
    patch(store, 'data', { importDialog: { ...importDialog, options, error: null } });
    joining.compareAgain();
  }

  return {
    openFiles,
    openText: (text) => openFiles([{ path: pastedFileName(text), blob: new Blob([text]) }]),
    openAddress: (address) =>
      openPreview(address, () => clients.io.call((io) => io.inspectAddress(address, onProgress))),
    setImportOptions,
    async resetImportOptions() {
      const options = await guesses();
      const { importDialog } = store.getState().data;
      if (importDialog === null) return;
      patch(store, 'data', { importDialog: { ...importDialog, isRemembered: false } });
      rememberOptions(page, importDialog.preview, options, options);
      setImportOptions(options);
    },
    setJoin: joining.setJoin,
    async confirmImport() {
      const { importDialog } = store.getState().data;
      if (importDialog === null || importDialog.isReading) return;
      const { preview, options, join } = importDialog;
      patch(store, 'data', {
        importDialog: { ...importDialog, isReading: true, error: null },
        loading: { title: preview.title, progress: null },
      });
      try {
        if (join?.isChosen === true) await joining.join(options, join, preview.title);
        else show(preview.title, await clients.io.call((io) => io.read(options, onProgress)), null);
        rememberOptions(page, preview, options, await guesses());
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
      patch(store, 'data', { importDialog: null, loading: null });
      // Ends a read or comparison under way, and lets go of what was compared.
      await clients.io.call((io) => io.cancel());
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
