/** Words of a line, some of them in double quotes: the lexis of Pajek and UCINET files. */
import { failSyntax } from './syntaxFailure.ts';

export interface Word {
  readonly text: string;
  /** Written in quotes: a label, whatever it looks like. */
  readonly isQuoted: boolean;
}

const BLANK_SEPARATED = /"([^"]*)"|"|[^\s"]+/g;
const COMMA_SEPARATED = /"([^"]*)"|"|[^\s",]+/g;

/**
 * Returns the words of a line; commas separate too when asked. O(length).
 * @throws {ParseError} a quotation mark that nothing closes
 */
export function splitWords(text: string, file: string, line: number, byCommas = false): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(byCommas ? COMMA_SEPARATED : BLANK_SEPARATED)) {
    if (match[0] === '"')
      failSyntax(file, line, 'a quotation mark is not closed.', 'Close the label with ".', 'unclosed-quote');
    words.push({ text: match[1] ?? match[0], isQuoted: match[1] !== undefined });
  }
  return words;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const NON_FINITE = /^[+-]?(?:nan|inf(?:inity)?)$/i;

/** True for a decimal number, and for NaN and Infinity, which columns treat as missing. */
export const isNumberWord = (text: string): boolean => NUMBER.test(text) || NON_FINITE.test(text);
