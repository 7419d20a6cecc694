import { describe, expect, it } from 'vitest';
import { DEFAULT_IMPORT_OPTIONS, type ImportOptions, type ImportPreview } from '../io/importTypes.ts';
import { importShape, recallOptions, rememberOptions } from './importMemory.ts';

function preview(tables: Readonly<Record<string, readonly string[]>>, formatId = 'csv'): ImportPreview {
  return {
    formatId,
    formatName: '',
    why: '',
    title: '',
    notices: [],
    tables: Object.entries(tables).map(([path, names]) => ({
      path,
      role: 'nodes',
      type: '',
      dialect: '',
      columns: names.map((name) => ({ name, role: 'attribute', kind: 'text' })),
      sampleRows: [],
      sizeBytes: 0,
    })),
  };
}

function preferences(): Parameters<typeof recallOptions>[0] {
  const kept = new Map<string, string>();
  return {
    readPreference: (key) => kept.get(key) ?? null,
    writePreference: (key, value) => kept.set(key, value),
  };
}

const chosen: ImportOptions = {
  ...DEFAULT_IMPORT_OPTIONS,
  direction: 'directed',
  tables: { 'jan/people.csv': { role: 'nodes', type: 'person' } },
  roles: { 'jan/people.csv': { name: 'node-id' }, 'jan/calls.csv': { who: 'source' } },
};
const january = preview({ 'jan/people.csv': ['name', 'age'], 'jan/calls.csv': ['who', 'whom'] });
const february = preview({ 'calls feb.csv': ['whom', 'who'], 'people feb.csv': ['age', 'name'] });

describe('import memory', () => {
  it('gives files of the same columns the same mapping under their own names', () => {
    const page = preferences();
    rememberOptions(page, january, chosen, DEFAULT_IMPORT_OPTIONS);
    expect(recallOptions(page, february)).toEqual({
      ...chosen,
      tables: { 'people feb.csv': { role: 'nodes', type: 'person' } },
      roles: { 'people feb.csv': { name: 'node-id' }, 'calls feb.csv': { who: 'source' } },
    });
  });

  it('tells shapes apart by columns and format, not by the order of either', () => {
    expect(importShape(january)).toBe(importShape(february));
    expect(importShape(preview({ a: ['x', 'y'] }))).not.toBe(importShape(preview({ a: ['x'], b: ['y'] })));
    expect(importShape(preview({ a: ['x'] }))).not.toBe(importShape(preview({ a: ['x'] }, 'gml')));
  });

  it('forgets a shape that is imported as guessed, and the oldest beyond fifty', () => {
    const page = preferences();
    rememberOptions(page, january, chosen, DEFAULT_IMPORT_OPTIONS);
    rememberOptions(page, february, DEFAULT_IMPORT_OPTIONS, DEFAULT_IMPORT_OPTIONS);
    expect(recallOptions(page, january)).toBeNull();
    for (let shape = 0; shape <= 50; shape++) {
      rememberOptions(page, preview({ t: [`c${shape}`] }), chosen, DEFAULT_IMPORT_OPTIONS);
    }
    expect(recallOptions(page, preview({ t: ['c0'] }))).toBeNull();
    expect(recallOptions(page, preview({ t: ['c1'] }))).not.toBeNull();
  });

  it.each(['{', '7', '[{"shape":1}]', '[{"shape":"x","options":{"roles":5}}]'])(
    'does not trust %s',
    (text) => {
      const page = { readPreference: () => text, writePreference: () => undefined };
      expect(recallOptions(page, january)).toBeNull();
    },
  );
});
