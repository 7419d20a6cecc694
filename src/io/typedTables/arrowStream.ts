/**
 * The messages of an Arrow file or stream, with every length they claim held against the bytes there are: flechette believes
 * them and would fill memory. Layout: https://arrow.apache.org/docs/format/Columnar.html#encapsulated-message-format; the
 * tables inside are FlatBuffers, https://flatbuffers.dev/internals/.
 */
const FILE_HEAD_BYTES = 8;
const MAGIC_BYTES = 6;
const CONTINUATION = -1;
const MAX_FIELDS = 100_000;
const SCHEMA = 1;
const DICTIONARY_BATCH = 2;
const RECORD_BATCH = 3;
const UNION_TYPE = 14;

class ArrowError extends Error {
  override readonly name = 'ArrowError';
}

/** Reads FlatBuffers tables; positions outside the message throw a RangeError. */
class TableReader {
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get root(): number {
    return this.follow(0);
  }

  /** Position that an offset at `at` points to. */
  follow(at: number): number {
    return at + this.#view.getUint32(at, true);
  }

  /** Position of field number `field` of a table; 0 = absent. */
  field(table: number, field: number): number {
    const vtable = table - this.#view.getInt32(table, true);
    const slot = 4 + 2 * field;
    if (slot >= this.#view.getUint16(vtable, true)) return 0;
    const offset = this.#view.getUint16(vtable + slot, true);
    return offset === 0 ? 0 : table + offset;
  }

  byteAt(position: number): number {
    return position === 0 ? 0 : this.#view.getUint8(position);
  }

  int64At(position: number): number {
    return position === 0 ? 0 : Number(this.#view.getBigInt64(position, true));
  }

  /** Positions of the items of a vector field. @throws {ArrowError} more items than bytes */
  items(position: number, stride: number): number[] {
    if (position === 0) return [];
    const start = this.follow(position);
    const length = this.#view.getUint32(start, true);
    if (length * stride > this.#view.byteLength - start - 4)
      throw new ArrowError('a list is longer than its message');
    return Array.from({ length }, (_, item) => start + 4 + item * stride);
  }
}

/**
 * Returns the part of the bytes that is a stream of messages.
 * @throws {Error} a length that does not fit, a message that is cut off; the caller names the file. O(messages).
 */
export function arrowStream(bytes: Uint8Array): Uint8Array {
  const stream = isMagic(bytes.subarray(0, MAGIC_BYTES)) ? withoutFooter(bytes) : bytes;
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  let at = 0;
  while (at + 4 <= stream.length) {
    let size = view.getInt32(at, true);
    at += 4;
    if (size === CONTINUATION) {
      size = view.getInt32(at, true);
      at += 4;
    }
    if (size === 0) break;
    if (size < 0 || size > stream.length - at) throw new ArrowError('a message is cut off');
    const bodyBytes = checkMessage(new TableReader(stream.subarray(at, at + size)));
    at += size;
    if (bodyBytes < 0 || bodyBytes > stream.length - at) throw new ArrowError('a message is cut off');
    at += bodyBytes;
  }
  return stream;
}

const isMagic = (bytes: Uint8Array): boolean => new TextDecoder('latin1').decode(bytes) === 'ARROW1';

function withoutFooter(bytes: Uint8Array): Uint8Array {
  if (!isMagic(bytes.subarray(bytes.length - MAGIC_BYTES))) throw new ArrowError('the footer is cut off');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lengthAt = bytes.length - MAGIC_BYTES - 4;
  const end = lengthAt - view.getInt32(lengthAt, true);
  if (end < FILE_HEAD_BYTES || end > lengthAt) throw new ArrowError('the footer is cut off');
  return bytes.subarray(FILE_HEAD_BYTES, end);
}

/** Returns the length of the message's body. */
function checkMessage(message: TableReader): number {
  const { root } = message;
  const kind = message.byteAt(message.field(root, 1));
  const headerAt = message.field(root, 2);
  if (headerAt !== 0) {
    const header = message.follow(headerAt);
    if (kind === SCHEMA) checkSchema(message, header);
    if (kind === RECORD_BATCH) checkBatch(message, header);
    const dataAt = kind === DICTIONARY_BATCH ? message.field(header, 1) : 0;
    if (dataAt !== 0) checkBatch(message, message.follow(dataAt));
  }
  return message.int64At(message.field(root, 3));
}

function checkBatch(message: TableReader, batch: number): void {
  message.items(message.field(batch, 1), 16);
  message.items(message.field(batch, 2), 16);
  message.items(message.field(batch, 4), 8);
}

function checkSchema(message: TableReader, schema: number): void {
  message.items(message.field(schema, 2), 4);
  const open = message.items(message.field(schema, 1), 4);
  for (let visited = 0; visited < open.length; visited++) {
    if (open.length > MAX_FIELDS) throw new ArrowError('the schema has too many fields');
    const field = message.follow(open[visited] as number);
    message.items(message.field(field, 6), 4);
    const typeAt = message.field(field, 3);
    if (typeAt !== 0 && message.byteAt(message.field(field, 2)) === UNION_TYPE) {
      message.items(message.field(message.follow(typeAt), 1), 4);
    }
    for (const child of message.items(message.field(field, 5), 4)) open.push(child);
  }
}
