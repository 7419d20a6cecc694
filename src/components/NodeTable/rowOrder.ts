/**
 * Which rows a table shows and in which order, over typed columns: no object per row. Missing cells sort last in either
 * direction; ties keep row order. Pure.
 */
import { type Column, isNumeric, isValid } from '../../core/columns.ts';
import { type Utf8Table, utf8At } from '../../core/utf8Table.ts';

/** A sort key per row: numbers compare as they are, text by code point; null or NaN = missing. */
export type SortKeys =
  | { readonly kind: 'number'; readonly value: (row: number) => number }
  | { readonly kind: 'text'; readonly value: (row: number) => string | null };

export interface SortOrder {
  readonly keys: SortKeys;
  readonly isDescending: boolean;
}

/** Returns the keys of a column; null for vectors, which have no order. */
export function columnKeys(column: Column): SortKeys | null {
  const number = (values: ArrayLike<number>): SortKeys => ({
    kind: 'number',
    value: (row) => (isValid(column, row) ? (values[row] as number) : Number.NaN),
  });
  if (isNumeric(column)) return number(column.values);
  switch (column.kind) {
    case 'bool':
    case 'date':
      return number(column.values);
    case 'category':
      return number(column.codes);
    case 'text':
      return { kind: 'text', value: (row) => (isValid(column, row) ? utf8At(column.text, row) : null) };
    case 'sparse':
    case 'vector':
      return null;
    default:
      return column satisfies never;
  }
}

/** Ids sort as numbers when all look like integers, else as text. */
export function idKeys(ids: Utf8Table, start: number, count: number): SortKeys {
  for (let row = 0; row < count; row++) {
    if (!/^-?\d{1,15}$/.test(utf8At(ids, start + row))) {
      return { kind: 'text', value: (at) => utf8At(ids, start + at) };
    }
  }
  return { kind: 'number', value: (at) => Number(utf8At(ids, start + at)) };
}

/** Returns the rows that match, in order. O(rows · log rows) with an order, else O(rows). */
export function orderRows(
  count: number,
  matches: ((row: number) => boolean) | null,
  order: SortOrder | null,
): Int32Array {
  let rows = Int32Array.from({ length: count }, (_, row) => row);
  if (matches !== null) rows = rows.filter(matches);
  if (order === null) return rows;
  const direction = order.isDescending ? -1 : 1;
  const { keys } = order;
  if (keys.kind === 'number') {
    const values = new Float64Array(count);
    for (const row of rows) values[row] = keys.value(row);
    return rows.sort((a, b) => compareNumbers(values[a] as number, values[b] as number, direction) || a - b);
  }
  const texts = new Map<number, string | null>();
  for (const row of rows) texts.set(row, keys.value(row));
  return rows.sort((a, b) => compareTexts(texts.get(a) ?? null, texts.get(b) ?? null, direction) || a - b);
}

function compareNumbers(a: number, b: number, direction: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  if (Number.isNaN(b)) return -1;
  return (a - b) * direction;
}

function compareTexts(a: string | null, b: string | null, direction: number): number {
  if (a === null) return b === null ? 0 : 1;
  if (b === null) return -1;
  return (a < b ? -1 : a > b ? 1 : 0) * direction;
}

/** Returns a test for rows whose id, category or text contains the words, ignoring case; null for an empty search. */
export function rowFilter(
  search: string,
  ids: Utf8Table,
  start: number,
  columns: readonly Column[],
): ((row: number) => boolean) | null {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return null;
  const includes = (text: string): boolean => text.toLowerCase().includes(wanted);
  const tests: ((row: number) => boolean)[] = [(row) => includes(utf8At(ids, start + row))];
  for (const column of columns) {
    if (column.kind === 'text') {
      tests.push((row) => isValid(column, row) && includes(utf8At(column.text, row)));
    } else if (column.kind === 'category') {
      const hits = column.dictionary.map(includes);
      if (hits.includes(true))
        tests.push((row) => isValid(column, row) && hits[column.codes[row] as number] === true);
    }
  }
  return (row) => tests.some((test) => test(row));
}
