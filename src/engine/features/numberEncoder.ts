/** Numbers, true/false, dates and vectors → scaled dense values, with an indicator for what is missing. */
import { type Column, isValid } from '../../core/columns.ts';
import type { FeatureOptions } from './featureOptions.ts';
import type { DenseRows, SparseRows } from './featureTypes.ts';
import { encoderWidth, type NumbersSpec } from './fittedFeatures.ts';
import { meanAndDeviation, medianAndQuartiles } from './moments.ts';

export type NumbersColumn = Extract<
  Column,
  { readonly kind: 'f32' | 'f64' | 'i32' | 'bool' | 'date' | 'vector' }
>;

/** Limits of `Date`: 100 million days around 1970. */
const MAX_DATE_MS = 8.64e15;
const DAY_MS = 86_400_000;
const MAX_FLOAT32 = 3.4028234663852886e38;

/**
 * Fits centre and spread per component on `rows` (the training rows of the column). A cell is missing when its row is
 * invalid or its value not finite; an indicator is added when that happens anywhere in the column, training row or not:
 * it reveals no label, and message passing trains it through neighbours. Missing values become the mean (`robust`: the
 * median), true/false ones 0. True/false stays 0 and 1. O(cells), `robust` O(cells · log).
 */
export function fitNumbers(
  column: NumbersColumn,
  rows: Int32Array,
  options: Pick<FeatureOptions, 'scaling' | 'cyclicDates'>,
): NumbersSpec {
  const cell = cellReader(column);
  const components = column.kind === 'vector' ? column.width : 1;
  const centre = new Array<number>(components).fill(0);
  const spread = new Array<number>(components).fill(1);
  const fill = new Array<number>(components).fill(0);
  const scaling = column.kind === 'date' && options.scaling === 'none' ? 'standard' : options.scaling;
  for (let c = 0; c < components && column.kind !== 'bool'; c++) {
    const values: number[] = [];
    for (const row of rows) {
      const value = cell(row, c);
      if (!Number.isNaN(value)) values.push(value);
    }
    if (scaling === 'none') fill[c] = meanAndDeviation(values).centre;
    else {
      const fitted = scaling === 'standard' ? meanAndDeviation(values) : medianAndQuartiles(values);
      centre[c] = fitted.centre;
      spread[c] = fitted.spread;
    }
  }
  return {
    kind: column.kind === 'date' || column.kind === 'vector' ? column.kind : 'numbers',
    centre,
    spread,
    fill,
    hasIndicator: hasMissingCell(column, components),
    isCyclic: column.kind === 'date' && options.cyclicDates,
  };
}

/** Returns the encoded rows of a column that fits the spec; values stay within float32. */
export function numberRows(spec: NumbersSpec, column: NumbersColumn): DenseRows {
  const cell = cellReader(column);
  const components = spec.centre.length;
  const scale = spec.spread.map((spread) => 1 / spread);
  return {
    width: encoderWidth(spec),
    write(row, out, base) {
      let isMissing = false;
      for (let c = 0; c < components; c++) {
        const value = cell(row, c);
        isMissing ||= Number.isNaN(value);
        const encoded = Number.isNaN(value)
          ? (spec.fill[c] as number)
          : (value - (spec.centre[c] as number)) * (scale[c] as number);
        out[base + c] = Math.max(-MAX_FLOAT32, Math.min(MAX_FLOAT32, encoded));
      }
      let at = base + components;
      if (spec.hasIndicator) out[at++] = isMissing ? 1 : 0;
      if (spec.isCyclic && !isMissing) writeCycles(cell(row, 0), out, at);
    },
  };
}

/** The same values as sparse rows that leave zeros out, for several node types with columns of their own. */
export function denseAsSparse(rows: DenseRows): SparseRows {
  const buffer = new Float32Array(rows.width);
  const load = (row: number): void => {
    buffer.fill(0);
    rows.write(row, buffer, 0);
  };
  return {
    width: rows.width,
    stored(row) {
      load(row);
      let count = 0;
      for (const value of buffer) if (value !== 0) count++;
      return count;
    },
    write(row, colIndex, values, position, at) {
      load(row);
      for (let c = 0; c < buffer.length; c++) {
        if (buffer[c] === 0) continue;
        colIndex[position] = at + c;
        values[position++] = buffer[c] as number;
      }
      return position;
    },
  };
}

/** Value of a cell, NaN where it is missing. */
function cellReader(column: NumbersColumn): (row: number, component: number) => number {
  const { values } = column;
  const width = column.kind === 'vector' ? column.width : 1;
  const largest = column.kind === 'date' ? MAX_DATE_MS : Number.MAX_VALUE;
  return (row, component) => {
    if (!isValid(column, row)) return Number.NaN;
    const value = values[row * width + component] as number;
    return Math.abs(value) <= largest ? value : Number.NaN;
  };
}

function hasMissingCell(column: NumbersColumn, components: number): boolean {
  const cell = cellReader(column);
  for (let row = 0; row < column.length; row++)
    for (let c = 0; c < components; c++) if (Number.isNaN(cell(row, c))) return true;
  return false;
}

/** Sine and cosine of the weekday (0 = Sunday) and of the month (0 = January), both UTC. */
function writeCycles(time: number, out: Float32Array, at: number): void {
  // 1970-01-01 was a Thursday; the second remainder brings days before it into 0..6.
  const weekday = (((Math.floor(time / DAY_MS) + 4) % 7) + 7) % 7;
  const angles = [(2 * Math.PI * weekday) / 7, (2 * Math.PI * new Date(time).getUTCMonth()) / 12];
  angles.forEach((angle, index) => {
    out[at + 2 * index] = Math.sin(angle);
    out[at + 2 * index + 1] = Math.cos(angle);
  });
}
