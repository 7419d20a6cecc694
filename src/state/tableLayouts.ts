/**
 * Which columns a table of a graph shows, in which order and how wide: what a person chose last time. Kept in the page's
 * preferences by the graph's title and the table's name, the latest 50 tables.
 */
import type { PageEnvironment } from './environment.ts';

type Preferences = Pick<PageEnvironment, 'readPreference' | 'writePreference'>;

/** Differences from the table's own columns, so that columns which come later take their usual place. */
export interface TableLayout {
  /** Ids of columns in the order chosen; others follow in theirs. Empty = the usual order. */
  readonly order: readonly string[];
  /** Columns shown or not against the usual. */
  readonly isShown: Readonly<Record<string, boolean>>;
  readonly widthsPx: Readonly<Record<string, number>>;
}

export const USUAL_LAYOUT: TableLayout = { order: [], isShown: {}, widthsPx: {} };

interface Remembered {
  readonly graph: string;
  readonly table: string;
  readonly layout: TableLayout;
}

const KEY = 'graphwright-table-layouts';
const MAX_TABLES = 50;

export function recallLayout(page: Preferences, graph: string, table: string): TableLayout {
  const found = readAll(page).find((entry) => entry.graph === graph && entry.table === table);
  return found?.layout ?? USUAL_LAYOUT;
}

/** Keeps the layout, or forgets the table when it is the usual one. */
export function rememberLayout(page: Preferences, graph: string, table: string, layout: TableLayout): void {
  const others = readAll(page).filter((entry) => entry.graph !== graph || entry.table !== table);
  const all = layout === USUAL_LAYOUT ? others : [{ graph, table, layout }, ...others];
  page.writePreference(KEY, JSON.stringify(all.slice(0, MAX_TABLES)));
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

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isRemembered(entry: unknown): entry is Remembered {
  if (!isRecord(entry) || typeof entry['graph'] !== 'string' || typeof entry['table'] !== 'string')
    return false;
  const { layout } = entry;
  if (!isRecord(layout)) return false;
  const { order, isShown, widthsPx } = layout;
  return (
    Array.isArray(order) &&
    order.every((id) => typeof id === 'string') &&
    isRecord(isShown) &&
    Object.values(isShown).every((shown) => typeof shown === 'boolean') &&
    isRecord(widthsPx) &&
    Object.values(widthsPx).every(Number.isFinite)
  );
}
