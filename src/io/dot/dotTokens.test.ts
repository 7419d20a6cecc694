import { describe, expect, it } from 'vitest';
import { failureOf } from '../testFiles.ts';
import { DotTokens, opensGraph } from './dotTokens.ts';

function tokensOf(text: string): string[] {
  const tokens = new DotTokens(text, 'a.dot');
  const found: string[] = [];
  for (let token = tokens.take(); token.kind !== 'end'; token = tokens.take())
    found.push(`${token.line} ${token.kind} ${token.text}`);
  return found;
}

describe('tokens of DOT', () => {
  it('are names, numerals, operators and keywords in any case', () => {
    expect(tokensOf('DiGraph G{a->b--Ünï_1 -.5 3.14 -1:n;')).toEqual([
      '1 keyword digraph',
      ...['G', '{', 'a', '->', 'b', '--', 'Ünï_1', '-.5', '3.14', '-1', ':', 'n', ';'].map(
        (text) => `1 ${/^[\w.Ü-]*\w/.test(text) ? 'id' : 'mark'} ${text}`,
      ),
    ]);
  });

  it('are strings with their few escapes, joined by +, and HTML as text', () => {
    expect(tokensOf('"say \\"hi\\" \\n \\\\" "a\\\nb"\n"node" + /* c */ "x" <<b>bold</b> <i/>>')).toEqual([
      '1 id say "hi" \\n \\\\',
      '1 id ab',
      '3 id nodex',
      '3 id <b>bold</b> <i/>',
    ]);
  });

  it('stand beside comments and preprocessor lines', () => {
    expect(tokensOf('#include "x"\n// one\r\na /* two\n*/ b\r# three\rc')).toEqual([
      '3 id a',
      '4 id b',
      '6 id c',
    ]);
  });

  it.each([
    ['a\n"b', 'a.dot line 2: a string is not closed.'],
    ['<a<b>', 'a.dot line 1: an HTML string is not closed.'],
    ['a /* b', 'a.dot line 1: a comment is not closed.'],
    ['1abc', "a.dot line 1: '1abc' is no name, number or string of DOT."],
    ['a # b', "a.dot line 1: '#' is no name, number or string of DOT."],
  ])('refuse %j', async (text, message) => {
    const read = Promise.resolve().then(() => tokensOf(text));
    expect(await failureOf(read)).toMatchObject({ name: 'ParseError', message });
  });

  it('tell a graph from other text', () => {
    const graphs = [
      'graph{',
      '// x\nstrict digraph "a b" {',
      '/* a */ /* b */ DIGRAPH G\n{',
      '# 1 "x"\ngraph g {',
    ];
    expect(graphs.filter(opensGraph)).toEqual(graphs);
    expect(['graph [ node', 'graph,x\n', '{"graph": {', 'digraph', '<graph>', ''].filter(opensGraph)).toEqual(
      [],
    );
  });
});
