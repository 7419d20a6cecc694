/** The columns of the node table: id, degree, attributes and, after a run, split, prediction and confidence. Pure. */
import { type Column, cellText, isNumeric } from '../../core/columns.ts';
import { type Graph, nodeDegrees } from '../../core/graph.ts';
import { utf8At } from '../../core/utf8Table.ts';
import { formatPercent } from '../format/formatNumber.ts';
import { PART_NAMES, type Predictions } from '../predictions.ts';
import { columnKeys, idKeys, type SortKeys } from './rowOrder.ts';

export interface TableColumn {
  /** Unique in the table: attribute names could equal ours. */
  readonly id: string;
  readonly name: string;
  readonly widthPx: number;
  readonly isNumber: boolean;
  /** Cell text by row of the node type. */
  readonly text: (row: number) => string;
  /** Null where the column has no order. */
  readonly keys: (() => SortKeys) | null;
  /** Class code behind the cell, for its colour; -1 = none. */
  readonly classCode?: (row: number) => number;
}

/** More columns than this make a table nobody reads; the inspector shows them all. */
export const MAX_ATTRIBUTE_COLUMNS = 24;
const degreesByGraph = new WeakMap<Graph, Int32Array>();

function degreesOf(graph: Graph): Int32Array {
  let degrees = degreesByGraph.get(graph);
  if (degrees === undefined) {
    degrees = nodeDegrees(graph);
    degreesByGraph.set(graph, degrees);
  }
  return degrees;
}

export function tableColumns(
  graph: Graph,
  type: number,
  predictions: Predictions | null,
  classCodeOf: ((columnName: string, row: number) => number) | null,
): readonly TableColumn[] {
  const start = graph.nodeTypePtr[type] as number;
  const count = (graph.nodeTypePtr[type + 1] as number) - start;
  const degrees = degreesOf(graph);
  const degree = (row: number): number => degrees[start + row] as number;
  const attributes = (graph.nodeTypes[type]?.columns ?? []).slice(0, MAX_ATTRIBUTE_COLUMNS);
  return [
    {
      id: 'id',
      name: 'id',
      widthPx: 110,
      isNumber: false,
      text: (row) => utf8At(graph.nodeIds, start + row),
      keys: () => idKeys(graph.nodeIds, start, count),
    },
    {
      id: 'degree',
      name: 'degree',
      widthPx: 76,
      isNumber: true,
      text: (row) => String(degree(row)),
      keys: () => ({ kind: 'number', value: degree }),
    },
    ...attributes.map((column) => attributeColumn(column, classCodeOf)),
    ...(predictions !== null && predictions.start === start ? predictionColumns(predictions) : []),
  ];
}

function attributeColumn(
  column: Column,
  classCodeOf: ((columnName: string, row: number) => number) | null,
): TableColumn {
  const keys = columnKeys(column);
  return {
    id: `column:${column.name}`,
    name: column.name,
    widthPx: column.kind === 'text' ? 220 : 140,
    isNumber: isNumeric(column),
    text: (row) => cellText(column, row),
    keys: keys === null ? null : () => keys,
    ...(classCodeOf === null ? {} : { classCode: (row: number) => classCodeOf(column.name, row) }),
  };
}

function predictionColumns(predictions: Predictions): readonly TableColumn[] {
  const { codes, confidence, parts, classes } = predictions;
  const code = (row: number): number => codes[row] as number;
  const columns: TableColumn[] = [
    {
      id: 'prediction',
      name: 'prediction',
      widthPx: 150,
      isNumber: false,
      text: (row) => classes[code(row)] ?? '',
      keys: () => ({ kind: 'number', value: code }),
      classCode: code,
    },
    {
      id: 'confidence',
      name: 'confidence',
      widthPx: 96,
      isNumber: true,
      text: (row) => formatPercent(confidence[row] as number),
      keys: () => ({ kind: 'number', value: (row) => confidence[row] as number }),
    },
  ];
  if (parts !== null) {
    columns.unshift({
      id: 'part',
      name: 'split used',
      widthPx: 90,
      isNumber: false,
      text: (row) => PART_NAMES[parts[row] as number] ?? '',
      keys: () => ({ kind: 'number', value: (row) => parts[row] as number }),
    });
  }
  return columns;
}
