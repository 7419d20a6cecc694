import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../testFiles.ts';
import { GmlTokenizer } from './gmlTokens.ts';

function tokensOf(pieces: readonly string[], maxLength = 1000): string[] {
  const tokens: string[] = [];
  const tokenizer = new GmlTokenizer('a.gml', maxLength, (kind, text, line) =>
    tokens.push(`${line} ${kind} ${text}`),
  );
  for (const piece of pieces) tokenizer.push(piece);
  tokenizer.end();
  return tokens;
}

const SAMPLE = '# one\r\ngraph [\r\n  label "two\nlines &amp; #" # x\n\t#y ]\n id -1.5]z';

describe('tokens of GML', () => {
  it('are words, strings and brackets with their lines; # begins a comment at the start of a line only', () => {
    expect(tokensOf([SAMPLE])).toEqual([
      '2 word graph',
      '2 open [',
      '3 word label',
      '3 string two\nlines & #',
      '4 word #',
      '4 word x',
      '6 word id',
      '6 word -1.5',
      '6 close ]',
      '6 word z',
    ]);
    expect(tokensOf(['a\rb'])).toEqual(['1 word a', '2 word b']);
    expect(tokensOf(['a # comment?'])).toEqual(['1 word a', '1 word #', '1 word comment?']);
    expect(tokensOf(['# no line end'])).toEqual([]);
  });

  it('do not depend on where the text is cut', () => {
    const whole = tokensOf([SAMPLE]);
    const cuts = fc.array(fc.nat(SAMPLE.length), { maxLength: 6 });
    fc.assert(
      fc.property(cuts, (given) => {
        const ends = [0, ...given.sort((a, b) => a - b), SAMPLE.length];
        const pieces = ends.slice(1).map((end, at) => SAMPLE.slice(ends[at], end));
        expect(tokensOf(pieces)).toEqual(whole);
      }),
    );
  });

  it('are refused when a string does not end', async () => {
    const open = Promise.resolve().then(() => tokensOf(['a\n"b\nc']));
    expect(await failureOf(open)).toEqual({
      name: 'ParseError',
      code: 'unclosed-quote',
      message: 'a.gml line 2: a string is not closed before the end of the file.',
      remedy: 'Close it with "; write a quotation mark within a string as &quot;.',
      details: { file: 'a.gml', line: 2 },
    });
    const long = Promise.resolve().then(() => tokensOf([`a "${'x'.repeat(99)}`, 'y'], 50));
    expect(await failureOf(long)).toMatchObject({ name: 'LimitError', code: 'line-too-long' });
  });
});
