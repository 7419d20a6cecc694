import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { WorkbenchError } from '../../core/errors.ts';
import { isDirected, numEdges, numNodes } from '../../core/graph.ts';
import { memorySource } from '../fileSource.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { DEFAULT_IMPORT_OPTIONS, type ImportOptions, type ImportResult } from '../importTypes.ts';
import { cellsOf, edgesOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const read = (
  contents: Readonly<Record<string, string>>,
  options: Partial<ImportOptions> = {},
): Promise<ImportResult> => importFiles(textFiles(contents), { ...DEFAULT_IMPORT_OPTIONS, ...options });

describe('delimited tables', () => {
  it.each([
    ['named ends anywhere', 'weight,to,from\n2,b,a\n3,c,b\n', ['a edge b', 'b edge c']],
    ['the first two columns', 'person,friend\na,b\nb,c\n', ['a edge b', 'b edge c']],
    ['no header', 'a,b\nb,c\n', ['a edge b', 'b edge c']],
    ['numbers without a header', '1 2\n2 3\n', ['1 edge 2', '2 edge 3']],
    [
      'triples without a header',
      'a\tlikes\tb\nb\tlikes\tc\na\tknows\tc\n',
      ['a likes b', 'b likes c', 'a knows c'],
    ],
    ['a relation column', 'head,relation,tail\na,likes,b\nb,knows,c\n', ['a likes b', 'b knows c']],
  ])('reads an edge list: %s', async (_, text, edges) => {
    const { graph, report } = await read({ 'friends.csv': text });
    expect(report.formatId).toBe('csv');
    expect(graph.name).toBe('friends');
    expect(edgesOf(graph)).toEqual(edges);
  });

  it('takes a Gephi column of Directed and Undirected for the direction', async () => {
    const { graph } = await read({ 'g.csv': 'Source,Target,Type,Weight\na,b,Directed,1\nb,c,Directed,2\n' });
    expect(edgesOf(graph)).toEqual(['a edge b', 'b edge c']);
    expect(isDirected(graph)).toBe(true);
  });

  it('joins a node table by the column whose values are ends of edges', async () => {
    const { graph, report } = await read({
      'people.csv': 'nick,key,team\nZoe,k1,x\nBob,k2,y\n',
      'knows.csv': 'source,target\nk2,k1\n',
    });
    expect(nodeIdsOf(graph)).toEqual(['k1', 'k2']);
    expect(cellsOf(graph.nodeTypes[0]?.columns ?? [], 'nick')?.cells).toEqual(['Zoe', 'Bob']);
    expect(report.rowsRead).toBe(3);
  });

  it('reads a node table alone and says that there are no edges', async () => {
    const { graph, report } = await read({ 'people.csv': 'id,age\na,1\nb,2\nc,4\n' });
    expect([numNodes(graph), numEdges(graph)]).toEqual([3, 0]);
    expect(report.summary).toBe('3 nodes · 0 edges');
    expect(report.notices).toEqual([
      {
        severity: 'info',
        code: 'no-edges',
        message: 'The graph has no edges; models will learn from node attributes alone.',
        count: 1,
        examples: [],
      },
    ]);
  });

  it('tells node types apart by the name of an end column', async () => {
    const { graph } = await read({
      'users.csv': 'user,age\n1,30\n2,40\n',
      'products.csv': 'product,price\n1,2.5\n2,3.5\n',
      'reviews.csv': 'user,product,stars\n1,2,5\n2,1,3\n',
    });
    expect(graph.nodeTypes.map((type) => type.name)).toEqual(['users', 'products']);
    expect([...graph.source, ...graph.target]).toEqual([0, 1, 3, 2]);
    expect(cellsOf(graph.edgeColumns, 'stars')?.cells).toEqual(['5', '3']);
  });

  it('follows changed roles', async () => {
    const files = { 'calls.csv': 'when,caller,callee,mood\n1,a,b,x\n2,b,c,y\n' };
    const roles = {
      'calls.csv': { caller: 'source', callee: 'target', when: 'attribute', mood: 'relation' },
    } as const;
    const { graph } = await read(files, { roles });
    expect(edgesOf(graph)).toEqual(['a x b', 'b y c']);
    expect(graph.edgeColumns.map((column) => column.name)).toEqual(['when']);
  });

  it('keeps the names of the preview when roles change', async () => {
    const { graph } = await read(
      { 'list.csv': '1,2,5\n2,3,6\n' },
      { roles: { 'list.csv': { source: 'node-id', target: 'attribute' } } },
    );
    expect(nodeIdsOf(graph)).toEqual(['1', '2']);
    expect(graph.nodeTypes[0]?.columns.map((column) => column.name)).toEqual(['target', 'column 3']);
  });

  it('reads decimal commas of semicolon files', async () => {
    const { graph } = await read({ 'e.csv': 'source;target;x\na;b;0,5\nb;c;1,25\n' });
    expect(cellsOf(graph.edgeColumns, 'x')).toEqual({ kind: 'f32', cells: ['0.5', '1.25'] });
  });

  it('previews dialect, roles and rows', async () => {
    const preview = await inspectFiles(textFiles({ 'e.tsv': '1\t2\t0.5\n2\t3\t1\n' }));
    expect(preview).toMatchObject({
      formatId: 'csv',
      title: 'e',
      tables: [
        {
          path: 'e.tsv',
          role: 'edges',
          dialect: 'tab separated, UTF-8, no header row',
          columns: [
            { name: 'source', role: 'source', kind: 'text' },
            { name: 'target', role: 'target', kind: 'text' },
            { name: 'column 3', role: 'attribute', kind: 'f32' },
          ],
          sampleRows: [
            ['1', '2', '0.5'],
            ['2', '3', '1'],
          ],
        },
      ],
    });
  });
});

const SHARED = path.resolve(process.cwd(), '../shared/datasets');
const SAMPLES = path.join(SHARED, 'format-samples');
const sourceOf = (file: string) => memorySource(path.basename(file), new Uint8Array(readFileSync(file)));

describe('published tables', () => {
  it.skipIf(!existsSync(SHARED)).each([
    ['bitcoin-otc/soc-sign-bitcoinotc.csv', 5881, 35_592],
    ['collegemsg/CollegeMsg.txt', 1899, 59_835],
    ['nations/train.txt', 14, 1592],
    ['cora/raw/cora.cites', 2708, 5429],
    ['classic-graphs/football_edges.csv', 115, 613],
  ])('%s has %d nodes and %d edges', async (file, nodes, edges) => {
    const { graph } = await importFiles([sourceOf(path.join(SHARED, file))], DEFAULT_IMPORT_OPTIONS);
    expect([numNodes(graph), numEdges(graph)]).toEqual([nodes, edges]);
  });

  it.skipIf(!existsSync(SAMPLES))(
    'every sample loads or is refused with a message and a remedy',
    async () => {
      for (const folder of ['tables', 'csv-spectrum/csvs']) {
        for (const name of readdirSync(path.join(SAMPLES, folder))) {
          const result = await importFiles(
            [sourceOf(path.join(SAMPLES, folder, name))],
            DEFAULT_IMPORT_OPTIONS,
          ).catch((error: unknown) => error);
          if (!(result instanceof Error)) continue;
          expect(result, name).toBeInstanceOf(WorkbenchError);
          expect((result as WorkbenchError).remedy, name).not.toBe('');
        }
      }
    },
  );
});
