/** Small strict readers that the exporters' tests hold the written bytes against; independent of the readers in `io`. */

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
