/** The classes in play with the colour each keeps in every view: for legends, charts and tables. */
import { useStore } from '../useStore.ts';
import type { ClassScale } from './columnValues.ts';
import { currentClassScale } from './predictions.ts';

export function useClassScale(): ClassScale | null {
  return useStore(({ data, setup, run }) =>
    data.loaded === null ? null : currentClassScale(data.loaded.graph, setup, run),
  );
}
