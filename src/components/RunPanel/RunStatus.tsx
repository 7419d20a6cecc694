/**
 * The one element with role `status`: the run state in words. The epoch in it changes at most once a second, so that it
 * can be read out; a change of state (paused, stopped, failed) is said at once.
 */
import type { WorkbenchState } from '../../state/types.ts';
import { useStore, useStoreApi } from '../useStore.ts';
import { useThrottledStore } from '../useThrottledStore.ts';
import { stateOf, statusText } from './statusText.ts';

const textOf = (state: WorkbenchState): string =>
  statusText(state.run.status, state.run.description?.epochs ?? null);

export function RunStatus({ className }: { readonly className?: string | undefined }) {
  const store = useStoreApi();
  const slow = useThrottledStore(textOf, 1000);
  const state = useStore((current) => stateOf(textOf(current)));
  return (
    <p role="status" className={className}>
      {stateOf(slow) === state ? slow : textOf(store.getState())}
    </p>
  );
}
