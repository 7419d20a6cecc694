/** README.md says what the registries say; a stale table fails here by name. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readmeTables, withTables } from './tables.ts';

const page = readFileSync(resolve(process.cwd(), 'README.md'), 'utf8');
const tables = readmeTables();

describe('README.md', () => {
  it.each(Object.keys(tables))(
    'has the current table of %s (else run: node scripts/docs/build.mjs)',
    (name) => {
      expect(page).toContain(`<!-- generated:${name} -->\n\n${tables[name]}\n\n<!-- /generated -->`);
    },
  );

  it('is what the script would write', () => {
    expect(withTables(page, tables) === page).toBe(true);
  });
});

describe('withTables', () => {
  const stale = 'a\n<!-- generated:x -->\nold\n<!-- /generated -->\nb\n';

  it('replaces what is between the markers and nothing else', () => {
    const fresh = withTables(stale, { x: 'new' });
    expect(fresh).toBe('a\n<!-- generated:x -->\n\nnew\n\n<!-- /generated -->\nb\n');
    expect(withTables(fresh, { x: 'new' })).toBe(fresh);
  });

  it.each([
    ['a marker without a table', stale, {}, "README.md has a marker 'x' that no table belongs to"],
    ['a table without a marker', stale, { x: '', y: '' }, 'README.md has no marker for: y'],
    [
      'a marker that is not closed',
      '<!-- generated:x -->\nold',
      { x: '' },
      "README.md: the marker 'x' is not closed by <!-- /generated -->",
    ],
    ['a marker used twice', stale + stale, { x: '' }, "README.md has the marker 'x' twice"],
  ])('refuses %s', (_, text, given, message) => {
    expect(() => withTables(text, given as Record<string, string>)).toThrow(new Error(message));
  });
});

const ADR = 'docs/adr';
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'GLOSSARY.md',
  'CHANGELOG.md',
  'docs/architecture.md',
  ...readdirSync(resolve(process.cwd(), ADR)).map((name) => `${ADR}/${name}`),
];

describe.each(pages)('links of %s', (file) => {
  it('lead to files that exist', () => {
    const text = readFileSync(resolve(process.cwd(), file), 'utf8');
    const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(
      (match) => match[1] as string,
    );
    const missing = targets.filter((target) => !existsSync(resolve(process.cwd(), file, '..', target)));
    expect(missing).toEqual([]);
  });
});
