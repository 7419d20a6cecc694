/**
 * Columns → the numbers a model multiplies: one sparse block (bags, one-hot categories, node identity) and one dense
 * block (standardised numbers), both over the global node index. Statistics are fitted on training rows only.
 */
import { type Bitset, hasBit } from '../../core/bitset.ts';
import { type Column, isValid, type SparseColumn, type VectorColumn } from '../../core/columns.ts';
import type { SparseMatrix } from '../../core/sparseMatrix.ts';
import { hasMissing, isDenseFeature } from './selectFeatures.ts';

export interface FeatureMatrix {
  readonly numNodes: number;
  /** [N, Fs] or null when no column is sparse. */
  readonly sparse: SparseMatrix | null;
  /** [N · Fd] row-major, or null. */
  readonly dense: Float32Array | null;
  readonly denseWidth: number;
  readonly width: number;
  /** What is inside, for people: 'words (1,433, rows sum to 1)'. */
  readonly names: readonly string[];
}

export interface FeatureTable {
  readonly columns: readonly Column[];
  /** Global index of the table's first node. */
  readonly offset: number;
  readonly count: number;
}

/**
 * Returns the encoded features of all node tables; tables without a column contribute nothing. When no table has any,
 * every node gets its own indicator (one-hot identity, N stored ones), which makes a GCN learn from structure alone.
 *
 * Encodings: numbers and dates (x − mean) / sd on training rows (sd 0 → 1), missing → 0 with an indicator column; bool
 * 0/1; category one-hot; vectors standardised per component; sparse rows scaled to sum |x| = 1, zero rows stay zero.
 * O(stored cells).
 */
export function encodeFeatures(
  tables: readonly FeatureTable[],
  numNodes: number,
  train: Bitset,
): FeatureMatrix {
  const names: string[] = [];
  const sparseParts: SparsePart[] = [];
  const denseParts: DensePart[] = [];
  let sparseWidth = 0;
  let denseWidth = 0;
  for (const { columns, offset } of tables) {
    for (const column of columns) {
      if (isDenseFeature(column)) {
        const part = densePart(column, offset, train);
        denseParts.push({ ...part, at: denseWidth });
        denseWidth += part.width;
        names.push(part.width === 1 ? column.name : `${column.name} (${part.width} numbers)`);
      } else {
        const width =
          column.kind === 'sparse' ? column.width : column.kind === 'category' ? column.dictionary.length : 0;
        sparseParts.push({ column, offset, at: sparseWidth });
        sparseWidth += width;
        names.push(`${column.name} (${width} ${column.kind === 'sparse' ? 'sparse' : 'one-hot'})`);
      }
    }
  }
  if (sparseWidth + denseWidth === 0) return identityFeatures(numNodes);
  return {
    numNodes,
    sparse: sparseWidth === 0 ? null : assembleSparse(sparseParts, numNodes, sparseWidth),
    dense: denseWidth === 0 ? null : assembleDense(denseParts, numNodes, denseWidth),
    denseWidth,
    width: sparseWidth + denseWidth,
    names,
  };
}

function identityFeatures(numNodes: number): FeatureMatrix {
  const rowPtr = Int32Array.from({ length: numNodes + 1 }, (_, row) => row);
  const sparse = {
    rows: numNodes,
    cols: numNodes,
    rowPtr,
    colIndex: rowPtr.slice(0, numNodes),
    values: null,
  };
  return {
    numNodes,
    sparse,
    dense: null,
    denseWidth: 0,
    width: numNodes,
    names: ['node identity (one-hot)'],
  };
}

interface SparsePart {
  readonly column: Column;
  readonly offset: number;
  /** First output column. */
  readonly at: number;
}

function assembleSparse(parts: readonly SparsePart[], numNodes: number, width: number): SparseMatrix {
  const rowPtr = new Int32Array(numNodes + 1);
  for (const { column, offset } of parts) {
    for (let row = 0; row < column.length; row++) {
      const at = offset + row + 1;
      rowPtr[at] = (rowPtr[at] as number) + storedInRow(column, row);
    }
  }
  for (let row = 0; row < numNodes; row++)
    rowPtr[row + 1] = (rowPtr[row + 1] as number) + (rowPtr[row] as number);
  const next = rowPtr.slice(0, numNodes);
  const colIndex = new Int32Array(rowPtr[numNodes] as number);
  const values = new Float32Array(colIndex.length);
  for (const { column, offset, at } of parts) {
    for (let row = 0; row < column.length; row++) {
      let write = next[offset + row] as number;
      if (column.kind === 'sparse') {
        const scale = rowScale(column, row);
        for (let k = column.rowPtr[row] as number; k < (column.rowPtr[row + 1] as number); k++) {
          colIndex[write] = at + (column.colIndex[k] as number);
          values[write++] = (column.values[k] as number) * scale;
        }
      } else if (column.kind === 'category' && isValid(column, row)) {
        colIndex[write] = at + (column.codes[row] as number);
        values[write++] = 1;
      }
      next[offset + row] = write;
    }
  }
  return { rows: numNodes, cols: width, rowPtr, colIndex, values };
}

function storedInRow(column: Column, row: number): number {
  if (column.kind === 'sparse') return (column.rowPtr[row + 1] as number) - (column.rowPtr[row] as number);
  return column.kind === 'category' && isValid(column, row) ? 1 : 0;
}

function rowScale(column: SparseColumn, row: number): number {
  let sum = 0;
  for (let k = column.rowPtr[row] as number; k < (column.rowPtr[row + 1] as number); k++) {
    sum += Math.abs(column.values[k] as number);
  }
  return sum > 0 ? 1 / sum : 0;
}

interface DensePart {
  readonly column: Column;
  readonly offset: number;
  readonly at: number;
  readonly width: number;
  readonly withIndicator: boolean;
  readonly mean: Float64Array;
  readonly scale: Float64Array;
}

/** Fits mean and 1/sd per component on training rows (two passes, float64); bool stays 0/1. */
function densePart(column: Column, offset: number, train: Bitset): Omit<DensePart, 'at'> {
  const components = column.kind === 'vector' ? column.width : 1;
  const mean = new Float64Array(components);
  const scale = new Float64Array(components).fill(1);
  const withIndicator = column.kind !== 'vector' && hasMissing(column);
  const part = { column, offset, mean, scale, withIndicator, width: components + (withIndicator ? 1 : 0) };
  if (column.kind === 'bool') return part;
  const rows: number[] = [];
  for (let row = 0; row < column.length; row++)
    if (hasBit(train, offset + row) && isValid(column, row)) rows.push(row);
  if (rows.length === 0) return part;
  for (let c = 0; c < components; c++) {
    let sum = 0;
    for (const row of rows) sum += component(column, row, c);
    const average = sum / rows.length;
    let squares = 0;
    for (const row of rows) squares += (component(column, row, c) - average) ** 2;
    const deviation = Math.sqrt(squares / rows.length);
    mean[c] = average;
    scale[c] = deviation > 1e-12 ? 1 / deviation : 1;
  }
  return part;
}

function component(column: Column, row: number, index: number): number {
  if (column.kind === 'vector') return (column as VectorColumn).values[row * column.width + index] as number;
  if (column.kind === 'text' || column.kind === 'sparse' || column.kind === 'category') return 0;
  return column.values[row] as number;
}

function assembleDense(parts: readonly DensePart[], numNodes: number, width: number): Float32Array {
  const values = new Float32Array(numNodes * width);
  for (const { column, offset, at, mean, scale, withIndicator } of parts) {
    for (let row = 0; row < column.length; row++) {
      const base = (offset + row) * width + at;
      if (!isValid(column, row)) {
        if (withIndicator) values[base + mean.length] = 1;
        continue;
      }
      for (let c = 0; c < mean.length; c++) {
        values[base + c] = (component(column, row, c) - (mean[c] as number)) * (scale[c] as number);
      }
    }
  }
  return values;
}
