import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openDroppedFiles, sanitisePath } from './archive.ts';
import { memorySource } from '../fileSource.ts';
import { DEFAULT_IMPORT_LIMITS } from '../importTypes.ts';
import { readWhole } from './readBytes.ts';
import { failureOf } from '../testFiles.ts';

const LIMITS = DEFAULT_IMPORT_LIMITS;
const open = (name: string, bytes: Uint8Array, limits = LIMITS) =>
  openDroppedFiles([memorySource(name, bytes)], limits, { bytes: 0 });

async function contents(name: string, bytes: Uint8Array): Promise<Record<string, string>> {
  const { files } = await open(name, bytes);
  const entries: [string, string][] = [];
  for (const file of files) entries.push([file.path, new TextDecoder().decode(await readWhole(file, 1e6))]);
  return Object.fromEntries(entries);
}

describe('openDroppedFiles', () => {
  it('expands a zip, strips the common folder and ignores hidden files', async () => {
    const zip = zipSync({
      'cora/nodes.csv': strToU8('id\n1\n'),
      'cora/deep/edges.csv': [strToU8('source,target\n'), { level: 0 }],
      'cora/.DS_Store': strToU8('x'),
      '__MACOSX/cora/._nodes.csv': strToU8('x'),
    });
    expect(await contents('cora.zip', zip)).toEqual({
      'nodes.csv': 'id\n1\n',
      'deep/edges.csv': 'source,target\n',
    });
    expect((await open('cora.zip', zip)).title).toBe('cora');
  });

  it('ignores what is hidden inside the dropped folder, not where it lies', async () => {
    const paths = ['home/.cache/g/nodes.csv', 'home/.cache/g/.git/config', 'home/.cache/g/edges.csv'];
    const { files } = await openDroppedFiles(
      paths.map((path) => memorySource(path, 'a,b\n')),
      LIMITS,
      { bytes: 0 },
    );
    expect(files.map((file) => file.path)).toEqual(['nodes.csv', 'edges.csv']);
  });

  it('takes gzip off inside and outside a zip, as often as the file is opened', async () => {
    const gzip = gzipSync(strToU8('1:1 2:3\n'));
    expect(await contents('data.zip', zipSync({ 'features.svm.gz': gzip }))).toEqual({
      'features.svm': '1:1 2:3\n',
    });
    const { files } = await open('features.svm.gz', gzip);
    const [file] = files;
    expect(file?.path).toBe('features.svm');
    if (file === undefined) throw new Error('no file');
    expect(await readWhole(file, 100)).toEqual(await readWhole(file, 100));
  });

  it('reads gzip of several members', async () => {
    const first = gzipSync(strToU8('a,b\n'));
    const second = gzipSync(strToU8('1,2\n'));
    const both = new Uint8Array(first.length + second.length);
    both.set(first);
    both.set(second, first.length);
    expect(await contents('t.csv.gz', both)).toEqual({ 't.csv': 'a,b\n1,2\n' });
  });

  it('names a folder, an archive and a set of files', async () => {
    const source = (path: string) => memorySource(path, 'a,b\n');
    const title = async (...paths: string[]) =>
      (await openDroppedFiles(paths.map(source), LIMITS, { bytes: 0 })).title;
    expect(await title('karate/nodes.csv', 'karate/edges.csv')).toBe('karate');
    expect(await title('friends.csv')).toBe('friends');
    expect(await title('a.csv', 'b.csv')).toBe('Dropped files');
  });

  it('refuses a zip bomb', async () => {
    const bomb = zipSync({ 'edges.csv': new Uint8Array(8 * 1024 ** 2) });
    expect(await failureOf(open('bomb.zip', bomb))).toEqual({
      name: 'LimitError',
      code: 'expansion-ratio',
      message: 'bomb.zip expands to more than 200 times its size.',
      remedy: 'Expand the archive yourself if you trust it, and drop the files.',
      details: { file: 'bomb.zip', limit: 200 },
    });
  });

  it('refuses a gzip bomb when it is read', async () => {
    const { files } = await open('bomb.csv.gz', gzipSync(new Uint8Array(8 * 1024 ** 2)));
    const [file] = files;
    if (file === undefined) throw new Error('no file');
    expect(await failureOf(readWhole(file, 1e9))).toEqual({
      name: 'LimitError',
      code: 'expansion-ratio',
      message: 'bomb.csv.gz expands to more than 200 times its size.',
      remedy: 'Expand the archive yourself if you trust it, and drop the files.',
      details: { file: 'bomb.csv.gz', limit: 200 },
    });
  });

  it('refuses too many entries', async () => {
    const zip = zipSync({ a: strToU8('1'), b: strToU8('2'), c: strToU8('3') });
    expect(await failureOf(open('many.zip', zip, { ...LIMITS, maxEntries: 2 }))).toEqual({
      name: 'LimitError',
      code: 'too-many-entries',
      message: 'many.zip has more than 2 entries.',
      remedy: 'Pack only the files of one graph.',
      details: { file: 'many.zip', limit: 2 },
    });
  });

  it('refuses more bytes than the limit', async () => {
    const zip = zipSync({ 'a.csv': [strToU8('0123456789'), { level: 0 }] });
    expect(await failureOf(open('big.zip', zip, { ...LIMITS, maxBytes: 5 }))).toEqual({
      name: 'LimitError',
      code: 'too-many-bytes',
      message: 'big.zip holds more than 5 bytes.',
      remedy: 'Import a part of the data.',
      details: { file: 'big.zip', limit: 5 },
    });
  });

  it.each([
    ['cut.zip', zipSync({ 'a.csv': strToU8('source,target\n'.repeat(50)) }).slice(0, 48), 'zip archive'],
    ['cut.csv.gz', gzipSync(strToU8('source,target\n'.repeat(50))).slice(0, 25), 'gzip file'],
  ])('refuses the truncated %s', async (name, bytes, what) => {
    const reading = open(name, bytes).then(({ files }) =>
      Promise.all(files.map((file) => readWhole(file, 1e6))),
    );
    expect(await failureOf(reading)).toEqual({
      name: 'ParseError',
      code: 'damaged-archive',
      message: `${name}: the ${what} is damaged, incomplete or encrypted.`,
      remedy: 'Download or pack it again, without a password.',
      details: { file: name },
    });
  });

  it('tells a spreadsheet from an archive', async () => {
    const sheet = zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'xl/workbook.xml': strToU8('<x/>') });
    expect(await failureOf(open('table.xlsx', sheet))).toEqual({
      name: 'ParseError',
      code: 'office-document',
      message: 'table.xlsx is an office document, not an archive of graph files.',
      remedy: 'Save the sheet as CSV and drop that file instead.',
      details: { file: 'table.xlsx' },
    });
  });

  it('refuses an empty archive and nothing at all', async () => {
    expect(await failureOf(open('empty.zip', zipSync({})))).toMatchObject({
      message: 'empty.zip holds no files.',
    });
    expect(await failureOf(openDroppedFiles([], LIMITS, { bytes: 0 }))).toMatchObject({
      message: 'No file was dropped.',
    });
  });
});

describe('sanitisePath', () => {
  it.each([
    ['../../etc/passwd', 'etc/passwd'],
    ['C:\\data\\nodes.csv', 'data/nodes.csv'],
    ['/a//b/./c', 'a/b/c'],
  ])('%s → %s', (path, expected) => {
    expect(sanitisePath(path)).toBe(expected);
  });
});
