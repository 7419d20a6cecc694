/**
 * NumPy `.npy` arrays: header and numbers of every fixed-size type, either byte order, row- or column-major. Pickled
 * (object) and structured arrays are refused: what they hold is Python's own.
 * Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
import { allocateFloat32, allocateFloat64, allocateInt32 } from '../../core/buffers.ts';
import { LimitError, ParseError } from '../../core/errors.ts';
import { createPacer } from '../bytes/eventLoop.ts';
import { readWhole } from '../bytes/readBytes.ts';
import { startsWith } from '../bytes/textEncoding.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const CONVERT_REMEDY = "Save it as numbers, for example array.astype('float32').";

/** Kind of an element as NumPy writes it: b bool, i and u integers, f floats, S bytes, U text. */
export type NpyKind = 'b' | 'i' | 'u' | 'f' | 'S' | 'U';

export interface NpyHeader {
  readonly kind: NpyKind;
  /** Bytes of one element. */
  readonly itemBytes: number;
  readonly isLittleEndian: boolean;
  /** Column by column. */
  readonly isFortran: boolean;
  readonly shape: readonly number[];
  readonly numValues: number;
  readonly dataOffset: number;
  /** Type as a person knows it: 'int64', 'bool', 'text'. */
  readonly typeName: string;
}

export const isNpy = (head: Uint8Array): boolean => startsWith(head, MAGIC);

/** @throws {ParseError} `npy-header` */
export function failNpy(path: string, what: string, remedy: string): never {
  throw new ParseError(`${path}: ${what}.`, { code: 'npy-header', remedy, details: { file: path } });
}

/** The header as text: a Python dict with descr, fortran_order and shape. @throws {ParseError} not a .npy file */
function headerText(path: string, head: Uint8Array): { text: string; dataOffset: number } {
  if (!isNpy(head) || head.length < 12) {
    failNpy(path, 'it does not begin like a NumPy array', 'Save the matrix with numpy.save.');
  }
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const isVersion1 = head[6] === 1;
  const start = isVersion1 ? 10 : 12;
  const dataOffset = start + (isVersion1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (dataOffset > head.length)
    failNpy(path, 'its header is incomplete', 'Save the array again with numpy.save.');
  return { text: new TextDecoder('latin1').decode(head.slice(start, dataOffset)), dataOffset };
}

const NAMES: Readonly<Record<string, string>> = { b: 'bool', i: 'int', u: 'uint', f: 'float' };

/** @throws {ParseError} not a .npy file, or of a type that is no number, bool or text of fixed size */
export function readNpyHeader(path: string, head: Uint8Array): NpyHeader {
  const { text, dataOffset } = headerText(path, head);
  const type = /'descr':\s*'([<>=|]?)([a-zA-Z])(\d*)'/.exec(text);
  const [, order, letter, digits] = type ?? [];
  if (letter === 'O') {
    failNpy(
      path,
      'it holds Python objects (a pickle), which are not opened',
      'Save numbers or fixed-size text, for example numpy.save(name, array.astype(str)).',
    );
  }
  if (type === null) failNpy(path, 'its elements are records, not numbers', CONVERT_REMEDY);
  const itemBytes = Number(digits) * (letter === 'U' ? 4 : 1);
  const isKnown =
    (letter === 'b' && itemBytes === 1) ||
    ((letter === 'i' || letter === 'u') && [1, 2, 4, 8].includes(itemBytes)) ||
    (letter === 'f' && [4, 8].includes(itemBytes)) ||
    ((letter === 'S' || letter === 'U') && itemBytes <= 1024 ** 2);
  if (!isKnown)
    failNpy(path, `its elements are of the type '${letter}${digits}', which is not read`, CONVERT_REMEDY);
  const shapeText = /'shape':\s*\(([\d,\s]*)\)/.exec(text)?.[1];
  if (shapeText === undefined)
    failNpy(path, 'its header names no shape', 'Save the array again with numpy.save.');
  const shape = shapeText.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]));
  return {
    kind: letter as NpyKind,
    itemBytes,
    isLittleEndian: order !== '>',
    isFortran: /'fortran_order':\s*True/.test(text),
    shape,
    numValues: shape.reduce((product, size) => product * size, 1),
    dataOffset,
    typeName:
      letter === 'S' || letter === 'U'
        ? 'text'
        : letter === 'b'
          ? 'bool'
          : `${NAMES[letter as string]}${itemBytes * 8}`,
  };
}

/** 'int64 [2, 10,556]' */
export function describeNpy(header: NpyHeader): string {
  return `NumPy, ${header.typeName} [${header.shape.map((size) => size.toLocaleString('en-US')).join(', ')}]`;
}

/** Elements of an array, row by row; whole numbers of 64 bits are exact up to 2^53. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly kind: NpyKind;
  readonly values: Float32Array | Float64Array | Int32Array;
}

/** @throws {LimitError} `bytes` are more than may be held; {ParseError} the file cannot hold that many */
function checkSize(file: ProbedFile, header: NpyHeader, bytesEach: number, context: ReadContext): void {
  const { path, sizeBytes } = file.source;
  const { maxBytes, maxExpansionRatio } = context.limits;
  if (header.numValues * bytesEach > maxBytes) {
    throw new LimitError(
      `${path} holds ${header.numValues.toLocaleString('en-US')} values, more than fit in memory.`,
      {
        code: 'too-many-bytes',
        remedy: 'Use fewer columns or rows.',
        details: { file: path, values: header.numValues },
      },
    );
  }
  // A header can claim anything; memory is set aside only for what the file can hold, compressed at best.
  if (header.numValues * header.itemBytes > sizeBytes * maxExpansionRatio)
    failTruncated(path, 0, header.numValues);
}

function failTruncated(path: string, filled: number, numValues: number): never {
  throw new ParseError(
    `${path} ends after ${filled.toLocaleString('en-US')} of ${numValues.toLocaleString('en-US')} values.`,
    {
      code: 'truncated-file',
      remedy: 'Copy or save the file again.',
      details: { file: path, filled, numValues },
    },
  );
}

type ItemReader = (view: DataView, at: number) => number;

function itemReader({ kind, itemBytes, isLittleEndian: little }: NpyHeader): ItemReader {
  switch (`${kind}${itemBytes}`) {
    case 'f4':
      return (view, at) => view.getFloat32(at, little);
    case 'f8':
      return (view, at) => view.getFloat64(at, little);
    case 'i1':
      return (view, at) => view.getInt8(at);
    case 'i2':
      return (view, at) => view.getInt16(at, little);
    case 'i4':
      return (view, at) => view.getInt32(at, little);
    case 'u2':
      return (view, at) => view.getUint16(at, little);
    case 'u4':
      return (view, at) => view.getUint32(at, little);
    // Two halves as floats: exact to 2^53 and without a BigInt for every element.
    case 'i8':
      return (view, at) =>
        view.getInt32(little ? at + 4 : at, little) * 2 ** 32 + view.getUint32(little ? at : at + 4, little);
    case 'u8':
      return (view, at) =>
        view.getUint32(little ? at + 4 : at, little) * 2 ** 32 + view.getUint32(little ? at : at + 4, little);
    default:
      return (view, at) => view.getUint8(at);
  }
}

/**
 * Streams the numbers of an array into `values`, in file order.
 * @throws {LimitError | CancelledError}
 * @throws {ParseError} `truncated-file`: fewer numbers than the shape says
 */
export async function readNpyNumbers<T extends Float32Array | Float64Array | Int32Array>(
  file: ProbedFile,
  header: NpyHeader,
  context: ReadContext,
  allocate: (length: number) => T,
): Promise<T> {
  const { path, sizeBytes } = file.source;
  checkSize(file, header, allocate(0).BYTES_PER_ELEMENT, context);
  const values = allocate(header.numValues);
  const pacer = createPacer(context.signal, `Reading ${path}`);
  const { itemBytes } = header;
  const itemAt = itemReader(header);
  let skip = header.dataOffset;
  let filled = 0;
  let bytes = 0;
  let carry = new Uint8Array(0);
  for await (const chunk of file.source.open()) {
    bytes += chunk.length;
    const from = Math.min(skip, chunk.length);
    skip -= from;
    const data = new Uint8Array(carry.length + chunk.length - from);
    data.set(carry);
    data.set(chunk.subarray(from), carry.length);
    const view = new DataView(data.buffer);
    const count = Math.min(Math.floor(data.length / itemBytes), values.length - filled);
    for (let item = 0; item < count; item++) values[filled++] = itemAt(view, item * itemBytes);
    carry = data.slice(count * itemBytes);
    const rows = Math.floor(filled / Math.max(1, header.shape[1] ?? 1));
    context.onProgress?.({ stage: `Reading ${path}`, bytes, totalBytes: sizeBytes, rows });
    await pacer.breathe();
  }
  if (filled < header.numValues) failTruncated(path, filled, header.numValues);
  return values;
}

/** Column-major values of a matrix, row by row. */
function byRows<T extends Float32Array | Float64Array | Int32Array>(
  values: T,
  rows: number,
  columns: number,
  allocate: (length: number) => T,
): T {
  const out = allocate(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      out[row * columns + column] = values[column * rows + row] as number;
    }
  }
  return out;
}

/**
 * Reads the numbers of an array, row by row.
 * @param allocate element type wanted; by default int32 for small integers, float32 for float32, else float64
 * @throws {ParseError} text, more than two dimensions in column order, too few numbers; {LimitError | CancelledError}
 */
export async function readNpyArray(
  file: ProbedFile,
  context: ReadContext,
  wanted?: 'float32',
): Promise<NpyArray> {
  const { path } = file.source;
  const header = readNpyHeader(path, file.head);
  const { kind, shape } = header;
  if (kind === 'S' || kind === 'U') failNpy(path, 'it holds text where numbers are needed', CONVERT_REMEDY);
  if (header.isFortran && shape.length > 2) {
    failNpy(path, 'it is stored column by column', 'Save it as numpy.ascontiguousarray(array).');
  }
  const read = async <T extends Float32Array | Float64Array | Int32Array>(
    allocate: (length: number) => T,
  ): Promise<NpyArray> => {
    const values = await readNpyNumbers(file, header, context, allocate);
    const [rows, columns] = shape;
    const isTurned = header.isFortran && rows !== undefined && columns !== undefined;
    return { shape, kind, values: isTurned ? byRows(values, rows, columns, allocate) : values };
  };
  if (wanted === 'float32' || (kind === 'f' && header.itemBytes === 4)) return read(allocateFloat32);
  const isSmallInteger = kind !== 'f' && (header.itemBytes < 4 || (kind === 'i' && header.itemBytes === 4));
  return isSmallInteger ? read(allocateInt32) : read(allocateFloat64);
}

/** Reads a list of texts of fixed size. @throws {ParseError} numbers, too few texts; {LimitError} */
export async function readNpyTexts(file: ProbedFile, context: ReadContext): Promise<string[]> {
  const { path } = file.source;
  const header = readNpyHeader(path, file.head);
  checkSize(file, header, header.itemBytes, context);
  const data = (await readWhole(file.source, context.limits.maxBytes)).subarray(header.dataOffset);
  const { itemBytes, numValues, kind } = header;
  if (data.length < itemBytes * numValues) {
    failTruncated(path, itemBytes === 0 ? 0 : Math.floor(data.length / itemBytes), numValues);
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const decoder = new TextDecoder();
  return Array.from({ length: numValues }, (_, item) => {
    const start = item * itemBytes;
    if (kind === 'S') return decoder.decode(data.slice(start, start + itemBytes)).replace(/\0+$/, '');
    let text = '';
    for (let at = start; at < start + itemBytes; at += 4) {
      const code = view.getUint32(at, header.isLittleEndian);
      if (code > 0 && code <= 0x10ffff) text += String.fromCodePoint(code);
    }
    return text;
  });
}
