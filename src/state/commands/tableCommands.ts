/** How the tables of the open graph are laid out, remembered from one visit to the next. */
import type { CommandContext } from '../environment.ts';
import { recallLayout, rememberLayout, USUAL_LAYOUT } from '../tableLayouts.ts';
import type { Commands } from '../types.ts';

export function createTableCommands({
  store,
  page,
}: Pick<CommandContext, 'store' | 'page'>): Pick<Commands, 'tableLayout' | 'rememberTableLayout'> {
  const title = (): string | null => store.getState().data.loaded?.title ?? null;
  return {
    tableLayout(table) {
      const graph = title();
      return graph === null ? USUAL_LAYOUT : recallLayout(page, graph, table);
    },
    rememberTableLayout(table, layout) {
      const graph = title();
      if (graph !== null) rememberLayout(page, graph, table, layout);
    },
  };
}
