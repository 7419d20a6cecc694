/** Short names of IRIs are as short as they can be told apart. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localName, shortNames } from './rdfNames.ts';

describe('localName', () => {
  it.each([
    ['http://xmlns.com/foaf/0.1/knows', 'knows'],
    ['http://www.w3.org/2000/01/rdf-schema#label', 'label'],
    ['urn:isbn:0451450523', '0451450523'],
    ['http://example.org/', 'http://example.org/'],
  ])('of %s', (iri, name) => {
    expect(localName(iri)).toBe(name);
  });
});

describe('shortNames', () => {
  it('prefixes what is alike, and keeps whole what has no prefix', () => {
    const prefixes = new Map([['http://a.org/', 'a']]);
    const iris = ['http://a.org/name', 'http://b.org/name', 'http://b.org/age', 'http://a.org/label'];
    expect(shortNames(iris, prefixes, ['label'])).toEqual(['a:name', 'http://b.org/name', 'age', 'a:label']);
  });

  it('never gives one name twice', () => {
    const part = fc.constantFrom('a', 'b', 'a:b', 'x', '');
    const iri = fc.tuple(fc.constantFrom('u:', 'v#', 'w/', ''), part).map(([head, tail]) => head + tail);
    fc.assert(
      fc.property(
        fc.uniqueArray(iri),
        fc.array(fc.tuple(fc.constantFrom('u:', 'v#', 'w/'), fc.constantFrom('a', 'u', 'x'))),
        (iris, prefixes) => {
          const names = shortNames(iris, new Map(prefixes), ['x']);
          expect(new Set([...names, 'x']).size).toBe(
            iris.length + 1 - Number(iris[names.indexOf('x')] === 'x'),
          );
        },
      ),
    );
  });
});
