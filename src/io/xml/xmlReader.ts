/**
 * Reads XML as a stream of elements, hardened against hostile files: nothing is fetched, declared entities are refused
 * (https://www.w3.org/TR/xml/#sec-entity-decl is how a kilobyte becomes gigabytes), depth and sizes are limited, and
 * nothing here recurses. Namespaces are tolerated: elements go by their local name, declared prefix or not.
 */
import { SaxesParser } from 'saxes';
import { LimitError } from '../../core/errors.ts';
import { textChunks } from '../bytes/readText.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { counted, type NoticeList } from '../notices.ts';
import { failSyntax, shown } from '../records/syntaxFailure.ts';
import { failMalformed, KNOWN_ENTITIES } from './xmlFailures.ts';
import { localName, xmlEncoding } from './xmlProlog.ts';

const MAX_DEPTH = 256;
const MAX_ATTRIBUTES = 256;
const MAX_ENTITY_NAME = 100;
/** Longest comment, text or other piece that is passed over; what is kept is limited by `maxCellBytes`. */
const MAX_PIECE = 32 * 1024 ** 2;

/** By name as written, without a prototype: any name is safe. */
export type XmlAttributes = Readonly<Record<string, string>>;

/** What is listened to inside one element. */
export interface XmlScope {
  /** An element directly inside; returns the scope of its content. `line` is 1-based. */
  child(name: string, attributes: XmlAttributes, line: number): XmlScope;
  /** Characters directly inside, in one or several pieces; CDATA sections included. */
  text?(piece: string): void;
  /** The end of the element. */
  close?(): void;
}

/** The scope of an element that nobody listens to. */
export const IGNORED: XmlScope = { child: () => IGNORED };

/** Collects the characters directly inside an element and hands them over at its end. */
export function textScope(done: (text: string) => void): XmlScope {
  let text = '';
  return {
    child: () => IGNORED,
    text: (piece) => {
      text += piece;
    },
    close: () => done(text),
  };
}

export interface XmlDocument {
  /** Local name the root element must have. */
  readonly root: string;
  /** Listens inside the root element. */
  readonly scope: XmlScope;
}

/**
 * Reads the file once from beginning to end. Errors of the scopes pass through.
 * @throws {ParseError} not well-formed, another root, a declared or unknown entity; message names file and line
 * @throws {LimitError} elements nested deeper than 256, more than 256 attributes, a value beyond `maxCellBytes`
 * @throws {CancelledError}
 * O(characters).
 */
export async function readXml(
  file: ProbedFile,
  context: ReadContext,
  notices: NoticeList,
  document: XmlDocument,
): Promise<void> {
  const { path } = file.source;
  const { encoding, mistaken } = xmlEncoding(path, file.head);
  if (mistaken !== null) noteEncoding(notices, path, mistaken, encoding.name);
  const feeder = new XmlFeeder(path, context.limits.maxCellBytes, notices, document);
  for await (const chunk of textChunks(file, context, encoding)) feeder.write(chunk);
  feeder.end();
}

interface OpenElement {
  readonly name: string;
  readonly line: number;
  readonly scope: XmlScope;
  numTextCharacters: number;
}

class XmlFeeder {
  readonly #path: string;
  readonly #maxValue: number;
  readonly #notices: NoticeList;
  readonly #parser = new SaxesParser();
  readonly #stack: OpenElement[] = [];
  readonly #localNames = new Map<string, string>();
  readonly #document: XmlDocument;
  /** saxes ends an element first and then says that it should not have. */
  #closed: OpenElement | undefined;
  #lineOffset = 0;
  #hasStarted = false;
  #startLine = 0;
  #numAttributes = 0;
  #lastEvent = 0;

  constructor(path: string, maxValue: number, notices: NoticeList, document: XmlDocument) {
    this.#path = path;
    this.#maxValue = maxValue;
    this.#notices = notices;
    this.#document = document;
    this.#listen();
  }

  write(chunk: string): void {
    let text = chunk;
    if (!this.#hasStarted) {
      text = chunk.trimStart();
      this.#skipBlanks(chunk.slice(0, chunk.length - text.length));
      if (text === '') return;
      this.#hasStarted = true;
    }
    if (text.includes('\uFFFD')) this.#noteLostCharacters();
    this.#parser.write(text);
    if (this.#openEntity.length > MAX_ENTITY_NAME) this.#failEntity(this.#openEntity);
    if (this.#parser.position - this.#lastEvent > MAX_PIECE)
      this.#failLimit(`a text or comment is longer than ${MAX_PIECE} characters`, 'xml-too-long', MAX_PIECE);
  }

  end(): void {
    if (this.#openEntity !== '') this.#failEntity(this.#openEntity);
    const open = this.#stack.at(-1);
    if (open !== undefined) {
      failSyntax(
        this.#path,
        this.#line,
        `the file ends inside <${open.name}>, which starts on line ${open.line}.`,
        'The file was cut off: copy or download it again.',
        'truncated-xml',
      );
    }
    this.#parser.close();
  }

  /** What stands behind a & whose ; has not come yet: a bare & would swallow the file up to the next ; of all. */
  get #openEntity(): string {
    // Private in the types of saxes, and not told in any other way.
    return this.#parser['entity'];
  }

  get #line(): number {
    return this.#parser.line + this.#lineOffset;
  }

  #listen(): void {
    const parser = this.#parser;
    // A trap instead of a table: it is the only way to learn the name of an entity that is not known.
    parser.ENTITIES = new Proxy(
      {},
      { get: (_, name) => KNOWN_ENTITIES.get(String(name)) ?? this.#failEntity(String(name)) },
    );
    parser.on('error', (error) => failMalformed(this.#path, this.#line, error.message, this.#closed));
    parser.on('doctype', (text) => this.#checkDoctype(text));
    parser.on('comment', () => this.#passed());
    parser.on('opentagstart', () => {
      this.#passed();
      this.#numAttributes = 0;
      // saxes has read the character behind the name already.
      this.#startLine = this.#line - (parser.columnIndex === 0 ? 1 : 0);
    });
    parser.on('attribute', ({ name, value }) => {
      this.#passed();
      if (++this.#numAttributes > MAX_ATTRIBUTES)
        this.#failLimit(
          `an element has more than ${MAX_ATTRIBUTES} attributes`,
          'too-many-xml-attributes',
          MAX_ATTRIBUTES,
        );
      if (value.length > this.#maxValue) this.#failValue(`the value of attribute ${shown(name)}`);
    });
    parser.on('opentag', ({ name, attributes }) => this.#open(this.#local(name), attributes));
    parser.on('text', (text) => this.#text(text));
    parser.on('cdata', (text) => this.#text(text));
    parser.on('closetag', () => {
      this.#passed();
      this.#closed = this.#stack.pop();
      this.#closed?.scope.close?.();
    });
  }

  #passed(): void {
    this.#lastEvent = this.#parser.position;
  }

  #local(name: string): string {
    let local = this.#localNames.get(name);
    if (local === undefined) {
      local = localName(name);
      if (this.#localNames.size < MAX_ATTRIBUTES) this.#localNames.set(name, local);
    }
    return local;
  }

  #open(name: string, attributes: XmlAttributes): void {
    const { root, scope } = this.#document;
    const line = this.#startLine;
    const parent = this.#stack.at(-1);
    if (parent === undefined && name !== root) {
      failSyntax(
        this.#path,
        line,
        `the file starts with <${name}>, not with <${root}>.`,
        `Check that the file is what its name says, and choose another format than ${root.toUpperCase()}.`,
        'unexpected-root',
      );
    }
    if (this.#stack.length >= MAX_DEPTH)
      this.#failLimit(`elements are nested deeper than ${MAX_DEPTH} levels`, 'xml-too-deep', MAX_DEPTH);
    const inner = parent === undefined ? scope : parent.scope.child(name, attributes, line);
    this.#stack.push({ name, line, scope: inner, numTextCharacters: 0 });
  }

  #text(text: string): void {
    this.#passed();
    const open = this.#stack.at(-1);
    if (open?.scope.text === undefined) return;
    open.numTextCharacters += text.length;
    if (open.numTextCharacters > this.#maxValue) this.#failValue(`the text of <${open.name}>`);
    open.scope.text(text);
  }

  #skipBlanks(blanks: string): void {
    if (blanks === '') return;
    const path = this.#path;
    this.#lineOffset += blanks.split('\n').length - 1;
    this.#notices.say({
      severity: 'info',
      code: 'xml-blank-start',
      message: `${path}: blanks before the first element were skipped.`,
      file: path,
    });
  }

  #noteLostCharacters(): void {
    const path = this.#path;
    const words = (count: number): string =>
      `${path}: ${counted(count, 'piece')} of text with bytes that are not in the encoding of the file; each became \uFFFD.`;
    this.#notices.add(
      { severity: 'warning', code: 'undecodable-bytes', file: path, words },
      this.#line,
      () => '',
    );
  }

  #checkDoctype(text: string): void {
    this.#passed();
    const bare = blankComments(text);
    const at = bare.indexOf('<!ENTITY');
    if (at < 0) return;
    failSyntax(
      this.#path,
      this.#line - (bare.slice(at).split('\n').length - 1),
      'the file declares entities of its own, which are never expanded.',
      'Save the file without <!ENTITY …> lines: write the text where &name; stands.',
      'xml-entity-declared',
    );
  }

  #failEntity(name: string): never {
    const [word = ''] = name.split(/[^\w.:#-]/, 1);
    const isEntity = word === name && name.length <= MAX_ENTITY_NAME;
    failSyntax(
      this.#path,
      this.#line - (name.split('\n').length - 1),
      isEntity ? `the entity ${shown(`&${name};`)} is not known.` : 'a & that starts no entity.',
      'Write a bare & as &amp;, and other characters as they are or by number, as in &#233;.',
      'xml-entity-unknown',
    );
  }

  #failValue(what: string): never {
    this.#failLimit(
      `${what} is longer than ${this.#maxValue.toLocaleString('en-US')} characters`,
      'value-too-long',
      this.#maxValue,
    );
  }

  #failLimit(what: string, code: string, limit: number): never {
    const line = this.#line;
    throw new LimitError(`${this.#path} line ${line}: ${what}.`, {
      code,
      remedy: 'Check that the file is what its name says, and leave such data out.',
      details: { file: this.#path, line, limit },
    });
  }
}

function noteEncoding(notices: NoticeList, path: string, declared: string, actual: string): void {
  notices.say({
    severity: 'warning',
    code: 'encoding-mistaken',
    message: `${path} should be ${declared} but its bytes are not; read as ${actual}.`,
    file: path,
  });
}

/** A document type without its comments, which may speak of entities; lines stay where they are. O(characters). */
function blankComments(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf('<!--', from);
    const end = start < 0 ? -1 : text.indexOf('-->', start + 4);
    if (end < 0) break;
    parts.push(text.slice(from, start), text.slice(start, end).replace(/[^\n]+/g, ''));
    from = end + 3;
  }
  return parts.join('') + text.slice(from);
}
