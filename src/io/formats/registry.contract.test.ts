import { readdirSync } from 'node:fs';
import path from 'node:path';
import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../detectFormat.ts';
import { DEFAULT_IMPORT_LIMITS, DEFAULT_IMPORT_OPTIONS, type ProbedFile } from '../importTypes.ts';
import { textFiles } from '../testFiles.ts';
import { readHead } from '../bytes/readBytes.ts';
import { formats } from './index.ts';

type Contents = Readonly<Record<string, string | Uint8Array>>;

/** Files that exactly one format must claim. A new format adds its own. */
const FIXTURES: readonly { readonly format: string; readonly what: string; readonly files: Contents }[] = [
  {
    format: 'plain',
    what: 'nodes and edges',
    files: { 'nodes.csv': 'id,x\na,1\n', 'edges.csv': 'source,target\na,a\n' },
  },
  {
    format: 'plain',
    what: 'edges with extras',
    files: { 'edges.csv': 'source,target\na,b\n', 'notes.txt': 'a,b\n1,2\n' },
  },
  {
    format: 'plain',
    what: 'typed tables',
    files: { 'nodes.user.csv': 'id\n1\n', 'edges.knows.csv': 'source,target\n1,1\n' },
  },
  {
    format: 'graphml',
    what: 'a graph under any name',
    files: {
      'graph.xml':
        '<?xml version="1.0"?><!-- by hand --><g:graphml xmlns:g="x"><graph><node id="a"/></graph></g:graphml>',
    },
  },
  {
    format: 'gexf',
    what: 'a graph of Gephi',
    files: { 'graph.gexf': '<gexf version="1.3"><graph><nodes><node id="a"/></nodes></graph></gexf>' },
  },
  { format: 'csv', what: 'an edge list', files: { 'friends.csv': 'source,target\na,b\n' } },
  { format: 'csv', what: 'an edge list without a header', files: { 'list.txt': '1 2\n2 3\n' } },
  {
    format: 'csv',
    what: 'two tables',
    files: { 'people.csv': 'id,age\n1,2\n', 'knows.tsv': 'from\tto\n1\t1\n' },
  },
  {
    format: 'csv',
    what: 'nodes.csv beside a table of another name',
    files: { 'nodes.csv': 'id,x\na,1\nb,2\n', 'links.csv': 'from,to\na,b\n' },
  },
  { format: 'csv', what: 'edges.csv without named ends', files: { 'edges.csv': '1,2\n2,3\n' } },
  {
    format: 'parquet',
    what: 'a table of pairs',
    files: {
      'pairs.parquet': new Uint8Array(
        parquetWriteBuffer({
          columnData: [
            { name: 'source', data: ['a', 'b'], type: 'STRING' },
            { name: 'target', data: ['b', 'c'], type: 'STRING' },
          ],
        }),
      ),
    },
  },
  {
    format: 'arrow',
    what: 'a table of pairs',
    files: {
      'pairs.feather': tableToIPC(tableFromArrays({ source: ['a', 'b'], target: ['b', 'c'] }), {
        format: 'file',
      }) as Uint8Array,
    },
  },
  { format: 'json-records', what: 'lines', files: { 'a.jsonl': '{"source":1,"target":2}\n' } },
  { format: 'json-records', what: 'a list', files: { 'a.json': '[{"id":1,"x":2},{"id":2,"x":[1,2]}]' } },
  {
    format: 'gml',
    what: 'Newman',
    files: { 'karate.gml': 'Creator "x"\ngraph\n[\n  node\n  [\n id 1\n]\n]\n' },
  },
  { format: 'gdf', what: 'GUESS', files: { 'a.gdf': 'nodedef>name VARCHAR\na\nedgedef>node1,node2\na,a\n' } },
  { format: 'sif', what: 'relations', files: { 'a.sif': 'a pp b\n' } },
  { format: 'sif', what: 'names with blanks', files: { 'a.sif': 'node 1\tpp\tnode 2\n' } },
  { format: 'lgl', what: 'neighbours', files: { 'a.lgl': '# a\nb 2\n' } },
  { format: 'ncol', what: 'pairs', files: { 'a.ncol': 'a b 2\n' } },
  {
    format: 'planetoid',
    what: 'ind files with a citation list',
    files: {
      'ind.cora.graph': '\x80\x02}.',
      'ind.cora.test.index': '1\n2\n',
      'cora.cites': '35\t1033\n35\t103482\n',
    },
  },
];

async function probe(files: Contents): Promise<ProbedFile[]> {
  return Promise.all(
    textFiles(files).map(async (source) => ({ source, head: await readHead(source, 65_536) })),
  );
}

describe.each(formats.all)('format $id', (format) => {
  it('has words for the menu and a source', () => {
    expect(format.id).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(format.name).not.toBe('');
    expect(format.summary).toMatch(/\.$/);
    expect(format.source).not.toBe('');
    expect(format.extensions.every((extension) => /^[a-z0-9]+$/.test(extension))).toBe(true);
  });

  it('has a fixture', () => {
    expect(FIXTURES.some((fixture) => fixture.format === format.id)).toBe(true);
  });

  it('does not claim files it cannot know', async () => {
    for (const files of [
      {},
      { 'a.png': '\x89PNG\r\n' },
      { 'empty.csv': '' },
      { 'page.html': '<html></html>' },
    ]) {
      const detection = format.detect(await probe(files));
      expect(detection.confidence).toBe(0);
      expect(detection.why).not.toBe('');
    }
  });
});

describe.each(FIXTURES)('$format: $what', ({ format, files }) => {
  it('is claimed by exactly one format', async () => {
    const probed = await probe(files);
    const confidences = formats.all.map((candidate) => candidate.detect(probed).confidence);
    const highest = Math.max(...confidences);
    expect(confidences.filter((confidence) => confidence === highest)).toHaveLength(1);
    expect(detectFormat(probed).format.id).toBe(format);
  });

  it('is previewed and read deterministically, or refused readably', async () => {
    if (format === 'planetoid') return;
    const probed = await probe(files);
    const context = { limits: DEFAULT_IMPORT_LIMITS };
    const preview = await formats.get(format).preview(probed, context);
    expect(preview.formatId).toBe(format);
    expect(preview.tables.length).toBeGreaterThan(0);
    const first = await formats.get(format).read(probed, DEFAULT_IMPORT_OPTIONS, context);
    const second = await formats.get(format).read(probed, DEFAULT_IMPORT_OPTIONS, context);
    expect(first.report.formatId).toBe(format);
    expect(first.graph.version).toBe(second.graph.version);
  });
});

describe('the registry', () => {
  it('lists every format file, and every format file has a test', () => {
    const folder = path.resolve(process.cwd(), 'src/io/formats');
    const names = readdirSync(folder);
    const modules = names.filter(
      (name) => name.endsWith('.ts') && !name.includes('.test.') && name !== 'index.ts',
    );
    expect(modules).toHaveLength(formats.all.length);
    expect(modules.filter((name) => !names.includes(name.replace('.ts', '.test.ts')))).toEqual([]);
  });
});
