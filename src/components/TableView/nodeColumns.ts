/** The columns of a table of nodes: id, degree, target, after a run prediction and confidence beside it, attributes. Pure. */
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
import { attributeColumns, type TableColumn } from './tableColumn.ts';

/** Id and degree by node type; the same objects while a run renews the others, so that sorting by them stays valid. */
const factsByGraph = new WeakMap<Graph, readonly (readonly TableColumn[])[]>();

function factsOf(graph: Graph, type: number): readonly TableColumn[] {
  let facts = factsByGraph.get(graph);
  if (facts === undefined) {
    const degrees = nodeDegrees(graph);
    facts = graph.nodeTypes.map((_, index) => {
      const start = graph.nodeTypePtr[index] as number;
      const degree = (row: number): number => degrees[start + row] as number;
      return [idColumn(graph, start), numberColumn('degree', 76, degree, String)];
    });
    factsByGraph.set(graph, facts);
  }
  return facts[type] ?? [];
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

export function nodeColumns(
  graph: Graph,
  type: number,
  { target, labels, predictions, scale, numbers, truth }: TableClasses,
): readonly TableColumn[] {
  const start = graph.nodeTypePtr[type] as number;
  const attributes = attributeColumns(graph.nodeTypes[type]?.columns ?? []);
  const isTarget = (column: TableColumn): boolean => column.name === target;
  const colour = (row: number): string | null => {
    const code = labels?.codes[start + row] ?? -1;
    return labels === null || code < 0 ? null : classColour(labels.scale, code);
  };
  return [
    ...factsOf(graph, type),
    ...attributes
      .filter(isTarget)
      .map((column) => ({ ...column, isUsual: true, ...(labels === null ? {} : { colour }) })),
    ...(predictions !== null && predictions.start === start ? predictionColumns(predictions, scale) : []),
    ...(numbers !== null && numbers.start === start ? predictedNumbers(numbers, truth) : []),
    ...attributes.filter((column) => !isTarget(column)),
  ];
}

function idColumn(graph: Graph, start: number): TableColumn {
  return {
    id: 'id',
    name: 'id',
    widthPx: 110,
    isNumber: false,
    isUsual: true,
    cells: { kind: 'text', table: () => graph.nodeIds, at: (row) => start + row, areIds: true },
    text: (row) => utf8At(graph.nodeIds, start + row),
  };
}

function numberColumn(
  id: string,
  widthPx: number,
  value: (row: number) => number,
  format: (value: number) => string,
): TableColumn {
  return {
    id,
    name: id,
    widthPx,
    isNumber: true,
    isUsual: true,
    cells: { kind: 'number', value },
    text: (row) => (Number.isNaN(value(row)) ? '' : format(value(row))),
  };
}

function predictionColumns(predictions: Predictions, scale: ClassScale | null): readonly TableColumn[] {
  const { codes, parts, classes } = predictions;
  const code = (row: number): number => codes[row] as number;
  const confidence = (row: number): number => confidenceAt(predictions, row);
  return [
    {
      id: 'prediction',
      name: 'prediction',
      widthPx: 150,
      isNumber: false,
      isUsual: true,
      cells: { kind: 'category', code, dictionary: classes },
      text: (row) => classes[code(row)] ?? '',
      colour: (row) => classColour(scale, code(row)),
    },
    numberColumn('confidence', 96, confidence, formatPercent),
    ...(parts === null ? [] : [partColumn(parts)]),
  ];
}

const partColumn = (parts: Uint8Array): TableColumn => ({
  id: 'part',
  name: 'split used',
  widthPx: 90,
  isNumber: false,
  isUsual: true,
  cells: { kind: 'category', code: (row) => parts[row] as number, dictionary: PART_NAMES },
  text: (row) => PART_NAMES[parts[row] as number] ?? '',
});

/** Prediction and error; the true number is the target's own column beside them. */
function predictedNumbers(
  { values, start, parts }: NumberPredictions,
  truth: NumericValues | null,
): readonly TableColumn[] {
  const value = (row: number): number => values[row] as number;
  const error = (row: number): number => value(row) - (truth?.values[start + row] ?? Number.NaN);
  return [
    numberColumn('prediction', 96, value, formatValue),
    ...(truth === null ? [] : [numberColumn('error', 96, error, formatValue)]),
    ...(parts === null ? [] : [partColumn(parts)]),
  ];
}
