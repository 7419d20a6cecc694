/** Guesses what the columns of a node or edge table mean from their names; a person's changes win over the guess. */
import type { ColumnRole, ImportOptions, TaskHints } from '../importTypes.ts';

export interface NamedColumns {
  readonly names: readonly string[];
  readonly roles: readonly ColumnRole[];
}

/** Names of the two ends, in order of preference; compared without case, blanks, `_`, `-` and `#`. */
const END_PAIRS: readonly (readonly [string, string])[] = [
  ['source', 'target'],
  ['sourceid', 'targetid'],
  ['from', 'to'],
  ['fromid', 'toid'],
  ['fromnode', 'tonode'],
  ['fromnodeid', 'tonodeid'],
  ['src', 'dst'],
  ['src', 'dest'],
  ['head', 'tail'],
  ['subject', 'object'],
  ['sender', 'receiver'],
  ['citing', 'cited'],
  ['start', 'end'],
  ['node1', 'node2'],
  ['user', 'item'],
  ['userid', 'itemid'],
  ['user', 'product'],
  ['u', 'v'],
  ['i', 'j'],
];
const RELATION_NAMES = ['relation', 'type', 'predicate', 'interaction', 'edgetype', 'relationtype'];
const ID_NAMES = ['id', 'nodeid', 'node', 'key', 'nid', 'name'];
const LABEL_NAMES = ['label', 'class', 'y'];
const TIME_NAME =
  /^(?:unix|created|event)?(?:time|timestamp|date|datetime)(?:at|utc)?$|^createdat$|sinceepoch$/;

/** Names of ends whose order is the point of the edge. */
const DIRECTED_ENDS: readonly (readonly [string, string])[] = [
  ['head', 'tail'],
  ['subject', 'object'],
  ['sender', 'receiver'],
  ['citing', 'cited'],
  ['fromnode', 'tonode'],
  ['fromnodeid', 'tonodeid'],
];

/** True when the names of the ends tell that edges have a direction: head and tail, sender and receiver. */
export const areDirectedEnds = (source: string, target: string): boolean =>
  DIRECTED_ENDS.some(([a, b]) => a === plainName(source) && b === plainName(target));

const plainName = (name: string): string => name.toLowerCase().replace(/[\s_#~:-]/g, '');

function findName(names: readonly string[], wanted: readonly string[]): number {
  for (const name of wanted) {
    const at = names.indexOf(name);
    if (at >= 0) return at;
  }
  return -1;
}

/** Ends whose names are two kinds of things: edges of a bipartite graph. */
const TYPED_ENDS: readonly (readonly [string, string])[] = [
  ['user', 'item'],
  ['user', 'product'],
];
const ID_OF_TYPE = /^(.+?)[\s_-]*id$/i;

const thingOf = (name: string): string => (ID_OF_TYPE.exec(name)?.[1] ?? name).toLowerCase();

/** Node types that the names of two ends tell: user_id and movie_id; null for ends of one kind. */
export function typesOfEnds(source: string, target: string): readonly [string, string] | null {
  const [first, second] = [thingOf(source), thingOf(target)];
  const isKnown = TYPED_ENDS.some(([a, b]) => a === first && b === second);
  const areIds = ID_OF_TYPE.test(source) && ID_OF_TYPE.test(target) && !isEndPair(source, target);
  return first !== second && (isKnown || areIds) ? [first, second] : null;
}

const isEndPair = (source: string, target: string): boolean =>
  END_PAIRS.some(
    ([a, b]) =>
      a === plainName(source) && b === plainName(target) && !TYPED_ENDS.some(([user]) => a.startsWith(user)),
  );

/** Returns the positions of source and target by name, or null. */
export function findEnds(names: readonly string[]): readonly [number, number] | null {
  const plain = names.map(plainName);
  for (const [source, target] of END_PAIRS) {
    const ends = [plain.indexOf(source), plain.indexOf(target)] as const;
    if (ends[0] >= 0 && ends[1] >= 0) return ends;
  }
  // user_id and movie_id: two columns that are named as ids of different things, and none of the rows themselves.
  const ids = names.flatMap((name, column) => (ID_OF_TYPE.test(name) ? [column] : []));
  const [first, second] = ids;
  const hasOwnId = plain.some((name) => ID_NAMES.includes(name));
  return ids.length === 2 && !hasOwnId && first !== undefined && second !== undefined
    ? [first, second]
    : null;
}

/** Position of the id column of a node table by name, else the first. */
export function findId(names: readonly string[]): number {
  return Math.max(0, findName(names.map(plainName), ID_NAMES));
}

/** True when some column is named as ids are. */
export const hasIdName = (names: readonly string[]): boolean => findName(names.map(plainName), ID_NAMES) >= 0;

export function guessNodeRoles(names: readonly string[]): ColumnRole[] {
  const plain = names.map(plainName);
  const roles: ColumnRole[] = plain.map((name) =>
    /^split\d*$/.test(name)
      ? 'split'
      : name === 'nodetype'
        ? 'node-type'
        : TIME_NAME.test(name)
          ? 'time'
          : 'attribute',
  );
  const label = findName(plain, LABEL_NAMES);
  if (label >= 0) roles[label] = 'label';
  roles[findId(names)] = 'node-id';
  return roles;
}

/** @param isTriple head, relation, tail without a header */
export function guessEdgeRoles(names: readonly string[], isTriple = false): ColumnRole[] {
  const plain = names.map(plainName);
  const roles: ColumnRole[] = plain.map((name) =>
    name === 'weight' ? 'weight' : TIME_NAME.test(name) ? 'time' : 'attribute',
  );
  const relation = isTriple ? 1 : findName(plain, RELATION_NAMES);
  const [source, target] = isTriple ? ([0, 2] as const) : (findEnds(names) ?? ([0, 1] as const));
  if (relation >= 0) roles[relation] = 'relation';
  roles[source] = 'source';
  roles[target] = 'target';
  return roles;
}

/** Role of an attribute of a record format, by its name alone; ids and ends are not attributes there. */
export function guessedAttributeRole(owner: 'nodes' | 'edges', name: string): ColumnRole {
  const plain = plainName(name);
  if (owner === 'edges') {
    if (plain === 'weight') return 'weight';
    return RELATION_NAMES.includes(plain) ? 'relation' : 'attribute';
  }
  if (/^split\d*$/.test(plain)) return 'split';
  return plain === 'nodetype' ? 'node-type' : 'attribute';
}

const SINGLE_ROLES: readonly ColumnRole[] = ['node-id', 'node-type', 'source', 'target', 'relation', 'label'];

/** Returns the roles after a person's changes; a role that only one column can have leaves the column that had it. */
export function applyRoles(
  path: string,
  names: readonly string[],
  guessed: readonly ColumnRole[],
  options: ImportOptions,
): ColumnRole[] {
  const changes = options.roles[path] ?? {};
  const roles = guessed.map((role, column) => changes[names[column] as string] ?? role);
  return roles.map((role, column) => {
    const isTakenOver =
      changes[names[column] as string] === undefined &&
      SINGLE_ROLES.includes(role) &&
      names.some((name, other) => other !== column && changes[name] === role);
    return isTakenOver ? 'attribute' : role;
  });
}

/** What roles that a person gave say about the task. @param chosen names and roles of node columns */
export function hintsOfRoles(chosen: readonly (readonly [name: string, role: ColumnRole])[]): TaskHints {
  const ofRole = (role: ColumnRole): string[] =>
    chosen.filter(([, own]) => own === role).map(([name]) => name);
  const [target] = ofRole('label');
  const [split] = ofRole('split');
  const features = ofRole('feature');
  return {
    ...(target === undefined ? {} : { target }),
    ...(split === undefined ? {} : { split: split === 'split' ? 'public' : `column:${split}` }),
    ...(features.length === 0 ? {} : { features }),
  };
}
