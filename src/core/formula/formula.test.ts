import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../bitset.ts';
import { cellText, type Column } from '../columns.ts';
import { CancelledError, ParameterError } from '../errors.ts';
import { utf8Table } from '../utf8Table.ts';
import { compileFormula } from './formula.ts';
import { FORMULA_FUNCTIONS } from './formulaFunctions.ts';
import { SPECIAL_FORMS } from './specialForms.ts';

const COLUMNS: readonly Column[] = [
  {
    kind: 'f64',
    name: 'price',
    length: 3,
    validity: bitsetOf(3, [0, 1]),
    values: Float64Array.of(10, -4, 99),
  },
  { kind: 'i32', name: 'count', length: 3, validity: null, values: Int32Array.of(3, 0, 7) },
  { kind: 'bool', name: 'open', length: 3, validity: bitsetOf(3, [0, 1]), values: Uint8Array.of(1, 0, 0) },
  {
    kind: 'category',
    name: 'net [type]',
    length: 3,
    validity: null,
    codes: Int32Array.of(1, 0, 1),
    dictionary: ['Café', 'bar'],
  },
  { kind: 'text', name: 'title', length: 3, validity: null, text: utf8Table(['a b', '', '12']) },
  {
    kind: 'date',
    name: 'created',
    length: 3,
    validity: null,
    values: Float64Array.of(Date.UTC(2024, 1, 29, 13), 0, -1),
  },
  { kind: 'vector', name: 'x', length: 3, validity: null, width: 1, values: new Float32Array(3) },
];

async function results(text: string, columns = COLUMNS, numRows = 3): Promise<string[]> {
  const column = await compileFormula(text, columns, numRows).evaluate('out');
  expect(column).toMatchObject({ name: 'out', length: numRows });
  return Array.from({ length: numRows }, (_, row) => cellText(column, row));
}
const constant = async (text: string): Promise<string> => (await results(text, [], 1))[0] as string;

describe('formula values', () => {
  it.each([
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['2 ^ 3 ^ 2', '512'],
    ['-2 ^ 2', '-4'],
    ['2 ^ -1', '0.5'],
    ['10 - 4 - 3', '3'],
    ['7 % 3', '1'],
    ['-7 % 3', '2'],
    ['.5 + 1.e1 + 2E-1', '10.7'],
    ['1 / 0', ''],
    ['0 / 0', ''],
    ['log(0)', ''],
    ['sqrt(-1)', ''],
    ['10 ^ 400', ''],
    ['1 < 2 and not 2 < 1', 'true'],
    ['not 1 = 2', 'true'],
    ['true or false and false', 'true'],
    ['1 != 1 or 1 == 1', 'true'],
    ['\'b\' > "a"', 'true'],
    ["'it''s'", "it's"],
    ['"say ""hi"""', 'say "hi"'],
    ['round(2.5)', '3'],
    ['round(-2.5)', '-2'],
    ['round(1.2345, 2)', '1.23'],
    ['round(1234, -2)', '1200'],
    ['round(1e300, 5)', '1e+300'],
    ['MAX(1, 3, 2) + min(4)', '7'],
    ['abs(-1) + sign(-9) + floor(1.9) + ceil(1.1) + exp(0) + log10(100) + log(1)', '6'],
    ["upper(trim('  ab '))", 'AB'],
    ["length('a😀')", '2'],
    ["contains('graph', 'rap') and startsWith('graph', 'g') and endsWith('graph', 'h')", 'true'],
    ["concat('a', 1, true, date('2024-02-29'))", 'a1true2024-02-29T00:00:00.000Z'],
    ["number('1.5') + 1", '2.5'],
    ["number('x')", ''],
    ['text(1.5)', '1.5'],
    ["date('2024-02-30')", ''],
    [
      "year(date('2024-02-29')) * 10000 + month(date('2024-02-29')) * 100 + day(date('2024-02-29'))",
      '20240229',
    ],
    ["weekday(date('2024-02-29'))", '4'],
    ["weekday(date('2024-03-03'))", '7'],
    ["daysBetween(date('2024-02-28'), date('2024-03-01T12:00'))", '2.5'],
    ['if(1 < 2, 3, 4)', '3'],
    ['coalesce(1 / 0, 5)', '5'],
    ['isMissing(1 / 0)', 'true'],
  ])('%s is %s', async (text, expected) => {
    expect(await constant(text)).toBe(expected);
  });

  it('reads every kind of single value, in brackets where the name asks for it', async () => {
    expect(await results('price * 2 + count')).toEqual(['23', '-8', '']);
    expect(await results('[net [type]]] = "bar"')).toEqual(['true', 'false', 'true']);
    expect(await results('lower([net [type]]])')).toEqual(['bar', 'café', 'bar']);
    expect(await results('hour(created)')).toEqual(['13', '0', '23']);
    expect(await results("created >= '1970-01-01'")).toEqual(['true', 'true', 'false']);
    expect(await results('number(title)')).toEqual(['', '', '12']);
    expect(await results('if(open, title, "shut")')).toEqual(['a b', 'shut', '']);
  });

  it('lets missing cells through, except where the rest settles the answer', async () => {
    expect(await results('isMissing(price)')).toEqual(['false', 'false', 'true']);
    expect(await results('coalesce(price, count)')).toEqual(['10', '-4', '7']);
    expect(await results('open or count > 5')).toEqual(['true', 'false', 'true']);
    expect(await results('open and count > 5')).toEqual(['false', 'false', '']);
    expect(await results('open and count < 5')).toEqual(['true', 'false', 'false']);
    expect(await results('not open')).toEqual(['false', 'true', '']);
    expect(await results('max(price, count)')).toEqual(['10', '0', '']);
    expect(await results('if(isMissing(price), 0, price)')).toEqual(['10', '-4', '0']);
  });

  it('gives the kind that fits', async () => {
    const kind = async (text: string) => (await compileFormula(text, COLUMNS, 3).evaluate('k')).kind;
    expect(await kind('count')).toBe('f64');
    expect(await kind('count > 1')).toBe('bool');
    expect(await kind('created')).toBe('date');
    expect(await kind('title')).toBe('text');
    const words: Column = {
      kind: 'text',
      name: 'w',
      length: 4,
      validity: null,
      text: utf8Table(['b', 'a', 'b', 'a']),
    };
    expect(await compileFormula('upper(w)', [words], 4).evaluate('k')).toMatchObject({
      kind: 'category',
      dictionary: ['A', 'B'],
      codes: Int32Array.of(1, 0, 1, 0),
      validity: null,
    });
    expect(compileFormula('count + price', COLUMNS, 3)).toMatchObject({
      resultType: 'number',
      columnsRead: ['price', 'count'],
    });
  });

  it('agrees with JavaScript on random arithmetic (property)', async () => {
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.integer({ min: 0, max: 9 }).map(String),
        fc.constantFrom('a', 'b'),
        fc
          .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/'), tie('expression'))
          .map(([left, operator, right]) => `${left} ${operator} ${right}`),
        tie('expression').map((inner) => `(${inner})`),
        tie('expression').map((inner) => `- ${inner}`),
      ),
    }));
    const table: Column[] = [
      { kind: 'f64', name: 'a', length: 2, validity: null, values: Float64Array.of(1.5, -3) },
      { kind: 'f64', name: 'b', length: 2, validity: null, values: Float64Array.of(0, 7) },
    ];
    await fc.assert(
      fc.asyncProperty(expression, async (text) => {
        const column = await compileFormula(text, table, 2).evaluate('out');
        for (const [row, a, b] of [
          [0, 1.5, 0],
          [1, -3, 7],
        ] as const) {
          // oxlint-disable-next-line typescript/no-implied-eval -- the reference; the formula itself generates no code
          const expected = new Function('a', 'b', `return ${text}`)(a, b) as number;
          // A result that is no number on the way is missing from there on.
          if (cellText(column, row) !== '') expect(Number(cellText(column, row))).toBe(expected + 0);
          else expect(text).toContain('/');
        }
      }),
    );
  });

  it('works across blocks, reports and stops', async () => {
    const length = 10_000;
    const long: Column = {
      kind: 'i32',
      name: 'n',
      length,
      validity: null,
      values: Int32Array.from({ length }, (_, row) => row),
    };
    const seen: number[] = [];
    const formula = compileFormula('n * 2', [long], length);
    const column = await formula.evaluate('d', { report: (ratio) => seen.push(ratio) });
    expect([0, 4095, 4096, 9999].map((row) => cellText(column, row))).toEqual(['0', '8190', '8192', '19998']);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
    await expect(formula.evaluate('d', { signal: AbortSignal.abort() })).rejects.toEqual(
      new CancelledError('The formula'),
    );
  });
});

describe('formula errors', () => {
  const refusal = (text: string): ParameterError => {
    try {
      compileFormula(text, COLUMNS, 3);
    } catch (error) {
      if (error instanceof ParameterError) return error;
      throw error;
    }
    throw new Error(`'${text}' was accepted`);
  };

  it.each([
    ['pric * 2', "Formula, character 1: there is no column 'pric'."],
    ['1 + rond(2)', "Formula, character 5: there is no function 'rond'."],
    ['1 + title', "Formula, character 5: '+' needs a number; this is a text."],
    ['price and open', "Formula, character 1: 'and' needs true or false; this is a number."],
    ['title < 3', "Formula, character 9: '<' after a text needs a text; this is a number."],
    ['if(open, 1, title)', 'Formula, character 13: if needs a number; this is a text.'],
    ['coalesce(price, open)', 'Formula, character 17: coalesce needs a number; this is true or false.'],
    ['upper(1)', 'Formula, character 7: upper needs a text; this is a number.'],
    ['round()', 'Formula, character 1: round takes 1 to 2 values; here are 0.'],
    ['max()', 'Formula, character 1: max takes at least 1 values; here are 0.'],
    ['if(open, 1)', 'Formula, character 1: if takes 3 values; here are 2.'],
    ['x + 1', "Formula, character 1: column 'x' holds vector values, not single ones."],
    ['1 +', 'Formula, character 4: it ends where a value is needed.'],
    ['', 'Formula, character 1: it ends where a value is needed.'],
    ['1 2', "Formula, character 3: '2' does not continue what stands before it."],
    ['(1', "Formula, character 3: ')' is missing at the end."],
    ['max(1 2)', "Formula, character 7: ')' is missing before '2'."],
    ['* 2', "Formula, character 1: '*' stands where a value is needed."],
    ["'abc", 'Formula, character 1: this quote is not closed.'],
    ['[price', 'Formula, character 1: this bracket is not closed.'],
    ['price ; 2', "Formula, character 7: ';' has no meaning here."],
    ["created < 'soon'", "Formula, character 11: 'soon' is not a date."],
  ])('%s: %s', (text, message) => {
    expect(refusal(text).message).toBe(message);
    expect(refusal(text).remedy).not.toBe('');
  });

  it('name the nearest columns and functions', () => {
    expect(refusal('pric').remedy).toBe('Did you mean [price], [open], [x]? Text goes in quotes.');
    expect(refusal('[net type]').remedy).toContain('[net [type]]]');
    expect(refusal('isMising(price)').remedy).toMatch(/^Did you mean isMissing,/);
  });

  it('limit length and depth', () => {
    expect(refusal(`${'1+'.repeat(3000)}1`).code).toBe('formula-length');
    expect(refusal(`${'('.repeat(60)}1${')'.repeat(60)}`).code).toBe('formula-depth');
    expect(refusal(`${'-'.repeat(60)}1`).code).toBe('formula-depth');
    expect(refusal(`${'2^'.repeat(60)}1`).code).toBe('formula-depth');
  });

  it('evaluate the longest flat formula', async () => {
    expect(await constant(`${'1+'.repeat(200)}1`)).toBe('201');
    expect(refusal(`${'1+'.repeat(201)}1`).code).toBe('formula-depth');
  });

  it('never end in anything but an explained refusal (property)', () => {
    const pieces = fc.array(
      fc.constantFrom(
        'price',
        '[title]',
        '1',
        "'a'",
        '(',
        ')',
        ',',
        '+',
        '-',
        '<',
        'and',
        'not',
        'if(',
        '"',
        '[',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join(' ');
        try {
          expect(compileFormula(text, COLUMNS, 3).resultType).toBeTypeOf('string');
        } catch (error) {
          expect(error).toBeInstanceOf(ParameterError);
        }
      }),
    );
  });

  it('cannot reach what JavaScript objects carry', () => {
    for (const text of ['constructor', '__proto__', 'toString(1)', 'constructor(1)', '1 + __proto__']) {
      expect(refusal(text).code).toMatch(/^formula-(column|function)$/);
    }
  });
});

describe('formula functions', () => {
  it('have names of their own and say what they do', () => {
    const all = [...FORMULA_FUNCTIONS, ...SPECIAL_FORMS];
    const names = all.map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    for (const { summary } of all) expect(summary).toMatch(/\.$/);
  });
});
