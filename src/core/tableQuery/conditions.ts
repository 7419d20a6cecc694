/**
 * Conditions on one column of a table. A missing cell meets only `missing`, whatever else is asked: what is not known is
 * neither equal nor different, as in SQL.
 */
import { type Cells, isMissing, textAt } from './cells.ts';

export type Condition =
  /** Letters in either case. Categories and text. */
  | { readonly kind: 'contains'; readonly text: string }
  /** Text and categories as they are written, numbers by value, dates by their day in UTC. */
  | { readonly kind: 'equals' | 'differs'; readonly value: string | number }
  /** Numbers; of dates, days before and after the day of the value. */
  | { readonly kind: 'less' | 'greater'; readonly value: number }
  /** Both ends belong to it; of dates, both days. */
  | { readonly kind: 'between'; readonly low: number; readonly high: number }
  | { readonly kind: 'one-of'; readonly values: readonly string[] }
  | { readonly kind: 'missing' }
  | { readonly kind: 'present' };
export type ConditionKind = Condition['kind'];

export type RowTest = (row: number) => boolean;

const PRESENCE: readonly ConditionKind[] = ['missing', 'present'];

/** Conditions that make sense for the cells, in the order of menus. */
export const CONDITIONS_OF: Readonly<Record<Cells['kind'], readonly ConditionKind[]>> = {
  text: ['contains', 'equals', 'differs', 'one-of', ...PRESENCE],
  category: ['one-of', 'contains', 'equals', 'differs', ...PRESENCE],
  number: ['equals', 'differs', 'less', 'greater', 'between', ...PRESENCE],
  date: ['equals', 'differs', 'less', 'greater', 'between', ...PRESENCE],
  opaque: PRESENCE,
};

const DAY_MS = 86_400_000;
/** Dates compare by day: numbers as they are. */
const dayOf = (ms: number): number => Math.floor(ms / DAY_MS);

/** Returns the test of a condition. One that makes no sense for the cells (see `CONDITIONS_OF`) is met by no row. */
export function rowTest(cells: Cells, condition: Condition): RowTest {
  if (condition.kind === 'missing') return (row) => isMissing(cells, row);
  if (condition.kind === 'present') return (row) => !isMissing(cells, row);
  switch (cells.kind) {
    case 'number': {
      const test = numberTest(condition, (value) => value);
      return (row) => test(cells.value(row));
    }
    case 'date': {
      const test = numberTest(condition, dayOf);
      return (row) => test(dayOf(cells.value(row)));
    }
    case 'category': {
      const test = stringTest(condition);
      const isHit = cells.dictionary.map(test);
      return (row) => isHit[cells.code(row)] === true;
    }
    case 'text': {
      const test = stringTest(condition);
      return (row) => {
        const text = textAt(cells, row);
        return text !== null && test(text);
      };
    }
    case 'opaque':
      return () => false;
    default:
      return cells satisfies never;
  }
}

/** NaN, the missing number, meets no condition. */
function numberTest(condition: Condition, unit: (value: number) => number): (value: number) => boolean {
  switch (condition.kind) {
    case 'equals': {
      const wanted = unit(Number(condition.value));
      return (value) => value === wanted;
    }
    case 'differs': {
      const other = unit(Number(condition.value));
      return (value) => !Number.isNaN(value) && value !== other;
    }
    case 'less': {
      const bound = unit(condition.value);
      return (value) => value < bound;
    }
    case 'greater': {
      const bound = unit(condition.value);
      return (value) => value > bound;
    }
    case 'between': {
      const [low, high] = [unit(condition.low), unit(condition.high)];
      return (value) => value >= low && value <= high;
    }
    default:
      return () => false;
  }
}

function stringTest(condition: Condition): (text: string) => boolean {
  switch (condition.kind) {
    case 'contains': {
      const wanted = condition.text.toLowerCase();
      return (text) => text.toLowerCase().includes(wanted);
    }
    case 'equals': {
      const wanted = String(condition.value);
      return (text) => text === wanted;
    }
    case 'differs': {
      const other = String(condition.value);
      return (text) => text !== other;
    }
    case 'one-of': {
      const wanted = new Set(condition.values);
      return (text) => wanted.has(text);
    }
    default:
      return () => false;
  }
}
