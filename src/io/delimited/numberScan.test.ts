import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMissingWord, isNonFiniteWord, NumberScanner, parseBoolean, parseIsoDate } from './numberScan.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const parse = (text: string): number => new NumberScanner().parse(encode(text), 0, encode(text).length);
const on = <T>(check: (bytes: Uint8Array, start: number, end: number) => T, text: string): T =>
  check(encode(text), 0, encode(text).length);

describe('NumberScanner', () => {
  it('equals the engine on every finite number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parse(String(value))).toBe(Number(String(value)));
      }),
    );
  });

  it.each([
    '1',
    '-1',
    '+2.5',
    '.5',
    '5.',
    '1e5',
    '1E-7',
    '-0.25e+2',
    '007',
    '12345678901234567890',
    '1e22',
    '1e23',
    '0.1',
  ])('reads %s', (text) => {
    expect(parse(text)).toBe(Number(text));
  });

  it.each(['', '-', '.', 'e5', '1e', '1e+', '1x', '1,5', '1 2', '0x10', 'NaN', 'Infinity', '1e999'])(
    'refuses %j',
    (text) => {
      expect(parse(text)).toBeNaN();
    },
  );

  it('reads a decimal comma when told', () => {
    const scanner = new NumberScanner(true);
    expect(scanner.parse(encode('-3,25'), 0, 5)).toBe(-3.25);
    expect(scanner.parse(encode('3.25'), 0, 4)).toBeNaN();
  });

  it('tells integers and significant digits', () => {
    const scanner = new NumberScanner();
    scanner.parse(encode('0012'), 0, 4);
    expect([scanner.isInteger, scanner.digits]).toEqual([true, 2]);
    scanner.parse(encode('0.0120'), 0, 6);
    expect([scanner.isInteger, scanner.digits]).toEqual([false, 3]);
  });
});

describe('words', () => {
  it.each(['', 'NA', 'N/A', 'n/a', 'NaN', 'nan', 'null', 'NULL', 'None', '<NA>', '#N/A'])(
    '%j is missing',
    (text) => {
      expect(on(isMissingWord, text)).toBe(true);
    },
  );
  it.each(['none', 'na', 'nil', '0', '-', 'Nan cy'])('%j is a value', (text) => {
    expect(on(isMissingWord, text)).toBe(false);
  });
  it.each(['NaN', '-inf', 'Infinity', '+INF'])('%j is not finite', (text) => {
    expect(on(isNonFiniteWord, text)).toBe(true);
  });
  it.each(['information', 'i', '1', ''])('%j is no non-finite number', (text) => {
    expect(on(isNonFiniteWord, text)).toBe(false);
  });
  it('reads booleans in any case', () => {
    expect(['true', 'FALSE', 'True', 'yes', '1'].map((text) => on(parseBoolean, text))).toEqual([
      1, 0, 1, -1, -1,
    ]);
  });
});

describe('parseIsoDate', () => {
  it.each([
    ['2020-02-29', Date.UTC(2020, 1, 29)],
    ['2020-02-29T12:30', Date.UTC(2020, 1, 29, 12, 30)],
    ['2020-02-29 12:30:15.5', Date.UTC(2020, 1, 29, 12, 30, 15, 500)],
    ['2020-02-29T12:30:15Z', Date.UTC(2020, 1, 29, 12, 30, 15)],
    ['2020-02-29T12:30:15+02:00', Date.UTC(2020, 1, 29, 10, 30, 15)],
    ['2020-02-30', Number.NaN],
    ['2020-13-01', Number.NaN],
    ['2020-01-01x', Number.NaN],
    ['20200101', Number.NaN],
  ])('%s → %d', (text, expected) => {
    expect(on(parseIsoDate, text)).toBe(expected);
  });
});
