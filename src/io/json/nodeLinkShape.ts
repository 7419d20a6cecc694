/**
 * How one node-link file names its nodes and the ends of its edges. The dialects agree on two lists and on little else:
 * ids may be members `id`, `name`, `key` or `label`, the nodes themselves, or positions in the list (d3 before v4).
 */
import { ParseError } from '../../core/errors.ts';
import type { ProbedFile } from '../importTypes.ts';
import { findEnds } from '../tables/tableRoles.ts';
import {
  failRecord,
  idText,
  isArray,
  isObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  type RecordPlace,
} from './jsonValue.ts';

/** Members that name a node where none has an `id`. */
const NAME_KEYS = ['name', 'key', 'label'] as const;

export interface NodeIds {
  /** Member that holds the id; null = the nodes are ids, or are known by position. */
  readonly key: string | null;
  /** Id of each node. */
  readonly ids: readonly string[];
  /** True where every id is a position in the list or a name, not an `id`. */
  readonly isGuessed: boolean;
  /** True where the file writes at least one id as text. */
  readonly hasText: boolean;
}

/** @throws {ParseError} `node-without-id`: some nodes have an id and this one has none */
export function nodeIds(file: ProbedFile, nodes: JsonArray): NodeIds {
  const hasIds = nodes.some((node) => !isObject(node) || node.id !== undefined);
  if (hasIds) {
    const values = nodes.map((node) => (isObject(node) ? node.id : node));
    const ids = values.map((value, index) => idText(value) ?? failId({ file, list: 'nodes', index }));
    return { key: 'id', ids, isGuessed: false, hasText: values.some((value) => typeof value === 'string') };
  }
  for (const key of NAME_KEYS) {
    const ids = namesOf(nodes as readonly JsonObject[], key);
    if (ids !== null) return { key, ids, isGuessed: true, hasText: true };
  }
  return { key: null, ids: nodes.map((_, index) => String(index)), isGuessed: true, hasText: false };
}

function failId(place: RecordPlace): never {
  failRecord(
    place,
    'node-without-id',
    "no 'id' that is text or a number",
    "Give every node an 'id', or none: then nodes are known by name or position.",
  );
}

/** Values of a member when every node has one of its own. */
function namesOf(nodes: readonly JsonObject[], key: string): string[] | null {
  const names = new Set<string>();
  for (const node of nodes) {
    const name = idText(node[key]);
    if (name === null || names.has(name)) return null;
    names.add(name);
  }
  return names.size === 0 ? null : [...names];
}

export interface EdgeEnds {
  readonly sourceKey: string;
  readonly targetKey: string;
  /** Id of an end. @throws {ParseError} `edge-without-end` */
  idOf(value: JsonValue | undefined, place: RecordPlace, key: string): string;
}

const endOf = (edge: JsonValue, key: string, position: 0 | 1): JsonValue | undefined =>
  isArray(edge) ? edge[position] : isObject(edge) ? edge[key] : undefined;

/** Returns the two ends of an edge: members of an object, or the first two items of a list. */
export const endsOf = (
  edge: JsonValue,
  ends: EdgeEnds,
): readonly [JsonValue | undefined, JsonValue | undefined] => [
  endOf(edge, ends.sourceKey, 0),
  endOf(edge, ends.targetKey, 1),
];

/**
 * Returns how edges name their ends: by id, or by position where all ends are positions and could not all be ids.
 * @throws {ParseError} `edges-without-ends`
 */
export function edgeEnds(file: ProbedFile, list: string, edges: JsonArray, nodes: NodeIds): EdgeEnds {
  const [sourceKey, targetKey] = endKeys(file, list, edges);
  const positions = isByPosition(edges, sourceKey, targetKey, nodes);
  return {
    sourceKey,
    targetKey,
    idOf(value, place, key) {
      // d3 replaces ends by the nodes themselves once a simulation ran.
      const plain = isObject(value) ? value[nodes.key ?? 'index'] : value;
      if (positions && typeof plain === 'number') return nodes.ids[plain] as string;
      return idText(plain) ?? failRecord(place, 'edge-without-end', `no '${key}'`, END_REMEDY);
    },
  };
}

const END_REMEDY = 'Give every edge a source and a target: the ids of its nodes.';

function endKeys(file: ProbedFile, list: string, edges: JsonArray): readonly [string, string] {
  const [first] = edges;
  if (!isObject(first)) return ['source', 'target'];
  const names = Object.keys(first);
  const ends = findEnds(names);
  if (ends !== null) return [names[ends[0]] as string, names[ends[1]] as string];
  const { path } = file.source;
  throw new ParseError(`${path} ${list}[0]: names no two ends.`, {
    code: 'edges-without-ends',
    remedy: END_REMEDY,
    details: { file: path, record: 1 },
  });
}

function isByPosition(edges: JsonArray, sourceKey: string, targetKey: string, nodes: NodeIds): boolean {
  if (!nodes.hasText && !nodes.isGuessed) return false;
  let areIds = true;
  const known = new Set(nodes.ids);
  for (const edge of edges) {
    for (const end of [endOf(edge, sourceKey, 0), endOf(edge, targetKey, 1)]) {
      const isPosition =
        typeof end === 'number' && Number.isInteger(end) && end >= 0 && end < nodes.ids.length;
      if (!isPosition) return false;
      areIds &&= known.has(String(end));
    }
  }
  return edges.length > 0 && !areIds;
}
