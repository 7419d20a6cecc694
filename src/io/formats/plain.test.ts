import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { countBits } from '../../core/bitset.ts';
import { type CategoryColumn, findColumn, type SparseColumn } from '../../core/columns.ts';
import { type Graph, isDirected, numEdges, numNodes } from '../../core/graph.ts';
import { type FileSource, memorySource } from '../fileSource.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { DEFAULT_IMPORT_OPTIONS, type ImportOptions, type ImportResult } from '../importTypes.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const read = (
  contents: Readonly<Record<string, string | Uint8Array>>,
  options: Partial<ImportOptions> = {},
): Promise<ImportResult> => importFiles(textFiles(contents), { ...DEFAULT_IMPORT_OPTIONS, ...options });

const columnsOf = (graph: Graph, type = 0) => graph.nodeTypes[type]?.columns ?? [];

const NODES = 'id,label,split,age\na,1,train,30\nb,0,test,\nc,,none,22\n';
const EDGES = 'source,target,weight\na,b,0.5\nb,c,1\n';

describe('plain folder', () => {
  it('reads nodes, edges and their columns', async () => {
    const { graph, report } = await read({ 'nodes.csv': NODES, 'edges.csv': EDGES });
    expect(nodeIdsOf(graph)).toEqual(['a', 'b', 'c']);
    expect(edgesOf(graph)).toEqual(['a edge b', 'b edge c']);
    expect(cellsOf(columnsOf(graph), 'label')).toEqual({ kind: 'category', cells: ['1', '0', ''] });
    expect(cellsOf(columnsOf(graph), 'split')).toEqual({
      kind: 'category',
      cells: ['train', 'test', 'none'],
    });
    expect(cellsOf(columnsOf(graph), 'age')).toEqual({ kind: 'i32', cells: ['30', '', '22'] });
    expect(cellsOf(graph.edgeColumns, 'weight')).toEqual({ kind: 'f32', cells: ['0.5', '1'] });
    expect(isDirected(graph)).toBe(false);
    expect(report).toMatchObject({
      formatId: 'plain',
      summary: '3 nodes · 2 edges · 2 labels',
      rowsRead: 5,
      bytesRead: NODES.length + EDGES.length,
      notices: [],
    });
  });

  it('follows graph.json, and the direction option wins', async () => {
    const files = {
      'edges.csv': EDGES,
      'graph.json':
        '{"directed": true, "task": "node-classification", "target": "label", "features": ["age"], "note": 1}',
    };
    const { graph, hints, report } = await read(files);
    expect(isDirected(graph)).toBe(true);
    expect(hints).toEqual({ task: 'node-classification', target: 'label', features: ['age'] });
    expect(report.notices.map((notice) => notice.message)).toEqual(['graph.json: not used: note.']);
    expect(isDirected((await read(files, { direction: 'undirected' })).graph)).toBe(false);
    expect(isDirected((await read({ 'edges.csv': EDGES }, { direction: 'directed' })).graph)).toBe(true);
  });

  it.each([
    ['{"directed": "yes"}', "'directed' is neither true nor false"],
    ['[1]', 'it is not a JSON object'],
    ['{"target": 3}', "'target' is not a text"],
  ])('refuses graph.json %s', async (json, what) => {
    expect(await failureOf(read({ 'edges.csv': EDGES, 'graph.json': json }))).toEqual({
      name: 'ParseError',
      code: 'settings',
      message: `graph.json: ${what}.`,
      remedy: 'Write it as {"directed": false, "task": "node-classification", "target": "label"}.',
      details: { file: 'graph.json' },
    });
  });

  it('makes edge types of a relation column', async () => {
    const { graph, report } = await read({
      'edges.csv': 'source,target,relation,since\na,b,likes,1\nb,c,knows,2\na,c,likes,3\n',
    });
    expect(edgesOf(graph)).toEqual(['a likes b', 'a likes c', 'b knows c']);
    expect(cellsOf(graph.edgeColumns, 'since')?.cells).toEqual(['1', '3', '2']);
    expect(report.summary).toBe('3 nodes · 3 edges · 2 relations');
  });

  it('reads several node types and finds ends by id', async () => {
    const { graph } = await read({
      'nodes.user.csv': 'id,age\nu1,30\nu2,40\n',
      'nodes.item.csv': 'id,price\ni1,9.5\n',
      'edges.buys.csv': 'source,target,stars\nu2,i1,5\nu1,i1,3\n',
      'edges.knows.csv': 'source,target\nu1,u2\n',
    });
    expect(graph.nodeTypes.map((type) => type.name)).toEqual(['user', 'item']);
    expect([...graph.nodeTypePtr]).toEqual([0, 2, 3]);
    expect(edgesOf(graph)).toEqual(['u2 buys i1', 'u1 buys i1', 'u1 knows u2']);
    expect([...graph.edgeTypes.sourceType, ...graph.edgeTypes.targetType]).toEqual([0, 0, 1, 0]);
    expect(cellsOf(graph.edgeColumns, 'stars')).toEqual({ kind: 'i32', cells: ['5', '3', ''] });
  });

  it('takes source_type and target_type where ids repeat across types', async () => {
    const nodes = { 'nodes.user.csv': 'id\n1\n2\n', 'nodes.item.csv': 'id\n1\n' };
    const typed = 'source,target,source_type,target_type\n2,1,user,item\n1,2,user,user\n';
    const { graph } = await read({ ...nodes, 'edges.buys.csv': typed });
    expect([...graph.source, ...graph.target]).toEqual([1, 0, 2, 1]);
    expect(graph.edgeColumns).toEqual([]);
    expect(await failureOf(read({ ...nodes, 'edges.csv': 'source,target\n2,1\n' }))).toEqual({
      name: 'InvalidGraphError',
      code: 'ambiguous-node',
      message: "edges.csv line 2: node '1' exists in the types 'user' and 'item'.",
      remedy: 'Add the columns source_type and target_type to the edge file.',
      details: { file: 'edges.csv', line: 2, id: '1' },
    });
  });

  it('adds unknown ends to the one type of their column, or asks', async () => {
    const nodes = { 'nodes.user.csv': 'id\nu1\n', 'nodes.item.csv': 'id\ni1\n' };
    const { graph } = await read({ ...nodes, 'edges.csv': 'source,target\nu1,i1\nu9,i9\n' });
    expect(nodeIdsOf(graph)).toEqual(['u1', 'u9', 'i1', 'i9']);
    expect(await failureOf(read({ ...nodes, 'edges.csv': 'source,target\nu9,i1\n' }))).toEqual({
      name: 'InvalidGraphError',
      code: 'unknown-node-type',
      message:
        "edges.csv: the node type of unknown nodes in column 'source' is not clear: no node table names any of them.",
      remedy: 'Add a column source_type to the edge file, or drop edges of unknown nodes.',
      details: { file: 'edges.csv', side: 'source' },
    });
  });

  it.each([
    ['features.svm', '7 1:1 3:2\n7 2:1\n7 1:5\n', 'sparse'],
    ['features.csv', '1,2,3\n4,5,6\n7,8,9\n', 'vector'],
  ])('attaches %s to the nodes, added ones included', async (name, content, kind) => {
    const { graph, report } = await read({
      'nodes.csv': 'id\na\nb\nc\n',
      [name]: content,
      'edges.csv': 'source,target\na,z\n',
    });
    expect(findColumn(columnsOf(graph), 'features')).toMatchObject({ kind, width: 3, length: 4 });
    expect(report.summary).toBe(`4 nodes · 1 edge · 3 ${kind === 'sparse' ? 'sparse' : 'dense'} features`);
  });

  it('numbers nodes by feature row when there is no node table', async () => {
    const { graph, report } = await read({
      'features.svm': '1:1\n2:1\n',
      'edges.csv': 'source,target\n1,0\n',
    });
    expect(nodeIdsOf(graph)).toEqual(['0', '1']);
    expect([...graph.source, ...graph.target]).toEqual([1, 0]);
    expect(report.notices.map((notice) => notice.message)).toEqual([
      'There is no nodes.csv: the rows of features.svm are taken as nodes 0 to 1.',
    ]);
  });

  it('refuses features with another number of rows', async () => {
    expect(await failureOf(read({ 'nodes.csv': 'id\na\nb\n', 'features.svm': '1:1\n' }))).toEqual({
      name: 'InvalidGraphError',
      code: 'feature-rows',
      message: 'features.svm has 1 row but the node table has 2 nodes.',
      remedy: 'Give every node one row of features, in the order of the node table.',
      details: { file: 'features.svm', rows: 1, nodes: 2 },
    });
  });

  it('lists files it has no use for', async () => {
    const { report } = await read({ 'edges.csv': EDGES, 'README.md': '# hi' });
    expect(report.notices.map(({ severity, message }) => [severity, message])).toEqual([
      ['info', 'Not used: README.md.'],
    ]);
  });

  it('reads tables and features as Parquet, features by id or in node order', async () => {
    const nodes = parquetWriteBuffer({
      columnData: [
        { name: 'id', data: ['a', 'b'], type: 'STRING' },
        { name: 'code', data: ['007', '010'], type: 'STRING' },
      ],
    });
    const features = parquetWriteBuffer({
      columnData: [
        { name: 'f0', data: [1, 2], type: 'FLOAT' },
        { name: 'f1', data: [3, 4], type: 'FLOAT' },
      ],
    });
    const sources = [
      memorySource('nodes.parquet', new Uint8Array(nodes)),
      memorySource('features.parquet', new Uint8Array(features)),
      memorySource('edges.csv', 'source,target\na,b\n'),
    ];
    const { graph, report } = await importFiles(sources, DEFAULT_IMPORT_OPTIONS);
    expect(report.formatId).toBe('plain');
    const columns = graph.nodeTypes[0]?.columns ?? [];
    expect(cellsOf(columns, 'code')).toEqual({ kind: 'text', cells: ['007', '010'] });
    const vector = columns.find((column) => column.kind === 'vector');
    expect(vector?.kind === 'vector' ? [...vector.values] : null).toEqual([1, 3, 2, 4]);
  });

  it('previews tables with roles and first rows', async () => {
    const preview = await inspectFiles(textFiles({ 'g/nodes.csv': NODES, 'g/edges.csv': EDGES }));
    expect(preview).toEqual({
      formatId: 'plain',
      formatName: 'Plain graph folder',
      why: 'The files nodes.csv, edges.csv are named as in the plain graph folder.',
      title: 'g',
      tables: [
        {
          path: 'nodes.csv',
          role: 'nodes',
          type: '',
          dialect: 'comma separated, UTF-8, header row',
          columns: [
            { name: 'id', role: 'node-id', kind: 'text' },
            { name: 'label', role: 'label', kind: 'category' },
            { name: 'split', role: 'split', kind: 'category' },
            { name: 'age', role: 'attribute', kind: 'i32' },
          ],
          sampleRows: [
            ['a', '1', 'train', '30'],
            ['b', '0', 'test', ''],
            ['c', '', 'none', '22'],
          ],
          sizeBytes: NODES.length,
        },
        {
          path: 'edges.csv',
          role: 'edges',
          type: '',
          dialect: 'comma separated, UTF-8, header row',
          columns: [
            { name: 'source', role: 'source', kind: 'text' },
            { name: 'target', role: 'target', kind: 'text' },
            { name: 'weight', role: 'weight', kind: 'f32' },
          ],
          sampleRows: [
            ['a', 'b', '0.5'],
            ['b', 'c', '1'],
          ],
          sizeBytes: EDGES.length,
        },
      ],
      notices: [],
    });
  });

  it('reads roles a person changed', async () => {
    const files = { 'nodes.csv': 'id,team,kind\na,x,p\nb,y,q\nc,x,p\n', 'edges.csv': 'source,target\na,b\n' };
    const labelled = await read(files, { roles: { 'nodes.csv': { team: 'label', kind: 'ignore' } } });
    expect(columnsOf(labelled.graph).map((column) => `${column.name} ${column.kind}`)).toEqual([
      'team category',
    ]);
    expect(labelled.hints).toEqual({ target: 'team' });
    const typed = await read(files, { roles: { 'nodes.csv': { kind: 'node-type' } } });
    expect(typed.graph.nodeTypes.map((type) => type.name)).toEqual(['p', 'q']);
    expect(nodeIdsOf(typed.graph)).toEqual(['a', 'c', 'b']);
    expect(cellsOf(columnsOf(typed.graph), 'team')?.cells).toEqual(['x', 'x']);
    expect(edgesOf(typed.graph)).toEqual(['a edge b']);
  });
});

const CORA = path.resolve(process.cwd(), '../shared/datasets/cora/plain');
const CORA_FILES = ['nodes.csv', 'edges.csv', 'features.svm.gz'];

function expectCora({ graph, report }: ImportResult): void {
  expect([numNodes(graph), numEdges(graph)]).toEqual([2708, 5278]);
  const features = findColumn(columnsOf(graph), 'features') as SparseColumn;
  expect([features.kind, features.width, features.values.length]).toEqual(['sparse', 1433, 49_216]);
  const label = findColumn(columnsOf(graph), 'label') as CategoryColumn;
  expect(label.dictionary).toEqual(['0', '1', '2', '3', '4', '5', '6']);
  const split = cellsOf(columnsOf(graph), 'split')?.cells ?? [];
  const count = (part: string): number => split.filter((cell) => cell === part).length;
  expect([count('train'), count('val'), count('test'), count('none')]).toEqual([140, 500, 1000, 1068]);
  expect(findColumn(columnsOf(graph), 'label_name')?.kind).toBe('category');
  expect(
    columnsOf(graph).every((column) => column.validity === null || countBits(column.validity) === 2708),
  ).toBe(true);
  expect(report.summary).toBe('2,708 nodes · 5,278 edges · 7 labels · 1,433 sparse features');
  expect(report.notices).toEqual([]);
}

describe('Cora', () => {
  const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(path.join(CORA, name)));

  it.skipIf(!existsSync(CORA))('reads the folder and its zip to the same graph', async () => {
    const sources: FileSource[] = CORA_FILES.map((name) => memorySource(`plain/${name}`, bytesOf(name)));
    const folder = await importFiles(sources, DEFAULT_IMPORT_OPTIONS);
    expectCora(folder);
    const zip = zipSync({
      ...Object.fromEntries(CORA_FILES.map((name) => [`cora/${name}`, bytesOf(name)])),
      '__MACOSX/cora/._nodes.csv': strToU8('x'),
    });
    const zipped = await importFiles([memorySource('cora.zip', zip)], DEFAULT_IMPORT_OPTIONS);
    expectCora(zipped);
    expect(zipped.graph.name).toBe('cora');
    expect(zipped.graph.version).toBe(folder.graph.version);
  });
});
