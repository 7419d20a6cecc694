/** The warnings that still hold: those about columns that were hidden have been dealt with. */
import { useMemo } from 'react';
import type { GraphWarning } from '../../core/graphSummary/summaryTypes.ts';
import { isHidden } from '../../state/hiddenColumns.ts';
import type { LoadedGraph } from '../../state/types.ts';
import { useStore } from '../useStore.ts';

const NONE: readonly GraphWarning[] = [];

export function useWarnings(): readonly GraphWarning[] {
  const warnings = useStore(({ schema }) => schema.summary.summary?.warnings ?? NONE);
  const loaded = useStore(({ data }) => data.loaded);
  return useMemo(
    () => (loaded === null ? NONE : warnings.filter((warning) => !isSettled(warning, loaded))),
    [warnings, loaded],
  );
}

function isSettled({ columns, nodeType }: GraphWarning, loaded: LoadedGraph): boolean {
  const table =
    nodeType === null ? ({ kind: 'edges' } as const) : ({ kind: 'nodes', type: nodeType } as const);
  return columns.length > 0 && columns.every((name) => isHidden(loaded, { table, name }));
}
