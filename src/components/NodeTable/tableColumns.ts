/** The columns of the node table: id, degree, target, after a run prediction and confidence beside it, attributes. Pure. */
import { type Column, cellText, isNumeric } from '../../core/columns.ts';
import { type Graph, nodeDegrees } from '../../core/graph.ts';
import { utf8At } from '../../core/utf8Table.ts';
import { formatPercent, formatValue } from '../format/formatNumber.ts';
import {
  type CategoryValues,
  classColour,
  type ClassScale,
  type NumericValues,
} from '../palette/columnValues.ts';
import type { NumberPredictions } from '../palette/numberPredictions.ts';
import { confidenceAt, PART_NAMES, type Predictions } from '../palette/predictions.ts';
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
  /** Colour of the class in the cell; null = it holds none. */
  readonly colour?: (row: number) => string | null;
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

/** What of a run and its target the table shows beside the attributes. */
export interface TableClasses {
  readonly target: string | null;
  /** Classes of the target; null when it has none. */
  readonly labels: CategoryValues | null;
  readonly predictions: Predictions | null;
  /** Colours of the predicted classes. */
  readonly scale: ClassScale | null;
  /** What is predicted where the target is a number, and the true numbers. */
  readonly numbers: NumberPredictions | null;
  readonly truth: NumericValues | null;
}

export function tableColumns(
  graph: Graph,
  type: number,
  { target, labels, predictions, scale, numbers, truth }: TableClasses,
): readonly TableColumn[] {
  const start = graph.nodeTypePtr[type] as number;
  const count = (graph.nodeTypePtr[type + 1] as number) - start;
  const degrees = degreesOf(graph);
  const degree = (row: number): number => degrees[start + row] as number;
  const attributes = (graph.nodeTypes[type]?.columns ?? []).slice(0, MAX_ATTRIBUTE_COLUMNS);
  const isTarget = (column: Column): boolean => column.name === target;
  const shown = (column: Column): TableColumn =>
    attributeColumn(column, isTarget(column) && labels !== null ? { labels, start } : null);
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
    ...attributes.filter(isTarget).map(shown),
    ...(predictions !== null && predictions.start === start ? predictionColumns(predictions, scale) : []),
    ...(numbers !== null && numbers.start === start ? numberColumns(numbers, truth) : []),
    ...attributes.filter((column) => !isTarget(column)).map(shown),
  ];
}

function attributeColumn(
  column: Column,
  target: { readonly labels: CategoryValues; readonly start: number } | null,
): TableColumn {
  const keys = columnKeys(column);
  return {
    id: `column:${column.name}`,
    name: column.name,
    widthPx: column.kind === 'text' ? 220 : 140,
    isNumber: isNumeric(column),
    text: (row) => cellText(column, row),
    keys: keys === null ? null : () => keys,
    ...(target === null
      ? {}
      : {
          colour: (row: number) => {
            const code = target.labels.codes[target.start + row] ?? -1;
            return code < 0 ? null : classColour(target.labels.scale, code);
          },
        }),
  };
}

function predictionColumns(predictions: Predictions, scale: ClassScale | null): readonly TableColumn[] {
  const { codes, parts, classes } = predictions;
  const code = (row: number): number => codes[row] as number;
  const columns: TableColumn[] = [
    {
      id: 'prediction',
      name: 'prediction',
      widthPx: 150,
      isNumber: false,
      text: (row) => classes[code(row)] ?? '',
      keys: () => ({ kind: 'number', value: code }),
      colour: (row) => classColour(scale, code(row)),
    },
    {
      id: 'confidence',
      name: 'confidence',
      widthPx: 96,
      isNumber: true,
      text: (row) => formatPercent(confidenceAt(predictions, row)),
      keys: () => ({ kind: 'number', value: (row) => confidenceAt(predictions, row) }),
    },
  ];
  return parts === null ? columns : [...columns, partColumn(parts)];
}

const partColumn = (parts: Uint8Array): TableColumn => ({
  id: 'part',
  name: 'split used',
  widthPx: 90,
  isNumber: false,
  text: (row) => PART_NAMES[parts[row] as number] ?? '',
  keys: () => ({ kind: 'number', value: (row) => parts[row] as number }),
});

/** Prediction and error; the true number is the target's own column beside them. */
function numberColumns(
  { values, start, parts }: NumberPredictions,
  truth: NumericValues | null,
): readonly TableColumn[] {
  const value = (row: number): number => values[row] as number;
  const error = (row: number): number => value(row) - (truth?.values[start + row] ?? Number.NaN);
  const ofNumber = (id: string, of: (row: number) => number): TableColumn => ({
    id,
    name: id,
    widthPx: 96,
    isNumber: true,
    text: (row) => (Number.isNaN(of(row)) ? '' : formatValue(of(row))),
    keys: () => ({ kind: 'number', value: of }),
  });
  return [
    ofNumber('prediction', value),
    ...(truth === null ? [] : [ofNumber('error', error)]),
    ...(parts === null ? [] : [partColumn(parts)]),
  ];
}
