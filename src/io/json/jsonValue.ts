/** Parsed JSON: its types, and how records of nodes and edges are walked and complained about. */
import { ParseError } from '../../core/errors.ts';
import { createPacer } from '../bytes/eventLoop.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';

export type JsonValue = string | number | boolean | null | JsonArray | JsonObject;
export type JsonArray = readonly JsonValue[];
export interface JsonObject {
  readonly [name: string]: JsonValue | undefined;
}

const RECORDS_PER_BREATH = 1024;

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isArray = (value: JsonValue | undefined): value is JsonArray => Array.isArray(value);

/** Returns the value as an object, and an empty one for anything else. */
export const objectOrEmpty = (value: JsonValue | undefined): JsonObject => (isObject(value) ? value : {});

/** Returns the text of an id: a string as it is, a number as JavaScript writes it; null for anything else. */
export function idText(value: JsonValue | undefined): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : null;
}

/** Returns the text of a name, or '' where there is none. */
export const nameText = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

/** Where a record is, for messages: the name of its list and its position there, from 0 as in JSON paths. */
export interface RecordPlace {
  readonly file: ProbedFile;
  readonly list: string;
  readonly index: number;
}

/** @throws {ParseError} always: `graph.json edges[3]: what.` */
export function failRecord(place: RecordPlace, code: string, what: string, remedy: string): never {
  const file = place.file.source.path;
  throw new ParseError(`${file} ${place.list}[${place.index}]: ${what}.`, {
    code,
    remedy,
    details: { file, record: place.index + 1 },
  });
}

/**
 * Calls `visit` with every object of a list and its place; gives way to messages in between.
 * @throws {ParseError} `record-not-object`; {CancelledError}
 */
export async function forEachObject(
  file: ProbedFile,
  list: string,
  items: JsonArray,
  context: ReadContext,
  visit: (item: JsonObject, place: RecordPlace) => void,
): Promise<void> {
  await forEachValue(file, list, items, context, (item, place) => {
    if (!isObject(item)) {
      failRecord(
        place,
        'record-not-object',
        'expected an object in braces',
        'Write every record as an object.',
      );
    }
    visit(item, place);
  });
}

/** As `forEachObject`, for values of any kind. @throws {CancelledError} */
export async function forEachValue(
  file: ProbedFile,
  list: string,
  items: JsonArray,
  context: ReadContext,
  visit: (item: JsonValue, place: RecordPlace) => void,
): Promise<void> {
  const pacer = createPacer(context.signal, `Reading ${file.source.path}`);
  for (let index = 0; index < items.length; index++) {
    if (index % RECORDS_PER_BREATH === 0) await pacer.breathe();
    visit(items[index] as JsonValue, { file, list, index });
  }
}

/**
 * Returns a member that must be a list; an absent one is empty.
 * @throws {ParseError} `not-a-list`
 */
export function listMember(file: ProbedFile, owner: JsonObject, name: string): JsonArray {
  const value = owner[name];
  if (value === undefined || value === null) return [];
  if (isArray(value)) return value;
  const { path } = file.source;
  throw new ParseError(`${path}: '${name}' is no list.`, {
    code: 'not-a-list',
    remedy: `Write '${name}' as a list in square brackets.`,
    details: { file: path },
  });
}

/** True where the name of the file says JSON. */
export const isNamedJson = (file: ProbedFile): boolean => /\.json$/i.test(file.source.path);
