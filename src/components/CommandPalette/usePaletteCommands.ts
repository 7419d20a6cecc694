/** The commands that make sense right now, as plain data. */
import { useMantineColorScheme } from '@mantine/core';
import { modelGroups } from '../Setup/setupOptions.ts';
import { useImageExport } from '../TopBar/useImageExport.ts';
import { primaryAction } from '../TopBar/runActions.ts';
import { useOverlay } from '../useOverlay.ts';
import { redoableEdit, undoableEdit } from '../../state/history.ts';
import { useCommands, useStore } from '../useStore.ts';
import { VIEWS } from '../views.ts';

export interface PaletteCommand {
  readonly id: string;
  readonly name: string;
  readonly key?: string;
  readonly run: () => void;
}

const PRIMARY_NAMES = { train: 'Train', pause: 'Pause training', resume: 'Resume training' } as const;

export function usePaletteCommands(): readonly PaletteCommand[] {
  const commands = useCommands();
  const overlay = useOverlay();
  const exportImage = useImageExport();
  const { setColorScheme } = useMantineColorScheme();
  const kind = useStore((state) => state.run.status.kind);
  const isLoaded = useStore((state) => state.data.loaded !== null);
  const isSplit = useStore((state) => state.view.split);
  const layout = useStore((state) => state.view.layout.status);
  const result = useStore((state) => state.run.result);
  const hasSelection = useStore((state) => state.selection.selected !== null);
  const isMet = {
    graph: true,
    selection: hasSelection,
    result: result !== null,
    embedding: result?.embedding != null,
  };
  const catalogue = useStore((state) => state.catalogue);
  const setup = useStore((state) => state.setup);
  const graph = useStore((state) => state.data.loaded?.graph ?? null);
  const undo = useStore((state) => undoableEdit(state)?.label ?? null);
  const redo = useStore((state) => redoableEdit(state)?.label ?? null);
  const nodeType = setup.nodeType ?? graph?.nodeTypes[0]?.name ?? '';
  const primary = primaryAction(kind);
  const isActive = kind === 'running' || kind === 'paused';
  const always: PaletteCommand[] = [
    { id: 'examples', name: 'Open an example', run: () => commands.showExamples(true) },
    { id: 'paste', name: 'Paste a table', run: () => overlay.show('paste') },
    { id: 'address', name: 'Open from a URL', run: () => overlay.show('address') },
    { id: 'theme-light', name: 'Theme: light', run: () => setColorScheme('light') },
    { id: 'theme-dark', name: 'Theme: dark', run: () => setColorScheme('dark') },
    { id: 'theme-auto', name: 'Theme: as the system', run: () => setColorScheme('auto') },
    { id: 'shortcuts', name: 'Keyboard shortcuts', key: '?', run: () => overlay.show('shortcuts') },
  ];
  if (!isLoaded) return always;
  return [
    { id: 'primary', name: PRIMARY_NAMES[primary], key: 'Space', run: () => void commands[primary]() },
    ...(kind === 'paused'
      ? [{ id: 'step', name: 'Train one epoch', key: '.', run: () => void commands.step() }]
      : []),
    ...(isActive ? [{ id: 'stop', name: 'Stop training', run: () => void commands.stop() }] : []),
    ...VIEWS.map((view, index) => ({
      id: `view-${view.id}`,
      name: `Show ${view.title.toLowerCase()}`,
      key: String(index + 1),
      run: () => commands.setTab(view.id),
    })),
    {
      id: 'split',
      name: isSplit ? 'One view at a time' : 'Graph and embedding side by side',
      run: () => commands.setSplitView(!isSplit),
    },
    layout === 'running'
      ? { id: 'layout-stop', name: 'Freeze the layout', run: () => void commands.stopLayout() }
      : { id: 'layout', name: 'Lay out the graph again', run: () => void commands.runLayout() },
    ...(undo === null ? [] : [{ id: 'undo', name: `Undo ${undo}`, key: 'Ctrl Z', run: commands.undo }]),
    ...(redo === null ? [] : [{ id: 'redo', name: `Redo ${redo}`, key: 'Ctrl Shift Z', run: commands.redo }]),
    {
      id: 'derive',
      name: 'Derive a column',
      run: () => commands.showSchemaDialog({ kind: 'derive', nodeType }),
    },
    {
      id: 'formula',
      name: 'Column by formula',
      run: () => commands.showSchemaDialog({ kind: 'formula', table: { kind: 'nodes', type: nodeType } }),
    },
    {
      id: 'build-edges',
      name: 'Build edges',
      run: () => commands.showSchemaDialog({ kind: 'build-edges', nodeType }),
    },
    { id: 'clear', name: 'Clear the selection', key: 'Esc', run: () => commands.select(null) },
    ...modelGroups(catalogue.engine, graph, setup)
      .flatMap(({ items }) => items)
      .map(({ value, label }) => ({
        id: `model-${value}`,
        name: `Model: ${label}`,
        run: () => commands.setSetup({ model: value }),
      })),
    ...(catalogue.io?.exporters ?? [])
      .filter((exporter) => isMet[exporter.needs])
      .map((exporter) => ({
        id: `export-${exporter.id}`,
        name: `Export: ${exporter.name}`,
        run: () => void commands.exportFile(exporter.id),
      })),
    {
      id: 'export-image',
      name: 'Export: Image (PNG)',
      run: () => void exportImage({ format: 'png', scale: 2 }),
    },
    { id: 'export-svg', name: 'Export: Image (SVG)', run: () => void exportImage({ format: 'svg' }) },
    { id: 'what-was-read', name: 'What was read', run: () => overlay.show('import-notices') },
    ...always,
  ];
}
