/** The words for column roles, in the order a person would look for them. */
import type { ColumnRole } from '../../io/importTypes.ts';

const NAMES: Record<ColumnRole, string> = {
  'node-id': 'Node id',
  'node-type': 'Node type',
  source: 'Source',
  target: 'Target',
  relation: 'Relation',
  weight: 'Weight',
  time: 'Time',
  label: 'Label',
  split: 'Split',
  feature: 'Feature',
  attribute: 'Attribute',
  ignore: 'Leave out',
};

export const COLUMN_ROLES: readonly { readonly value: ColumnRole; readonly label: string }[] = (
  Object.keys(NAMES) as ColumnRole[]
).map((value) => ({ value, label: NAMES[value] }));
