/** A filter as it is typed, and the condition it makes once it is complete. Pure. */
import type { Cells } from '../../core/tableQuery/cells.ts';
import { type Condition, type ConditionKind, CONDITIONS_OF } from '../../core/tableQuery/conditions.ts';

export interface ColumnFilter {
  readonly kind: ConditionKind;
  /** As typed; dates as `YYYY-MM-DD`. */
  readonly first: string;
  /** The other end of a range. */
  readonly second: string;
  readonly values: readonly string[];
}

/** Returns a filter of the first condition that makes sense for the cells, with nothing typed. */
export const emptyFilter = (cells: Cells): ColumnFilter => ({
  kind: CONDITIONS_OF[cells.kind][0] ?? 'missing',
  first: '',
  second: '',
  values: [],
});

const NAMES: Readonly<Record<ConditionKind, string>> = {
  contains: 'contains',
  equals: '=',
  differs: '≠',
  less: '<',
  greater: '>',
  between: 'between',
  'one-of': 'one of',
  missing: 'is missing',
  present: 'has a value',
};
const DATE_NAMES: Partial<Record<ConditionKind, string>> = {
  equals: 'on',
  differs: 'not on',
  less: 'before',
  greater: 'after',
};

export function conditionName(cells: Cells, kind: ConditionKind): string {
  return (cells.kind === 'date' ? DATE_NAMES[kind] : undefined) ?? NAMES[kind];
}

/** NaN for what is no number or date. */
function numberOf(cells: Cells, text: string): number {
  const typed = text.trim();
  if (typed === '') return Number.NaN;
  return cells.kind === 'date' ? Date.parse(typed) : Number(typed);
}

/** What is wrong with what was typed into one field; null = nothing, also while it is empty. */
export function fieldFault(cells: Cells, text: string): string | null {
  if (text.trim() === '' || (cells.kind !== 'number' && cells.kind !== 'date')) return null;
  if (!Number.isNaN(numberOf(cells, text))) return null;
  return cells.kind === 'date' ? 'Type a date as 2026-03-31.' : 'Type a number as 12.5 or 1e6.';
}

/** Returns the condition; null while something is missing or wrong, which filters nothing. */
export function conditionOf(cells: Cells, filter: ColumnFilter): Condition | null {
  const { kind, first, second, values } = filter;
  if (!CONDITIONS_OF[cells.kind].includes(kind)) return null;
  const isNumber = cells.kind === 'number' || cells.kind === 'date';
  const low = numberOf(cells, first);
  switch (kind) {
    case 'missing':
    case 'present':
      return { kind };
    case 'contains':
      return first === '' ? null : { kind, text: first };
    case 'one-of':
      return values.length === 0 ? null : { kind, values };
    case 'equals':
    case 'differs':
      if (isNumber) return Number.isNaN(low) ? null : { kind, value: low };
      return first === '' ? null : { kind, value: first };
    case 'less':
    case 'greater':
      return Number.isNaN(low) ? null : { kind, value: low };
    case 'between': {
      const high = numberOf(cells, second);
      if (Number.isNaN(low) || Number.isNaN(high)) return null;
      return { kind, low: Math.min(low, high), high: Math.max(low, high) };
    }
    default:
      return kind satisfies never;
  }
}

/** 'contains neural', 'between 3 and 9', 'one of Theory, Genetics': as the filter row shows it. Null = filters nothing. */
export function describeFilter(cells: Cells, filter: ColumnFilter): string | null {
  if (conditionOf(cells, filter) === null) return null;
  const name = conditionName(cells, filter.kind);
  switch (filter.kind) {
    case 'missing':
    case 'present':
      return name;
    case 'between':
      return `${filter.first.trim()} – ${filter.second.trim()}`;
    case 'one-of':
      return filter.values.join(', ');
    default:
      return `${name} ${filter.first.trim()}`;
  }
}
