/** Classes and colours of the current target; null when nothing is open or it has none. */
import { useMemo } from 'react';
import { type NodeClasses, targetClasses } from './nodeClasses.ts';
import { useStore } from './useStore.ts';

export function useNodeClasses(): NodeClasses | null {
  const graph = useStore((state) => state.data.loaded?.graph ?? null);
  const nodeType = useStore((state) => state.setup.nodeType);
  const target = useStore((state) => state.setup.target);
  return useMemo(
    () => (graph === null ? null : targetClasses(graph, nodeType, target)),
    [graph, nodeType, target],
  );
}
