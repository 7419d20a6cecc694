/** The open graph without its hidden columns: what tables, menus and the inspector show. */
import type { Graph } from '../core/graph.ts';
import { visibleGraph } from '../state/hiddenColumns.ts';
import { useStore } from './useStore.ts';

export function useVisibleGraph(): Graph | null {
  return useStore(({ data }) => (data.loaded === null ? null : visibleGraph(data.loaded)));
}
