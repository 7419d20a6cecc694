/** Where JSON goes wrong: agrees with `JSON.parse` on what is JSON, and says line and column. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairedJson, surveyJson } from './jsonSurvey.ts';
import { findJsonError } from './jsonSyntax.ts';

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('findJsonError', () => {
  it.each([
    ['', 1, 1, 'expected a value but the file ends'],
    ['{"a": 1,}', 1, 9, "expected a name in double quotes but found '}'"],
    ['{"a" 1}', 1, 6, "expected ':' but found '1'"],
    ['[1 2]', 1, 4, "expected ',' or ']' but found '2'"],
    ['[1,\n  2,\n  }', 3, 3, "expected a value but found '}'"],
    ['{"a": [1, 2', 1, 12, "expected ',' or ']' but the file ends"],
    ["{'a': 1}", 1, 2, "expected a name in double quotes or '}' but found '''"],
    ['{"a": 01}', 1, 8, "expected ',' or '}' but found '1'"],
    ['{"a": "x\ny"}', 1, 9, 'a string holds a line break or another control character'],
    [String.raw`["a\q"]`, 1, 4, String.raw`'\q' is no escape of JSON`],
    ['["abc', 1, 2, 'a string does not end'],
    ['{}\r\n{}', 2, 1, "expected the end of the file but found '{'"],
    ['[1, 😀]', 1, 5, "expected a value but found '😀'"],
    ['[undefined]', 1, 2, "expected a value or ']' but found 'u'"],
  ])('says where %j is wrong', (text, line, column, what) => {
    expect(findJsonError(text)).toEqual({ line, column, what });
  });

  it('calls JSON what JSON.parse takes, after any edit of one character', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom(...'{}[]":,\\ 0-.eEtnu\n\u0001'.split(''), '😀'),
        (json, at, char) => {
          const offset = at % (json.length + 1);
          for (const text of [
            json,
            json.slice(0, offset),
            json.slice(0, offset) + char + json.slice(offset),
            json.slice(0, offset) + char + json.slice(offset + 1),
          ]) {
            expect([text, findJsonError(text) === null]).toEqual([text, parses(text)]);
          }
        },
      ),
    );
  });
});

describe('surveyJson', () => {
  it('closes every beginning of JSON to JSON', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())),
        fc.nat(),
        (value, at) => {
          const text = JSON.stringify(value, null, 1);
          const head = text.slice(0, 1 + (at % text.length));
          const { cut, closers } = surveyJson(head, 512);
          expect(parses(head.slice(0, cut) + closers)).toBe(true);
        },
      ),
    );
  });

  it('finds NaN, Infinity and integers beyond 2^53 outside strings only', () => {
    const text =
      '{"NaN": [NaN, -Infinity, 9007199254740993, 9007199254740991, 1e30, "NaN 9007199254740993"]}';
    expect(repairedJson(text, surveyJson(text, 512).repairs)).toBe(
      '{"NaN": [null, null, "9007199254740993", 9007199254740991, 1e30, "NaN 9007199254740993"]}',
    );
  });

  it('leaves other JSON as it is', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const { repairs } = surveyJson(text, 512);
        expect(JSON.stringify(JSON.parse(repairedJson(text, repairs)))).toBe(
          JSON.stringify(JSON.parse(text)),
        );
      }),
    );
  });
});
