/**
 * Tokens of GML from text that arrives in pieces: words, strings, brackets, with their lines. A piece may end within a
 * token; what is left of it waits for the next. Comments are lines that begin with #.
 */
import { LimitError } from '../../core/errors.ts';
import { failSyntax } from '../records/syntaxFailure.ts';
import { decodeEntities } from './entities.ts';

export type GmlTokenKind = 'word' | 'string' | 'open' | 'close';

export type TakeToken = (kind: GmlTokenKind, text: string, line: number) => void;

const TOKEN = /\s+|\[|\]|"[^"]*"|[^\s[\]"]+/y;

export class GmlTokenizer {
  #rest = '';
  #line = 1;
  /** Nothing but blanks stands before the next token on its line. */
  #isLineStart = true;
  readonly #file: string;
  readonly #maxLength: number;
  readonly #take: TakeToken;

  /** @param maxLength characters of the longest string or comment */
  constructor(file: string, maxLength: number, take: TakeToken) {
    this.#file = file;
    this.#maxLength = maxLength;
    this.#take = take;
  }

  /** Takes the next piece of the text. @throws {ParseError | LimitError} */
  push(piece: string): void {
    const text = this.#rest + piece;
    let at = 0;
    while (at < text.length) {
      const end = this.#isLineStart && text[at] === '#' ? endOfLine(text, at) : this.#tokenEnd(text, at);
      // What touches the end of the piece may go on in the next.
      if (end < 0 || (end === text.length && !isBracket(text, at))) break;
      this.#emit(text.slice(at, end));
      at = end;
    }
    this.#rest = text.slice(at);
    if (this.#rest.length > this.#maxLength) this.#failLong();
  }

  /** Says that the text has ended. @throws {ParseError} a string that nothing closes */
  end(): void {
    this.push('\n');
    if (this.#rest.startsWith('"'))
      failSyntax(
        this.#file,
        this.#line,
        'a string is not closed before the end of the file.',
        'Close it with "; write a quotation mark within a string as &quot;.',
        'unclosed-quote',
      );
  }

  /** End of the token at `at`, or -1 when its end is not in the text. */
  #tokenEnd(text: string, at: number): number {
    TOKEN.lastIndex = at;
    return TOKEN.test(text) ? TOKEN.lastIndex : -1;
  }

  #emit(token: string): void {
    const first = token[0] as string;
    const line = this.#line;
    if (this.#isLineStart && first === '#') return;
    if (first === '"' || isBlank(first)) this.#countLines(token);
    if (isBlank(first)) {
      this.#isLineStart ||= this.#line > line;
      return;
    }
    this.#isLineStart = false;
    if (first === '"') this.#take('string', decodeEntities(token.slice(1, -1)), line);
    else if (first === '[') this.#take('open', token, line);
    else if (first === ']') this.#take('close', token, line);
    else this.#take('word', token, line);
  }

  #countLines(token: string): void {
    for (let at = 0; at < token.length; at++) {
      const code = token.charCodeAt(at);
      if (code === 10 || (code === 13 && token.charCodeAt(at + 1) !== 10)) this.#line++;
    }
  }

  #failLong(): never {
    const limit = this.#maxLength;
    throw new LimitError(
      `${this.#file} line ${this.#line}: a string is longer than ${limit.toLocaleString('en-US')} characters.`,
      {
        code: 'line-too-long',
        remedy: 'Check that the quotation marks are closed.',
        details: { file: this.#file, line: this.#line, limit },
      },
    );
  }
}

const isBlank = (character: string): boolean => /\s/.test(character);
const isBracket = (text: string, at: number): boolean => text[at] === '[' || text[at] === ']';

function endOfLine(text: string, at: number): number {
  for (let end = at; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === 10 || code === 13) return end;
  }
  return -1;
}
