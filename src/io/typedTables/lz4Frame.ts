/**
 * LZ4 frames, as Arrow and Feather compress their buffers. Blocks may refer back into earlier ones, so one output buffer
 * serves all. Checksums are skipped. Format: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md.
 * NOTE: ours, because the Parquet codecs only decode single blocks of known size.
 */
const MAGIC = 0x184d2204;
const UNCOMPRESSED_BIT = 0x80000000;

/** Thrown on damaged frames; the caller names the file. */
class Lz4Error extends Error {
  override readonly name = 'Lz4Error';
}

/**
 * Returns the decompressed bytes. O(bytes).
 * @throws {Error} damaged bytes, or more output than `length`
 */
export function decompressLz4Frame(input: Uint8Array, length: number): Uint8Array {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new Lz4Error('not an LZ4 frame');
  const flags = view.getUint8(4);
  const hasBlockChecksum = (flags & 0x10) !== 0;
  const hasContentSize = (flags & 0x08) !== 0;
  const hasDictionary = (flags & 0x01) !== 0;
  let at = 7 + (hasContentSize ? 8 : 0) + (hasDictionary ? 4 : 0);
  const output = new Uint8Array(length);
  let written = 0;
  for (;;) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) break;
    const numBytes = size & ~UNCOMPRESSED_BIT;
    if (numBytes > input.length - at) throw new Lz4Error('a block is cut off');
    const block = input.subarray(at, at + numBytes);
    if (size >>> 31 === 1) {
      output.set(block, written);
      written += numBytes;
    } else {
      written = decompressBlock(block, output, written);
    }
    at += numBytes + (hasBlockChecksum ? 4 : 0);
  }
  if (written !== length) throw new Lz4Error('the frame is shorter than its header says');
  return output;
}

/** Appends one block to the output from `from` on; returns where the output ends. */
function decompressBlock(input: Uint8Array, output: Uint8Array, from: number): number {
  let [at, to] = [0, from];
  const readLength = (start: number): number => {
    let length = start;
    if (start < 15) return length;
    for (;;) {
      const byte = input[at++];
      if (byte === undefined) throw new Lz4Error('a length is cut off');
      length += byte;
      if (byte < 255) return length;
    }
  };
  while (at < input.length) {
    const token = input[at++] as number;
    const numLiterals = readLength(token >> 4);
    if (numLiterals > input.length - at || numLiterals > output.length - to)
      throw new Lz4Error('literals run over the end');
    output.set(input.subarray(at, at + numLiterals), to);
    at += numLiterals;
    to += numLiterals;
    if (at >= input.length) break;
    const offset = (input[at] as number) | ((input[at + 1] ?? 0) << 8);
    at += 2;
    const length = readLength(token & 15) + 4;
    if (offset === 0 || offset > to || length > output.length - to)
      throw new Lz4Error('a match points outside the output');
    for (let copied = 0; copied < length; copied++, to++) output[to] = output[to - offset] as number;
  }
  return to;
}
