/** How many nodes are selected; counted once per selection. */
import { useMemo } from 'react';
import { countBits } from '../../core/bitset.ts';
import { useStore } from '../useStore.ts';

export function useSelectionCount(): number {
  const selected = useStore((state) => state.selection.selected);
  return useMemo(() => (selected === null ? 0 : countBits(selected)), [selected]);
}
