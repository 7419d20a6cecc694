/** What a column is to the next run, or was to the last: target, feature, left out and why. Pure. */
import type { Column } from '../../core/columns.ts';
import { isSplitColumn } from '../../core/transforms/nodeSplits.ts';
import type { RunDescription } from '../../engine/runTypes.ts';
import type { SetupSlice } from '../../state/types.ts';

export interface ColumnRole {
  readonly kind: 'target' | 'split' | 'feature' | 'left out';
  /** Why it is left out; '' where the name says it all. */
  readonly reason: string;
}

/**
 * @param nodeType    name of the type the column belongs to
 * @param isPredicted the type is the one that the set-up predicts for
 * @param description of a run on this version of the graph, which knows what was left out; null without one
 */
export function columnRole(
  column: Column,
  nodeType: string,
  isPredicted: boolean,
  setup: Pick<SetupSlice, 'target' | 'features'>,
  description: RunDescription | null,
): ColumnRole | null {
  const targets = setup.target?.split(',').map((part) => part.trim()) ?? [];
  if (isPredicted && (column.name === setup.target || targets.includes(column.name))) {
    return { kind: 'target', reason: '' };
  }
  if (isSplitColumn(column)) return { kind: 'split', reason: '' };
  if (isPredicted && setup.features !== 'auto') {
    return setup.features.includes(column.name)
      ? { kind: 'feature', reason: '' }
      : { kind: 'left out', reason: 'not among the chosen features' };
  }
  if (description === null || description.config.features !== 'auto') return null;
  const name = isPredicted ? column.name : `${nodeType}.${column.name}`;
  const left = description.leftOut.find((entry) => entry.name === name);
  if (left !== undefined) return { kind: 'left out', reason: left.reason };
  return description.features.includes(name) ? { kind: 'feature', reason: '' } : null;
}
