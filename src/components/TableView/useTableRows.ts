/** Rows of a table that meet its filters, in order. Worked out in slices; what was shown stays until the answer is there. */
import { useEffect, useMemo, useState } from 'react';
import { queryRows, type TableQuery } from '../../core/tableQuery/queryRows.ts';

interface Answer {
  readonly table: string;
  readonly query: TableQuery;
  readonly rows: Int32Array;
}

export interface TableRows {
  readonly rows: Int32Array;
  readonly isPending: boolean;
}

/** @param table  identity of the rows: answers about another table are not shown */
export function useTableRows(table: string, query: TableQuery): TableRows {
  const stable = useStableQuery(query);
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    queryRows(stable, abort.signal).then(
      (rows) => {
        if (!abort.signal.aborted) setAnswer({ table, query: stable, rows });
      },
      (error: unknown) => {
        // A query has no way to fail but to be cancelled; anything else is for the error boundary.
        if (abort.signal.aborted) return;
        setAnswer(() => {
          throw error;
        });
      },
    );
    return () => abort.abort();
  }, [table, stable]);
  const all = useMemo(() => allRows(query.count), [query.count]);
  return {
    rows: answer?.table === table ? answer.rows : all,
    isPending: answer?.query !== stable,
  };
}

function allRows(count: number): Int32Array {
  const rows = new Int32Array(count);
  for (let row = 0; row < count; row++) rows[row] = row;
  return rows;
}

/** The same object for a query that asks the same: columns are made anew with every epoch of a run. */
function useStableQuery(query: TableQuery): TableQuery {
  const [stable, setStable] = useState(query);
  if (stable === query || isSame(stable, query)) return stable;
  setStable(query);
  return query;
}

function isSame(a: TableQuery, b: TableQuery): boolean {
  return (
    a.count === b.count &&
    a.isKept === b.isKept &&
    a.order?.cells === b.order?.cells &&
    a.order?.isDescending === b.order?.isDescending &&
    a.search?.text === b.search?.text &&
    isSameList(a.search?.cells ?? [], b.search?.cells ?? []) &&
    isSameList(
      a.conditions.map(({ cells }) => cells),
      b.conditions.map(({ cells }) => cells),
    ) &&
    JSON.stringify(a.conditions.map(({ condition }) => condition)) ===
      JSON.stringify(b.conditions.map(({ condition }) => condition))
  );
}

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, at) => item === b[at]);
