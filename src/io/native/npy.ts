/**
 * NumPy `.npy` matrices: float32 or float64, two dimensions, row by row (C order) → dense features.
 * Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
import { allocateFloat32 } from '../../core/buffers.ts';
import { LimitError, ParseError } from '../../core/errors.ts';
import { createPacer } from '../bytes/eventLoop.ts';
import { denseFeatures, type FeatureRows, noteMissingRows } from './featureColumn.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import type { NoticeList } from '../notices.ts';
import { startsWith } from '../bytes/textEncoding.ts';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

export interface NpyHeader {
  readonly rows: number;
  readonly columns: number;
  readonly itemBytes: 4 | 8;
  readonly isLittleEndian: boolean;
  readonly dataOffset: number;
}

/** @throws {ParseError} not a .npy file, or not a float matrix in C order */
export function readNpyHeader(path: string, head: Uint8Array): NpyHeader {
  const fail = (what: string, remedy: string): never => {
    throw new ParseError(`${path}: ${what}.`, { code: 'npy-header', remedy, details: { file: path } });
  };
  if (!startsWith(head, MAGIC) || head.length < 12) {
    return fail('it does not begin like a NumPy array', 'Save the matrix with numpy.save.');
  }
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const isVersion1 = head[6] === 1;
  const start = isVersion1 ? 10 : 12;
  const length = isVersion1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const header = new TextDecoder('latin1').decode(head.slice(start, start + length));
  const type = /'descr':\s*'([<>=|]?)(f[48])'/.exec(header);
  if (type === null) {
    const found = /'descr':\s*('[^']*'|\[)/.exec(header)?.[1] ?? 'unknown';
    return fail(
      `its number type is ${found}, not float32 or float64`,
      "Save it as matrix.astype('float32').",
    );
  }
  if (/'fortran_order':\s*True/.test(header)) {
    return fail('it is stored column by column', 'Save it as numpy.ascontiguousarray(matrix).');
  }
  const shape = /'shape':\s*\((\d+),\s*(\d+),?\s*\)/.exec(header);
  if (shape === null)
    return fail('it is not a matrix of rows and columns', 'Save an array with two dimensions.');
  return {
    rows: Number(shape[1]),
    columns: Number(shape[2]),
    itemBytes: type[2] === 'f4' ? 4 : 8,
    isLittleEndian: type[1] !== '>',
    dataOffset: start + length,
  };
}

/**
 * Reads a matrix; row i belongs to node i. Rows with a NaN or infinite cell count as missing.
 * @throws {ParseError} as the header, or fewer bytes than the shape says
 * @throws {LimitError} a matrix larger than the byte limit
 */
export async function readNpy(
  file: ProbedFile,
  context: ReadContext,
  notices: NoticeList,
): Promise<FeatureRows> {
  const { path } = file.source;
  const header = readNpyHeader(path, file.head);
  const numValues = header.rows * header.columns;
  if (numValues * 4 > context.limits.maxBytes) {
    throw new LimitError(
      `${path} holds ${numValues.toLocaleString('en-US')} values, more than fit in memory.`,
      {
        code: 'too-many-bytes',
        remedy: 'Use fewer columns or rows.',
        details: { file: path, values: numValues },
      },
    );
  }
  const values = allocateFloat32(numValues);
  const filled = await fillValues(file, header, values, context);
  if (filled < numValues) {
    throw new ParseError(
      `${path} ends after ${filled.toLocaleString('en-US')} of ${numValues.toLocaleString('en-US')} values.`,
      {
        code: 'truncated-file',
        remedy: 'Copy or save the file again.',
        details: { file: path, filled, numValues },
      },
    );
  }
  return withMissingRows(path, values, header, notices);
}

/** Returns how many values the file had. */
async function fillValues(
  file: ProbedFile,
  header: NpyHeader,
  values: Float32Array,
  context: ReadContext,
): Promise<number> {
  const pacer = createPacer(context.signal, `Reading ${file.source.path}`);
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
    const count = Math.min(Math.floor(data.length / header.itemBytes), values.length - filled);
    for (let item = 0; item < count; item++) {
      values[filled++] =
        header.itemBytes === 4
          ? view.getFloat32(item * 4, header.isLittleEndian)
          : view.getFloat64(item * 8, header.isLittleEndian);
    }
    carry = data.slice(count * header.itemBytes);
    context.onProgress?.({
      stage: `Reading ${file.source.path}`,
      bytes,
      totalBytes: file.source.sizeBytes,
      rows: Math.floor(filled / Math.max(1, header.columns)),
    });
    await pacer.breathe();
  }
  return filled;
}

function withMissingRows(
  path: string,
  values: Float32Array,
  header: NpyHeader,
  notices: NoticeList,
): FeatureRows {
  const missing: number[] = [];
  let numCells = 0;
  for (let row = 0; row < header.rows; row++) {
    const before = numCells;
    for (let column = 0; column < header.columns; column++) {
      const at = row * header.columns + column;
      if (Number.isFinite(values[at] as number)) continue;
      numCells++;
      values[at] = 0;
    }
    if (numCells > before) missing.push(row);
  }
  const examples = missing.slice(0, 20).map((row) => ({ line: row + 1, text: `row ${row}` }));
  noteMissingRows(notices, path, numCells, examples, missing.length);
  return denseFeatures(values, header.columns, missing, header.rows);
}
