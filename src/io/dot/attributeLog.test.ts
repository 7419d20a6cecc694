import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AttributeLog } from './attributeLog.ts';

it('gives every owner its latest values in order of first mention, as a map per owner would', () => {
  const entry = fc.tuple(fc.nat(4), fc.constantFrom('a', 'b', '__proto__'), fc.constantFrom('1', '2', ''));
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
      const log = new AttributeLog();
      const maps = Array.from({ length: 5 }, () => new Map<string, string>());
      for (const [owner, name, value] of entries) {
        log.set(owner, name, value);
        maps[owner]?.set(name, value);
      }
      const attributesOf = log.finish(5);
      expect(maps.map((_, owner) => attributesOf(owner))).toEqual(maps.map((map) => [...map]));
    }),
  );
});
