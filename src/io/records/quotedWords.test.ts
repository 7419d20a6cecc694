import { describe, expect, it } from 'vitest';
import { failureOf } from '../testFiles.ts';
import { isNumberWord, splitWords } from './quotedWords.ts';

const wordsOf = (text: string, byCommas = false) =>
  splitWords(text, 'a.net', 3, byCommas).map(({ text: word, isQuoted }) => (isQuoted ? `"${word}"` : word));

describe('words of a line', () => {
  it('are separated by blanks; quotes keep blanks, and empty labels', () => {
    expect(wordsOf('  1 "Vert 1"\t0.5 "" x')).toEqual(['1', '"Vert 1"', '0.5', '""', 'x']);
    expect(wordsOf('')).toEqual([]);
    expect(wordsOf('a,b c')).toEqual(['a,b', 'c']);
  });

  it('are separated by commas where the format says so', () => {
    expect(wordsOf('george, "de la, Cruz",jim', true)).toEqual(['george', '"de la, Cruz"', 'jim']);
  });

  it('with an open quotation mark are refused', async () => {
    expect(await failureOf(Promise.resolve().then(() => wordsOf('1 "Vert')))).toEqual({
      name: 'ParseError',
      code: 'unclosed-quote',
      message: 'a.net line 3: a quotation mark is not closed.',
      remedy: 'Close the label with ".',
      details: { file: 'a.net', line: 3 },
    });
  });

  it('are numbers or not', () => {
    expect(['1', '-.5', '+1e-5', '2.', 'NaN', '-inf'].filter(isNumberWord)).toHaveLength(6);
    expect(['', '.', '0x10', '1,5', 'e5', 'nano', '1 2'].filter(isNumberWord)).toEqual([]);
  });
});
