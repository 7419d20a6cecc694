/** Nodes of one type, or all edges, as rows: searched, filtered, sorted, saved, and selected in step with the other views. */
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { functionalUpdate, type SortingState } from '@tanstack/react-table';
import { useMemo, useRef, useState } from 'react';
import type { Graph } from '../../core/graph.ts';
import { useClassScale } from '../palette/useClassScale.ts';
import { useNumberPredictions, usePredictions } from '../palette/usePredictions.ts';
import { useTargetNumbers } from '../palette/useTargetNumbers.ts';
import { useTargetValues } from '../palette/useTargetValues.ts';
import { useCommands, useStore } from '../useStore.ts';
import { useVisibleGraph } from '../useVisibleGraph.ts';
import { ColumnChooser } from './ColumnChooser.tsx';
import { type ColumnFilter, conditionOf } from './columnFilter.ts';
import { shownColumns } from './columnLayout.ts';
import { RowExportMenu } from './RowExportMenu.tsx';
import type { TableColumn } from './tableColumn.ts';
import { TableGrid } from './TableGrid.tsx';
import { edgeModel, nodeModel, nodesOfRows, type TableModel } from './tableModel.ts';
import { FilterToggle, RowCount, SearchField, type TableChoice, TableSwitch } from './TableTools.tsx';
import classes from './TableView.module.css';
import { useTableLayout } from './useTableLayout.ts';
import { useTableRows } from './useTableRows.ts';

export function TableView() {
  const graph = useVisibleGraph();
  const title = useStore((state) => state.data.loaded?.title);
  return graph === null ? null : <TableOfGraph key={title} graph={graph} />;
}

/** What a person asked of one table; kept while another one is looked at. */
interface TableAsk {
  readonly search: string;
  readonly showsFilters: boolean;
  readonly filters: Readonly<Record<string, ColumnFilter>>;
  readonly sorting: SortingState;
}
const NOTHING_ASKED: TableAsk = { search: '', showsFilters: false, filters: {}, sorting: [] };

function TableOfGraph({ graph }: { readonly graph: Graph }) {
  const [choice, setChoice] = useState<TableChoice>({ kind: 'nodes', type: 0 });
  const model = useModel(graph, choice);
  const [asks, setAsks] = useState<Readonly<Record<string, TableAsk>>>({});
  const ask = asks[model.name] ?? NOTHING_ASKED;
  const change = (part: Partial<TableAsk>): void =>
    setAsks((known) => ({
      ...known,
      [model.name]: { ...(known[model.name] ?? NOTHING_ASKED), ...part },
    }));
  const [layout, setLayout] = useTableLayout(model.name);
  const columns = useMemo(() => shownColumns(model.columns, layout), [model, layout]);
  const query = useQuery(model, columns, ask);
  const { rows, isPending } = useTableRows(`${graph.version} ${model.name}`, query);
  const search = useRef<HTMLInputElement>(null);
  const commands = useCommands();
  return (
    <div className={classes.view}>
      <div className={classes.tools}>
        <TableSwitch graph={graph} choice={choice} onChange={setChoice} />
        <SearchField inputRef={search} value={ask.search} onChange={(text) => change({ search: text })} />
        <FilterToggle
          isOpen={ask.showsFilters}
          numSet={query.conditions.length}
          onToggle={() => change({ showsFilters: !ask.showsFilters })}
          onClear={() => change({ filters: {} })}
        />
        <ColumnChooser columns={model.columns} layout={layout} onChange={setLayout} />
        <RowCount shown={rows.length} all={model.numKept} isPending={isPending} />
        <Button
          variant="default"
          disabled={rows.length === 0}
          onClick={() => commands.select(nodesOfRows(model, rows))}
        >
          Select these
        </Button>
        <RowExportMenu model={model} rows={rows} />
      </div>
      <TableGrid
        key={model.name}
        model={model}
        columns={columns}
        rows={rows}
        layout={layout}
        sorting={ask.sorting}
        filters={ask.showsFilters ? ask.filters : null}
        search={search}
        onSortingChange={(updater) => change({ sorting: functionalUpdate(updater, ask.sorting) })}
        onLayout={setLayout}
        onFilter={(columnId, filter) => change({ filters: withFilter(ask.filters, columnId, filter) })}
      />
      {rows.length === 0 && !isPending && (
        <p className={classes.nothing}>{emptyText(model, ask, query.conditions.length)}</p>
      )}
    </div>
  );
}

function withFilter(
  filters: TableAsk['filters'],
  columnId: string,
  filter: ColumnFilter | null,
): TableAsk['filters'] {
  const { [columnId]: _old, ...others } = filters;
  return filter === null ? others : { ...others, [columnId]: filter };
}

function emptyText(model: TableModel, { search }: TableAsk, numFilters: number): string {
  if (model.numKept === 0) return model.title === 'Edges' ? 'The graph has no edges.' : 'There are no nodes.';
  if (search.trim() === '') return 'No row meets all filters.';
  const words = `“${search.trim()}”`;
  return numFilters === 0 ? `No row contains ${words}.` : `No row with ${words} meets all filters.`;
}

function useModel(graph: Graph, choice: TableChoice): TableModel {
  const predictions = usePredictions(graph);
  const labels = useTargetValues();
  const numbers = useNumberPredictions(graph);
  const truth = useTargetNumbers();
  const scale = useClassScale();
  const target = useStore((state) => state.setup.target);
  const isEdges = choice.kind === 'edges';
  // The graph may have lost the type that was looked at.
  const type = isEdges ? 0 : Math.min(choice.type, graph.nodeTypes.length - 1);
  const edges = useMemo(() => (isEdges ? edgeModel(graph) : null), [graph, isEdges]);
  const nodes = useMemo(
    () => nodeModel(graph, type, { target, labels, predictions, scale, numbers, truth }),
    [graph, type, target, labels, predictions, scale, numbers, truth],
  );
  return edges ?? nodes;
}

/** Only columns that are shown filter, sort and are searched: what hides a row can be seen. */
function useQuery(model: TableModel, columns: readonly TableColumn[], ask: TableAsk) {
  const [search] = useDebouncedValue(ask.search, 150);
  return useMemo(() => {
    const [sort] = ask.sorting;
    const sorted = columns.find(({ id }) => id === sort?.id);
    return {
      count: model.count,
      isKept: model.isKept,
      conditions: columns.flatMap(({ id, cells }) => {
        const filter = ask.filters[id];
        const condition = filter === undefined ? null : conditionOf(cells, filter);
        return condition === null ? [] : [{ cells, condition }];
      }),
      search: search.trim() === '' ? null : { text: search, cells: columns.map(({ cells }) => cells) },
      order:
        sort === undefined || sorted === undefined ? null : { cells: sorted.cells, isDescending: sort.desc },
    };
  }, [model, columns, ask.filters, ask.sorting, search]);
}
