/** Sparse columns (bags of words, fingerprints) → sparse features with scaled rows. Nothing is fitted but the width. */
import { isValid, type SparseColumn } from '../../core/columns.ts';
import type { SparseRows } from './featureTypes.ts';
import type { BagSpec } from './fittedFeatures.ts';

/** Returns the encoded rows; an empty row stays empty, values that are not finite count as 0. */
export function bagRows(spec: BagSpec, column: SparseColumn): SparseRows {
  const { rowPtr, colIndex: columns, values: cells } = column;
  const start = (row: number): number => rowPtr[row] as number;
  const end = (row: number): number => (isValid(column, row) ? (rowPtr[row + 1] as number) : start(row));
  const finite = (at: number): number => {
    const value = cells[at] as number;
    return Number.isFinite(value) ? value : 0;
  };
  const scaleOf = (row: number): number => {
    if (spec.scaling === 'none') return 1;
    let sum = 0;
    for (let k = start(row); k < end(row); k++)
      sum += spec.scaling === 'sum' ? Math.abs(finite(k)) : finite(k) ** 2;
    return sum > 0 ? 1 / (spec.scaling === 'sum' ? sum : Math.sqrt(sum)) : 0;
  };
  return {
    width: spec.words,
    stored: (row) => end(row) - start(row),
    write(row, colIndex, values, position, at) {
      const scale = scaleOf(row);
      for (let k = start(row); k < end(row); k++) {
        colIndex[position] = at + (columns[k] as number);
        values[position++] = finite(k) * scale;
      }
      return position;
    },
  };
}
