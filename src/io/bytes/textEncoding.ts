/**
 * From bytes of unknown encoding to UTF-8 bytes: byte-order marks, UTF-16 by its zero bytes, Windows-1252 where UTF-8
 * does not decode, and a readable refusal of files that are no text at all.
 */
import { ParseError } from '../../core/errors.ts';
import type { FileSource } from '../fileSource.ts';

export type TextEncodingName = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'Windows-1252';

export interface DetectedEncoding {
  /** One that is detected, or the name of any other decoder: an XML file may declare Shift_JIS. */
  readonly name: TextEncodingName | (string & {});
  /** Bytes of the byte-order mark to skip. */
  readonly markBytes: number;
}

const SIGNATURES: readonly { readonly what: string; readonly bytes: readonly number[] }[] = [
  { what: 'a PNG image', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { what: 'a JPEG image', bytes: [0xff, 0xd8, 0xff] },
  { what: 'a GIF image', bytes: [0x47, 0x49, 0x46, 0x38] },
  { what: 'a PDF document', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { what: 'a Linux program', bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { what: 'a zip archive', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { what: 'a gzip file', bytes: [0x1f, 0x8b] },
  { what: 'a 7-Zip archive', bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { what: 'a Zstandard file', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { what: 'a Parquet table', bytes: [0x50, 0x41, 0x52, 0x31] },
  { what: 'an HDF5 file', bytes: [0x89, 0x48, 0x44, 0x46] },
  { what: 'a NumPy array', bytes: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] },
  { what: 'an SQLite database', bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66] },
  { what: 'a Python pickle', bytes: [0x80, 0x02] },
  { what: 'a Python pickle', bytes: [0x80, 0x04, 0x95] },
];

export function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return head.length >= bytes.length && bytes.every((byte, at) => head[at] === byte);
}

/** Shares of zero bytes at even and odd positions: ASCII in UTF-16 has one of them near 1, a binary file neither or both. */
function zeroRatios(head: Uint8Array): { even: number; odd: number } {
  const zeros = [0, 0] as [number, number];
  for (let at = 0; at < head.length; at++) if (head[at] === 0) zeros[at & 1 ? 1 : 0]++;
  const half = Math.max(1, head.length / 2);
  return { even: zeros[0] / half, odd: zeros[1] / half };
}

function decodesAsUtf8(head: Uint8Array): boolean {
  try {
    // `stream` accepts a character cut at the end of the head.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Returns the encoding of a file's first bytes. */
export function detectEncoding(head: Uint8Array): DetectedEncoding {
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return { name: 'UTF-8', markBytes: 3 };
  if (startsWith(head, [0xff, 0xfe])) return { name: 'UTF-16LE', markBytes: 2 };
  if (startsWith(head, [0xfe, 0xff])) return { name: 'UTF-16BE', markBytes: 2 };
  const zeros = zeroRatios(head);
  if (zeros.odd > 0.4 && zeros.even < 0.05) return { name: 'UTF-16LE', markBytes: 0 };
  if (zeros.even > 0.4 && zeros.odd < 0.05) return { name: 'UTF-16BE', markBytes: 0 };
  return { name: decodesAsUtf8(head) ? 'UTF-8' : 'Windows-1252', markBytes: 0 };
}

/** Returns what kind of non-text file the first bytes are, in words, or null when they can be text. */
export function describeBinary(head: Uint8Array): string | null {
  const signature = SIGNATURES.find(({ bytes }) => startsWith(head, bytes));
  if (signature !== undefined) return signature.what;
  const { name } = detectEncoding(head);
  if (name.startsWith('UTF-16')) return null;
  return head.includes(0) ? 'binary data' : null;
}

/** @throws {ParseError} `binary-file`: the first bytes are not text */
export function assertText(path: string, head: Uint8Array): void {
  const what = describeBinary(head);
  if (what === null) return;
  throw new ParseError(`${path} is not a text table: it contains ${what}.`, {
    code: 'binary-file',
    remedy: 'Export the table as CSV text and drop that file instead.',
    details: { file: path, found: what },
  });
}

/** Decodes first bytes for previews and detection. */
export function decodeHead(head: Uint8Array): string {
  const { name, markBytes } = detectEncoding(head);
  return new TextDecoder(name.toLowerCase()).decode(head.subarray(markBytes), { stream: true });
}

/** Yields the file as UTF-8 without its byte-order mark. UTF-8 chunks pass through uncopied. */
export async function* utf8Chunks(
  source: FileSource,
  encoding: DetectedEncoding,
): AsyncGenerator<Uint8Array, void> {
  let skip = encoding.markBytes;
  const decoder = encoding.name === 'UTF-8' ? null : new TextDecoder(encoding.name.toLowerCase());
  const encoder = new TextEncoder();
  for await (const chunk of source.open()) {
    const skipped = Math.min(skip, chunk.length);
    skip -= skipped;
    const rest = skipped === 0 ? chunk : chunk.subarray(skipped);
    yield decoder === null ? rest : encoder.encode(decoder.decode(rest, { stream: true }));
  }
  if (decoder !== null) yield encoder.encode(decoder.decode());
}
