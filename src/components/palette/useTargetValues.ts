/** Classes of the chosen target over all nodes, with their colours; null when nothing is open or it holds no classes. */
import { predictsNumbers } from '../../state/targets.ts';
import { useStore } from '../useStore.ts';
import { type CategoryValues, classValues } from './columnValues.ts';

export function useTargetValues(): CategoryValues | null {
  return useStore(({ data, setup }) =>
    data.loaded === null || setup.target === null || predictsNumbers(setup.task)
      ? null
      : classValues(data.loaded.graph, setup.target),
  );
}
