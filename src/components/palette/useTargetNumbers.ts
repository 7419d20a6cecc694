/** Numbers that predictions are compared with, over all nodes, with their range; null where no numbers are predicted. */
import { useStore } from '../useStore.ts';
import type { NumericValues } from './columnValues.ts';
import { comparedTarget, targetNumbers } from './numberPredictions.ts';

export function useTargetNumbers(): NumericValues | null {
  return useStore(({ data, setup, run }) =>
    data.loaded === null
      ? null
      : targetNumbers(data.loaded.graph, comparedTarget(data.loaded.graph, setup, run)),
  );
}
