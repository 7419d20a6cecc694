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
  if (isPredicted && isNamed(column, setup.target)) {
    return { kind: 'target', reason: '' };
  }
  if (isSplitColumn(column)) return { kind: 'split', reason: '' };
  if (isPredicted && setup.features !== 'auto') {
    // No reason: a person chose the features, and would read the same under every other column.
    return { kind: setup.features.includes(column.name) ? 'feature' : 'left out', reason: '' };
  }
  // A run on another target left out other columns.
  if (description === null || description.config.features !== 'auto') return null;
  if (description.config.target !== setup.target) return null;
  const name = isPredicted ? column.name : `${nodeType}.${column.name}`;
  const left = description.leftOut.find((entry) => entry.name === name);
  if (left !== undefined) return { kind: 'left out', reason: left.reason };
  // What an automatic choice does not leave out it takes.
  return description.features.length > 0 ? { kind: 'feature', reason: '' } : null;
}

/** The target names the column, alone or among several yes/no columns. */
function isNamed({ name }: Column, target: string | null): boolean {
  return target === name || target?.split(',').some((part) => part.trim() === name) === true;
}
