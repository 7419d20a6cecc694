/** The bar above the grid: which table, search, filters, columns, how many rows, and what to do with them. */
import { ActionIcon, Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconFilter, IconFilterOff, IconSearch } from '@tabler/icons-react';
import type { RefObject } from 'react';
import type { Graph } from '../../core/graph.ts';
import { formatCount, formatQuantity } from '../format/formatNumber.ts';
import { MAX_SHOWN_ROWS } from './TableGrid.tsx';
import classes from './TableView.module.css';

/** A node type, or the edges. */
export type TableChoice = { readonly kind: 'nodes'; readonly type: number } | { readonly kind: 'edges' };

interface TableSwitchProps {
  readonly graph: Graph;
  readonly choice: TableChoice;
  onChange(choice: TableChoice): void;
}

export function TableSwitch({ graph, choice, onChange }: TableSwitchProps) {
  const isNodes = choice.kind === 'nodes';
  return (
    <>
      <SegmentedControl
        aria-label="Rows are"
        size="xs"
        data={[
          { value: 'nodes', label: 'Nodes' },
          { value: 'edges', label: 'Edges' },
        ]}
        value={choice.kind}
        onChange={(kind) => onChange(kind === 'edges' ? { kind } : { kind: 'nodes', type: 0 })}
      />
      {isNodes && graph.nodeTypes.length > 1 && (
        <Select
          aria-label="Rows of"
          data={graph.nodeTypes.map((entry, index) => ({ value: String(index), label: entry.name }))}
          value={String(choice.type)}
          onChange={(value) => value !== null && onChange({ kind: 'nodes', type: Number(value) })}
        />
      )}
    </>
  );
}

interface SearchFieldProps {
  readonly value: string;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  onChange(value: string): void;
}

export function SearchField({ value, inputRef, onChange }: SearchFieldProps) {
  return (
    <TextInput
      ref={inputRef}
      className={classes.search ?? ''}
      aria-label="Search rows"
      placeholder="Search all columns"
      leftSection={<IconSearch size={14} aria-hidden />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface FilterToggleProps {
  readonly isOpen: boolean;
  readonly numSet: number;
  onToggle(): void;
  onClear(): void;
}

export function FilterToggle({ isOpen, numSet, onToggle, onClear }: FilterToggleProps) {
  return (
    <>
      <Button
        variant={isOpen ? 'light' : 'default'}
        aria-pressed={isOpen}
        leftSection={<IconFilter size={14} aria-hidden />}
        onClick={onToggle}
      >
        {numSet === 0 ? 'Filters' : `Filters (${numSet})`}
      </Button>
      {numSet > 0 && (
        <ActionIcon aria-label="Clear filters" title="Clear filters" onClick={onClear}>
          <IconFilterOff size={16} aria-hidden />
        </ActionIcon>
      )}
    </>
  );
}

interface RowCountProps {
  readonly shown: number;
  readonly all: number;
  readonly isPending: boolean;
}

export function RowCount({ shown, all, isPending }: RowCountProps) {
  const words = [
    shown === all ? formatQuantity(all, 'row') : `${formatCount(shown)} of ${formatQuantity(all, 'row')}`,
    ...(shown > MAX_SHOWN_ROWS ? [`the first ${formatCount(MAX_SHOWN_ROWS)} listed`] : []),
    ...(isPending ? ['working …'] : []),
  ];
  return (
    <p className={classes.muted} aria-live="polite">
      {words.join(', ')}
    </p>
  );
}
