/**
 * Attributes that a file declares by id (GraphML keys, GEXF attributes) under names that are unique among nodes or edges,
 * and the attributes that come with the format itself (label, position, colour), which give way to declared ones.
 */
import { LimitError } from '../../core/errors.ts';
import { counted } from '../notices.ts';
import type { Owner } from '../records/recordTables.ts';
import type { AttributeEntry, AttributeValue, DeclaredKind, RecordSink } from '../records/recordTypes.ts';

/** A default is one more value for every record that lacks it: without a limit a small file could ask for any memory. */
const MAX_DEFAULTS = 1000;

export interface DeclaredAttribute {
  readonly name: string;
  readonly kind: DeclaredKind;
}

/** Kinds of attributes that come with a format, by name; the others are text. */
const OWN_KINDS: ReadonlyMap<string, DeclaredKind> = new Map([
  ['x', 'number'],
  ['y', 'number'],
  ['z', 'number'],
  ['size', 'number'],
  ['weight', 'number'],
  ['viz_thickness', 'number'],
  ['start', 'words'],
  ['end', 'words'],
  ['timestamp', 'words'],
]);

/** Values of one record while it is read. */
export class RecordValues {
  /** Of attributes that the file declares or uses by id. */
  readonly given = new Map<string, AttributeValue>();
  /** Of attributes that come with the format; the first of each counts. */
  readonly own = new Map<string, string>();

  setOwn(name: string, value: string | undefined): void {
    if (value !== undefined && !this.own.has(name)) this.own.set(name, value);
  }
}

export class AttributeDeclarations {
  readonly #owner: Owner;
  readonly #file: string;
  readonly #sink: Pick<RecordSink, 'notices' | 'declare'>;
  readonly #byId = new Map<string, DeclaredAttribute>();
  /** Names in use, with the number that was last appended to each. */
  readonly #names = new Map<string, number>();
  /** Names of attributes of the format, as they were settled. */
  readonly #ownNames = new Map<string, string>();
  readonly #ownFallbacks: ReadonlyMap<string, string>;
  #numDefaults = 0;

  /** @param ownFallbacks what an attribute of the format is where a record lacks it but others have it */
  constructor(
    owner: Owner,
    file: string,
    sink: Pick<RecordSink, 'notices' | 'declare'>,
    ownFallbacks: ReadonlyMap<string, string> = new Map(),
  ) {
    this.#owner = owner;
    this.#ownFallbacks = ownFallbacks;
    this.#file = file;
    this.#sink = sink;
  }

  /**
   * Declares an attribute; a name that is taken gets a number appended, an id that is taken keeps its first meaning.
   * Both are noted.
   * @throws {LimitError} more than 1,000 attributes with a default
   */
  declare(
    id: string,
    wanted: string,
    kind: DeclaredKind,
    line: number,
    fallback?: string,
  ): DeclaredAttribute {
    const known = this.#byId.get(id);
    if (known !== undefined) {
      this.#noteRepeated(id, line);
      return known;
    }
    const name = this.#unique(wanted);
    if (name !== wanted) this.#noteRenamed(wanted, name, line);
    const declared = { name, kind };
    this.#byId.set(id, declared);
    if (fallback !== undefined && ++this.#numDefaults > MAX_DEFAULTS) this.#failDefaults(line);
    const value = fallback === undefined ? null : attributeValue(kind, fallback);
    this.#sink.declare(this.#owner, name, kind, value === '' ? null : value);
    return declared;
  }

  find(id: string): DeclaredAttribute | undefined {
    return this.#byId.get(id);
  }

  /** Takes an id that no declaration names for the name of an attribute of any kind; noted. */
  repair(id: string, line: number): DeclaredAttribute {
    const name = this.#unique(id);
    const declared: DeclaredAttribute = { name, kind: 'words' };
    this.#byId.set(id, declared);
    const file = this.#file;
    this.#sink.notices.add(
      {
        severity: 'info',
        code: 'attribute-not-declared',
        file,
        words: (count) =>
          `${file}: ${counted(count, 'attribute')} used without a declaration; the values decide the kind.`,
      },
      line,
      () => `${this.#owner}: ${id}`,
    );
    return declared;
  }

  /** All values of a record. A value of the format that a declared attribute of its name repeats is left out. */
  entriesOf(values: RecordValues): AttributeEntry[] {
    const entries: AttributeEntry[] = [];
    for (const [name, value] of values.own) {
      const given = values.given.get(name);
      if (given === undefined) entries.push([this.#ownName(name), value]);
      else if (String(given) !== value) entries.push([this.#otherName(name), value]);
    }
    for (const entry of values.given) entries.push(entry);
    return entries;
  }

  #ownName(name: string): string {
    if (!this.#names.has(name)) {
      this.#names.set(name, 1);
      this.#tellOwn(name, name);
    }
    return name;
  }

  #otherName(format: string): string {
    let name = this.#ownNames.get(format);
    if (name === undefined) {
      name = this.#unique(format);
      this.#ownNames.set(format, name);
      this.#tellOwn(name, format);
    }
    return name;
  }

  #tellOwn(name: string, format: string): void {
    const fallback = this.#ownFallbacks.get(format) ?? null;
    this.#sink.declare(this.#owner, name, OWN_KINDS.get(format) ?? 'text', fallback, 'once-given');
  }

  #unique(wanted: string): string {
    let name = wanted;
    let number = this.#names.get(wanted) ?? 1;
    while (this.#names.has(name)) name = `${wanted}_${++number}`;
    this.#names.set(wanted, number);
    if (name !== wanted) this.#names.set(name, 1);
    return name;
  }

  #noteRepeated(id: string, line: number): void {
    const file = this.#file;
    this.#sink.notices.add(
      {
        severity: 'warning',
        code: 'attribute-declared-again',
        file,
        words: (count) =>
          `${file}: ${counted(count, 'attribute')} declared again; the first declaration counts.`,
      },
      line,
      () => `${this.#owner}: ${id}`,
    );
  }

  #noteRenamed(wanted: string, name: string, line: number): void {
    const file = this.#file;
    this.#sink.notices.add(
      {
        severity: 'info',
        code: 'attribute-renamed',
        file,
        words: (count) => `${file}: ${counted(count, 'attribute')} renamed because the name was taken.`,
      },
      line,
      () => `${wanted} → ${name}`,
    );
  }

  #failDefaults(line: number): never {
    throw new LimitError(
      `${this.#file} line ${line}: more than ${MAX_DEFAULTS.toLocaleString('en-US')} attributes have a default.`,
      {
        code: 'too-many-defaults',
        remedy: 'Write the values where they apply, or remove the defaults.',
        details: { file: this.#file, line, limit: MAX_DEFAULTS },
      },
    );
  }
}

/** Returns a value as its declaration says; text that does not fit its kind stays text. */
export function attributeValue(kind: DeclaredKind, text: string): AttributeValue {
  switch (kind) {
    case 'text':
      return text;
    case 'boolean':
      return booleanOf(text.trim());
    case 'vector':
      return vectorText(text.trim());
    default: {
      const word = text.trim();
      return word === '' ? null : word;
    }
  }
}

/** https://www.w3.org/TR/xmlschema-2/#boolean, in any case as programs write it. */
function booleanOf(word: string): AttributeValue {
  if (word === '') return null;
  if (word === '1' || /^true$/i.test(word)) return true;
  return word === '0' || /^false$/i.test(word) ? false : word;
}

/** A list of GEXF in brackets, as cells hold vectors: `1|2` and `1, 2` become `[1, 2]`. */
function vectorText(word: string): AttributeValue {
  if (word === '') return null;
  return /^\[.*\]$/s.test(word) ? word : `[${word.replace(/[|;,]\s*/g, ', ')}]`;
}
