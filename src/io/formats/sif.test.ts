import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { numEdges, numNodes } from '../../core/graph.ts';
import { DEFAULT_IMPORT_OPTIONS } from '../importTypes.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const SAMPLES = path.resolve(process.cwd(), '../shared/datasets/format-samples/sif');
const HAS_SAMPLES = existsSync(SAMPLES);

const read = (content: string) => importFiles(textFiles({ 'a.sif': content }), DEFAULT_IMPORT_OPTIONS);
const readSample = (name: string) => read(readFileSync(path.join(SAMPLES, name), 'utf8'));

describe('SIF', () => {
  it('has a relation, several targets, and nodes without edges; edges are directed', async () => {
    const { graph, report } = await read(
      'A pp B\r\nB  pd C D __proto__\n\nlonely\nA pp B\nnode typeB node\nlonely',
    );
    expect(report.formatId).toBe('sif');
    expect(nodeIdsOf(graph)).toEqual(['A', 'B', 'C', 'D', '__proto__', 'lonely', 'node']);
    expect(edgesOf(graph)).toEqual([
      'A pp B',
      'A pp B',
      'B pd C',
      'B pd D',
      'B pd __proto__',
      'node typeB node',
    ]);
    expect([...graph.edgeTypes.directed]).toEqual([1, 1, 1]);
    expect(report.notices.map(({ code }) => code)).toContain('several-targets');
  });

  it('with a tab is separated by tabs only', async () => {
    const { graph, report } = await read('node 4\tinteracts with\tnode 5\talso 6\nalone here\t\n');
    expect(nodeIdsOf(graph)).toEqual(['node 4', 'node 5', 'also 6', 'alone here']);
    expect(report.notices).toEqual([]);
  });

  it.each([
    ['A pp B\nA pp', "a.sif line 2: 'A' has a relation but no target."],
    ['\tpp\tB', 'a.sif line 1: the source has no name.'],
  ])('refuses %j', async (content, message) => {
    expect(await failureOf(read(content))).toEqual({
      name: 'ParseError',
      code: 'bad-syntax',
      message,
      remedy: 'Write `source relation target`, or a name alone for a node without edges.',
      details: { file: 'a.sif', line: message.includes('line 2') ? 2 : 1 },
    });
  });

  it('is previewed with its relations', async () => {
    const preview = await inspectFiles(textFiles({ 'a.sif': 'A pp B\n' }));
    expect(preview.tables.map(({ sampleRows, dialect }) => [dialect, sampleRows])).toEqual([
      ['SIF, blanks', [['A'], ['B']]],
      ['SIF, blanks', [['A', 'B']]],
    ]);
  });
});

describe.skipIf(!HAS_SAMPLES)('SIF samples', () => {
  it.each([
    ['simple.valid.sif', 10, 15, ['interacts']],
    ['with-self-loops.valid.sif', 10, 15, ['interacts']],
    ['complex-node-names-tabs.valid.sif', 10, 15, ['interacts']],
    ['multiple-interactions.valid.sif', 10, 20, ['activates', 'binds', 'regulates']],
    ['various-interactions.valid.sif', 10, 20, ['pp', 'catalyzes', 'pd', 'controls']],
  ])('%s has %i nodes and %i edges', async (name, nodes, edges, relations) => {
    const { graph } = await readSample(name);
    expect([numNodes(graph), numEdges(graph)]).toEqual([nodes, edges]);
    expect(graph.edgeTypes.relation).toEqual(relations);
  });

  it('with blanks in names but no tabs follow the rule of blanks, with a notice', async () => {
    const { graph, report } = await readSample('complex-node-names.valid.sif');
    expect(edgesOf(graph)).toContain('node 4 interacts');
    expect(report.notices.map(({ message }) => message)).toEqual([
      'a.sif: 4 lines with several targets each; names that hold blanks need tabs between the fields.',
    ]);
  });
});
