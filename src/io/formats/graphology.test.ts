/** Exports of graphology: keys, options, direction edge by edge, and the file that sigma ships. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isDirected, numEdges, numNodes } from '../../core/graph.ts';
import { memorySource } from '../fileSource.ts';
import { importFiles } from '../importer.ts';
import { DEFAULT_IMPORT_OPTIONS, type ImportResult } from '../importTypes.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const SAMPLE = path.resolve(
  process.cwd(),
  '../shared/datasets/classic-graphs/les-miserables.graphology.json',
);
const read = (value: unknown): Promise<ImportResult> =>
  importFiles(textFiles({ 'g.json': JSON.stringify(value) }), DEFAULT_IMPORT_OPTIONS);

/** After the example of https://graphology.github.io/serialization.html. */
const EXPORT = {
  attributes: { name: 'My Graph' },
  options: { allowSelfLoops: true, multi: false, type: 'mixed' },
  nodes: [{ key: 'Thomas' }, { key: 'Eric', attributes: { age: 34 } }],
  edges: [
    { key: 'T->E', source: 'Thomas', target: 'Eric', attributes: { type: 'KNOWS' } },
    { key: 'e2', source: 'Eric', target: 'Eric', undirected: true },
  ],
};

describe('graphology JSON', () => {
  it('reads an export', async () => {
    const result = await read(EXPORT);
    expect(result.report.formatId).toBe('graphology');
    expect(result.graph.name).toBe('My Graph');
    expect(nodeIdsOf(result.graph)).toEqual(['Thomas', 'Eric']);
    expect(edgesOf(result.graph)).toEqual(['Thomas KNOWS Eric', 'Eric edge Eric']);
    expect([...result.graph.edgeTypes.directed]).toEqual([1, 0]);
    expect(cellsOf(result.graph.nodeTypes[0]?.columns ?? [], 'age')).toEqual({
      kind: 'i32',
      cells: ['', '34'],
    });
  });

  it('follows the type of the graph', async () => {
    const { graph } = await read({ ...EXPORT, options: { type: 'undirected' } });
    expect([...graph.edgeTypes.directed].every((flag) => flag === 0)).toBe(true);
    const { options: _, ...bare } = EXPORT;
    expect([...(await read(bare)).graph.edgeTypes.directed]).toEqual([1, 0]);
  });

  it.each([
    [{ nodes: [{ key: 'a' }, { attributes: {} }] }, "g.json nodes[1]: no 'key'.", 'no-key'],
    [{ nodes: [{ key: 'a' }], edges: [{ source: 'a' }] }, "g.json edges[0]: no 'target'.", 'no-target'],
  ])('says what is wrong with %j', async (value, message, code) => {
    expect(await failureOf(read(value))).toMatchObject({
      name: 'ParseError',
      message,
      code,
      remedy: 'Export the graph again with graph.export().',
    });
  });

  it.skipIf(!existsSync(SAMPLE))('reads Les Misérables (skipped without ../shared)', async () => {
    const { graph, report } = await importFiles(
      [memorySource('les-miserables.graphology.json', readFileSync(SAMPLE))],
      DEFAULT_IMPORT_OPTIONS,
    );
    expect(report.formatId).toBe('graphology');
    expect(graph.name).toBe('Les Misérables, the characters coappearance weighted graph');
    expect([numNodes(graph), numEdges(graph), isDirected(graph)]).toEqual([77, 254, true]);
    const columns = graph.nodeTypes[0]?.columns ?? [];
    expect(cellsOf(columns, 'label')?.cells.slice(0, 2)).toEqual(['Myriel', 'Napoleon']);
    expect(cellsOf(columns, 'size')?.cells[0]).toBe('22.714287');
    expect(cellsOf(graph.edgeColumns, 'weight')?.cells.slice(0, 2)).toEqual(['', '8']);
  });
});
