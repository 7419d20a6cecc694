/** One column of a table: name, role and kind, a tiny histogram, one line about its values, and what can be done with it. */
import { useEffect, useRef } from 'react';
import type { Column } from '../../core/columns.ts';
import type { ColumnRef } from '../../state/schemaTypes.ts';
import { isSameColumn } from '../../state/hiddenColumns.ts';
import { formatCount, formatPercent, formatQuantity } from '../format/formatNumber.ts';
import { KIND_NAMES } from '../format/kindNames.ts';
import type { ClassScale } from '../palette/columnValues.ts';
import { useStore } from '../useStore.ts';
import { ColumnBars } from './ColumnBars.tsx';
import { ColumnMenu } from './ColumnMenu.tsx';
import type { ColumnRole } from './columnRole.ts';
import { type ColumnSummary, MAX_DISTINCT } from './columnSummary.ts';
import classes from './DataPanel.module.css';
import { useColumnSummary } from './useColumnSummary.ts';

interface ColumnRowProps {
  readonly column: Column;
  readonly reference: ColumnRef;
  /** Colours of a class column that is the target. */
  readonly scale: ClassScale | null;
  readonly role: ColumnRole | null;
}

export function ColumnRow({ column, reference, scale, role }: ColumnRowProps) {
  const summary = useColumnSummary(column);
  const row = useRef<HTMLLIElement>(null);
  const isAdded = useStore(({ schema }) => schema.added !== null && isSameColumn(schema.added, reference));
  useEffect(() => {
    if (isAdded) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isAdded]);
  return (
    <li className={classes.column} ref={row} data-added={isAdded || undefined}>
      <span className={classes.columnName} title={column.name}>
        {column.name}
      </span>
      {role !== null && (
        <span className={classes.role} data-role={role.kind} title={role.reason}>
          {role.kind}
        </span>
      )}
      <span className={classes.kind}>{KIND_NAMES[column.kind]}</span>
      <ColumnMenu column={column} reference={reference} isTarget={role?.kind === 'target'} />
      <span className={classes.summary}>
        {summary === null ? formatQuantity(column.length, 'row') : summaryText(summary, column)}
        {role !== null && role.reason !== '' && <span className={classes.reason}>{role.reason}</span>}
      </span>
      {summary !== null && summary.bars.length > 1 && (
        <ColumnBars bars={summary.bars} scale={scale} name={column.name} />
      )}
    </li>
  );
}

/** '0.1 to 4.2 · 12 distinct · 3.1 % missing'. */
function summaryText({ text, distinct, missing }: ColumnSummary, column: Column): string {
  const parts = [text];
  // A category is told by its number of values, a yes/no by nothing more.
  const isTold = column.kind === 'category' || column.kind === 'bool' || distinct === null || distinct <= 1;
  if (!isTold)
    parts.push(
      distinct >= MAX_DISTINCT
        ? `over ${formatCount(distinct - 1)} distinct`
        : `${formatCount(distinct)} distinct`,
    );
  if (missing > 0) parts.push(`${formatPercent(missing / column.length)} missing`);
  return parts.join(' · ');
}
