/**
 * Triples become a graph: resources are nodes, statements between them edges, literals attributes. The class of a
 * resource is its node type and no node, unless something else is said of it.
 */
import { createBitset, hasBit, setBit } from '../../core/bitset.ts';
import { utf8At, utf8Strings, type Utf8Table } from '../../core/utf8Table.ts';
import { createPacer } from '../bytes/eventLoop.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { counted, type NoticeKind } from '../notices.ts';
import type { AttributeEntry, DeclaredKind, RecordSink } from '../records/recordTypes.ts';
import { DEFAULT_NODE_TYPE } from '../tables/nodeStore.ts';
import { commonKind, kindOfTag, literalValue, tagRank } from './literalKinds.ts';
import { shortNames } from './rdfNames.ts';
import { findTypes, type ResourceTypes } from './resourceTypes.ts';
import type { TripleStore } from './tripleStore.ts';

/** Predicates that name a node, best first. */
const LABELS = [
  'http://www.w3.org/2000/01/rdf-schema#label',
  'http://www.w3.org/2004/02/skos/core#prefLabel',
  'http://schema.org/name',
  'https://schema.org/name',
];
const RECORDS_PER_BREATH = 1024;

interface Attributes {
  /** Name by predicate; '' where the values are the label and nothing else. */
  readonly names: readonly string[];
  readonly kinds: readonly DeclaredKind[];
  /** Rank among LABELS by predicate, -1 = no label. */
  readonly labelRanks: readonly number[];
}

/**
 * Writes nodes in the order in which ids appear, then edges in file order, directed; `line` is the number of the triple.
 * @throws {LimitError | CancelledError}
 */
export async function writeGraph(
  file: ProbedFile,
  store: TripleStore,
  sink: RecordSink,
  context: ReadContext,
): Promise<void> {
  sink.setDirected(true);
  const ids = store.resources.finish();
  const predicates = utf8Strings(store.predicates.finish());
  const types = findTypes(store, predicates, ids);
  const literals = collectLiterals(store, predicates);
  for (const [predicate, name] of literals.names.entries()) {
    if (name !== '') sink.declare('nodes', name, literals.kinds[predicate] as DeclaredKind);
  }
  sink.declare('nodes', 'label', 'text');
  sink.declare('nodes', 'types', 'text');
  const reader = new LiteralReader(file, store, literals, predicates, ids, sink);
  const pacer = createPacer(context.signal, `Reading ${file.source.path}`);
  for (let node = 0; node < ids.length; node++) {
    if (node % RECORDS_PER_BREATH === 0) await pacer.breathe();
    if (!hasBit(types.isNode, node)) continue;
    const type = types.nameOf(node);
    const others = types.othersOf(node);
    const attributes = reader.attributesOf(node);
    if (others !== '') attributes.push(['types', others]);
    sink.node({ id: utf8At(ids, node), ...(type === '' ? {} : { type }), attributes });
  }
  await writeEdges(store, predicates, ids, types, sink, pacer);
}

async function writeEdges(
  store: TripleStore,
  predicates: readonly string[],
  ids: Utf8Table,
  types: ResourceTypes,
  sink: RecordSink,
  pacer: { breathe(): Promise<void> },
): Promise<void> {
  const isRelation = createBitset(predicates.length);
  for (let triple = 0; triple < store.length; triple++) {
    if (types.isEdge(triple)) setBit(isRelation, store.predicateCodes.at(triple));
  }
  const codes = predicates.flatMap((_, code) => (hasBit(isRelation, code) ? [code] : []));
  const names = shortNames(
    codes.map((code) => predicates[code] as string),
    store.prefixes,
  );
  const relations = new Map(codes.map((code, index) => [code, names[index] as string]));
  const graphs = utf8Strings(store.graphs.finish());
  sink.declare('edges', 'graph', 'text');
  for (let triple = 0; triple < store.length; triple++) {
    if (triple % RECORDS_PER_BREATH === 0) await pacer.breathe();
    if (!types.isEdge(triple)) continue;
    const [source, target] = [store.subjects.at(triple), store.objects.at(triple)];
    const graph = store.graphCodes.at(triple);
    sink.edge({
      source: utf8At(ids, source),
      target: utf8At(ids, target),
      ...(types.areSeveral
        ? {
            sourceType: types.nameOf(source) || DEFAULT_NODE_TYPE,
            targetType: types.nameOf(target) || DEFAULT_NODE_TYPE,
          }
        : {}),
      relation: relations.get(store.predicateCodes.at(triple)) as string,
      line: triple + 1,
      ...(graph === 0 ? {} : { attributes: [['graph', graphs[graph - 1] as string] as const] }),
    });
  }
}

/** Names and kinds of the predicates that have literals. */
function collectLiterals(store: TripleStore, predicates: readonly string[]): Attributes {
  const kindsOf = predicates.map(() => new Set<DeclaredKind>());
  const tagKinds = utf8Strings(store.tags.finish()).map(kindOfTag);
  for (let triple = 0; triple < store.length; triple++) {
    const object = store.objects.at(triple);
    if (object >= 0) continue;
    const kind = tagKinds[store.literalTags.at(-1 - object)] as DeclaredKind;
    kindsOf[store.predicateCodes.at(triple)]?.add(kind);
  }
  const labelRanks = predicates.map((iri, code) => (kindsOf[code]?.size === 0 ? -1 : LABELS.indexOf(iri)));
  // rdfs:label is the label; another is too when it is the only one, else it is an attribute besides.
  const isOnly = labelRanks.filter((rank) => rank >= 0).length === 1;
  const isOwn = labelRanks.map(
    (rank, code) => kindsOf[code]?.size !== 0 && rank !== 0 && !(rank > 0 && isOnly),
  );
  const codes = predicates.flatMap((_, code) => (isOwn[code] === true ? [code] : []));
  const short = shortNames(
    codes.map((code) => predicates[code] as string),
    store.prefixes,
    ['label', 'types'],
  );
  const names = predicates.map(() => '');
  for (const [index, code] of codes.entries()) names[code] = short[index] as string;
  return { names, kinds: kindsOf.map((kinds) => commonKind(kinds)), labelRanks };
}

interface Chosen {
  readonly literal: number;
  readonly rank: number;
}

/** Literals of one node after another, grouped by a counting sort of the triples by subject. */
class LiteralReader {
  readonly #path: string;
  readonly #store: TripleStore;
  readonly #attributes: Attributes;
  readonly #predicates: readonly string[];
  readonly #ids: Utf8Table;
  readonly #sink: RecordSink;
  readonly #text: Utf8Table;
  readonly #ranks: readonly number[];
  /** Triples with a literal, by subject. */
  readonly #triples: Int32Array;
  readonly #starts: Int32Array;

  constructor(
    file: ProbedFile,
    store: TripleStore,
    attributes: Attributes,
    predicates: readonly string[],
    ids: Utf8Table,
    sink: RecordSink,
  ) {
    this.#path = file.source.path;
    this.#store = store;
    this.#attributes = attributes;
    this.#predicates = predicates;
    this.#ids = ids;
    this.#sink = sink;
    this.#text = store.literals.finish();
    this.#ranks = utf8Strings(store.tags.finish()).map(tagRank);
    this.#starts = new Int32Array(ids.length + 1);
    for (let triple = 0; triple < store.length; triple++) {
      if (store.objects.at(triple) < 0) this.#starts[store.subjects.at(triple) + 1]!++;
    }
    for (let node = 0; node < ids.length; node++) this.#starts[node + 1]! += this.#starts[node] as number;
    const next = this.#starts.slice();
    this.#triples = new Int32Array(this.#starts[ids.length] as number);
    for (let triple = 0; triple < store.length; triple++) {
      if (store.objects.at(triple) < 0) this.#triples[next[store.subjects.at(triple)]!++] = triple;
    }
  }

  attributesOf(node: number): AttributeEntry[] {
    const chosen = new Map<number, Chosen>();
    for (let at = this.#starts[node] as number; at < (this.#starts[node + 1] as number); at++) {
      this.#choose(this.#triples[at] as number, chosen);
    }
    const entries: AttributeEntry[] = [];
    let label: Chosen | undefined;
    let labelRank = LABELS.length;
    for (const [predicate, value] of chosen) {
      const rank = this.#attributes.labelRanks[predicate] as number;
      if (rank >= 0 && rank < labelRank) [label, labelRank] = [value, rank];
      const name = this.#attributes.names[predicate] as string;
      const kind = this.#attributes.kinds[predicate] as DeclaredKind;
      if (name !== '') entries.push([name, literalValue(utf8At(this.#text, value.literal), kind)]);
    }
    if (label !== undefined) entries.unshift(['label', utf8At(this.#text, label.literal)]);
    return entries;
  }

  /** Keeps the better of two values of one predicate: by language, then the first. */
  #choose(triple: number, chosen: Map<number, Chosen>): void {
    const predicate = this.#store.predicateCodes.at(triple);
    const literal = -1 - this.#store.objects.at(triple);
    const rank = this.#ranks[this.#store.literalTags.at(literal)] as number;
    const known = chosen.get(predicate);
    if (known === undefined || rank < known.rank) chosen.set(predicate, { literal, rank });
    if (known === undefined) return;
    this.#noteLeftOut(rank === known.rank ? SEVERAL_VALUES : OTHER_LANGUAGES, triple);
  }

  #noteLeftOut(kind: (path: string) => NoticeKind, triple: number): void {
    this.#sink.notices.add(kind(this.#path), triple + 1, () => {
      const subject = utf8At(this.#ids, this.#store.subjects.at(triple));
      return `${this.#predicates[this.#store.predicateCodes.at(triple)]} of ${subject}`;
    });
  }
}

const SEVERAL_VALUES = (path: string): NoticeKind => ({
  severity: 'warning',
  code: 'several-values',
  file: path,
  words: (count) => `${path}: ${counted(count, 'further value')} of an attribute left out; the first stands.`,
});

const OTHER_LANGUAGES = (path: string): NoticeKind => ({
  severity: 'info',
  code: 'other-languages',
  file: path,
  words: (count) =>
    `${path}: ${counted(count, 'value')} in other languages left out; English stands, else none.`,
});
