import { expect, it } from 'vitest';
import { looksLikeData, pastedFileName } from './pastedFile.ts';

it.each([
  ['a,b\n1,2', 'csv'],
  ['a;b\n1;2', 'csv'],
  ['a\tb, c\n1\t2', 'tsv'],
  ['a b\n1 2', 'txt'],
  ['{"nodes":[]}', 'json'],
  ['<?xml version="1.0"?>\n<graphml>', 'graphml'],
  ['<gexf xmlns="">', 'gexf'],
  ['<svg>', 'xml'],
  ['Creator "x"\ngraph [\n node [ id 1 ]', 'gml'],
  ['strict digraph G {\n a -> b }', 'dot'],
  ['*Vertices 3', 'net'],
  ['@prefix a: <b> .', 'ttl'],
  ['graph of words, and more', 'csv'],
])('%j is pasted.%s', (text, extension) => expect(pastedFileName(text)).toBe(`pasted.${extension}`));

it('takes lines and formats of one line for data, not a word', () => {
  expect(
    ['word', 'one, two', 'a b\n', 'a\nb', '{"links":[]}', 'graph { a -- b }'].map(looksLikeData),
  ).toEqual([false, false, false, true, true, true]);
});
