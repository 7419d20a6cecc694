/**
 * Styles kept under a name: in the page's preferences, and as a small JSON file that another person can open. Whatever
 * is read is checked field by field, because both places can hold anything.
 */
import { ParseError } from '../core/errors.ts';
import type { PageEnvironment } from './environment.ts';
import type { ColourBy, SizeBy } from './types.ts';
import { DEFAULT_STYLE, MAX_NAMES, SIZE_LIMITS, type ViewStyle } from './viewStyle.ts';

type Preferences = Pick<PageEnvironment, 'readPreference' | 'writePreference'>;

export interface StylePreset {
  readonly name: string;
  readonly colourBy: ColourBy;
  readonly sizeBy: SizeBy;
  readonly style: ViewStyle;
}

const FORMAT = 'graphwright-style';
const VERSION = 1;
const KEY = 'graphwright-styles';
export const MAX_PRESETS = 50;
/** A style is a few hundred bytes; column names may be long. */
export const MAX_PRESET_CHARACTERS = 65_536;
const MAX_TEXT_LENGTH = 1000;
const MAX_TITLE_LENGTH = 80;

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string' && value.length <= MAX_TEXT_LENGTH;
const isColumn: Check = (value) =>
  isText(value) && (value as string).startsWith('column:') && value !== 'column:';
const oneOf =
  (...allowed: readonly string[]): Check =>
  (value) =>
    allowed.includes(value as string);
const columnOr = (...allowed: readonly string[]): Check => {
  const isAllowed = oneOf(...allowed);
  return (value) => isAllowed(value) || isColumn(value);
};
const isNumberWithin =
  (min: number, max: number): Check =>
  (value) =>
    typeof value === 'number' && value >= min && value <= max;
const isSize = isNumberWithin(SIZE_LIMITS.min, SIZE_LIMITS.max);

const CHECKS: Readonly<Record<keyof ViewStyle, Check>> = {
  ramp: oneOf('viridis', 'cividis', 'diverging'),
  scale: oneOf('auto', 'linear', 'log'),
  midpoint: (value) => value === null || Number.isFinite(value),
  sizeRange: (value) =>
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((end) => isSize(end)) &&
    (value[0] as number) <= (value[1] as number),
  shapeBy: columnOr('none', 'type'),
  nameBy: columnOr('auto', 'id'),
  nameBudget: (value) => Number.isInteger(value) && isNumberWithin(0, MAX_NAMES)(value),
  nameOrder: oneOf('degree', 'size'),
  edgeColourBy: columnOr('none', 'relation'),
  edgeWidthBy: columnOr('same'),
};

const isColourBy = columnOr('label', 'prediction', 'confidence', 'correct', 'split', 'type', 'none');
const isSizeBy = columnOr('degree', 'same');

/** Returns the preset as the text of its file. */
export function presetFile({ name, colourBy, sizeBy, style }: StylePreset): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, name, colourBy, sizeBy, style }, null, 2)}\n`;
}

function fail(file: string, what: string, code: string, remedy: string): never {
  throw new ParseError(`${file}: ${what}`, { code, remedy, details: { file } });
}

function parseJson(text: string, file: string): Readonly<Record<string, unknown>> {
  const remedy = 'Choose a file that was saved with “Save to a file” in the Style panel.';
  if (text.length > MAX_PRESET_CHARACTERS) {
    fail(file, 'this is too large for a style (over 64 kB).', 'style-too-large', remedy);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    fail(file, 'this is not JSON.', 'style-not-json', remedy);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    fail(file, 'this JSON is not a style.', 'style-format', remedy);
  }
  return parsed as Record<string, unknown>;
}

function checkedPreset(fields: Readonly<Record<string, unknown>>, file: string): StylePreset {
  const { name, colourBy, sizeBy, style } = fields;
  const wrong = (field: string): never =>
    fail(
      file,
      `the style has no valid \`${field}\`.`,
      'style-field',
      `Correct \`${field}\`, or save the style again.`,
    );
  if (typeof name !== 'string' || name.trim() === '' || name.length > MAX_TITLE_LENGTH) wrong('name');
  if (!isColourBy(colourBy)) wrong('colourBy');
  if (!isSizeBy(sizeBy)) wrong('sizeBy');
  if (typeof style !== 'object' || style === null) wrong('style');
  const given = style as Readonly<Record<string, unknown>>;
  const keys = Object.keys(DEFAULT_STYLE) as (keyof ViewStyle)[];
  for (const key of keys) {
    if (Object.hasOwn(given, key) && !CHECKS[key](given[key])) wrong(`style.${key}`);
  }
  // Only known fields are taken over; what is absent has its default.
  const known = Object.fromEntries(
    keys.filter((key) => Object.hasOwn(given, key)).map((key) => [key, given[key]]),
  );
  return {
    name: (name as string).trim(),
    colourBy: colourBy as ColourBy,
    sizeBy: sizeBy as SizeBy,
    style: { ...DEFAULT_STYLE, ...known },
  };
}

/**
 * Returns the preset that a file holds.
 * @throws {ParseError} not JSON, too large, another format, a newer version, or a field that is out of its range
 */
export function parsePreset(text: string, file: string): StylePreset {
  const fields = parseJson(text, file);
  if (fields['format'] !== FORMAT) {
    fail(
      file,
      'this JSON is not a style.',
      'style-format',
      'Choose a file that was saved in the Style panel.',
    );
  }
  if (fields['version'] !== VERSION) {
    fail(
      file,
      `the style has version ${JSON.stringify(fields['version'] ?? null).slice(0, 20)}; this page reads version ${VERSION}.`,
      'style-version',
      'Open it with a newer Graphwright, or save the style again here.',
    );
  }
  return checkedPreset(fields, file);
}

/** The kept presets, by name; entries that are not valid are left out. */
export function readPresets(page: Preferences): readonly StylePreset[] {
  const text = page.readPreference(KEY);
  if (text === null) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [];
  }
  if (!Array.isArray(parsed)) return [];
  return parsed.slice(0, MAX_PRESETS).flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    try {
      return [checkedPreset(entry as Record<string, unknown>, KEY)];
    } catch {
      return [];
    }
  });
}

/** Keeps the preset in place of one of the same name and returns all, by name; the first 50 are kept. */
export function keepPreset(page: Preferences, preset: StylePreset): readonly StylePreset[] {
  const others = readPresets(page).filter(({ name }) => name !== preset.name);
  // Cut before sorting, so that it is never the new one that is lost.
  const all = [preset, ...others].slice(0, MAX_PRESETS).sort((a, b) => (a.name < b.name ? -1 : 1));
  page.writePreference(KEY, JSON.stringify(all));
  return all;
}

export function forgetPreset(page: Preferences, name: string): readonly StylePreset[] {
  const all = readPresets(page).filter((preset) => preset.name !== name);
  page.writePreference(KEY, JSON.stringify(all));
  return all;
}
