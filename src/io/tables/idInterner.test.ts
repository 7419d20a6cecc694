import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8Strings } from '../../core/utf8Table.ts';
import { createIdInterner } from './idInterner.ts';

const encoder = new TextEncoder();

describe('createIdInterner', () => {
  it('numbers ids in order of first appearance, as a Map would', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 4 })), (ids) => {
        const interner = createIdInterner();
        const expected = new Map<string, number>();
        for (const id of ids.map((text) => text.toWellFormed())) {
          if (!expected.has(id)) expected.set(id, expected.size);
          expect(interner.internText(id)).toBe(expected.get(id));
        }
        expect(utf8Strings(interner.finish())).toEqual([...expected.keys()]);
      }),
    );
  });

  it('finds every id after growing, and -1 for others', () => {
    const interner = createIdInterner();
    for (let index = 0; index < 5000; index++) interner.internText(`node ${index}`);
    const find = (text: string): number =>
      interner.find(encoder.encode(text), 0, encoder.encode(text).length);
    expect([find('node 0'), find('node 1024'), find('node 4999'), find('node 5000')]).toEqual([
      0, 1024, 4999, -1,
    ]);
    expect(interner.length).toBe(5000);
  });
});
