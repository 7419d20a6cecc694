/**
 * Triples as numbers: resources and predicates interned, literals in one table of text, four integers per triple. RDF
 * tells the type and the attributes of a node anywhere in a file, so all of it is kept before the first node is known.
 */
// The test project sees this file only through its imports.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./n3.d.ts" />
import type { ParsedQuad, ParsedTerm } from 'n3/src/N3Parser.js';
import { LimitError } from '../../core/errors.ts';
import { createUtf8Builder } from '../../core/utf8Table.ts';
import { GrowableInt32 } from '../bytes/growable.ts';
import type { ImportLimits } from '../importTypes.ts';
import { createIdInterner, type IdInterner } from '../tables/idInterner.ts';

/** A short name may stand for a long IRI: so many times the bytes read may the ids take, once they take more than the floor. */
const MAX_ID_EXPANSION = 50;
const ID_BYTES_FLOOR = 16 * 1024 ** 2;

/** An interner that looks up the id it saw last without hashing: triples come in runs of one subject. */
class TermTable {
  readonly interner: IdInterner = createIdInterner();
  bytes = 0;
  #last = '';
  #lastCode = -1;

  intern(text: string): number {
    if (this.#lastCode >= 0 && text === this.#last) return this.#lastCode;
    const before = this.interner.length;
    this.#last = text;
    this.#lastCode = this.interner.internText(text);
    if (this.#lastCode === before) this.bytes += text.length;
    return this.#lastCode;
  }
}

/** Id of a resource: the IRI, or '_:' and the label of a blank node. */
const resourceId = (term: ParsedTerm): string =>
  term.termType === 'BlankNode' ? `_:${term.value}` : term.value;

export class TripleStore {
  readonly subjects = new GrowableInt32();
  readonly predicateCodes = new GrowableInt32();
  /** A resource when not negative; else literal number −1 − value. */
  readonly objects = new GrowableInt32();
  /** 0 = the default graph, else 1 + code in `graphs`. */
  readonly graphCodes = new GrowableInt32();
  readonly literals = createUtf8Builder();
  /** Code in `tags` of each literal. */
  readonly literalTags = new GrowableInt32();
  /** Prefix by namespace; of several the first. */
  readonly prefixes = new Map<string, string>();
  /** Length of the text so far, by which the ids are judged. */
  charactersRead = 0;
  readonly #resources = new TermTable();
  readonly #predicates = new TermTable();
  readonly #graphs = new TermTable();
  /** Datatype IRI, or '@' and the language. */
  readonly #tags = new TermTable();
  readonly #path: string;
  readonly #limits: ImportLimits;

  constructor(path: string, limits: ImportLimits) {
    this.#path = path;
    this.#limits = limits;
  }

  get length(): number {
    return this.subjects.length;
  }

  get resources(): IdInterner {
    return this.#resources.interner;
  }

  get predicates(): IdInterner {
    return this.#predicates.interner;
  }

  get graphs(): IdInterner {
    return this.#graphs.interner;
  }

  get tags(): IdInterner {
    return this.#tags.interner;
  }

  /** @throws {LimitError} more triples than nodes and edges are allowed; ids far longer than the file */
  add({ subject, predicate, object, graph }: ParsedQuad): void {
    this.subjects.push(this.#resources.intern(resourceId(subject)));
    this.predicateCodes.push(this.#predicates.intern(predicate.value));
    this.objects.push(
      object.termType === 'Literal' ? this.#literal(object) : this.#resources.intern(resourceId(object)),
    );
    this.graphCodes.push(graph.termType === 'DefaultGraph' ? 0 : 1 + this.#graphs.intern(resourceId(graph)));
    this.#checkLimits();
  }

  #checkLimits(): void {
    const limit = this.#limits.maxNodes + this.#limits.maxEdges;
    if (this.length > limit)
      this.#fail('too-many-triples', `holds more than ${limit.toLocaleString('en-US')} triples`);
    const bytes = this.#resources.bytes + this.#predicates.bytes + this.#graphs.bytes + this.#tags.bytes;
    if (bytes > ID_BYTES_FLOOR && bytes > MAX_ID_EXPANSION * this.charactersRead) {
      this.#fail('ids-too-long', `has ids of more than ${MAX_ID_EXPANSION} times its own length`);
    }
  }

  #literal(term: ParsedTerm): number {
    this.literals.push(term.value);
    const language = term.language ?? '';
    this.literalTags.push(this.#tags.intern(language === '' ? (term.datatypeString ?? '') : `@${language}`));
    return -this.literals.length;
  }

  #fail(code: string, what: string): never {
    throw new LimitError(`${this.#path} ${what}.`, {
      code,
      remedy: 'Import a part of the graph.',
      details: { file: this.#path },
    });
  }
}
