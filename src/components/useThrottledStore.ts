/** Reads fast-changing state at a bounded rate: a run that publishes sixty times a second renders a few times. */
import { useMemo, useSyncExternalStore } from 'react';
import type { WorkbenchState } from '../state/types.ts';
import { throttledSelection } from './throttledSelection.ts';
import { useStoreApi } from './useStore.ts';

/** @param selector  defined outside the component, cheap, and returning equal values for an unchanged part */
export function useThrottledStore<T>(selector: (state: WorkbenchState) => T, intervalMs: number): T {
  const store = useStoreApi();
  const selection = useMemo(
    () => throttledSelection(store, selector, intervalMs),
    [store, selector, intervalMs],
  );
  return useSyncExternalStore(selection.subscribe, selection.read);
}
