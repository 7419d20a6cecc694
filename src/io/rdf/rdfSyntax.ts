/** Which RDF syntax a file is in: by the end of its name, else by how it begins. */
import { decodeHead, describeBinary } from '../bytes/textEncoding.ts';
import type { ProbedFile } from '../importTypes.ts';

export type RdfSyntax = 'N-Triples' | 'N-Quads' | 'Turtle' | 'TriG';

const SYNTAX_OF_EXTENSION = new Map<string, RdfSyntax>([
  ['nt', 'N-Triples'],
  ['ntriples', 'N-Triples'],
  ['nq', 'N-Quads'],
  ['nquads', 'N-Quads'],
  ['ttl', 'Turtle'],
  ['turtle', 'Turtle'],
  ['n3', 'Turtle'],
  ['trig', 'TriG'],
]);

const COMMENTS = /^(?:\s+|#[^\n\r]*)+/;
const DIRECTIVE = /^(?:@prefix\s+\S*:|@base\s+<|prefix\s+\S*:\s*<|base\s+<[a-z][\w+.-]*:)/i;
const IRI = '<[A-Za-z][\\w+.-]*:[^<>\\s"]*>';
/** Subject, predicate and the beginning of an object. */
const STATEMENT = new RegExp(`^(?:${IRI}|_:\\S+)\\s+(?:${IRI}|a)\\s+(?:<|_:|"|\\[|\\()`);
const QUAD = new RegExp(
  `^(?:${IRI}|_:\\S+)[ \\t]+${IRI}[ \\t]+[^\\n\\r]*[ \\t>"](?:${IRI}|_:\\S+)[ \\t]*\\.[ \\t]*(?:[\\r\\n#]|$)`,
);
const TRIPLE = new RegExp(
  `^(?:${IRI}|_:\\S+)[ \\t]+${IRI}[ \\t]+(?:${IRI}|_:\\S+|"(?:[^"\\\\\\r\\n]|\\\\.)*"(?:@[\\w-]+|\\^\\^${IRI})?)[ \\t]*\\.`,
);

function beginning(file: ProbedFile): string {
  return describeBinary(file.head) === null ? decodeHead(file.head).replace(COMMENTS, '') : '';
}

const extensionOf = (file: ProbedFile): RdfSyntax | undefined =>
  SYNTAX_OF_EXTENSION.get(/\.([a-z0-9]+)$/i.exec(file.source.path)?.[1]?.toLowerCase() ?? '');

/** True for the XML syntax, which is not read. */
export const isRdfXml = (file: ProbedFile): boolean =>
  /^<(?:\?xml[\s\S]{0,4096}?<)?(?:!DOCTYPE[\s\S]{0,65536}?<)?rdf:RDF[\s>]/.test(beginning(file));

/** How sure it is that the file is RDF in a syntax that is read, 0 to 1. */
export function rdfConfidence(file: ProbedFile): number {
  const text = beginning(file);
  if (DIRECTIVE.test(text)) return 1;
  if (STATEMENT.test(text)) return 0.95;
  return text !== '' && extensionOf(file) !== undefined ? 0.5 : 0;
}

/** Returns the syntax to read the file in; TriG, which contains Turtle and N-Triples, where nothing tells. */
export function rdfSyntax(file: ProbedFile): RdfSyntax {
  const named = extensionOf(file);
  if (named !== undefined) return named;
  const text = beginning(file);
  return QUAD.test(text) && !TRIPLE.test(text) ? 'N-Quads' : 'TriG';
}
