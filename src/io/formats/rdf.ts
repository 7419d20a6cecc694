/** RDF in N-Triples, N-Quads, Turtle and TriG. Resources are nodes, statements edges, literals attributes. */
import { ParseError } from '../../core/errors.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { writeGraph } from '../rdf/rdfGraph.ts';
import { isRdfXml, rdfConfidence, rdfSyntax } from '../rdf/rdfSyntax.ts';
import { readTriples } from '../rdf/readTriples.ts';
import { recordFormat } from '../records/recordFormat.ts';
import type { RecordSink } from '../records/recordTypes.ts';

async function read(file: ProbedFile, sink: RecordSink, context: ReadContext): Promise<void> {
  if (isRdfXml(file)) failXml(file);
  const store = await readTriples(file, rdfSyntax(file), sink, context);
  await writeGraph(file, store, sink, context);
}

function failXml(file: ProbedFile): never {
  const { path } = file.source;
  throw new ParseError(`${path} is RDF in XML; this version reads Turtle, TriG, N-Triples and N-Quads.`, {
    code: 'rdf-xml',
    remedy: 'Convert it, for example with `rapper -o turtle` or `riot --output=turtle`, and drop the result.',
    details: { file: path },
  });
}

/**
 * Ids are whole IRIs; types, relations and attributes are called by local names, with the prefix where two are alike.
 * The label is rdfs:label, skos:prefLabel or schema:name. Of several values of an attribute the English one stands, then
 * one without language, then the first. A named graph is the edge attribute `graph`.
 */
export const rdf = recordFormat({
  id: 'rdf',
  name: 'RDF',
  summary: 'N-Triples, N-Quads, Turtle and TriG.',
  extensions: ['ttl', 'nt', 'nq', 'trig', 'n3'],
  source: 'https://www.w3.org/TR/turtle/',
  undeclared: 'text',
  dialect: (file) => `RDF, ${rdfSyntax(file)}`,
  recognise: (file) => (isRdfXml(file) ? 0.5 : rdfConfidence(file)),
  read,
});
