/** What the view shows of the open graph; it follows the selection only when the graph is above the element budget. */
import { useMemo, useState } from 'react';
import { bitsetIndices } from '../../core/bitset.ts';
import { useStore } from '../useStore.ts';
import { fitsBudget, keptNodes, showGraph, type ShownGraph } from './shownGraph.ts';

const NONE: readonly number[] = [];

export function useElements(): ShownGraph | null {
  const graph = useStore((state) => state.data.loaded?.graph ?? null);
  const isWhole = graph === null || fitsBudget(graph);
  const focused = useStore((state) => (isWhole ? null : state.selection.focused));
  const selected = useStore((state) => (isWhole ? null : state.selection.selected));
  const [current, setCurrent] = useState<ShownGraph | null>(null);
  const keep = useMemo(
    () =>
      graph === null ? NONE : keptNodes(graph, focused, selected === null ? NONE : bitsetIndices(selected)),
    [graph, focused, selected],
  );
  if (graph === null) return null;
  // A selection among what is shown must not shuffle the rest of the sample.
  const isCurrent = current?.graph === graph && keep.every((node) => (current.slotOf[node] ?? -1) >= 0);
  if (isCurrent) return current;
  const next = showGraph(graph, keep);
  setCurrent(next);
  return next;
}
