/**
 * Tokens of the DOT language: names, numerals, quoted strings (joined by +), HTML strings, operators. Blanks, comments
 * and preprocessor lines (#) are skipped. https://graphviz.org/doc/info/lang.html
 */
import { failSyntax, shown } from '../records/syntaxFailure.ts';

export interface DotToken {
  /** `id`: a name, numeral or string; `keyword`: lower case; `mark`: an operator or bracket. */
  readonly kind: 'id' | 'keyword' | 'mark' | 'end';
  readonly text: string;
  readonly line: number;
}

const KEYWORDS = new Set(['strict', 'graph', 'digraph', 'subgraph', 'node', 'edge']);
const NAME = /[A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*/y;
const NUMERAL = /-?(?:\.\d+|\d+(?:\.\d*)?)(?![\w\u0080-\uFFFF])/y;
const QUOTED = /"[^"\\]*(?:\\[^][^"\\]*)*"/y;
const MARK = /->|--|[{}[\]=;,:]/y;
const BLANKS = /\s+/y;
const LINE_COMMENT = /\/\/[^\n\r]*|#[^\n\r]*/y;
const BLOCK_COMMENT = /\/\*[^]*?\*\//y;

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

const isLineStart = (text: string, at: number): boolean => at === 0 || /[\n\r]/.test(text[at - 1] as string);

/** Returns where the next token begins: behind blanks and comments. */
export function skipSilent(text: string, from: number): number {
  let at = from;
  for (;;) {
    const skipped =
      matchAt(BLANKS, text, at) ??
      (text[at] === '/' || (text[at] === '#' && isLineStart(text, at))
        ? (matchAt(LINE_COMMENT, text, at) ?? matchAt(BLOCK_COMMENT, text, at))
        : null);
    if (skipped === null) return at;
    at += skipped.length;
  }
}

/** True when the text begins as a graph in DOT does; a cut-off beginning of a file is enough. */
export const opensGraph = (text: string): boolean =>
  /^(?:strict\s+)?(?:di)?graph\s*(?:\{|[\w\u0080-\uFFFF]+\s*\{|"[^"]*"\s*\{)/i.test(
    text.slice(skipSilent(text, 0)),
  );

/** Only \" and a line end behind a backslash are escapes of the language; others belong to attributes. */
const unescape = (quoted: string): string =>
  quoted.slice(1, -1).replace(/\\(?:(")|\r\n|\n|\r)/g, (_, quote: string | undefined) => quote ?? '');

export class DotTokens {
  readonly #text: string;
  readonly #file: string;
  #at = 0;
  #line = 1;
  #next: DotToken | null = null;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  /** The next token, which stays. @throws {ParseError} no token of the language */
  peek(): DotToken {
    this.#next ??= this.#read();
    return this.#next;
  }

  /** The next token, which is gone then. @throws {ParseError} no token of the language */
  take(): DotToken {
    const token = this.peek();
    this.#next = null;
    return token;
  }

  /** Takes the next token when it is this mark. */
  takeMark(mark: string): boolean {
    const { kind, text } = this.peek();
    const isIt = kind === 'mark' && text === mark;
    if (isIt) this.#next = null;
    return isIt;
  }

  #read(): DotToken {
    this.#advance(skipSilent(this.#text, this.#at));
    const line = this.#line;
    const first = this.#text[this.#at];
    if (first === undefined) return { kind: 'end', text: '', line };
    if (first === '"') return { kind: 'id', text: this.#quoted(), line };
    if (first === '<') return { kind: 'id', text: this.#html(), line };
    const mark = matchAt(MARK, this.#text, this.#at);
    const word = mark ?? matchAt(NAME, this.#text, this.#at) ?? matchAt(NUMERAL, this.#text, this.#at);
    if (word === null) return this.#failCharacter();
    this.#advance(this.#at + word.length);
    if (mark !== null) return { kind: 'mark', text: word, line };
    const isKeyword = KEYWORDS.has(word.toLowerCase());
    return { kind: isKeyword ? 'keyword' : 'id', text: isKeyword ? word.toLowerCase() : word, line };
  }

  /** One or more quoted strings, joined by +. */
  #quoted(): string {
    const parts: string[] = [];
    for (;;) {
      const quoted = matchAt(QUOTED, this.#text, this.#at);
      if (quoted === null)
        failSyntax(this.#file, this.#line, 'a string is not closed.', 'Close it with ".', 'unclosed-quote');
      parts.push(unescape(quoted));
      this.#advance(this.#at + quoted.length);
      const plus = skipSilent(this.#text, this.#at);
      const next = this.#text[plus] === '+' ? skipSilent(this.#text, plus + 1) : -1;
      if (next < 0 || this.#text[next] !== '"') return parts.join('');
      this.#advance(next);
    }
  }

  /** `<…>` with balanced brackets; what is between them, as text. */
  #html(): string {
    const from = this.#at + 1;
    let depth = 1;
    let at = from;
    for (; at < this.#text.length && depth > 0; at++) {
      if (this.#text[at] === '<') depth++;
      else if (this.#text[at] === '>') depth--;
    }
    if (depth > 0)
      failSyntax(
        this.#file,
        this.#line,
        'an HTML string is not closed.',
        'Close every < with >.',
        'unclosed-quote',
      );
    this.#advance(at);
    return this.#text.slice(from, at - 1);
  }

  #advance(to: number): void {
    for (; this.#at < to; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 10 || (code === 13 && this.#text.charCodeAt(this.#at + 1) !== 10)) this.#line++;
    }
  }

  #failCharacter(): never {
    const word = /^\S+/.exec(this.#text.slice(this.#at, this.#at + 80))?.[0] ?? '';
    if (word.startsWith('/*'))
      failSyntax(this.#file, this.#line, 'a comment is not closed.', 'Close it with */.', 'unclosed-comment');
    return failSyntax(
      this.#file,
      this.#line,
      `${shown(word)} is no name, number or string of DOT.`,
      'Put names that are not plain words into double quotes.',
    );
  }
}
