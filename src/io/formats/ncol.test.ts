import { describe, expect, it } from 'vitest';
import { DEFAULT_IMPORT_OPTIONS } from '../importTypes.ts';
import { importFiles } from '../importer.ts';
import { cellsOf, edgesOf, failureOf, textFiles } from '../testFiles.ts';

const read = (content: string) => importFiles(textFiles({ 'a.ncol': content }), DEFAULT_IMPORT_OPTIONS);

describe('NCOL', () => {
  it('has pairs of names with weights where given, undirected', async () => {
    const { graph, report } = await read('a b 1.5\n\n b\tc\r\n#c a -2e1\n');
    expect(report.formatId).toBe('ncol');
    expect(edgesOf(graph)).toEqual(['a edge b', 'b edge c', '#c edge a']);
    expect([...graph.edgeTypes.directed]).toEqual([0]);
    expect(cellsOf(graph.edgeColumns, 'weight')).toEqual({ kind: 'f32', cells: ['1.5', '', '-20'] });
  });

  it.each([
    ['a b\na', 'a.ncol line 2: 2 names and perhaps a weight are expected, not 1 words.', 'bad-syntax'],
    ['a b 1 2', 'a.ncol line 1: 2 names and perhaps a weight are expected, not 4 words.', 'bad-syntax'],
    ['a b c', "a.ncol line 1: the weight 'c' is no number.", 'bad-number'],
  ])('refuses %j', async (content, message, code) => {
    expect(await failureOf(read(content))).toMatchObject({ name: 'ParseError', message, code });
  });
});
