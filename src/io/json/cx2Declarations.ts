/** Attribute declarations of CX2: short names, data types, defaults; and values under their full names. */
import type { ProbedFile } from '../importTypes.ts';
import type { AttributeEntry, DeclaredKind, RecordSink } from '../records/recordTypes.ts';
import { attributeValue } from './jsonAttributes.ts';
import {
  isArray,
  isObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  objectOrEmpty,
} from './jsonValue.ts';
import { counted } from '../notices.ts';

/** Data types of CX2, by what a column is made of. Lists of words are text, joined by ';'. */
const KIND_OF_TYPE = new Map<string, DeclaredKind>([
  ['string', 'text'],
  ['long', 'integer'],
  ['integer', 'integer'],
  ['double', 'number'],
  ['boolean', 'boolean'],
  ['list_of_string', 'text'],
  ['list_of_boolean', 'text'],
  ['list_of_long', 'vector'],
  ['list_of_integer', 'vector'],
  ['list_of_double', 'vector'],
]);

type Declared = 'nodes' | 'edges' | 'networkAttributes';

interface Declaration {
  readonly kind: DeclaredKind | undefined;
  readonly fallback: JsonValue | undefined;
}

interface DeclaredTable {
  readonly byName: Map<string, Declaration>;
  readonly nameOfAlias: Map<string, string>;
}

export interface Cx2Declarations {
  /** Value of one attribute of an element: its own under the name or the alias, else the default. */
  valueOf(owner: Declared, values: JsonObject, name: string): JsonValue | undefined;
  /** All values of an element under their full names, defaults where it has none. */
  attributes(owner: 'nodes' | 'edges', values: JsonObject, skip?: string): AttributeEntry[];
}

/** Reads the aspect and declares kinds to the sink; what is not of its declared type is noted and missing. */
export function cx2Declarations(file: ProbedFile, aspect: JsonArray, sink: RecordSink): Cx2Declarations {
  const tables: Record<Declared, DeclaredTable> = {
    nodes: emptyTable(),
    edges: emptyTable(),
    networkAttributes: emptyTable(),
  };
  for (const part of aspect) {
    for (const owner of ['nodes', 'edges', 'networkAttributes'] as const) {
      fill(tables[owner], objectOrEmpty(objectOrEmpty(part)[owner]));
    }
  }
  for (const owner of ['nodes', 'edges'] as const) {
    for (const [name, { kind }] of tables[owner].byName) {
      if (kind !== undefined) sink.declare(owner, name, kind);
    }
  }
  const defaultsOf = (owner: Declared): AttributeEntry[] =>
    [...tables[owner].byName].flatMap(([name, { fallback }]) =>
      fallback === undefined ? [] : [[name, attributeValue(fallback)] as const],
    );
  const defaults = { nodes: defaultsOf('nodes'), edges: defaultsOf('edges') };
  return {
    valueOf(owner, values, name) {
      for (const [key, value] of Object.entries(values)) {
        if ((tables[owner].nameOfAlias.get(key) ?? key) === name) return value;
      }
      return tables[owner].byName.get(name)?.fallback;
    },
    attributes(owner, values, skip) {
      const { byName, nameOfAlias } = tables[owner];
      const entries: AttributeEntry[] = [];
      const given = new Set<string>();
      for (const [key, value] of Object.entries(values)) {
        const name = nameOfAlias.get(key) ?? key;
        given.add(name);
        if (name === skip) continue;
        const fits = value === undefined || value === null || isOfKind(byName.get(name)?.kind, value);
        if (fits) entries.push([name, attributeValue(value)]);
        else noteMisfit(file, sink, name, value);
      }
      for (const [name, fallback] of defaults[owner]) {
        if (name !== skip && !given.has(name)) entries.push([name, fallback]);
      }
      return entries;
    },
  };
}

const emptyTable = (): DeclaredTable => ({ byName: new Map(), nameOfAlias: new Map() });

function fill({ byName, nameOfAlias }: DeclaredTable, declarations: JsonObject): void {
  for (const [name, declared] of Object.entries(declarations)) {
    const { d, a, v } = objectOrEmpty(declared);
    // A declaration without a type is of strings.
    byName.set(name, { kind: KIND_OF_TYPE.get(typeof d === 'string' ? d : 'string'), fallback: v });
    if (typeof a === 'string') nameOfAlias.set(a, name);
  }
}

function isOfKind(kind: DeclaredKind | undefined, value: JsonValue): boolean {
  switch (kind) {
    case 'integer':
    case 'number':
      // Numbers beyond 2^53 arrive as text.
      return typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value));
    case 'boolean':
      return typeof value === 'boolean';
    case 'vector':
      return isArray(value);
    case 'text':
      return !isObject(value);
    default:
      return true;
  }
}

function noteMisfit(file: ProbedFile, sink: RecordSink, name: string, value: JsonValue): void {
  const { path } = file.source;
  sink.notices.add(
    {
      severity: 'warning',
      code: 'not-of-declared-type',
      file: path,
      words: (count) => `${path}: ${counted(count, 'value')} not of the declared type read as missing.`,
    },
    0,
    () => `${name}: ${JSON.stringify(value)}`,
  );
}
