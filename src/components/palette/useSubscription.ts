/** Follows parts of the store without rendering: for painters, which redraw many times a second. */
import { useEffect, useEffectEvent } from 'react';
import type { WorkbenchState } from '../../state/types.ts';
import { useStoreApi } from '../useStore.ts';

/**
 * Calls `apply` at once, again whenever an item that `select` returns changes identity, and again for another `target`;
 * not at all while there is none.
 */
export function useSubscription<T extends object>(
  target: T | null,
  select: (state: WorkbenchState) => readonly unknown[],
  apply: (target: T, state: WorkbenchState) => void,
): void {
  const store = useStoreApi();
  const parts = useEffectEvent(select);
  const run = useEffectEvent(apply);
  useEffect(() => {
    if (target === null) return;
    let seen = parts(store.getState());
    run(target, store.getState());
    return store.subscribe((state) => {
      const next = parts(state);
      if (next.every((part, at) => Object.is(part, seen[at]))) return;
      seen = next;
      run(target, state);
    });
  }, [store, target]);
}
