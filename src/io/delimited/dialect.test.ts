import { describe, expect, it } from 'vitest';
import { describeDialect, detectDialect, looksTabular, sampleRows } from './dialect.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const words = (text: string): string => describeDialect(detectDialect(bytes(text)));

describe('detectDialect', () => {
  it.each([
    ['source,target\na,b\nc,d\n', 'comma separated, UTF-8, header row'],
    ['\uFEFFid;name;value\n1;a;2\n2;b;3\n', 'semicolon separated, UTF-8, header row'],
    ['Mick, S;Rupf, S\nRupf, S;Mile, I\nMick, S;Mile, I\n', 'semicolon separated, UTF-8, no header row'],
    ['a\tb\tc\nd\te\tf\na\te\tc\n', 'tab separated, UTF-8, no header row'],
    ['1 2 1082040961\n3 4 1082155839\n', 'space separated, UTF-8, no header row'],
    ['1|24|M\n2|53|F\n', 'pipe separated, UTF-8, no header row'],
    ['id;x\n1;0,5\n2;1,25\n', 'semicolon separated, UTF-8, header row, decimal comma'],
    [
      '# Nodes: 3\n# From\tTo\n1\t2\n2\t3\n',
      'tab separated, UTF-8, no header row, lines beginning with # skipped',
    ],
    ['#id,label\n1,a\n2,b\n', 'comma separated, UTF-8, header row'],
    ['alice,bob\nbob,carol\n', 'comma separated, UTF-8, no header row'],
    ['person,friend\nalice,bob\nbob,carol\n', 'comma separated, UTF-8, header row'],
  ])('reads %j as %s', (text, expected) => {
    expect(words(text)).toBe(expected);
  });

  it('takes off a semicolon that ends every row', () => {
    const head = bytes('1\t0;\n3\t2;\n');
    expect(sampleRows(head, detectDialect(head))).toEqual([
      ['1', '0'],
      ['3', '2'],
    ]);
  });

  it('takes stray quotes of tab-separated text for characters', () => {
    const head = bytes('id\tname\n1\t"5" disk\n2\tplain\n');
    expect(sampleRows(head, detectDialect(head))).toEqual([
      ['id', 'name'],
      ['1', '"5" disk'],
      ['2', 'plain'],
    ]);
  });
});

describe('looksTabular', () => {
  it.each([
    ['a,b\n1,2\n', true],
    ['<graphml xmlns="x">\n<node id="1"/>\n', false],
    ['{"a": 1,\n"b": 2}', false],
    ['This is just text\nAnother line of it\nMore\n', false],
    ['', false],
  ])('%j → %s', (text, expected) => {
    expect(looksTabular(bytes(text))).toBe(expected);
  });
});
