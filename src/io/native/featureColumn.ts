/**
 * What the feature readers (`libsvm.ts`, `npy.ts`, `featureTable.ts`) have in common: one wide column named `features`
 * for the nodes of one type, filled up with missing rows when edges add nodes.
 */
import { clearBit, createBitset, type Bitset } from '../../core/bitset.ts';
import { allocateFloat32, allocateInt32 } from '../../core/buffers.ts';
import type { SparseColumn, VectorColumn } from '../../core/columns.ts';
import { InvalidGraphError } from '../../core/errors.ts';
import { counted, type NoticeList } from '../notices.ts';

export const FEATURES_NAME = 'features';

export interface FeatureRows {
  readonly numRows: number;
  readonly width: number;
  readonly rowsRead: number;
  /** Returns the column with rows beyond `numRows` missing. */
  column(length: number): SparseColumn | VectorColumn;
}

function validityOf(length: number, missing: readonly number[], numRows: number): Bitset | null {
  if (missing.length === 0 && length === numRows) return null;
  const validity = createBitset(length, true);
  for (const row of missing) clearBit(validity, row);
  for (let row = numRows; row < length; row++) clearBit(validity, row);
  return validity;
}

/** Dense rows [numRows, width]; rows in `missing` have no usable values. */
export function denseFeatures(
  values: Float32Array,
  width: number,
  missing: readonly number[],
  rowsRead: number,
): FeatureRows {
  const numRows = width === 0 ? 0 : values.length / width;
  return {
    numRows,
    width,
    rowsRead,
    column(length) {
      let padded = values;
      if (length !== numRows) {
        padded = allocateFloat32(length * width);
        padded.set(values.subarray(0, padded.length));
      }
      const validity = validityOf(length, missing, numRows);
      return { kind: 'vector', name: FEATURES_NAME, length, width, validity, values: padded };
    },
  };
}

/** Sparse rows; `rowPtr` has numRows + 1 entries. */
export function sparseFeatures(
  rowPtr: Int32Array,
  colIndex: Int32Array,
  values: Float32Array,
  width: number,
  missing: readonly number[] = [],
): FeatureRows {
  const numRows = rowPtr.length - 1;
  return {
    numRows,
    width,
    rowsRead: numRows,
    column(length) {
      let padded = rowPtr;
      if (length !== numRows) {
        padded = allocateInt32(length + 1);
        padded.set(rowPtr);
        padded.fill(rowPtr[numRows] as number, numRows + 1);
      }
      const validity = validityOf(length, missing, numRows);
      return {
        kind: 'sparse',
        name: FEATURES_NAME,
        length,
        width,
        validity,
        rowPtr: padded,
        colIndex,
        values,
      };
    },
  };
}

/** @throws {InvalidGraphError} the feature file has another number of rows than the node table */
export function assertFeatureRows(file: string, numRows: number, numNodes: number): void {
  if (numRows === numNodes) return;
  throw new InvalidGraphError(
    `${file} has ${counted(numRows, 'row')} but the node table has ${counted(numNodes, 'node')}.`,
    {
      code: 'feature-rows',
      remedy: 'Give every node one row of features, in the order of the node table.',
      details: { file, rows: numRows, nodes: numNodes },
    },
  );
}

/** Says how many rows of a dense matrix are missing because of NaN or infinite cells. */
export function noteMissingRows(
  notices: NoticeList,
  file: string,
  numCells: number,
  rows: readonly { readonly line: number; readonly text: string }[],
  numRows: number,
): void {
  if (numCells === 0) return;
  notices.say({
    severity: 'warning',
    code: 'not-finite',
    message: `${file}: ${counted(numCells, 'cell')} without a finite number; the features of ${counted(numRows, 'node')} count as missing.`,
    count: numCells,
    file,
    examples: rows,
  });
}

/**
 * Zeroes the cells of a dense matrix that are NaN or infinite, in place, and returns their rows, which count as missing.
 * @param values [numRows, width]
 */
export function finiteRows(
  path: string,
  values: Float32Array,
  width: number,
  numRows: number,
  notices: NoticeList,
): number[] {
  const missing: number[] = [];
  let numCells = 0;
  for (let row = 0; row < numRows; row++) {
    const before = numCells;
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      if (Number.isFinite(values[at] as number)) continue;
      numCells++;
      values[at] = 0;
    }
    if (numCells > before) missing.push(row);
  }
  const examples = missing.slice(0, 20).map((row) => ({ line: row + 1, text: `row ${row}` }));
  noteMissingRows(notices, path, numCells, examples, missing.length);
  return missing;
}
