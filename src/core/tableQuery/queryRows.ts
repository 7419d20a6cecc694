/**
 * Which rows of a table are shown and in which order: conditions joined by "and", a search over all columns, one column
 * to sort by. Runs in slices wherever it is called, so that neither a worker nor a copy of the table is needed.
 */
import { CancelledError } from '../errors.ts';
import { createBreather } from '../macrotask.ts';
import type { Cells } from './cells.ts';
import { type Condition, type RowTest, rowTest } from './conditions.ts';
import { type SortOrder, sortRows } from './sortRows.ts';

export interface TableQuery {
  /** Rows of the table. */
  readonly count: number;
  /** False for rows that were deleted; null = none was. */
  readonly isKept: RowTest | null;
  readonly conditions: readonly { readonly cells: Cells; readonly condition: Condition }[];
  /** Rows where some text or category contains the words, in either case; null = all. */
  readonly search: { readonly text: string; readonly cells: readonly Cells[] } | null;
  readonly order: SortOrder | null;
}

/** Rows tested between two breaths. */
const UNIT = 512;

/**
 * Returns the rows that meet every condition, in order; in row order without one. Deterministic.
 * O(rows · conditions), with an order also O(found · log found).
 * @throws {CancelledError} the signal was aborted
 */
export async function queryRows(query: TableQuery, signal?: AbortSignal): Promise<Int32Array> {
  const breather = createBreather();
  const breathe = async (): Promise<void> => {
    await breather();
    if (signal?.aborted === true) throw new CancelledError('The query of the table');
  };
  const tests = testsOf(query);
  const rows = new Int32Array(query.count);
  let found = 0;
  for (let row = 0; row < query.count; row++) {
    if (tests.every((test) => test(row))) rows[found++] = row;
    if (row % UNIT === UNIT - 1) await breathe();
  }
  const shown = found === rows.length ? rows : rows.slice(0, found);
  return query.order === null ? shown : sortRows(shown, query.order, breathe);
}

function testsOf({ isKept, conditions, search }: TableQuery): readonly RowTest[] {
  const tests = conditions.map(({ cells, condition }) => rowTest(cells, condition));
  const text = search?.text.trim() ?? '';
  if (search !== null && text !== '') {
    const parts = search.cells
      .filter(({ kind }) => kind === 'text' || kind === 'category')
      .map((cells) => rowTest(cells, { kind: 'contains', text }));
    tests.push((row) => parts.some((test) => test(row)));
  }
  return isKept === null ? tests : [isKept, ...tests];
}
