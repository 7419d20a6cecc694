/**
 * Members of a JSON object as attributes. Objects inside are flattened, their names joined by dots (`address.city`);
 * what nests deeper than three levels stays JSON text. Lists of numbers are vectors, lists of words are joined by ';'.
 */
import type { AttributeEntry, AttributeValue } from '../records/recordTypes.ts';
import { isArray, isObject, type JsonArray, type JsonObject, type JsonValue } from './jsonValue.ts';

const MAX_LEVELS = 3;

const isScalar = (value: JsonValue): value is string | number | boolean =>
  value !== null && typeof value !== 'object';

function listValue(list: JsonArray): AttributeValue {
  if (list.length === 0) return null;
  if (list.every((item): item is number => typeof item === 'number' && Number.isFinite(item))) return list;
  const isJoinable = list.every((item) => isScalar(item) && !String(item).includes(';'));
  return isJoinable ? list.join(';') : JSON.stringify(list);
}

/** Returns a JSON value as that of an attribute; objects become JSON text. */
export function attributeValue(value: JsonValue | undefined): AttributeValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (isArray(value)) return listValue(value);
  return isObject(value) ? JSON.stringify(value) : value;
}

/** Returns the members as attributes, without those in `skip`. The recursion ends at three levels. */
export function attributesOf(object: JsonObject, skip: readonly string[] = []): AttributeEntry[] {
  const entries: AttributeEntry[] = [];
  append(entries, object, '', 1, skip);
  return entries;
}

function append(
  entries: AttributeEntry[],
  object: JsonObject,
  prefix: string,
  level: number,
  skip: readonly string[],
): void {
  for (const [name, value] of Object.entries(object)) {
    if (skip.includes(name)) continue;
    const path = prefix + name;
    if (isObject(value) && level < MAX_LEVELS) append(entries, value, `${path}.`, level + 1, []);
    else entries.push([path, attributeValue(value)]);
  }
}
