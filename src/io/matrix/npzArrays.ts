/**
 * The arrays of an .npz archive (its entries arrive as .npy files), or of a folder of .npy files, by name. Headers are read
 * at once, numbers when they are asked for; sparse matrices are put together from their parts.
 * Formats: https://docs.scipy.org/doc/scipy/reference/generated/scipy.sparse.save_npz.html
 */
import { LimitError, ParseError } from '../../core/errors.ts';
import { groupBy, transposePattern } from '../../core/sparseMatrix.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import {
  isNpy,
  type NpyArray,
  type NpyHeader,
  readNpyArray,
  readNpyHeader,
  readNpyTexts,
} from './npyArray.ts';

export interface NamedArray {
  readonly name: string;
  readonly file: ProbedFile;
  /** Null where the array cannot be read; `why` says so. */
  readonly header: NpyHeader | null;
  readonly why: string;
}

export type NamedArrays = ReadonlyMap<string, NamedArray>;

/** 'adj_data' of 'adj_data.npy'. */
const nameOf = (path: string): string => (path.split('/').at(-1) ?? path).replace(/\.npy$/i, '');

export const npyFiles = (files: readonly ProbedFile[]): ProbedFile[] =>
  files.filter((file) => isNpy(file.head));

/** @throws {ParseError} two arrays of one name: the entries of two archives cannot be told apart */
export function namedArrays(files: readonly ProbedFile[]): NamedArrays {
  const arrays = new Map<string, NamedArray>();
  for (const file of npyFiles(files)) {
    const { path } = file.source;
    const name = nameOf(path);
    if (arrays.has(name)) {
      throw new ParseError(`There are two arrays named ${name}.`, {
        code: 'duplicate-array',
        remedy: 'Drop one .npz file at a time.',
        details: { file: path },
      });
    }
    arrays.set(name, { name, file, ...headerOf(file) });
  }
  return arrays;
}

function headerOf(file: ProbedFile): Pick<NamedArray, 'header' | 'why'> {
  try {
    return { header: readNpyHeader(file.source.path, file.head), why: '' };
  } catch (error) {
    // An array of Python objects beside good ones (metadata) is left out; one that is needed is refused on reading.
    if (error instanceof ParseError) return { header: null, why: error.message };
    throw error;
  }
}

/** A sparse matrix, row by row; columns ascend within a row. */
export interface SparseRows {
  readonly rows: number;
  readonly columns: number;
  readonly rowPtr: Int32Array;
  readonly colIndex: Int32Array;
  readonly values: NpyArray['values'];
}

/** How the parts of a sparse matrix are named: `adj_` + `indptr`. */
export interface SparseParts {
  readonly prefix: string;
  /** Names of all arrays it is made of. */
  readonly names: readonly string[];
  readonly isCoordinate: boolean;
}

const PART_NAMES = ['indices', 'indptr', 'row', 'col', 'offsets', 'data', 'shape', 'format', '_is_array'];
/** Parts by which a matrix is recognised, with the part that begins the search. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  indptr: ['indices', 'shape'],
  row: ['col', 'shape'],
  offsets: ['data', 'shape', 'format'],
};

/** Returns the sparse matrices among the arrays. */
export function sparseParts(arrays: NamedArrays): SparseParts[] {
  return [...arrays.keys()].flatMap((name) => {
    const [, prefix, last] = /^(.*?)(indptr|row|offsets)$/.exec(name) ?? [];
    if (prefix === undefined || last === undefined) return [];
    const isCoordinate = last === 'row';
    if (!(NEEDED[last] ?? []).every((part) => arrays.has(prefix + part))) return [];
    const names = PART_NAMES.map((part) => prefix + part).filter((part) => arrays.has(part));
    return [{ prefix, names, isCoordinate }];
  });
}

/** @throws {ParseError} always */
export function failArray(array: NamedArray, what: string, remedy: string): never {
  const { path } = array.file.source;
  throw new ParseError(`${path}: ${what}.`, { code: 'npz-array', remedy, details: { file: path } });
}

const DAMAGED = 'Save the matrix again with scipy.sparse.save_npz.';

/** Numbers of the array of that name. @throws {ParseError} it is not there, or holds no numbers */
export async function numbersOf(
  arrays: NamedArrays,
  name: string,
  context: ReadContext,
  wanted?: 'float32',
): Promise<NpyArray> {
  const array = arrays.get(name);
  if (array === undefined) {
    throw new ParseError(`The archive lacks the array ${name}.`, {
      code: 'npz-array',
      remedy: 'Save all parts of the matrix, as scipy.sparse.save_npz does.',
      details: { array: name },
    });
  }
  return readNpyArray(array.file, context, wanted);
}

/**
 * Numbers as 32-bit indices.
 * @throws {ParseError} a number that is none
 */
export async function indicesOf(
  arrays: NamedArrays,
  name: string,
  context: ReadContext,
): Promise<Int32Array> {
  const { values, kind } = await numbersOf(arrays, name, context);
  const array = arrays.get(name) as NamedArray;
  if (kind === 'f')
    failArray(array, 'it holds decimals where indices are needed', "Save it as array.astype('int64').");
  if (values instanceof Int32Array) return values;
  const out = new Int32Array(values.length);
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if ((value | 0) !== value)
      failArray(array, `the index ${value} is beyond 32 bits`, 'Check how the array was made.');
    out[at] = value;
  }
  return out;
}

/**
 * Reads a sparse matrix saved as CSR, CSC or COO.
 * @throws {ParseError} another layout, parts that do not fit together; {LimitError | CancelledError}
 * O(entries + rows + columns).
 */
export async function readSparse(
  arrays: NamedArrays,
  parts: SparseParts,
  context: ReadContext,
): Promise<SparseRows> {
  const { prefix, isCoordinate } = parts;
  const at = (part: string): NamedArray => arrays.get(prefix + part) as NamedArray;
  const shape = await indicesOf(arrays, `${prefix}shape`, context);
  const [rows = -1, columns = -1] = shape;
  if (shape.length !== 2 || rows < 0 || columns < 0)
    failArray(at('shape'), 'it is no pair of sizes', DAMAGED);
  checkRows(Math.max(rows, columns), context);
  const format = await formatOf(arrays, prefix, context);
  if (!['csr', 'csc', 'coo'].includes(format)) {
    failArray(
      at('format'),
      `a sparse matrix of the layout '${format}' is not read`,
      'Save it as matrix.tocsr().',
    );
  }
  const second = await indicesOf(arrays, prefix + (isCoordinate ? 'col' : 'indices'), context);
  const values = arrays.has(`${prefix}data`)
    ? (await numbersOf(arrays, `${prefix}data`, context)).values
    : new Int32Array(second.length).fill(1);
  if (values.length !== second.length) failArray(at('data'), 'it has not one value per index', DAMAGED);
  if (isCoordinate) {
    const first = await indicesOf(arrays, `${prefix}row`, context);
    if (first.length !== second.length) failArray(at('row'), 'it has not one row per column', DAMAGED);
    checkRange(at('row'), first, rows);
    checkRange(at('col'), second, columns);
    const { ptr, perm } = groupBy(first, rows);
    return sorted({
      rows,
      columns,
      rowPtr: ptr,
      colIndex: perm.map((entry) => second[entry] as number),
      values: pick(values, perm),
    });
  }
  const rowPtr = await indicesOf(arrays, `${prefix}indptr`, context);
  const isByColumn = format === 'csc';
  const [outer, inner] = isByColumn ? [columns, rows] : [rows, columns];
  checkPointers(at('indptr'), rowPtr, outer, second.length);
  checkRange(at('indices'), second, inner);
  const matrix = { rows: outer, columns: inner, rowPtr, colIndex: second, values };
  return isByColumn ? transposed(matrix) : sorted(matrix);
}

function checkRows(rows: number, { limits }: ReadContext): void {
  if (rows <= limits.maxNodes) return;
  throw new LimitError(
    `The matrix has more than ${limits.maxNodes.toLocaleString('en-US')} rows or columns.`,
    {
      code: 'too-many-nodes',
      remedy: 'Import a part of the graph.',
      details: { limit: limits.maxNodes },
    },
  );
}

async function formatOf(arrays: NamedArrays, prefix: string, context: ReadContext): Promise<string> {
  const array = arrays.get(`${prefix}format`);
  if (array?.header === undefined || array.header === null || !['S', 'U'].includes(array.header.kind)) {
    return arrays.has(`${prefix}indptr`) ? 'csr' : 'coo';
  }
  return (await readNpyTexts(array.file, context))[0] ?? '';
}

function checkPointers(array: NamedArray, pointers: Int32Array, rows: number, numEntries: number): void {
  const isWhole = pointers.length === rows + 1 && pointers[0] === 0 && pointers[rows] === numEntries;
  const isAscending =
    isWhole && pointers.every((start, row) => row === 0 || start >= (pointers[row - 1] as number));
  if (!isAscending) failArray(array, `it does not divide ${numEntries} entries into ${rows} rows`, DAMAGED);
}

function checkRange(array: NamedArray, indices: Int32Array, size: number): void {
  const at = indices.findIndex((index) => index < 0 || index >= size);
  if (at >= 0) failArray(array, `the index ${indices[at]} is not in 0 to ${size - 1}`, DAMAGED);
}

function pick(values: NpyArray['values'], perm: Int32Array): NpyArray['values'] {
  const out = values.slice();
  for (let at = 0; at < perm.length; at++) out[at] = values[perm[at] as number] as number;
  return out;
}

function transposed(matrix: SparseRows): SparseRows {
  const { rowPtr, colIndex, perm } = transposePattern({ ...matrix, cols: matrix.columns });
  return {
    rows: matrix.columns,
    columns: matrix.rows,
    rowPtr,
    colIndex,
    values: pick(matrix.values, perm),
  };
}

/** Twice transposed, the columns ascend within each row. */
function sorted(matrix: SparseRows): SparseRows {
  const { rowPtr, colIndex } = matrix;
  for (let row = 0; row < matrix.rows; row++) {
    for (let at = (rowPtr[row] as number) + 1; at < (rowPtr[row + 1] as number); at++) {
      if ((colIndex[at] as number) < (colIndex[at - 1] as number)) return transposed(transposed(matrix));
    }
  }
  return matrix;
}

/** Row of each entry. */
export function entryRows(matrix: SparseRows): Int32Array {
  const out = new Int32Array(matrix.colIndex.length);
  for (let row = 0; row < matrix.rows; row++) {
    out.fill(row, matrix.rowPtr[row] as number, matrix.rowPtr[row + 1] as number);
  }
  return out;
}
