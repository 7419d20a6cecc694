/** Small strict readers that the exporters' tests hold the written bytes against; independent of the readers in `io`. */
import type { ExportInput } from './exporterTypes.ts';
import { EXPORTERS } from './index.ts';

/** The text that an exporter writes. */
export async function exportedText(id: string, input: ExportInput): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true }).decode((await EXPORTERS.get(id).write(input)).bytes);
}

export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_, code?: string, name?: string) =>
    code === undefined ? (NAMED[name ?? ''] as string) : String.fromCodePoint(Number(code)),
  );
}

/** Parses elements, attributes and text. @throws {Error} anything else, or a character XML 1.0 forbids */
export function parseXml(source: string): XmlNode {
  for (const character of source) {
    const code = character.codePointAt(0) as number;
    const isChar = code >= 32 ? code !== 0xfffe && code !== 0xffff : code === 9 || code === 10 || code === 13;
    if (!isChar) throw new Error(`Character ${code} is not allowed in XML 1.0`);
  }
  const root: XmlNode = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const token = /<\?xml[^>]*\?>|<\/([\w:.]+)>|<([\w:.]+)((?:\s+[\w:.]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const match = token.exec(source);
    if (match === null) throw new Error(`Not well formed at ${at}: ${source.slice(at, at + 40)}`);
    const [, closed, opened, attributes, isEmpty, text] = match;
    const parent = open.at(-1) as XmlNode;
    if (text !== undefined) {
      if (/&(?!(?:#\d+|amp|lt|gt|quot|apos);)/.test(text)) throw new Error(`Bare & in: ${text}`);
      parent.text += unescape(text);
    } else if (closed !== undefined) {
      if (open.pop()?.name !== closed) throw new Error(`</${closed}> closes another element`);
    } else if (opened !== undefined) {
      const pairs = [...(attributes ?? '').matchAll(/([\w:.]+)="([^"]*)"/g)];
      const node: XmlNode = {
        name: opened,
        attributes: Object.fromEntries(pairs.map((pair) => [pair[1] as string, unescape(pair[2] as string)])),
        children: [],
        text: '',
      };
      parent.children.push(node);
      if (isEmpty !== '/') open.push(node);
    }
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error('Not exactly one closed root element');
  return root.children[0] as XmlNode;
}

/** Parses RFC 4180 with LF line ends. @throws {Error} a stray quote */
export function parseCsvText(source: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/gy;
  while (cell.lastIndex < source.length) {
    const match = cell.exec(source);
    if (match === null) throw new Error('Stray quote or missing line end');
    rows.at(-1)?.push(match[1] === undefined ? (match[2] as string) : match[1].replaceAll('""', '"'));
    if (match[3] === '\n') rows.push([]);
  }
  rows.pop();
  return rows;
}

/** Unpaired surrogates as U+FFFD, as UTF-8 has them. */
export const wellFormed = (text: string): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));

/** What XML 1.0 cannot hold, in the escape of `xmlText.ts`. */
export function printable(text: string): string {
  return Array.from(text)
    .map((character) => {
      const code = character.codePointAt(0) as number;
      const isHalf = code >= 0xd800 && code < 0xe000;
      const isForbidden =
        (code < 32 && ![9, 10, 13].includes(code)) || isHalf || code === 0xfffe || code === 0xffff;
      return isForbidden ? `_x${code.toString(16).toUpperCase().padStart(4, '0')}_` : character;
    })
    .join('');
}

/** A GML value: a real number is kept apart from an integer, since GML tells them apart. */
export type GmlValue = number | string | { readonly real: number } | GmlPair[];
export type GmlPair = readonly [key: string, value: GmlValue];

/** Parses GML by the grammar of the report: ASCII, keys of letters and digits, lists in brackets. @throws {Error} else */
export function parseGml(source: string): GmlPair[] {
  if (/[^\n -~]/.test(source)) throw new Error('Not ASCII');
  const open: GmlPair[][] = [[]];
  const token =
    /\s*(?:(\])|([A-Za-z][A-Za-z0-9]*)\s+(?:(\[)|"([^"]*)"|([+-]?\d*\.\d*(?:E[+-]?\d+)?)|([+-]?\d+)(?=\s)))/y;
  while (source.slice(token.lastIndex).trim() !== '') {
    const at = token.lastIndex;
    const match = token.exec(source);
    if (match === null) throw new Error(`Not GML at ${at}: ${source.slice(at, at + 40)}`);
    const [, close, key = '', list, text, real, integer] = match;
    const parent = open.at(-1) as GmlPair[];
    if (close !== undefined) {
      open.pop();
      if (open.length === 0) throw new Error('A bracket too many');
    } else if (list !== undefined) {
      const inner: GmlPair[] = [];
      parent.push([key, inner]);
      open.push(inner);
    } else if (text !== undefined) parent.push([key, unescapeGml(text)]);
    else parent.push([key, real === undefined ? Number(integer) : { real: Number(real) }]);
  }
  if (open.length !== 1) throw new Error('A bracket is not closed');
  return open[0] as GmlPair[];
}

function unescapeGml(text: string): string {
  if (/&(?!(?:#\d+|amp|quot);)/.test(text)) throw new Error(`Bare & in: ${text}`);
  return unescape(text);
}

/** Values of the list(s) of that key, one after another. */
export function gmlList(pairs: readonly GmlPair[], key: string): GmlPair[] {
  return pairs.flatMap(([own, value]) => (own === key && Array.isArray(value) ? value : []));
}
