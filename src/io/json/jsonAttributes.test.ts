/** Members of JSON objects as attributes. */
import { describe, expect, it } from 'vitest';
import { attributesOf } from './jsonAttributes.ts';
import type { JsonObject } from './jsonValue.ts';

describe('attributesOf', () => {
  it('keeps plain values and leaves null and what is not finite missing', () => {
    expect(attributesOf({ a: 1, b: 'x', c: true, d: null, e: Infinity })).toEqual([
      ['a', 1],
      ['b', 'x'],
      ['c', true],
      ['d', null],
      ['e', null],
    ]);
  });

  it('joins names of nested objects by dots, three levels deep', () => {
    expect(attributesOf({ a: { b: { c: 1, d: { e: 2 } } } })).toEqual([
      ['a.b.c', 1],
      ['a.b.d', '{"e":2}'],
    ]);
  });

  it('makes vectors of numbers and text of other lists', () => {
    expect(
      attributesOf({ v: [1, 2.5], w: ['x', 'y', 3], s: ['a;b', 'c'], o: [{ a: 1 }], m: [1, null], n: [] }),
    ).toEqual([
      ['v', [1, 2.5]],
      ['w', 'x;y;3'],
      ['s', '["a;b","c"]'],
      ['o', '[{"a":1}]'],
      ['m', '[1,null]'],
      ['n', null],
    ]);
  });

  it('leaves out what it is told to, on the first level only', () => {
    expect(attributesOf({ id: 'x', a: { id: 1 } }, ['id'])).toEqual([['a.id', 1]]);
  });

  it('is safe with names that mean something to objects', () => {
    const object = JSON.parse('{"__proto__": {"constructor": 1}, "toString": 2}') as JsonObject;
    expect(attributesOf(object)).toEqual([
      ['__proto__.constructor', 1],
      ['toString', 2],
    ]);
  });
});
