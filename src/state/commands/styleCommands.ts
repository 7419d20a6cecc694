/** How the graph is styled, and the styles a person keeps: saved, applied, forgotten, opened from and saved to files. */
import { findColumn } from '../../core/columns.ts';
import type { Graph } from '../../core/graph.ts';
import type { CommandContext } from '../environment.ts';
import { fileStem } from '../fileStem.ts';
import { patch } from '../store.ts';
import {
  forgetPreset,
  keepPreset,
  MAX_PRESET_CHARACTERS,
  parsePreset,
  presetFile,
  readPresets,
  type StylePreset,
} from '../stylePreset.ts';
import type { Commands } from '../types.ts';
import { columnOf, DEFAULT_STYLE } from '../viewStyle.ts';

type StyleCommands = Pick<
  Commands,
  | 'setColourBy'
  | 'setSizeBy'
  | 'setStyle'
  | 'resetStyle'
  | 'saveStyle'
  | 'applyStyle'
  | 'forgetStyle'
  | 'openStyleFile'
  | 'saveStyleFile'
>;

/** Columns that the preset names and the graph lacks, each once. */
export function missingColumns(graph: Graph, { colourBy, sizeBy, style }: StylePreset): string[] {
  const ofNodes = [colourBy, sizeBy, style.shapeBy, style.nameBy].map(columnOf);
  const ofEdges = [style.edgeColourBy, style.edgeWidthBy].map(columnOf);
  const isNodeColumn = (name: string): boolean =>
    graph.nodeTypes.some(({ columns }) => findColumn(columns, name) !== undefined);
  const missing = [
    ...ofNodes.filter((name) => name !== null && !isNodeColumn(name)),
    ...ofEdges.filter((name) => name !== null && findColumn(graph.edgeColumns, name) === undefined),
  ];
  return [...new Set(missing.filter((name) => name !== null))];
}

export function createStyleCommands(
  { store, page, report }: CommandContext,
  notify: Commands['notify'],
): StyleCommands {
  patch(store, 'view', { stylePresets: readPresets(page) });

  const current = (name: string): StylePreset => {
    const { colourBy, sizeBy, style } = store.getState().view;
    return { name, colourBy, sizeBy, style };
  };

  function apply(preset: StylePreset): void {
    const { colourBy, sizeBy, style } = preset;
    patch(store, 'view', { colourBy, sizeBy, style });
    const { loaded } = store.getState().data;
    const missing = loaded === null ? [] : missingColumns(loaded.graph, preset);
    if (missing.length === 0) return;
    notify({
      severity: 'warning',
      message: `The style “${preset.name}” reads columns that this graph does not have: ${missing.join(', ')}.`,
      remedy: 'Those settings have no effect here. Choose other columns in the Style panel.',
      details: '',
    });
  }

  return {
    setColourBy: (colourBy) => patch(store, 'view', { colourBy }),
    setSizeBy: (sizeBy) => patch(store, 'view', { sizeBy }),
    setStyle: (change) => patch(store, 'view', { style: { ...store.getState().view.style, ...change } }),
    resetStyle() {
      const colourBy = store.getState().setup.target === null ? 'none' : 'label';
      patch(store, 'view', { colourBy, sizeBy: 'degree', style: DEFAULT_STYLE });
    },
    saveStyle(name) {
      patch(store, 'view', { stylePresets: keepPreset(page, current(name)) });
    },
    applyStyle(name) {
      const preset = store.getState().view.stylePresets.find((candidate) => candidate.name === name);
      if (preset !== undefined) apply(preset);
    },
    forgetStyle(name) {
      patch(store, 'view', { stylePresets: forgetPreset(page, name) });
    },
    async openStyleFile(fileName, blob) {
      try {
        // One character more than allowed is enough to be refused; UTF-8 takes at most 3 bytes for each.
        const text = await blob.slice(0, 3 * (MAX_PRESET_CHARACTERS + 1)).text();
        const preset = parsePreset(text, fileName);
        patch(store, 'view', { stylePresets: keepPreset(page, preset) });
        apply(preset);
      } catch (error) {
        report(error);
      }
    },
    saveStyleFile(name) {
      const blob = new Blob([presetFile(current(name))], { type: 'application/json' });
      page.saveFile(`${fileStem(name)}.style.json`, blob);
    },
  };
}
