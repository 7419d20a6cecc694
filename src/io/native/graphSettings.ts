/** `graph.json` of the native folder: direction and what to learn. Unknown keys are named in a notice, not refused. */
import { ParseError } from '../../core/errors.ts';
import type { ProbedFile, TaskHints } from '../importTypes.ts';
import type { NoticeList } from '../notices.ts';
import { readHead } from '../bytes/readBytes.ts';
import { decodeHead } from '../bytes/textEncoding.ts';

export interface GraphSettings {
  readonly directed: boolean | null;
  /** Name of the column that the feature file of a node type becomes, by type. */
  readonly featureColumns: ReadonlyMap<string, string>;
  readonly hints: TaskHints;
}

export const NO_SETTINGS: GraphSettings = { directed: null, featureColumns: new Map(), hints: {} };

const MAX_BYTES = 1024 ** 2;
const KEYS = ['directed', 'task', 'target', 'features', 'featureColumns', 'split'];

/** @throws {ParseError} not a JSON object, or a key of the wrong type */
export async function readGraphSettings(file: ProbedFile, notices: NoticeList): Promise<GraphSettings> {
  const { path } = file.source;
  const fail = (what: string): never => {
    throw new ParseError(`${path}: ${what}.`, {
      code: 'settings',
      remedy: 'Write it as {"directed": false, "task": "node-classification", "target": "label"}.',
      details: { file: path },
    });
  };
  const json = parse(decodeHead(await readHead(file.source, MAX_BYTES)));
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return fail('it is not a JSON object');
  const settings = json as Readonly<Record<string, unknown>>;
  const text = (key: string): string | undefined => {
    const value = settings[key];
    return value === undefined || value === null || typeof value === 'string'
      ? (value ?? undefined)
      : fail(`'${key}' is not a text`);
  };
  const { directed } = settings;
  if (directed !== undefined && typeof directed !== 'boolean') fail("'directed' is neither true nor false");
  const unknown = Object.keys(settings).filter((key) => !KEYS.includes(key));
  if (unknown.length > 0) {
    notices.say({
      severity: 'info',
      code: 'unknown-settings',
      message: `${path}: not used: ${unknown.join(', ')}.`,
      count: unknown.length,
      file: path,
    });
  }
  const task = text('task');
  const target = text('target');
  const split = text('split');
  const features = featureNames(settings['features'], () => fail("'features' is not a list of column names"));
  return {
    directed: (directed as boolean | undefined) ?? null,
    featureColumns: namesByType(settings['featureColumns'], () =>
      fail("'featureColumns' is not a list of names by node type"),
    ),
    hints: {
      ...(task === undefined ? {} : { task }),
      ...(target === undefined ? {} : { target }),
      ...(split === undefined ? {} : { split }),
      ...(features === undefined ? {} : { features }),
    },
  };
}

function namesByType(value: unknown, fail: () => never): ReadonlyMap<string, string> {
  if (value === undefined || value === null) return new Map();
  if (typeof value !== 'object' || Array.isArray(value)) return fail();
  const entries = Object.entries(value);
  return entries.every(([, name]) => typeof name === 'string')
    ? new Map(entries as [string, string][])
    : fail();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function featureNames(value: unknown, fail: () => never): readonly string[] | undefined {
  if (value === undefined || value === null || value === 'auto') return undefined;
  if (typeof value === 'string') return [value];
  return Array.isArray(value) && value.every((name) => typeof name === 'string') ? value : fail();
}
