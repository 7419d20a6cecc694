/**
 * Tensors as safetensors: an 8-byte little-endian header length, a JSON header, then the data. float32 only.
 * The reader trusts nothing: a file is either read whole or refused with a sentence.
 * Source: https://github.com/huggingface/safetensors (format section).
 */
import { unshared } from './buffers.ts';
import { ParseError, ShapeError } from './errors.ts';

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface SafetensorsFile {
  /** In the order of their data. */
  readonly tensors: readonly NamedTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

const METADATA = '__metadata__';
/** The reference implementation's limit. */
const MAX_HEADER_BYTES = 100_000_000;
const LENGTH_BYTES = 8;

/**
 * Returns the file, data 8-byte aligned. `metadata` values must be text, as the format asks. O(bytes).
 * @throws {ShapeError} a shape that does not fit its values, or a name twice
 */
export function writeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  checkTensors(tensors);
  // Written field by field: as keys of an object, names like '1' or '__proto__' would change place or vanish.
  const field = (name: string, value: unknown): string => `${JSON.stringify(name)}:${JSON.stringify(value)}`;
  const fields = [field(METADATA, metadata)];
  let numDataBytes = 0;
  for (const { name, shape, values } of tensors) {
    const begin = numDataBytes;
    numDataBytes += values.length * 4;
    fields.push(field(name, { dtype: 'F32', shape, data_offsets: [begin, numDataBytes] }));
  }
  const encoded = new TextEncoder().encode(`{${fields.join(',')}}`);
  const padding = (8 - (encoded.length % 8)) % 8;
  const dataStart = LENGTH_BYTES + encoded.length + padding;
  const file = new Uint8Array(dataStart + numDataBytes);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(encoded.length + padding), true);
  file.set(encoded, LENGTH_BYTES);
  file.fill(0x20, LENGTH_BYTES + encoded.length, dataStart);
  let at = dataStart;
  for (const { values } of tensors) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return file;
}

function checkTensors(tensors: readonly NamedTensor[]): void {
  const names = new Set<string>([METADATA]);
  for (const { name, shape, values } of tensors) {
    const size = shape.reduce((product, length) => product * length, 1);
    if (!names.has(name) && size === values.length) {
      names.add(name);
      continue;
    }
    const reason = names.has(name)
      ? 'has a name that is already used'
      : `has shape [${shape.join(', ')}] and ${values.length} values`;
    throw new ShapeError(`Tensor '${name}' ${reason}.`, {
      code: 'tensor-shape',
      remedy: 'Give every tensor a name of its own and a shape whose product is its number of values.',
      details: { name, shape, length: values.length },
    });
  }
}

/**
 * Returns the tensors and the metadata of a file, values copied. Checked before anything is read: the header lies in the
 * file and is JSON, every entry has dtype F32, a shape of whole numbers and offsets of exactly that many bytes, and the
 * tensors cover the data without gap or overlap, as the format demands. O(bytes).
 * @throws {ParseError} anything else; the message names what and, where there is one, the tensor
 */
export function readSafetensors(file: Uint8Array): SafetensorsFile {
  const bytes = unshared(file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dataStart = LENGTH_BYTES + headerLength(view);
  const header = readHeader(bytes.subarray(LENGTH_BYTES, dataStart));
  const numDataBytes = bytes.length - dataStart;
  const entries = [...header.entries].map(([name, entry]) => readEntry(name, entry, numDataBytes));
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let covered = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== covered) {
      refuse(
        `tensor ${excerpt(name)} begins at byte ${begin} of the data, and the one before it ends at ${covered}`,
        name,
      );
    }
    covered = end;
  }
  if (covered !== numDataBytes) {
    refuse(`its tensors end at byte ${covered} of the data, which has ${numDataBytes} bytes`);
  }
  const tensors = entries.map(({ name, shape, begin, end }): NamedTensor => {
    const values = new Float32Array((end - begin) / 4);
    for (let at = 0; at < values.length; at++) {
      values[at] = view.getFloat32(dataStart + begin + 4 * at, true);
    }
    return { name, shape, values };
  });
  return { tensors, metadata: header.metadata };
}

function headerLength(view: DataView): number {
  if (view.byteLength < LENGTH_BYTES)
    refuse(`it has ${view.byteLength} bytes, less than its header's length`);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(view.byteLength - LENGTH_BYTES)) {
    refuse(`its header should have ${length} bytes, and the file has ${view.byteLength}`);
  }
  if (length > BigInt(MAX_HEADER_BYTES)) {
    refuse(`its header has ${length} bytes; at most ${MAX_HEADER_BYTES} are allowed`);
  }
  return Number(length);
}

interface Header {
  readonly entries: ReadonlyMap<string, unknown>;
  readonly metadata: Readonly<Record<string, string>>;
}

function readHeader(bytes: Uint8Array): Header {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    refuse('its header is not JSON', undefined, error);
  }
  if (!isRecord(json)) return refuse('its header is not a JSON object');
  const entries = new Map(Object.entries(json));
  const metadata = entries.get(METADATA) ?? {};
  entries.delete(METADATA);
  if (!isRecord(metadata)) return refuse('its metadata is not a JSON object');
  const texts = Object.entries(metadata).map(([key, value]): [string, string] => {
    if (typeof value !== 'string') return refuse(`its metadata ${excerpt(key)} is not text`);
    return [key, value];
  });
  return { entries, metadata: Object.fromEntries(texts) };
}

interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function readEntry(name: string, entry: unknown, numDataBytes: number): Entry {
  if (!isRecord(entry)) return refuse(`tensor ${excerpt(name)} is not described by a JSON object`, name);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (dtype !== 'F32') {
    throw new ParseError(`Tensor ${excerpt(name)} of the safetensors file has dtype ${excerpt(dtype)}.`, {
      code: 'safetensors-dtype',
      remedy: 'Convert the tensors to float32 (F32) and save the file again.',
      details: { name, dtype: excerpt(dtype) },
    });
  }
  if (!isSizes(shape)) return refuse(`tensor ${excerpt(name)} has no shape of whole numbers`, name);
  const [begin, end, ...more] = isSizes(offsets) ? offsets : [];
  if (begin === undefined || end === undefined || more.length > 0 || begin > end || end > numDataBytes) {
    return refuse(
      `tensor ${excerpt(name)} has data offsets ${excerpt(offsets)}; the data has ${numDataBytes} bytes`,
      name,
    );
  }
  const size = shape.reduce((product, length) => product * length, 1);
  if (size * 4 !== end - begin) {
    return refuse(`tensor ${excerpt(name)} has shape ${excerpt(shape)} and ${end - begin} bytes`, name);
  }
  return { name, shape, begin, end };
}

/** A piece of the file as it may stand in a message: short, whatever the file holds. */
function excerpt(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > 60 ? `${value.slice(0, 60)}…` : value}'`;
  if (typeof value === 'number') return String(value);
  if (!isSizes(value)) return `of another kind (${Array.isArray(value) ? 'list' : typeof value})`;
  return `[${value.slice(0, 8).join(', ')}${value.length > 8 ? ', …' : ''}]`;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSizes = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);

function refuse(reason: string, name?: string, cause?: unknown): never {
  throw new ParseError(`This is not a safetensors file that can be read: ${reason}.`, {
    code: 'safetensors',
    remedy: 'Save the model again and use the new file; this one is damaged or of another format.',
    details: name === undefined ? {} : { name },
    ...(cause === undefined ? {} : { cause }),
  });
}
