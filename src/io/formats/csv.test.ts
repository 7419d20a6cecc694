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

describe('what tables mean', () => {
  const typeNames = ({ graph }: ImportResult) => graph.nodeTypes.map((type) => type.name);
  const columnsOf = ({ graph }: ImportResult, type = 0) => graph.nodeTypes[type]?.columns ?? [];

  it('numbers the rows of a table of measurements', async () => {
    const result = await read({
      'iris.csv': 'length,width,species\n5.1,3.5,setosa\n4.9,3.0,setosa\n5.1,3.5,other\n',
    });
    expect(nodeIdsOf(result.graph)).toEqual(['1', '2', '3']);
    expect(columnsOf(result).map((column) => column.name)).toEqual(['length', 'width', 'species']);
    expect(result.report.notices[0]?.message).toBe(
      'iris.csv: no column names the nodes; its rows are nodes 1 to 3.',
    );
  });

  it('joins a second table about the same nodes by id, and counts what has no node', async () => {
    const result = await read({
      'people.csv': 'id,age\nann,1\nbob,2\ncy,3\n',
      'labels.csv': 'id,team\ncy,x\nann,y\nzoe,x\n',
      'knows.csv': 'source,target\nann,bob\nbob,cy\n',
    });
    expect(typeNames(result)).toEqual(['node']);
    expect(cellsOf(columnsOf(result), 'age')?.cells).toEqual(['1', '2', '3']);
    expect(cellsOf(columnsOf(result), 'team')?.cells).toEqual(['y', '', 'x']);
    expect(result.report.notices.map(({ message }) => message)).toEqual([
      'labels.csv: 1 row left out because no node has such an id.',
      'labels.csv: 2 of 3 nodes have a row.',
    ]);
  });

  it('makes two node types of user_id and movie_id', async () => {
    const result = await read({ 'ratings.csv': 'user_id,movie_id,rating\n1,2,5\n2,1,3\n1,1,4\n' });
    expect(typeNames(result)).toEqual(['user', 'movie']);
    expect(nodeIdsOf(result.graph)).toEqual(['1', '2', '2', '1']);
    expect(numEdges(result.graph)).toBe(3);
  });

  it('keeps ends of one kind in one type', async () => {
    expect(typeNames(await read({ 'a.csv': 'source_id,target_id\n1,2\n' }))).toEqual(['node']);
    expect(typeNames(await read({ 'a.csv': 'from,to\n1,2\n' }))).toEqual(['node']);
  });

  it('remembers which part of the split an edge came from', async () => {
    const { graph } = await read({
      'train.txt': 'a\tlikes\tb\nb\tlikes\tc\n',
      'valid.txt': 'a\tlikes\tc\n',
      'test.txt': 'c\tknows\ta\n',
    });
    expect(edgesOf(graph)).toEqual(['a likes b', 'b likes c', 'a likes c', 'c knows a']);
    expect(cellsOf(graph.edgeColumns, 'split')).toEqual({
      kind: 'category',
      cells: ['train', 'train', 'val', 'test'],
    });
  });

  it('follows a column that says edge by edge whether it is directed', async () => {
    const { graph } = await read({ 'e.csv': 'source,target,directed\na,b,TRUE\nb,c,false\n' });
    expect([...graph.edgeTypes.directed]).toEqual([1, 0]);
    expect(graph.edgeColumns).toEqual([]);
  });

  it.each([
    ['head,relation,tail\na,likes,b\n', true],
    ['FROM_NODE,TO_NODE,TIME_SINCE_EPOCH\n1,2,3.5\n', true],
    ['sender,receiver\na,b\n', true],
    ['source,target\na,b\n', false],
    ['user,item\na,b\n', false],
  ])('knows ends whose order is the point: %j', async (text, directed) => {
    const files = { 'e.csv': text };
    expect(isDirected((await read(files)).graph)).toBe(directed);
    expect(isDirected((await read(files, { direction: directed ? 'undirected' : 'directed' })).graph)).toBe(
      !directed,
    );
  });

  it('keeps the first of a repeated node id, lists the others, or refuses', async () => {
    const files = { 'people.csv': 'id,age\na,1\nb,2\na,3\n' };
    const { graph, report } = await read(files);
    expect(nodeIdsOf(graph)).toEqual(['a', 'b']);
    expect(report.notices[0]).toMatchObject({
      message: 'people.csv: 1 row dropped because the node id was already used.',
      examples: [{ line: 4, text: "node 'a', first on line 2" }],
    });
    await expect(read(files, { duplicateNodes: 'refuse' })).rejects.toMatchObject({
      code: 'duplicate-node-id',
    });
  });

  it('takes the roles and types of tables a person chose', async () => {
    const files = { 'a.csv': 'x,y\np,q\nq,r\n', 'b.csv': 'x,age\np,3\nq,4\n' };
    const result = await read(files, {
      tables: { 'a.csv': { role: 'edges', type: 'knows' }, 'b.csv': { role: 'nodes', type: 'person' } },
    });
    expect(typeNames(result)).toEqual(['person']);
    expect(edgesOf(result.graph)).toEqual(['p knows q', 'q knows r']);
    const without = await read(files, { tables: { 'b.csv': { role: 'ignored' } } });
    expect(columnsOf(without)).toEqual([]);
  });

  it('takes the kinds a person chose, and says what could not be read so', async () => {
    const { graph, report } = await read(
      { 'e.csv': 'source,target,code,size\na,b,007,1\nb,c,008,big\n' },
      { kinds: { 'e.csv': { code: 'text', size: 'f32' } } },
    );
    expect(cellsOf(graph.edgeColumns, 'code')).toEqual({ kind: 'text', cells: ['007', '008'] });
    expect(cellsOf(graph.edgeColumns, 'size')).toEqual({ kind: 'f32', cells: ['1', ''] });
    expect(report.notices.find(({ code }) => code === 'not-converted')).toMatchObject({
      message: "e.csv: column 'size' has 1 cell that cannot be read as chosen, now missing.",
      examples: [{ text: 'size: big' }],
    });
  });

  it('reads vectors written into cells', async () => {
    const result = await read({ 'emb.csv': 'id,emb\na,"[0.5, 1]"\nb,\nc,[2 3]\n' });
    const vector = columnsOf(result)[0];
    expect(vector?.kind === 'vector' ? [...vector.values] : null).toEqual([0.5, 1, 0, 0, 2, 3]);
  });
});

const SHARED = path.resolve(process.cwd(), '../shared/datasets');
const SAMPLES = path.join(SHARED, 'format-samples');
const sourceOf = (file: string) => memorySource(path.basename(file), new Uint8Array(readFileSync(file)));

const ROWS = '10 nodes · 0 edges';
const TABLE_OUTCOMES: Readonly<Record<string, string>> = {
  'autori_mreza_edge (1).csv': '150 nodes · 750 edges',
  'csv-european-decimal.valid.csv': ROWS,
  'csv-european-format.valid.csv': ROWS,
  'csv-european-quoted.valid.csv': ROWS,
  'csv-mixed-types.valid.csv': ROWS,
  'csv-no-headers.valid.csv': ROWS,
  'csv-quoted-values.valid.csv': ROWS,
  'csv-with-headers.valid.csv': ROWS,
  'edge-attributes.valid.csv': '30 nodes · 0 edges',
  'edge-list.valid.csv': '20 nodes · 20 edges',
  'empty.invalid.csv': 'empty.invalid.csv is empty. Drop a file with at least one row.',
  'inconsistent-columns.invalid.csv':
    'inconsistent-columns.invalid.csv line 2: no row has the 3 cells of the header. Check the delimiter and the header row of the file.',
  'malformed-quotes.invalid.csv':
    'malformed-quotes.invalid.csv line 2: text follows a closing quote. Double the quotes inside the cell in the row that begins on line 2.',
  'no-delimiter.invalid.csv':
    'no-delimiter.invalid.csv has only one column. Separate the columns by commas, tabs or semicolons.',
  'node-attributes.valid.csv': '50 nodes · 0 edges',
  'semicolon-delimited.valid.txt': ROWS,
  // Rows with the unquoted name `New York` have a cell too many and are dropped with a count.
  'space-delimited.valid.txt': '5 nodes · 0 edges',
  // Empty lines before the header are no reason to refuse a table.
  'starts-empty-lines.invalid.csv': '2 nodes · 0 edges',
  'table-data-from-cy-tutorial.csv': '330 nodes · 359 edges · 2 relations',
  'tsv-no-headers.valid.tsv': ROWS,
  'tsv-with-headers.valid.tsv': ROWS,
};

describe('published tables', () => {
  it.skipIf(!existsSync(SHARED)).each([
    ['bitcoin-otc/soc-sign-bitcoinotc.csv', 5881, 35_592],
    ['collegemsg/CollegeMsg.txt', 1899, 59_835],
    ['nations/train.txt', 14, 1592],
    ['cora/raw/cora.cites', 2708, 5429],
    ['classic-graphs/football_edges.csv', 115, 613],
    ['classic-graphs/polbooks_edges.csv', 105, 441],
    ['classic-graphs/out.ucidata-zachary', 34, 78],
  ])('%s has %d nodes and %d edges', async (file, nodes, edges) => {
    const { graph } = await importFiles([sourceOf(path.join(SHARED, file))], DEFAULT_IMPORT_OPTIONS);
    expect([numNodes(graph), numEdges(graph)]).toEqual([nodes, edges]);
  });

  it.skipIf(!existsSync(SHARED)).each([
    ['football', 115, 613, 12],
    ['polbooks', 105, 441, 3],
  ])(
    '%s: nodes and edges without headers, tabs and closing semicolons',
    async (name, nodes, edges, classes) => {
      const files = ['nodes', 'edges'].map((part) =>
        sourceOf(path.join(SHARED, `classic-graphs/${name}_${part}.csv`)),
      );
      const { graph } = await importFiles(files, DEFAULT_IMPORT_OPTIONS);
      expect([numNodes(graph), numEdges(graph)]).toEqual([nodes, edges]);
      const columns = graph.nodeTypes[0]?.columns ?? [];
      expect(new Set(cellsOf(columns, columns.at(-1)?.name ?? '')?.cells).size).toBe(classes);
    },
  );

  const samples = (folder: string): string[] =>
    existsSync(SAMPLES) ? readdirSync(path.join(SAMPLES, folder)).sort() : [];
  const outcome = async (folder: string, name: string): Promise<string> => {
    try {
      const { report } = await importFiles(
        [sourceOf(path.join(SAMPLES, folder, name))],
        DEFAULT_IMPORT_OPTIONS,
      );
      return report.summary;
    } catch (error) {
      const { message, remedy } = error as WorkbenchError;
      expect(error, name).toBeInstanceOf(WorkbenchError);
      return `${message} ${remedy}`;
    }
  };

  it.skipIf(!existsSync(SAMPLES))(
    'every table of format-samples/tables loads, or says what to do',
    async () => {
      const outcomes: Record<string, string> = {};
      for (const name of samples('tables')) outcomes[name] = await outcome('tables', name);
      expect(outcomes).toEqual(TABLE_OUTCOMES);
    },
  );

  it.skipIf(!existsSync(SAMPLES)).each(samples('csv-spectrum/csvs'))('csv-spectrum: %s', async (name) => {
    const [table] = (await inspectFiles([sourceOf(path.join(SAMPLES, 'csv-spectrum/csvs', name))])).tables;
    const json = path.join(SAMPLES, 'csv-spectrum/json', name.replace('.csv', '.json'));
    // The expected text has line feeds; a cell keeps the line ends of its file.
    const expected = readFileSync(json, 'utf8').replaceAll('\\r\\n', '\\n');
    const records = JSON.parse(expected) as Record<string, string>[];
    const rows = table?.sampleRows.map((row) =>
      Object.fromEntries(table.columns.map((column, at) => [column.name, row[at]?.replaceAll('\r\n', '\n')])),
    );
    expect(rows).toEqual(records);
  });
});
