/** Guesses what the columns of a node or edge table mean from their names; a person's changes win over the guess. */
import type { ColumnRole, ImportOptions } from '../importTypes.ts';

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
const ID_NAMES = ['id', 'nodeid', 'node', 'key'];
const LABEL_NAMES = ['label', 'class', 'y'];

const plainName = (name: string): string => name.toLowerCase().replace(/[\s_#-]/g, '');

function findName(names: readonly string[], wanted: readonly string[]): number {
  for (const name of wanted) {
    const at = names.indexOf(name);
    if (at >= 0) return at;
  }
  return -1;
}

/** Returns the positions of source and target by name, or null. */
export function findEnds(names: readonly string[]): readonly [number, number] | null {
  const plain = names.map(plainName);
  for (const [source, target] of END_PAIRS) {
    const ends = [plain.indexOf(source), plain.indexOf(target)] as const;
    if (ends[0] >= 0 && ends[1] >= 0) return ends;
  }
  return null;
}

/** Position of the id column of a node table by name, else the first. */
export function findId(names: readonly string[]): number {
  return Math.max(0, findName(names.map(plainName), ID_NAMES));
}

export function guessNodeRoles(names: readonly string[]): ColumnRole[] {
  const plain = names.map(plainName);
  const roles: ColumnRole[] = plain.map((name) =>
    /^split\d*$/.test(name) ? 'split' : name === 'nodetype' ? 'node-type' : 'attribute',
  );
  const label = findName(plain, LABEL_NAMES);
  if (label >= 0) roles[label] = 'label';
  roles[findId(names)] = 'node-id';
  return roles;
}

/** @param isTriple head, relation, tail without a header */
export function guessEdgeRoles(names: readonly string[], isTriple = false): ColumnRole[] {
  const plain = names.map(plainName);
  const roles: ColumnRole[] = plain.map((name) => (name === 'weight' ? 'weight' : 'attribute'));
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
