/** Text of an RDF file to triples, piece by piece, by the parser of the package n3. */
import N3DataFactory from 'n3/src/N3DataFactory.js';
import N3Parser, { type ParseError as N3ParseError, type ParsedQuad } from 'n3/src/N3Parser.js';
import { LimitError, ParseError } from '../../core/errors.ts';
import { textChunks } from '../bytes/readText.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { counted } from '../notices.ts';
import type { RecordSink } from '../records/recordTypes.ts';
import type { RdfSyntax } from './rdfSyntax.ts';
import { TripleStore } from './tripleStore.ts';

const MAX_SHOWN = 80;

/**
 * Returns the triples of the file. Blank nodes keep their labels; those without one are `_:[1]`, `_:[2]` …, which no
 * label can be. Triples about triples (RDF 1.2) are noted and left out. O(bytes) time, 16 bytes per triple besides ids.
 * @throws {ParseError} `rdf-syntax` with the line; {LimitError | CancelledError}
 */
export async function readTriples(
  file: ProbedFile,
  syntax: RdfSyntax,
  sink: RecordSink,
  context: ReadContext,
): Promise<TripleStore> {
  const { path } = file.source;
  const store = new TripleStore(path, context.limits);
  const feed = createFeed(path, syntax, store, sink);
  for await (const text of textChunks(file, context)) {
    store.charactersRead += text.length;
    feed.push(text);
  }
  feed.end();
  return store;
}

interface Feed {
  push(text: string): void;
  end(): void;
}

/** The parser wants something that emits events; here events are calls. */
function createFeed(path: string, syntax: RdfSyntax, store: TripleStore, sink: RecordSink): Feed {
  const listeners = new Map<string, (text: string) => void>();
  let numAnonymous = 0;
  const factory = {
    ...N3DataFactory,
    blankNode: (label?: string) => N3DataFactory.blankNode(label ?? `[${++numAnonymous}]`),
  };
  const parser = new N3Parser({ format: syntax, blankNodePrefix: '', factory });
  parser.parse(
    { on: (event, listener) => void listeners.set(event, listener) },
    {
      onQuad(error, quad) {
        if (error !== null) failSyntax(path, error);
        if (quad === null) return;
        if (isPlain(quad)) store.add(quad);
        else noteTripleTerm(path, sink, store.length);
      },
      onPrefix(prefix, iri) {
        if (!store.prefixes.has(iri.value)) store.prefixes.set(iri.value, prefix);
      },
    },
  );
  const emit = (event: string, text: string): void => {
    try {
      listeners.get(event)?.(text);
    } catch (error) {
      if (error instanceof RangeError && /string length/i.test(error.message)) failLongToken(path, error);
      throw error;
    }
  };
  return { push: (text) => emit('data', text), end: () => emit('end', '') };
}

const isPlain = ({ subject, object }: ParsedQuad): boolean =>
  subject.termType !== 'Quad' && object.termType !== 'Quad';

function failSyntax(path: string, error: N3ParseError): never {
  const line = error.context?.line ?? Number(/ on line (\d+)\.$/.exec(error.message)?.[1] ?? 0);
  const said = error.message.replace(/ on line \d+\.$/, '').replace(/\.$/, '');
  const short = said.length > MAX_SHOWN ? `${said.slice(0, MAX_SHOWN)}…` : said;
  throw new ParseError(`${path} line ${line}: ${short.charAt(0).toLowerCase()}${short.slice(1)}.`, {
    code: 'rdf-syntax',
    remedy: 'Correct the file there, or write it again with an RDF tool such as rapper or riot.',
    details: { file: path, line },
    cause: error,
  });
}

function failLongToken(path: string, cause: RangeError): never {
  throw new LimitError(`${path} holds a name or literal that is too long.`, {
    code: 'rdf-token-too-long',
    remedy: 'Check for a quotation mark that is not closed.',
    details: { file: path },
    cause,
  });
}

function noteTripleTerm(path: string, sink: RecordSink, triple: number): void {
  sink.notices.add(
    {
      severity: 'warning',
      code: 'triple-terms-not-read',
      file: path,
      words: (count) => `${path}: ${counted(count, 'statement')} about triples left out.`,
    },
    0,
    () => `after triple ${triple}`,
  );
}
