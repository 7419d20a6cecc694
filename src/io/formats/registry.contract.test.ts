import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../detectFormat.ts';
import { DEFAULT_IMPORT_LIMITS, DEFAULT_IMPORT_OPTIONS, type ProbedFile } from '../importTypes.ts';
import { FORMAT_FIXTURES, type FixtureFiles } from '../formatFixtures.ts';
import { textFiles } from '../testFiles.ts';
import { readHead } from '../bytes/readBytes.ts';
import { formats } from './index.ts';

async function probe(files: FixtureFiles): Promise<ProbedFile[]> {
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
    expect(FORMAT_FIXTURES.some((fixture) => fixture.format === format.id)).toBe(true);
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

describe.each(FORMAT_FIXTURES)('$format: $what', ({ format, files }) => {
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
