/** Columns of nodes and edges from arrays, and the split from masks or lists of node numbers. */
import type { Column } from '../../core/columns.ts';
import { allocateFloat32 } from '../../core/buffers.ts';
import type { ReadContext } from '../importTypes.ts';
import { sparseFeatures } from '../native/featureColumn.ts';
import type { NoticeList } from '../notices.ts';
import { RecordColumn } from '../records/recordColumn.ts';
import type { SplitArray } from './arrayPlan.ts';
import { columnName } from './arrayPlan.ts';
import { type NpyHeader, readNpyArray, readNpyTexts } from './npyArray.ts';
import { failArray, type NamedArray, type SparseRows } from './npzArrays.ts';
import { classColumn, type NumberKind, numberColumn, vectorColumn } from './numberColumns.ts';
import { SPLIT_COLUMN, SplitCodes } from './splitColumn.ts';

/** How numbers of an array are kept. */
export function kindOf({ kind, itemBytes }: Pick<NpyHeader, 'kind' | 'itemBytes'>): NumberKind {
  if (kind === 'b') return 'bool';
  if (kind !== 'f') return 'integer';
  return itemBytes === 4 ? 'float32' : 'float64';
}

/** Returns an array with a row per node (or edge) as a column. @throws {ParseError | LimitError | CancelledError} */
export async function arrayColumn(
  array: NamedArray,
  name: string,
  context: ReadContext,
  notices: NoticeList,
): Promise<Column | null> {
  const header = array.header as NpyHeader;
  const { path } = array.file.source;
  const width = header.shape[1] ?? 1;
  if (header.kind === 'S' || header.kind === 'U') {
    if (width !== 1) return null;
    const texts = await readNpyTexts(array.file, context);
    const words = new RecordColumn(name, 'text');
    texts.forEach((text, row) => words.push(row, text));
    return words.finish(texts.length, null);
  }
  const isFlat = header.shape.length === 1 || (width === 1 && name !== 'features');
  if (!isFlat) {
    const { values } = await readNpyArray(array.file, context, 'float32');
    return vectorColumn(path, name, values as Float32Array, width, notices);
  }
  const { values } = await readNpyArray(array.file, context);
  const make = name === 'label' ? classColumn : numberColumn;
  return make(name, values, kindOf(header));
}

/** Returns a sparse matrix with a row per node as a column; explicit zeros are left out, repeated entries add up. */
export function sparseColumn(matrix: SparseRows, name: string): Column {
  const rowPtr = matrix.rowPtr.slice();
  const colIndex = matrix.colIndex.slice();
  const values = allocateFloat32(matrix.values.length);
  let at = 0;
  for (let row = 0; row < matrix.rows; row++) {
    const start = matrix.rowPtr[row] as number;
    const end = matrix.rowPtr[row + 1] as number;
    rowPtr[row] = at;
    for (let entry = start; entry < end; entry++) {
      const column = matrix.colIndex[entry] as number;
      const value = matrix.values[entry] as number;
      if (value === 0 || !Number.isFinite(value)) continue;
      if (at > (rowPtr[row] as number) && colIndex[at - 1] === column) {
        values[at - 1] = (values[at - 1] as number) + value;
        continue;
      }
      colIndex[at] = column;
      values[at++] = value;
    }
  }
  rowPtr[matrix.rows] = at;
  const features = sparseFeatures(rowPtr, colIndex.slice(0, at), values.slice(0, at), matrix.columns);
  return { ...features.column(matrix.rows), name };
}

/**
 * Returns `split`, or `split0`, `split1`, … where the masks hold several splits.
 * @throws {ParseError} a mask of another length than there are nodes, or a node number beyond them
 */
export async function splitColumns(
  splits: readonly SplitArray[],
  numNodes: number,
  context: ReadContext,
): Promise<Column[]> {
  const columns: SplitCodes[] = [];
  const codesAt = (at: number, path: string): SplitCodes => (columns[at] ??= new SplitCodes(numNodes, path));
  for (const { array, part, isMask } of splits) {
    const { path } = array.file.source;
    const { values, shape } = await readNpyArray(array.file, context);
    const [first = 0, second = 1] = shape;
    if (!isMask) {
      for (const node of values) codesAt(0, path).put(node, part);
      continue;
    }
    const isByNode = first === numNodes;
    if (shape.length > 2 || (!isByNode && second !== numNodes)) {
      failArray(array, `it is no mask of ${numNodes} nodes`, 'Give a mask one value per node.');
    }
    for (let at = 0; at < values.length; at++) {
      if (values[at] === 0) continue;
      const [node, split] = isByNode
        ? [Math.floor(at / second), at % second]
        : [at % second, Math.floor(at / second)];
      codesAt(split, path).put(node, part);
    }
  }
  const isOne = columns.length === 1;
  return columns.flatMap((codes, at) =>
    codes === undefined ? [] : [codes.column(isOne ? SPLIT_COLUMN : `${SPLIT_COLUMN}${at}`)],
  );
}

/** Name of an edge column: weights are `weight`, as merging edges looks for them. */
export const edgeColumnName = (name: string): string => (/weight/i.test(name) ? 'weight' : columnName(name));
