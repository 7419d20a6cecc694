/** Every node of one type as rows: sorted, searched, and selected in step with the other views. */
import { Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Graph } from '../../core/graph.ts';
import { formatCount, formatQuantity } from '../format/formatNumber.ts';
import { useClassScale } from '../palette/useClassScale.ts';
import { useNumberPredictions, usePredictions } from '../palette/usePredictions.ts';
import { useTargetNumbers } from '../palette/useTargetNumbers.ts';
import { useTargetValues } from '../palette/useTargetValues.ts';
import { useStore } from '../useStore.ts';
import { useVisibleGraph } from '../useVisibleGraph.ts';
import { NodeRows } from './NodeRows.tsx';
import classes from './NodeTable.module.css';
import { orderRows, rowFilter } from './rowOrder.ts';
import { MAX_ATTRIBUTE_COLUMNS, tableColumns } from './tableColumns.ts';

/** Sorting more rows than this would hold the tab for over a second. */
const MAX_SORTED_ROWS = 1_000_000;

export interface TableSort {
  readonly id: string;
  readonly desc: boolean;
}

export function NodeTable() {
  const graph = useVisibleGraph();
  return graph === null ? null : <TableOfGraph key={graph.version} graph={graph} />;
}

function TableOfGraph({ graph }: { readonly graph: Graph }) {
  const [type, setType] = useState(0);
  const [search, setSearch] = useState('');
  const [settledSearch] = useDebouncedValue(search, 150);
  const [sorting, setSorting] = useState<TableSort[]>([]);
  const columns = useColumns(graph, type);
  const start = graph.nodeTypePtr[type] as number;
  const count = (graph.nodeTypePtr[type + 1] as number) - start;
  const isSortable = count <= MAX_SORTED_ROWS;
  const sort = sorting[0];
  const rows = useMemo(() => {
    const keys = columns.find((column) => column.id === sort?.id)?.keys;
    const order = sort === undefined || !keys ? null : { keys: keys(), isDescending: sort.desc };
    return orderRows(
      count,
      rowFilter(settledSearch, graph.nodeIds, start, graph.nodeTypes[type]?.columns ?? []),
      order,
    );
  }, [graph, type, start, count, settledSearch, sort, columns]);
  const hiddenColumns = (graph.nodeTypes[type]?.columns.length ?? 0) - MAX_ATTRIBUTE_COLUMNS;
  return (
    <div className={classes.view}>
      <div className={classes.tools}>
        <TextInput
          aria-label="Search rows"
          placeholder="Search ids and text"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {graph.nodeTypes.length > 1 && (
          <Select
            aria-label="Rows of"
            data={graph.nodeTypes.map((entry, index) => ({ value: String(index), label: entry.name }))}
            value={String(type)}
            onChange={(value) => value !== null && setType(Number(value))}
          />
        )}
        <p className={classes.muted}>
          {rows.length === count
            ? formatQuantity(count, 'row')
            : `${formatCount(rows.length)} of ${formatQuantity(count, 'row')}`}
          {!isSortable && ', too many to sort here'}
          {hiddenColumns > 0 && `, ${formatQuantity(hiddenColumns, 'column')} not shown`}
        </p>
      </div>
      {rows.length === 0 ? (
        <p className={classes.nothing}>No row contains “{settledSearch.trim()}”.</p>
      ) : (
        <NodeRows
          columns={columns}
          rows={rows}
          start={start}
          isSortable={isSortable}
          sorting={sorting}
          onSortingChange={setSorting}
        />
      )}
    </div>
  );
}

function useColumns(graph: Graph, type: number) {
  const predictions = usePredictions(graph);
  const labels = useTargetValues();
  const numbers = useNumberPredictions(graph);
  const truth = useTargetNumbers();
  const scale = useClassScale();
  const target = useStore((state) => state.setup.target);
  return useMemo(
    () => tableColumns(graph, type, { target, labels, predictions, scale, numbers, truth }),
    [graph, type, target, labels, predictions, scale, numbers, truth],
  );
}
