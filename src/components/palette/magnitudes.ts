/** What node size and edge width are read from: a column or the degree, and how a value becomes a share of the range. Pure. */
import { type Graph, nodeDegrees } from '../../core/graph.ts';
import type { SizeBy } from '../../state/types.ts';
import { columnOf } from '../../state/viewStyle.ts';
import { columnValues, type NumericValues } from './columnValues.ts';

const degrees = new WeakMap<Graph, NumericValues>();

function degreeValues(graph: Graph): NumericValues {
  const known = degrees.get(graph);
  if (known !== undefined) return known;
  const values = Float64Array.from(nodeDegrees(graph));
  let max = 0;
  for (const value of values) max = Math.max(max, value);
  const made: NumericValues = { kind: 'numeric', values, min: 0, max, isDate: false };
  degrees.set(graph, made);
  return made;
}

/** The numbers that size is read from, over all nodes; null when all nodes are alike. O(N + E) once per graph. */
export function sizeValues(graph: Graph, sizeBy: SizeBy): NumericValues | null {
  if (sizeBy === 'same') return null;
  const name = columnOf(sizeBy);
  const values = name === null ? degreeValues(graph) : columnValues(graph, name);
  return values?.kind === 'numeric' && values.min <= values.max ? values : null;
}

/**
 * The value that is drawn smallest: 0 where the column reaches down to half of its largest value or further, so that
 * twice the value is twice the ink; else (years, signed numbers) its least value.
 */
export const originOf = ({ min, max }: Pick<NumericValues, 'min' | 'max'>): number =>
  min >= 0 && min <= max / 2 ? 0 : min;

/** Share of the range in [0, 1]; missing values are drawn smallest. */
export function magnitudeShare(numbers: Pick<NumericValues, 'min' | 'max'>, value: number): number {
  const origin = originOf(numbers);
  if (Number.isNaN(value)) return 0;
  return numbers.max > origin ? Math.min(1, Math.max(0, (value - origin) / (numbers.max - origin))) : 0.5;
}
