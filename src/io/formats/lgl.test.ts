import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_IMPORT_OPTIONS } from '../importTypes.ts';
import { importFiles } from '../importer.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const SAMPLES = path.resolve(process.cwd(), '../shared/datasets/format-samples/igraph');
const HAS_SAMPLES = existsSync(SAMPLES);

const read = (content: string) => importFiles(textFiles({ 'a.lgl': content }), DEFAULT_IMPORT_OPTIONS);
const readSample = (name: string) => read(readFileSync(path.join(SAMPLES, name), 'utf8'));

describe('LGL', () => {
  it('has nodes with neighbours below them, weights and isolated nodes, undirected', async () => {
    const { graph, report } = await read('# a\nb 2.5\nc\n\n#b\nc 1\r\n# alone');
    expect(report.formatId).toBe('lgl');
    expect(nodeIdsOf(graph)).toEqual(['a', 'b', 'c', 'alone']);
    expect(edgesOf(graph)).toEqual(['a edge b', 'a edge c', 'b edge c']);
    expect([...graph.edgeTypes.directed]).toEqual([0]);
    expect(cellsOf(graph.edgeColumns, 'weight')).toEqual({ kind: 'f32', cells: ['2.5', '', '1'] });
    expect(report.notices).toEqual([]);
  });

  it.each([
    ['a\n# b', "a.lgl line 1: 'a' stands before the first '# name'.", 'bad-syntax'],
    ['# a b', "a.lgl line 1: '#' is followed by 2 names instead of 1.", 'bad-syntax'],
    ['# a\nb 1 2', 'a.lgl line 2: a neighbour and perhaps a weight are expected, not 3 words.', 'bad-syntax'],
    ['# a\nb x', "a.lgl line 2: the weight 'x' is no number.", 'bad-number'],
  ])('refuses %j', async (content, message, code) => {
    expect(await failureOf(read(content))).toMatchObject({ name: 'ParseError', message, code });
  });
});

describe.skipIf(!HAS_SAMPLES)('LGL samples', () => {
  it.each([
    ['igraph_read_graph_lgl-1.lgl', ['', '5', '', '']],
    ['igraph_read_graph_lgl-2.lgl', ['1', '2', '10', '']],
  ])('%s', async (name, weights) => {
    const { graph } = await readSample(name);
    expect(nodeIdsOf(graph)).toEqual(['foo', 'bar', 'foobar', 'bat', 'tab']);
    expect(edgesOf(graph)).toEqual(['foo edge bar', 'foo edge foobar', 'foobar edge bat', 'foobar edge tab']);
    expect(cellsOf(graph.edgeColumns, 'weight')).toEqual({ kind: 'i32', cells: weights });
  });

  it('igraph_read_graph_lgl-3.lgl has a node without a name', async () => {
    expect(await failureOf(readSample('igraph_read_graph_lgl-3.lgl'))).toMatchObject({
      name: 'ParseError',
      message: "a.lgl line 1: '#' is followed by 0 names instead of 1.",
    });
  });
});
