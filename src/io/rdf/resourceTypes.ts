/** Which resources are nodes, and their node types by rdf:type. */
import { type Bitset, createBitset, setBit } from '../../core/bitset.ts';
import { utf8At, type Utf8Table } from '../../core/utf8Table.ts';
import { shortNames } from './rdfNames.ts';
import type { TripleStore } from './tripleStore.ts';

const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
/** Node types are tables: beyond so many, the rarest classes are kept as the attribute `types` only. */
const MAX_NODE_TYPES = 500;

export interface ResourceTypes {
  readonly isNode: Bitset;
  /** True where nodes are of several types, or some have none. */
  readonly areSeveral: boolean;
  /** Node type of a resource; '' = none. */
  nameOf(resource: number): string;
  /** Further classes of a resource, joined by ';'. */
  othersOf(resource: number): string;
  /** True where the triple joins two nodes. */
  isEdge(triple: number): boolean;
}

/** Of several classes of a resource the most frequent in the file is its type, of equals the first. O(triples). */
export function findTypes(store: TripleStore, predicates: readonly string[], ids: Utf8Table): ResourceTypes {
  const typeCode = predicates.indexOf(RDF_TYPE);
  const isTyping = (triple: number): boolean =>
    store.predicateCodes.at(triple) === typeCode && store.objects.at(triple) >= 0;
  const isNode = createBitset(ids.length);
  const uses = new Int32Array(ids.length);
  for (let triple = 0; triple < store.length; triple++) {
    setBit(isNode, store.subjects.at(triple));
    const object = store.objects.at(triple);
    if (isTyping(triple)) uses[object]!++;
    else if (object >= 0) setBit(isNode, object);
  }
  const classes = [...uses.entries()]
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([resource]) => resource);
  const short = shortNames(
    classes.map((resource) => utf8At(ids, resource)),
    store.prefixes,
  );
  const names = new Map(classes.map((resource, index) => [resource, short[index] as string]));
  const isTable = new Set(classes.slice(0, MAX_NODE_TYPES));
  const typeOf = new Int32Array(ids.length).fill(-1);
  const others = new Map<number, Set<number>>();
  for (let triple = 0; triple < store.length; triple++) {
    if (isTyping(triple)) place(store.subjects.at(triple), store.objects.at(triple));
  }

  function place(subject: number, type: number): void {
    const known = typeOf[subject] as number;
    if (known === type) return;
    const isBetter = isTable.has(type) && (known < 0 || (uses[type] as number) > (uses[known] as number));
    if (isBetter) typeOf[subject] = type;
    const rest = isBetter ? known : type;
    if (rest < 0) return;
    const own = others.get(subject);
    if (own === undefined) others.set(subject, new Set([rest]));
    else own.add(rest);
  }

  const nameOf = (resource: number): string => names.get(typeOf[resource] as number) ?? '';
  return {
    isNode,
    areSeveral: classes.length > 0,
    nameOf,
    othersOf: (resource) =>
      [...(others.get(resource) ?? [])].map((type) => names.get(type) as string).join(';'),
    isEdge: (triple) => store.objects.at(triple) >= 0 && !isTyping(triple),
  };
}
