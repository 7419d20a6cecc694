/**
 * One quick pass over JSON text before it is parsed: how deep it nests, where it holds what `JSON.parse` refuses or
 * spoils (Python's NaN and Infinity; integers beyond 2^53 whose last digits it loses, often ids), and where its beginning can be closed.
 * It checks no grammar: `jsonSyntax.ts` does, when parsing failed.
 */
import { GrowableInt32 } from '../bytes/growable.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const BACKSLASH = 0x5c;
const NON_FINITE = /-?(?:NaN|Infinity)/y;
const NUMBER = /-?[\d.eE+-]+/y;
const LONG_INTEGER = /^-?\d{16,}$/;

export interface JsonSurvey {
  /** Deepest nesting of arrays and objects. */
  readonly depth: number;
  /** Ranges [from, to) of values that must be written otherwise, two entries each. */
  readonly repairs: Int32Array;
  /** The text up to here plus `closers` is whole, however the text goes on. */
  readonly cut: number;
  readonly closers: string;
}

/** Position of the quote that ends the string begun at `start`, or -1. */
export function stringEnd(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end < 0) return -1;
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
}

/** Range of a value at `at` that must be repaired, as the length of its token; sign says whether it must. */
function tokenAt(text: string, at: number): { readonly length: number; readonly isBad: boolean } {
  NON_FINITE.lastIndex = at;
  const word = NON_FINITE.exec(text);
  if (word !== null) return { length: word[0].length, isBad: true };
  NUMBER.lastIndex = at;
  const token = NUMBER.exec(text)?.[0] ?? text.charAt(at);
  return {
    length: token.length,
    isBad: token.length > 15 && LONG_INTEGER.test(token) && String(Number(token)) !== token,
  };
}

const startsToken = (code: number): boolean =>
  code === MINUS || (code >= 0x30 && code <= 0x39) || code === 0x4e || code === 0x49;

/** Surveys the text; nesting beyond `maxDepth` ends it at once. O(length), a byte per level. */
export function surveyJson(text: string, maxDepth: number): JsonSurvey {
  const open: string[] = [];
  const repairs = new GrowableInt32();
  let depth = 0;
  let cut = 0;
  for (let at = 0; at < text.length && depth <= maxDepth; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = stringEnd(text, at);
      if (end < 0) break;
      at = end;
    } else if (code === 0x7b || code === 0x5b) {
      open.push(code === 0x7b ? '}' : ']');
      depth = Math.max(depth, open.length);
      cut = at + 1;
    } else if (code === 0x7d || code === 0x5d) {
      open.pop();
      cut = at + 1;
    } else if (code === COMMA) {
      cut = at;
    } else if (startsToken(code)) {
      const { length, isBad } = tokenAt(text, at);
      if (isBad) {
        repairs.push(at);
        repairs.push(at + length);
      }
      at += length - 1;
    }
  }
  return { depth, repairs: repairs.finish(), cut, closers: open.reverse().join('') };
}

/** Returns the text with NaN and Infinity as null, and integers beyond 2^53 as strings of their digits. */
export function repairedJson(text: string, repairs: Int32Array): string {
  if (repairs.length === 0) return text;
  const parts: string[] = [];
  let done = 0;
  for (let at = 0; at < repairs.length; at += 2) {
    const [from, to] = [repairs[at] as number, repairs[at + 1] as number];
    const token = text.slice(from, to);
    parts.push(text.slice(done, from), isNonFinite(token) ? 'null' : `"${token}"`);
    done = to;
  }
  parts.push(text.slice(done));
  return parts.join('');
}

export const isNonFinite = (token: string): boolean => /[NI]/.test(token);
