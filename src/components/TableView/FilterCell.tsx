/** One cell of the filter row: what the column is filtered by, and the form that changes it. */
import { MultiSelect, Popover, Select, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type ConditionKind, CONDITIONS_OF } from '../../core/tableQuery/conditions.ts';
import { type ColumnFilter, conditionName, describeFilter, emptyFilter, fieldFault } from './columnFilter.ts';
import type { TableColumn } from './tableColumn.ts';
import classes from './TableView.module.css';

interface FilterCellProps {
  readonly id: string;
  readonly columnIndex: number;
  readonly column: TableColumn;
  readonly filter: ColumnFilter | undefined;
  readonly isActive: boolean;
  /** Null takes the filter away. */
  onChange(filter: ColumnFilter | null): void;
}

export function FilterCell({ id, columnIndex, column, filter, isActive, onChange }: FilterCellProps) {
  const [isOpen, setOpen] = useState(false);
  const words = filter === undefined ? null : describeFilter(column.cells, filter);
  return (
    <div
      id={id}
      role="gridcell"
      aria-colindex={columnIndex + 1}
      className={classes.filterCell}
      data-column={columnIndex}
      data-active={isActive || undefined}
    >
      <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <button
            type="button"
            tabIndex={-1}
            className={classes.filter}
            aria-label={`Filter ${column.name}: ${words ?? 'all'}`}
            title={words ?? ''}
            data-set={words !== null || undefined}
            onClick={() => setOpen(!isOpen)}
          >
            {words ?? 'all'}
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={`Filter ${column.name}`}>
          <FilterForm column={column} filter={filter ?? emptyFilter(column.cells)} onChange={onChange} />
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}

interface FilterFormProps {
  readonly column: TableColumn;
  readonly filter: ColumnFilter;
  onChange(filter: ColumnFilter | null): void;
}

function FilterForm({ column, filter, onChange }: FilterFormProps) {
  const { cells } = column;
  const kinds = CONDITIONS_OF[cells.kind];
  return (
    <div className={classes.filterForm}>
      <Select
        label="Condition"
        data={kinds.map((kind) => ({ value: kind, label: conditionName(cells, kind) }))}
        value={filter.kind}
        onChange={(kind) => kind !== null && onChange({ ...filter, kind: kind as ConditionKind })}
        comboboxProps={{ withinPortal: false }}
        data-autofocus
      />
      <FilterFields column={column} filter={filter} onChange={onChange} />
      <button type="button" className={classes.clear} onClick={() => onChange(null)}>
        Show all
      </button>
    </div>
  );
}

/** Options offered at once; typing finds the others. */
const MAX_OPTIONS = 100;

function FilterFields({ column, filter, onChange }: FilterFormProps) {
  const { cells } = column;
  switch (filter.kind) {
    case 'missing':
    case 'present':
      return null;
    case 'one-of':
      return cells.kind === 'category' ? (
        <MultiSelect
          label="Values"
          size="xs"
          data={[...new Set(cells.dictionary)].filter((name) => name !== '')}
          value={[...filter.values]}
          onChange={(values) => onChange({ ...filter, values })}
          limit={MAX_OPTIONS}
          searchable
          comboboxProps={{ withinPortal: false }}
        />
      ) : (
        <TagsInput
          label="Values"
          description="Enter after each"
          size="xs"
          value={[...filter.values]}
          onChange={(values) => onChange({ ...filter, values })}
        />
      );
    case 'between':
      return (
        <>
          <ValueField label="From" which="first" {...{ column, filter, onChange }} />
          <ValueField label="To" which="second" {...{ column, filter, onChange }} />
        </>
      );
    default:
      return <ValueField label="Value" which="first" {...{ column, filter, onChange }} />;
  }
}

function ValueField({
  label,
  which,
  column: { cells },
  filter,
  onChange,
}: FilterFormProps & { readonly label: string; readonly which: 'first' | 'second' }) {
  const text = filter[which];
  return (
    <TextInput
      label={label}
      type={cells.kind === 'date' ? 'date' : 'text'}
      {...(cells.kind === 'number' ? { inputMode: 'decimal' as const } : {})}
      value={text}
      error={fieldFault(cells, text)}
      onChange={(event) => onChange({ ...filter, [which]: event.currentTarget.value })}
    />
  );
}
