/**
 * Finds the first place where text is no JSON (RFC 8259), for messages with line and column: what engines say differs
 * and often names no position. Runs only after `JSON.parse` refused the text.
 */
import { stringEnd } from './jsonSurvey.ts';

type Expected = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end' | 'nothing';

const WORDS: Readonly<Record<Expected, (closer: string) => string>> = {
  value: () => 'a value',
  'value-or-end': () => "a value or ']'",
  name: () => 'a name in double quotes',
  'name-or-end': () => "a name in double quotes or '}'",
  colon: () => "':'",
  'comma-or-end': (closer) => `',' or '${closer}'`,
  nothing: () => 'the end of the file',
};

const SPACE = /[ \t\n\r]*/y;
/** NaN and Infinity are repaired before parsing, so they are not what is wrong. */
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|NaN|-?Infinity/y;
/** Control characters (all that stands before the space) and backslashes. */
const SPECIAL = /[^ -\uffff]|\\/g;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

export interface JsonError {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
  /** What is wrong, without a full stop. */
  readonly what: string;
}

interface Fault {
  readonly offset: number;
  readonly what: string;
}

/** Position after the token, or what is wrong with it. */
type Step = number | Fault;

const lengthAt = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
};

function readString(text: string, at: number): Step {
  const end = stringEnd(text, at);
  const body = text.slice(at + 1, end < 0 ? undefined : end);
  SPECIAL.lastIndex = 0;
  for (let found = SPECIAL.exec(body); found !== null; found = SPECIAL.exec(body)) {
    const offset = at + 1 + found.index;
    if (found[0] !== '\\') {
      return { offset, what: 'a string holds a line break or another control character' };
    }
    const length = lengthAt(ESCAPE, body, found.index);
    if (length === 0) return { offset, what: `'${text.slice(offset, offset + 2)}' is no escape of JSON` };
    SPECIAL.lastIndex = found.index + length;
  }
  return end < 0 ? { offset: at, what: 'a string does not end' } : end + 1;
}

/** Walks tokens with the open brackets on a stack. */
class Walk {
  readonly #text: string;
  readonly #closers: string[] = [];
  #expected: Expected = 'value';

  constructor(text: string) {
    this.#text = text;
  }

  fault(): Fault | null {
    let at = lengthAt(SPACE, this.#text, 0);
    while (at < this.#text.length) {
      const step = this.#token(at);
      if (typeof step !== 'number') return step;
      at = step + lengthAt(SPACE, this.#text, step);
    }
    if (this.#expected === 'nothing') return null;
    return { offset: at, what: `expected ${this.#words()} but the file ends` };
  }

  #token(at: number): Step {
    const char = this.#text.charAt(at);
    switch (this.#expected) {
      case 'value':
      case 'value-or-end':
        return this.#expected === 'value-or-end' && char === ']' ? this.#close(at) : this.#value(at, char);
      case 'name':
      case 'name-or-end':
        if (char === '}' && this.#expected === 'name-or-end') return this.#close(at);
        if (char !== '"') return this.#unexpected(at);
        this.#expected = 'colon';
        return readString(this.#text, at);
      case 'colon':
        if (char !== ':') return this.#unexpected(at);
        this.#expected = 'value';
        return at + 1;
      case 'comma-or-end':
        if (char === this.#closers.at(-1)) return this.#close(at);
        if (char !== ',') return this.#unexpected(at);
        this.#expected = this.#closers.at(-1) === '}' ? 'name' : 'value';
        return at + 1;
      case 'nothing':
        return this.#unexpected(at);
      default:
        return this.#expected satisfies never;
    }
  }

  #value(at: number, char: string): Step {
    if (char === '{' || char === '[') {
      this.#closers.push(char === '{' ? '}' : ']');
      this.#expected = char === '{' ? 'name-or-end' : 'value-or-end';
      return at + 1;
    }
    if (char === '"') {
      this.#afterValue();
      return readString(this.#text, at);
    }
    const length = lengthAt(SCALAR, this.#text, at);
    if (length === 0) return this.#unexpected(at);
    this.#afterValue();
    return at + length;
  }

  #close(at: number): number {
    this.#closers.pop();
    this.#afterValue();
    return at + 1;
  }

  #afterValue(): void {
    this.#expected = this.#closers.length === 0 ? 'nothing' : 'comma-or-end';
  }

  #words(): string {
    return WORDS[this.#expected](this.#closers.at(-1) ?? '');
  }

  #unexpected(offset: number): Fault {
    const found = String.fromCodePoint(this.#text.codePointAt(offset) as number);
    return { offset, what: `expected ${this.#words()} but found '${found}'` };
  }
}

/** Returns the first error of the text, or null when it is JSON (NaN and Infinity allowed). O(length). */
export function findJsonError(text: string): JsonError | null {
  const fault = new Walk(text).fault();
  if (fault === null) return null;
  const before = text.slice(0, fault.offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line++;
  return { line, column: fault.offset - lineStart + 1, what: fault.what };
}
