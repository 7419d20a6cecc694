/** Computes a column's summary once per column, in idle time, one column per turn; null until it is there. */
import { useEffect, useState } from 'react';
import type { Column } from '../../core/columns.ts';
import { type ColumnSummary, MAX_SUMMARY_ROWS, summariseColumn } from './columnSummary.ts';

const cache = new WeakMap<Column, ColumnSummary>();

export function useColumnSummary(column: Column): ColumnSummary | null {
  const [summary, setSummary] = useState<{ column: Column; value: ColumnSummary } | null>(null);
  useEffect(() => {
    if (cache.has(column) || column.length > MAX_SUMMARY_ROWS) return;
    return whenIdle(() => {
      const value = summariseColumn(column);
      cache.set(column, value);
      setSummary({ column, value });
    });
  }, [column]);
  return summary?.column === column ? summary.value : (cache.get(column) ?? null);
}

/** Safari has no idle callback; a short timer there is the same for one column. */
function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback(work, { timeout: 1000 });
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(work, 50);
  return () => clearTimeout(timer);
}
