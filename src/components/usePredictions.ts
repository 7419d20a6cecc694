/** Predictions of the current run, renewed at most twice a second while it trains. */
import type { WorkbenchState } from '../state/types.ts';
import { type Predictions, predictionsOf } from './predictions.ts';
import { useThrottledStore } from './useThrottledStore.ts';

/** A result without scores (communities) leaves the last snapshot in charge. */
const runOf = (state: WorkbenchState) => (state.run.result?.scores ? state.run.result : state.run.snapshot);
const descriptionOf = (state: WorkbenchState) => state.run.description;

export function usePredictions(graphVersion: string): Predictions | null {
  const description = useThrottledStore(descriptionOf, 500);
  const source = useThrottledStore(runOf, 500);
  if (description === null || source === null) return null;
  return 'codes' in source
    ? predictionsOf({ description, snapshot: source, result: null }, graphVersion)
    : predictionsOf({ description, snapshot: null, result: source }, graphVersion);
}
