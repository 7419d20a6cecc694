/** The classes a pickle may name, and the plain values they become. Everything else is refused by name. */
import { ParseError } from '../../core/errors.ts';

/** A NumPy array, row-major. */
export interface NdArray {
  readonly kind: 'array';
  shape: readonly number[];
  values: Float64Array;
}

export interface CsrMatrix {
  readonly kind: 'csr';
  rows: number;
  columns: number;
  indptr: Float64Array;
  indices: Float64Array;
  data: Float64Array;
}

interface DType {
  readonly kind: 'dtype';
  readonly code: string;
  isLittleEndian: boolean;
}

interface PickleClass {
  readonly kind: 'class';
  readonly name: 'csr_matrix' | 'reconstruct' | 'ndarray' | 'dtype' | 'defaultdict' | 'list';
}

export type PickleValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | PickleValue[]
  | Map<string | number, PickleValue>
  | NdArray
  | CsrMatrix
  | DType
  | PickleClass;

/** Module paths changed between versions of NumPy and SciPy; the classes did not. */
const CLASSES: Readonly<Record<string, PickleClass['name']>> = {
  'scipy.sparse.csr csr_matrix': 'csr_matrix',
  'scipy.sparse._csr csr_matrix': 'csr_matrix',
  'numpy.core.multiarray _reconstruct': 'reconstruct',
  'numpy._core.multiarray _reconstruct': 'reconstruct',
  'numpy ndarray': 'ndarray',
  'numpy dtype': 'dtype',
  'collections defaultdict': 'defaultdict',
  '__builtin__ list': 'list',
  'builtins list': 'list',
};

const latin1 = new TextDecoder('latin1');

const textOf = (value: PickleValue | undefined): string =>
  value instanceof Uint8Array ? latin1.decode(value) : typeof value === 'string' ? value : '';

/** @throws {ParseError} a class that is not on the list */
export function findClass(path: string, module: string, name: string): PickleClass {
  const known = CLASSES[`${module} ${name}`];
  if (known !== undefined) return { kind: 'class', name: known };
  throw new ParseError(`${path}: the pickle asks for ${module}.${name}, which is not read.`, {
    code: 'pickle-class',
    remedy: 'Convert the data to CSV; only plain NumPy and SciPy pickles are read, and none is executed.',
    details: { file: path, module, name },
  });
}

function fail(path: string, what: string): never {
  throw new ParseError(`${path}: the pickle holds ${what}, which is not read.`, {
    code: 'pickle-value',
    remedy: 'Convert the data to CSV.',
    details: { file: path },
  });
}

/** What calling a listed class with these arguments makes. */
export function reduceObject(path: string, callee: PickleValue, args: PickleValue): PickleValue {
  if (!isObject(callee) || callee.kind !== 'class') return fail(path, 'a call of something that is no class');
  const given = Array.isArray(args) ? args : [];
  switch (callee.name) {
    case 'defaultdict':
      return new Map();
    case 'list':
      return [];
    case 'csr_matrix':
      return {
        kind: 'csr',
        rows: 0,
        columns: 0,
        indptr: new Float64Array(),
        indices: new Float64Array(),
        data: new Float64Array(),
      };
    case 'reconstruct':
    case 'ndarray':
      return { kind: 'array', shape: [], values: new Float64Array() };
    case 'dtype':
      return { kind: 'dtype', code: textOf(given[0]), isLittleEndian: true };
    default:
      return callee.name satisfies never;
  }
}

/** Fills an object with its state. */
export function buildObject(path: string, object: PickleValue, state: PickleValue): PickleValue {
  if (!isObject(object)) return fail(path, 'state for a plain value');
  switch (object.kind) {
    case 'dtype':
      object.isLittleEndian = !Array.isArray(state) || textOf(state[1]) !== '>';
      return object;
    case 'array':
      return fillArray(path, object, state);
    case 'csr':
      return fillMatrix(path, object, state);
    default:
      return fail(path, 'state for a class');
  }
}

function isObject(value: PickleValue): value is NdArray | CsrMatrix | DType | PickleClass {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

const READERS: Readonly<
  Record<string, { bytes: number; read: (v: DataView, at: number, little: boolean) => number }>
> = {
  b1: { bytes: 1, read: (v, at) => v.getUint8(at) },
  i1: { bytes: 1, read: (v, at) => v.getInt8(at) },
  u1: { bytes: 1, read: (v, at) => v.getUint8(at) },
  i2: { bytes: 2, read: (v, at, little) => v.getInt16(at, little) },
  u2: { bytes: 2, read: (v, at, little) => v.getUint16(at, little) },
  i4: { bytes: 4, read: (v, at, little) => v.getInt32(at, little) },
  u4: { bytes: 4, read: (v, at, little) => v.getUint32(at, little) },
  i8: { bytes: 8, read: (v, at, little) => Number(v.getBigInt64(at, little)) },
  f4: { bytes: 4, read: (v, at, little) => v.getFloat32(at, little) },
  f8: { bytes: 8, read: (v, at, little) => v.getFloat64(at, little) },
};

/** State of an ndarray: (version, shape, dtype, is_fortran, bytes). */
function fillArray(path: string, array: NdArray, state: PickleValue): NdArray {
  if (!Array.isArray(state)) return fail(path, 'an array without data');
  const [, shape, dtype, isFortran, raw] = state;
  if (!Array.isArray(shape) || !(raw instanceof Uint8Array) || isFortran === true) {
    return fail(path, 'an array of objects or in column order');
  }
  if (dtype === undefined || !isObject(dtype) || dtype.kind !== 'dtype')
    return fail(path, 'an array without a type');
  const reader = READERS[dtype.code];
  if (reader === undefined) return fail(path, `numbers of type '${dtype.code}'`);
  const sizes = shape.map(Number);
  const count = sizes.reduce((product, size) => product * size, 1);
  if (count * reader.bytes !== raw.length) return fail(path, 'an array of another size than it says');
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  array.shape = sizes;
  array.values = Float64Array.from({ length: count }, (_, at) =>
    reader.read(view, at * reader.bytes, dtype.isLittleEndian),
  );
  return array;
}

function fillMatrix(path: string, matrix: CsrMatrix, state: PickleValue): CsrMatrix {
  if (!(state instanceof Map)) return fail(path, 'a sparse matrix without data');
  const values = (name: string): Float64Array => {
    const array = state.get(name);
    return array !== undefined && isObject(array) && array.kind === 'array'
      ? array.values
      : fail(path, `a sparse matrix without ${name}`);
  };
  const shape = state.get('_shape');
  if (!Array.isArray(shape)) return fail(path, 'a sparse matrix without a shape');
  matrix.rows = Number(shape[0]);
  matrix.columns = Number(shape[1]);
  matrix.indptr = values('indptr');
  matrix.indices = values('indices');
  matrix.data = values('data');
  const isSound =
    matrix.indptr.length === matrix.rows + 1 &&
    matrix.indices.length === matrix.data.length &&
    matrix.indptr.at(-1) === matrix.data.length &&
    matrix.indices.every((column) => column >= 0 && column < matrix.columns);
  return isSound ? matrix : fail(path, 'a sparse matrix that contradicts itself');
}
