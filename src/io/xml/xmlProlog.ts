/** What the first bytes of an XML file tell: its encoding and its root element. */
import { decodeHead, type DetectedEncoding, detectEncoding } from '../bytes/textEncoding.ts';
import type { ProbedFile } from '../importTypes.ts';
import { failSyntax, shown } from '../records/syntaxFailure.ts';

/** Enough of a file to see that it does not start as XML does. */
const GLANCE_BYTES = 256;
const DECLARED = /^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([^"'>]*)["']/;
const ROOT = /^<([^\s<>/=!?&'"]+)/;

export interface XmlEncoding {
  readonly encoding: DetectedEncoding;
  /** The encoding the file declares although its bytes are none such; null = they agree. */
  readonly mistaken: string | null;
}

/**
 * Returns the encoding by https://www.w3.org/TR/xml/#sec-guessing: a byte-order mark or UTF-16 by its zero bytes, else
 * the declaration, else UTF-8. A declaration of UTF-8 or UTF-16 that the bytes refute gives way to the bytes.
 * @throws {ParseError} `unknown-encoding`: a declared encoding that no decoder exists for
 */
export function xmlEncoding(path: string, head: Uint8Array): XmlEncoding {
  const detected = detectEncoding(head);
  const declared = DECLARED.exec(decodeHead(head.subarray(0, GLANCE_BYTES * 4)))?.[1]?.trim() ?? '';
  if (detected.markBytes > 0 || detected.name.startsWith('UTF-16'))
    return { encoding: detected, mistaken: null };
  const label = declared === '' ? 'utf-8' : decoderLabel(declared);
  if (label === null && detected.name !== 'UTF-8') {
    failSyntax(
      path,
      1,
      `the encoding ${shown(declared)} is not known.`,
      'Save the file as UTF-8 and drop it again.',
      'unknown-encoding',
    );
  }
  // UTF-16 without a mark and without zero bytes is what programs write that convert a finished text to UTF-8.
  if (label === null || label === 'utf-8' || label.startsWith('utf-16')) {
    const isMistaken = detected.name !== 'UTF-8' || label !== 'utf-8';
    return { encoding: detected, mistaken: isMistaken ? declared || 'UTF-8' : null };
  }
  return { encoding: { name: label, markBytes: 0 }, mistaken: null };
}

/** Returns the name of the decoder for a declared encoding, or null. */
function decoderLabel(declared: string): string | null {
  try {
    return new TextDecoder(declared).encoding;
  } catch {
    return null;
  }
}

/** Returns the name without its namespace prefix. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Returns the local name of the root element, or null when the first bytes are no XML or do not reach it. O(bytes). */
export function xmlRootName(head: Uint8Array): string | null {
  if (!decodeHead(head.subarray(0, GLANCE_BYTES)).trimStart().startsWith('<')) return null;
  const text = decodeHead(head);
  let at = 0;
  for (;;) {
    while (at < text.length && text.charCodeAt(at) <= 32) at++;
    const end = prologPartEnd(text, at);
    if (end < 0) return null;
    if (end === at) break;
    at = end;
  }
  const name = ROOT.exec(text.slice(at, at + GLANCE_BYTES))?.[1];
  return name === undefined ? null : localName(name);
}

/** End of the comment, instruction or document type at a position; the position itself when it is none; -1 = cut off. */
function prologPartEnd(text: string, at: number): number {
  const endOf = (terminator: string, from: number): number => {
    const end = text.indexOf(terminator, from);
    return end < 0 ? -1 : end + terminator.length;
  };
  if (text.startsWith('<!--', at)) return endOf('-->', at + 4);
  if (text.startsWith('<?', at)) return endOf('?>', at + 2);
  if (!/^<!doctype/i.test(text.slice(at, at + 9))) return at;
  const close = endOf('>', at);
  const subset = text.indexOf('[', at);
  return subset < 0 || subset > close ? close : endOf('>', Math.max(subset, text.indexOf(']', subset)));
}

/** How sure a format with this root element, which is its file extension too, may be that the file is its own. */
export function recogniseXml(file: ProbedFile, root: string): number {
  const found = xmlRootName(file.head);
  if (found === root) return 1;
  const hasName = file.source.path.toLowerCase().endsWith(`.${root}`);
  // Another root is a mistake worth explaining; no XML at all is for the other formats first.
  return hasName ? (found === null ? 0.3 : 0.5) : 0;
}
