/** Files out: written in the io worker, saved by the page. */
import { bitsetIndices } from '../../core/bitset.ts';
import type { CommandContext } from '../environment.ts';
import type { Commands } from '../types.ts';

export function createExportCommands({
  store,
  clients,
  page,
  report,
}: CommandContext): Pick<Commands, 'exportFile' | 'saveFile'> {
  return {
    async exportFile(exporterId, rows) {
      const { data, run, selection } = store.getState();
      const { selected } = selection;
      if (data.loaded === null) return;
      const { description, result } = run;
      try {
        const file = await clients.io.call((io) =>
          io.exportFile({
            exporterId,
            graph: (data.loaded as NonNullable<typeof data.loaded>).graph,
            run: description === null || result === null ? null : { description, result },
            rows: rows ?? (selected === null ? null : { table: 'nodes', indices: bitsetIndices(selected) }),
          }),
        );
        page.saveFile(file.fileName, new Blob([file.bytes], { type: file.mimeType }));
      } catch (error) {
        report(error);
      }
    },
    saveFile: (fileName, blob) => page.saveFile(fileName, blob),
  };
}
