/**
 * How files of a shape were mapped last time, so that next month's tables need no mapping. A shape is the format and the
 * column names of each table; file names do not count. Kept in the page's preferences, the latest 50 shapes.
 */
import { createContentHasher } from '../core/contentHash.ts';
import type { ImportOptions, ImportPreview, TablePreview } from '../io/importTypes.ts';
import type { PageEnvironment } from './environment.ts';

type Preferences = Pick<PageEnvironment, 'readPreference' | 'writePreference'>;

/** Options whose tables are numbered in the order of the shape instead of named by path. */
interface Remembered {
  readonly shape: string;
  readonly options: ImportOptions;
}

const KEY = 'graphwright-import-mappings';
const MAX_SHAPES = 50;

/** Tables in an order that their names do not decide, except between tables of the same columns. */
function orderedTables(preview: ImportPreview): readonly TablePreview[] {
  const signature = (table: TablePreview): string =>
    JSON.stringify(table.columns.map(({ name }) => name).sort());
  return preview.tables
    .map((table) => ({ table, key: `${signature(table)} ${table.path}` }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ table }) => table);
}

/** Returns the same for files of the same format and columns, whatever they are called. */
export function importShape(preview: ImportPreview): string {
  const hasher = createContentHasher().text(preview.formatId);
  for (const { columns } of orderedTables(preview)) {
    hasher.number(columns.length);
    for (const name of columns.map((column) => column.name).sort()) hasher.text(name);
  }
  return hasher.hex();
}

/** Returns the options of the last import of this shape, or null. */
export function recallOptions(page: Preferences, preview: ImportPreview): ImportOptions | null {
  const shape = importShape(preview);
  const found = readAll(page).find((entry) => entry.shape === shape);
  if (found === undefined) return null;
  const paths = orderedTables(preview).map(({ path }) => path);
  return rekeyed(found.options, (number) => paths[Number(number)]);
}

/** Keeps the options for the shape, or forgets the shape when they are the guesses. */
export function rememberOptions(
  page: Preferences,
  preview: ImportPreview,
  options: ImportOptions,
  guesses: ImportOptions,
): void {
  const shape = importShape(preview);
  const others = readAll(page).filter((entry) => entry.shape !== shape);
  const numbers = new Map(orderedTables(preview).map(({ path }, at) => [path, String(at)]));
  const entry = { shape, options: rekeyed(options, (path) => numbers.get(path)) };
  const isGuessed = JSON.stringify(options) === JSON.stringify(guesses);
  if (isGuessed && others.length === readAll(page).length) return;
  const all = isGuessed ? others : [entry, ...others];
  page.writePreference(KEY, JSON.stringify(all.slice(0, MAX_SHAPES)));
}

/** Options under other names of the tables; what has no name is left out. */
function rekeyed(options: ImportOptions, nameOf: (old: string) => string | undefined): ImportOptions {
  const move = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(
      Object.entries(record).flatMap(([old, value]) => {
        const name = nameOf(old);
        return name === undefined ? [] : [[name, value] as const];
      }),
    );
  return { ...options, tables: move(options.tables), roles: move(options.roles), kinds: move(options.kinds) };
}

/** What another version wrote, or a person changed by hand, is forgotten rather than trusted. */
function readAll(page: Preferences): readonly Remembered[] {
  try {
    const parsed: unknown = JSON.parse(page.readPreference(KEY) ?? '[]');
    return Array.isArray(parsed) ? parsed.filter(isRemembered) : [];
  } catch {
    return [];
  }
}

function isRemembered(entry: unknown): entry is Remembered {
  if (!isRecord(entry) || typeof entry['shape'] !== 'string' || !isRecord(entry['options'])) return false;
  const { options } = entry;
  const words = ['direction', 'missingNodes', 'duplicateNodes', 'duplicateEdges', 'selfLoops'];
  return (
    words.every((name) => typeof options[name] === 'string') &&
    ['tables', 'roles', 'kinds'].every(
      (name) => isRecord(options[name]) && Object.values(options[name]).every(holdsWords),
    )
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const holdsWords = (value: unknown): boolean =>
  isRecord(value) && Object.values(value).every((word) => typeof word === 'string');
