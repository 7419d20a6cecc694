import { gzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { numEdges, numNodes } from '../core/graph.ts';
import { blobSource, memorySource } from './fileSource.ts';
import { importFiles, inspectFiles } from './importer.ts';
import {
  DEFAULT_IMPORT_LIMITS,
  DEFAULT_IMPORT_OPTIONS,
  type ImportOptions,
  type ImportProgress,
} from './importTypes.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from './testFiles.ts';

type Contents = Readonly<Record<string, string | Uint8Array>>;

const read = (contents: Contents, options: Partial<ImportOptions> = {}) =>
  importFiles(textFiles(contents), { ...DEFAULT_IMPORT_OPTIONS, ...options });

const noticesOf = async (contents: Contents, options: Partial<ImportOptions> = {}) =>
  (await read(contents, options)).report.notices;

function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), true);
  return bytes;
}

describe('what is dropped, mended and added is reported', () => {
  it('ragged rows', async () => {
    expect(await noticesOf({ 'edges.csv': 'source,target,w\na,b,1\nb,c\nc,d,2,3\nd,e,3,\n' })).toEqual([
      {
        severity: 'warning',
        code: 'ragged-rows',
        message: 'edges.csv: 2 rows dropped because they have not 3 cells.',
        count: 2,
        file: 'edges.csv',
        examples: [
          { line: 3, text: '2 cells: b | c' },
          { line: 4, text: '4 cells: c | d | 2 | 3' },
        ],
      },
    ]);
  });

  it('unknown nodes, added', async () => {
    const contents = { 'nodes.csv': 'id,x\na,1\n', 'edges.csv': 'source,target\na,b\nb,c\n' };
    const { graph, report } = await read(contents);
    expect(cellsOf(graph.nodeTypes[0]?.columns ?? [], 'x')).toEqual({ kind: 'i32', cells: ['1', '', ''] });
    expect(report.notices).toEqual([
      {
        severity: 'warning',
        code: 'unknown-node-added',
        message: 'edges.csv: 2 nodes added that no node table names; all their attributes are missing.',
        count: 2,
        file: 'edges.csv',
        examples: [
          { line: 2, text: "added node 'b'" },
          { line: 3, text: "added node 'c'" },
        ],
      },
    ]);
  });

  it('edges of unknown nodes, dropped', async () => {
    const contents = { 'nodes.csv': 'id\na\nb\n', 'edges.csv': 'source,target,w\na,b,1\na,z,2\nb,a,3\n' };
    const { graph, report } = await read(contents, { missingNodes: 'drop' });
    expect(nodeIdsOf(graph)).toEqual(['a', 'b']);
    expect(cellsOf(graph.edgeColumns, 'w')?.cells).toEqual(['1', '3']);
    expect(report.notices[0]).toEqual({
      severity: 'warning',
      code: 'unknown-node-dropped',
      message: 'edges.csv: 1 edge dropped because an end is not in the node table.',
      count: 1,
      file: 'edges.csv',
      examples: [{ line: 3, text: "unknown node 'z'" }],
    });
  });

  it('rows that were dropped stay dropped when a column is read again', async () => {
    const text = 'source,target,w\na,b,007\na,,1\nb,c\nb,c,1.50\nc,a,late\n';
    const { graph } = await read({ 'edges.csv': text });
    expect(edgesOf(graph)).toEqual(['a edge b', 'b edge c', 'c edge a']);
    expect(cellsOf(graph.edgeColumns, 'w')).toEqual({ kind: 'text', cells: ['007', '1.50', 'late'] });
  });

  it('empty ends and ids', async () => {
    const contents = { 'nodes.csv': 'id,x\na,1\n,2\nb,3\n', 'edges.csv': 'source,target\na,b\n,b\n' };
    expect(
      (await noticesOf(contents)).map(({ code, message, examples }) => ({ code, message, examples })),
    ).toEqual([
      {
        code: 'missing-id',
        message: 'nodes.csv: 1 row dropped because the id is missing.',
        examples: [{ line: 3, text: 'no id' }],
      },
      {
        code: 'missing-end',
        message: 'edges.csv: 1 edge dropped because an end is empty.',
        examples: [{ line: 3, text: 'no source' }],
      },
    ]);
  });

  it('self-loops and duplicate edges are kept', async () => {
    const contents = { 'edges.csv': 'source,target\na,b\nb,a\nc,c\na,b\n' };
    const { graph, report } = await read(contents);
    expect(numEdges(graph)).toBe(4);
    expect(report.notices).toEqual([
      {
        severity: 'info',
        code: 'duplicate-edges',
        message: '2 edges repeated, kept as parallel edges.',
        count: 2,
        examples: [
          { line: 3, text: 'b – a' },
          { line: 5, text: 'a – b' },
        ],
      },
      {
        severity: 'info',
        code: 'self-loops',
        message: '1 edge from a node to itself, kept.',
        count: 1,
        examples: [{ line: 4, text: 'c – c' }],
      },
    ]);
    const directed = await noticesOf(contents, { direction: 'directed' });
    expect(directed.find((notice) => notice.code === 'duplicate-edges')?.count).toBe(1);
  });

  it('NaN features', async () => {
    expect(
      await noticesOf({ 'nodes.csv': 'id,x\na,0.5\nb,NaN\nc,inf\n', 'edges.csv': 'source,target\na,b\n' }),
    ).toEqual([
      {
        severity: 'warning',
        code: 'not-finite',
        message: "nodes.csv: column 'x' has 2 cells of NaN or Infinity, treated as missing.",
        count: 2,
        file: 'nodes.csv',
        examples: [
          { line: 3, text: 'x: NaN' },
          { line: 4, text: 'x: inf' },
        ],
      },
    ]);
  });

  it('a graph without edges', async () => {
    expect(await noticesOf({ 'nodes.csv': 'id,x\na,1\nb,2\n' })).toEqual([
      {
        severity: 'info',
        code: 'no-edges',
        message: 'The graph has no edges; models will learn from node attributes alone.',
        count: 1,
        examples: [],
      },
    ]);
  });
});

describe('encodings and dialects', () => {
  it.each([
    ['UTF-16 with mark', utf16('\uFEFFsource,target,city\na,b,Zürich\n')],
    ['UTF-16 without mark', utf16('source,target,city\na,b,Zürich\n')],
    ['semicolon with a byte-order mark', '\uFEFFsource;target;city\na;b;Zürich\n'],
    ['CR', 'source,target,city\ra,b,Zürich\r'],
  ])('reads %s', async (_, content) => {
    const { graph } = await read({ 'edges.csv': content });
    expect(edgesOf(graph)).toEqual(['a edge b']);
    expect(cellsOf(graph.edgeColumns, 'city')?.cells).toEqual(['Zürich']);
  });

  it('keeps newlines inside quoted cells', async () => {
    const { graph } = await read({ 'nodes.csv': 'id,text\na,"one\ntwo ""x"""\nb,"three, four"\n' });
    expect(cellsOf(graph.nodeTypes[0]?.columns ?? [], 'text')?.cells).toEqual([
      'one\ntwo "x"',
      'three, four',
    ]);
  });

  it('reads browser files', async () => {
    const blob = new Blob(['source,target\na,b\n']);
    const { graph } = await importFiles([blobSource('edges.csv', blob)], DEFAULT_IMPORT_OPTIONS);
    expect(edgesOf(graph)).toEqual(['a edge b']);
  });
});

describe('refusals', () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0);
  const binary = (file: string, found: string) => ({
    name: 'ParseError',
    code: 'binary-file',
    message: `${file} is not a text table: it contains ${found}.`,
    remedy: 'Export the table as CSV text and drop that file instead.',
    details: { file, found },
  });
  const empty = (file: string) => ({
    name: 'ParseError',
    code: 'empty-file',
    message: `${file} is empty.`,
    remedy: 'Drop a file with at least one row.',
    details: { file },
  });

  it.each<[string, Contents, object]>([
    ['an empty file', { 'edges.csv': '' }, empty('edges.csv')],
    ['an empty table', { 'friends.csv': '' }, empty('friends.csv')],
    ['blank lines only', { 'friends.csv': '\n\n \n' }, empty('friends.csv')],
    ['an image named .csv', { 'edges.csv': png }, binary('edges.csv', 'a PNG image')],
    ['an image among tables', { 'a.csv': 'a,b\n1,2\n', 'b.csv': png }, binary('b.csv', 'a PNG image')],
    [
      'a duplicate node id',
      { 'nodes.csv': 'id,x\na,1\nb,2\na,3\n', 'edges.csv': 'source,target\na,b\n' },
      {
        name: 'InvalidGraphError',
        code: 'duplicate-node-id',
        message: "nodes.csv line 4: node id 'a' was already used on line 2.",
        remedy: 'Give every node of a type its own id, or choose another id column.',
        details: { file: 'nodes.csv', line: 4, firstLine: 2, id: 'a' },
      },
    ],
    [
      'two columns of one name',
      { 'edges.csv': 'source,target,w,w\na,b,1,2\n' },
      {
        name: 'ParseError',
        code: 'duplicate-column',
        message: "edges.csv line 1: two columns are named 'w'.",
        remedy: 'Rename one of them.',
        details: { file: 'edges.csv', line: 1, column: 'w' },
      },
    ],
    [
      'rows that never fit',
      { 'edges.csv': 'source,target\na,b,c\nd,e,f\n' },
      {
        name: 'ParseError',
        code: 'no-even-rows',
        message: 'edges.csv line 2: no row has the 2 cells of the header.',
        remedy: 'Check the delimiter and the header row of the file.',
        details: { file: 'edges.csv', line: 2, numColumns: 2 },
      },
    ],
    [
      'a header without rows',
      { 'edges.csv': 'source,target\n' },
      {
        name: 'InvalidGraphError',
        code: 'no-nodes',
        message: 'The files hold no nodes.',
        remedy: 'Drop a table with at least one row below its header.',
        details: {},
      },
    ],
    [
      'one column',
      { 'words.csv': 'Just some text\nmore text\nend\n' },
      {
        name: 'ParseError',
        code: 'one-column',
        message: 'words.csv has only one column.',
        remedy: 'Separate the columns by commas, tabs or semicolons.',
        details: { file: 'words.csv' },
      },
    ],
    [
      'a format that is not read',
      { 'g.docx': '<?xml version="1.0"?><document/>' },
      {
        name: 'ParseError',
        code: 'unknown-format',
        message: 'No graph format that this version reads was recognised in g.docx.',
        remedy:
          'Drop a table (CSV, Excel sheets saved as CSV, JSON Lines, Parquet) or a graph file such as GraphML, GEXF, GML, Pajek, CX2, JSON or RDF.',
        details: { files: ['g.docx'] },
      },
    ],
    [
      'a name that promises another content',
      { 'g.parquet': 'a,b' },
      {
        name: 'ParseError',
        code: 'content-mismatch',
        message: 'g.parquet is named like Parquet, but its content is not.',
        remedy: 'Open the file in a text editor and check that it is what its name says, or export it again.',
        details: { file: 'g.parquet', format: 'Parquet' },
      },
    ],
    [
      'a zip bomb',
      { 'bomb.zip': zipSync({ 'edges.csv': new Uint8Array(4 * 1024 ** 2) }) },
      {
        name: 'LimitError',
        code: 'expansion-ratio',
        message: 'bomb.zip expands to more than 200 times its size.',
        remedy: 'Expand the archive yourself if you trust it, and drop the files.',
        details: { file: 'bomb.zip', limit: 200 },
      },
    ],
  ])('%s', async (_, contents, expected) => {
    expect(await failureOf(read(contents))).toEqual(expected);
    if (!('code' in expected) || expected.code !== 'no-nodes') return;
    await expect(inspectFiles(textFiles(contents))).resolves.toBeDefined();
  });

  it('50 MB of zeros named .csv, at once', async () => {
    const source = memorySource('zeros.csv', new Uint8Array(50 * 1024 ** 2));
    const startMs = performance.now();
    expect(await failureOf(importFiles([source], DEFAULT_IMPORT_OPTIONS))).toEqual(
      binary('zeros.csv', 'binary data'),
    );
    expect(performance.now() - startMs).toBeLessThan(2000);
  });

  it.each([
    ['maxNodes', 'too-many-nodes', 'The graph has more than 2 nodes.'],
    ['maxEdges', 'too-many-edges', 'The graph has more than 2 edges.'],
  ])('%s', async (limit, code, message) => {
    const limits = { ...DEFAULT_IMPORT_LIMITS, [limit]: 2 };
    const files = textFiles({ 'edges.csv': 'source,target\na,b\nb,c\nc,d\n' });
    expect(await failureOf(importFiles(files, DEFAULT_IMPORT_OPTIONS, { limits }))).toEqual({
      name: 'LimitError',
      code,
      message,
      remedy: 'Import a part of the graph.',
      details: { limit: 2 },
    });
  });
});

describe('progress and cancel', () => {
  const big = `source,target,w\n${Array.from({ length: 200_000 }, (_, at) => `n${at % 5000},n${(at * 7) % 5000},${at}`).join('\n')}\n`;

  it('reports bytes of the raw file and never more than all of them', async () => {
    const gzip = gzipSync(new TextEncoder().encode(big));
    const seen: ImportProgress[] = [];
    const { graph, report } = await importFiles(
      [memorySource('edges.csv.gz', gzip)],
      DEFAULT_IMPORT_OPTIONS,
      {
        onProgress: (progress) => seen.push(progress),
      },
    );
    expect([numNodes(graph), numEdges(graph)]).toEqual([5000, 200_000]);
    expect(report.bytesRead).toBe(gzip.length);
    expect(seen[0]).toEqual({ stage: 'Opening files', bytes: 0, totalBytes: gzip.length, rows: 0 });
    expect(seen.every((progress) => progress.bytes <= progress.totalBytes)).toBe(true);
  });

  it('stops when the signal is aborted while rows are read', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 5);
    const reading = importFiles(textFiles({ 'edges.csv': big.repeat(4) }), DEFAULT_IMPORT_OPTIONS, {
      signal: controller.signal,
    });
    expect(await failureOf(reading)).toMatchObject({
      name: 'CancelledError',
      message: 'Reading edges.csv was cancelled.',
    });
  });

  it('does not begin when the signal is aborted already', async () => {
    const signal = AbortSignal.abort();
    const files = textFiles({ 'edges.csv': 'source,target\na,b\n' });
    expect(await failureOf(inspectFiles(files, { signal }))).toMatchObject({
      message: 'The import was cancelled.',
    });
  });
});
