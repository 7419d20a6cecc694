import { describe, expect, it } from 'vitest';
import { ParseError } from '../core/errors.ts';
import {
  forgetPreset,
  keepPreset,
  MAX_PRESETS,
  parsePreset,
  presetFile,
  readPresets,
  type StylePreset,
} from './stylePreset.ts';
import { DEFAULT_STYLE } from './viewStyle.ts';

const preset: StylePreset = {
  name: 'By year',
  colourBy: 'column:year',
  sizeBy: 'column:cited by',
  style: {
    ...DEFAULT_STYLE,
    ramp: 'cividis',
    scale: 'log',
    midpoint: -2.5,
    shapeBy: 'column:kind',
    nameBudget: 0,
  },
};

function page(initial: string | null = null) {
  let stored = initial;
  return {
    readPreference: () => stored,
    writePreference: (_: string, value: string) => {
      stored = value;
    },
  };
}

function refusal(text: string): ParseError {
  try {
    parsePreset(text, 'mine.json');
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
  throw new Error('accepted');
}

const changed = (change: object): string =>
  JSON.stringify({ ...(JSON.parse(presetFile(preset)) as object), ...change });
const changedStyle = (change: object): string => changed({ style: { ...preset.style, ...change } });

describe('a style file', () => {
  it('comes back as it was written', () => {
    expect(parsePreset(presetFile(preset), 'mine.json')).toEqual(preset);
  });

  it('fills what is absent from the defaults and drops what it does not know', () => {
    const text = changed({ style: { ramp: 'diverging', __proto__: null, danger: '<script>' } });
    expect(parsePreset(text, 'mine.json').style).toEqual({ ...DEFAULT_STYLE, ramp: 'diverging' });
  });

  it.each([
    ['nothing', '', 'style-not-json'],
    ['cut off', presetFile(preset).slice(0, 60), 'style-not-json'],
    ['a list', '[]', 'style-format'],
    ['null', 'null', 'style-format'],
    ['other JSON', '{"nodes": []}', 'style-format'],
    ['a newer version', changed({ version: 2 }), 'style-version'],
    ['no version', changed({ version: undefined }), 'style-version'],
    ['a huge file', `"${'x'.repeat(70_000)}"`, 'style-too-large'],
  ])('%s is refused', (_, text, code) => {
    const error = refusal(text);
    expect(error.code).toBe(code);
    expect(error.message).toContain('mine.json');
    expect(error.remedy).not.toBe('');
  });

  it.each([
    ['name', changed({ name: ' ' })],
    ['name', changed({ name: 'x'.repeat(200) })],
    ['colourBy', changed({ colourBy: 'rainbow' })],
    ['colourBy', changed({ colourBy: 'column:' })],
    ['colourBy', changed({ colourBy: { toString: 1 } })],
    ['sizeBy', changed({ sizeBy: 7 })],
    ['style', changed({ style: null })],
    ['style.ramp', changedStyle({ ramp: 'jet' })],
    ['style.ramp', changedStyle({ ramp: null })],
    ['style.midpoint', changedStyle({ midpoint: 'zero' })],
    ['style.sizeRange', changedStyle({ sizeRange: [3, 1] })],
    ['style.sizeRange', changedStyle({ sizeRange: [1, 1000] })],
    ['style.sizeRange', changedStyle({ sizeRange: [1] })],
    ['style.nameBudget', changedStyle({ nameBudget: 1e9 })],
    ['style.nameBudget', changedStyle({ nameBudget: 2.5 })],
    ['style.edgeColourBy', changedStyle({ edgeColourBy: `column:${'x'.repeat(2000)}` })],
    ['style.edgeWidthBy', changedStyle({ edgeWidthBy: 'relation' })],
  ])('a wrong %s is named', (field, text) => {
    const error = refusal(text);
    expect([error.code, error.message]).toEqual([
      'style-field',
      `mine.json: the style has no valid \`${field}\`.`,
    ]);
  });
});

describe('kept styles', () => {
  it('are kept by name, replaced and forgotten', () => {
    const where = page();
    keepPreset(where, preset);
    keepPreset(where, { ...preset, name: 'Another' });
    expect(
      keepPreset(where, { ...preset, sizeBy: 'same' }).map(({ name, sizeBy }) => [name, sizeBy]),
    ).toEqual([
      ['Another', 'column:cited by'],
      ['By year', 'same'],
    ]);
    expect(readPresets(where).length).toBe(2);
    expect(forgetPreset(where, 'Another').map(({ name }) => name)).toEqual(['By year']);
  });

  it('are bounded, the new one always among them', () => {
    const where = page();
    for (let at = 0; at <= MAX_PRESETS; at++) keepPreset(where, { ...preset, name: `z${at}` });
    const names = readPresets(where).map(({ name }) => name);
    expect(names.length).toBe(MAX_PRESETS);
    expect(names).toContain(`z${MAX_PRESETS}`);
  });

  it('survive what else may be in the preferences', () => {
    expect(readPresets(page('{oops'))).toEqual([]);
    expect(readPresets(page('{"a": 1}'))).toEqual([]);
    expect(readPresets(page(JSON.stringify([7, null, preset, { ...preset, sizeBy: 'huge' }])))).toEqual([
      preset,
    ]);
  });
});
