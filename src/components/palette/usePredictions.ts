/** Predictions of the current run, renewed at most twice a second while it trains. */
import type { Graph } from '../../core/graph.ts';
import type { WorkbenchState } from '../../state/types.ts';
import { useThrottledStore } from '../useThrottledStore.ts';
import { currentNumbers, type NumberPredictions } from './numberPredictions.ts';
import { currentPredictions, type Predictions } from './predictions.ts';

const RENEW_MS = 500;
const descriptionOf = (state: WorkbenchState) => state.run.description;
const snapshotOf = (state: WorkbenchState) => state.run.snapshot;
const resultOf = (state: WorkbenchState) => state.run.result;

function useRunView() {
  const description = useThrottledStore(descriptionOf, RENEW_MS);
  const snapshot = useThrottledStore(snapshotOf, RENEW_MS);
  const result = useThrottledStore(resultOf, RENEW_MS);
  return { description, snapshot, result };
}

export function usePredictions(graph: Graph): Predictions | null {
  return currentPredictions(graph, useRunView());
}

/** The same for runs that predict numbers. */
export function useNumberPredictions(graph: Graph): NumberPredictions | null {
  return currentNumbers(graph, useRunView());
}
