/** RDF by the examples of the W3C: N-Triples, N-Quads, Turtle, TriG; and its negative syntax tests. */
import { describe, expect, it } from 'vitest';
import { isDirected, numEdges, numNodes } from '../../core/graph.ts';
import { memorySource } from '../fileSource.ts';
import { importFiles, inspectFiles } from '../importer.ts';
import { DEFAULT_IMPORT_OPTIONS, type ImportResult } from '../importTypes.ts';
import { cellsOf, edgesOf, failureOf, nodeIdsOf, textFiles } from '../testFiles.ts';

const read = (text: string, name = 'g.ttl'): Promise<ImportResult> =>
  importFiles(textFiles({ [name]: text }), DEFAULT_IMPORT_OPTIONS);
const nodeColumns = ({ graph }: ImportResult, type = 0) => graph.nodeTypes[type]?.columns ?? [];

const EX = '@prefix ex: <http://e.org/> .\n';

/** https://www.w3.org/TR/turtle/, example 1. */
const GOBLIN = `@base <http://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rel: <http://www.perceive.net/schemas/relationship/> .

<#green-goblin>
    rel:enemyOf <#spiderman> ;
    a foaf:Person ;    # in the context of the Marvel universe
    foaf:name "Green Goblin" .

<#spiderman>
    rel:enemyOf <#green-goblin> ;
    a foaf:Person ;
    foaf:name "Spiderman", "Человек-паук"@ru .
`;

describe('RDF', () => {
  it('reads Turtle: resources are nodes, statements edges, literals attributes', async () => {
    const result = await read(GOBLIN);
    expect(result.report.formatId).toBe('rdf');
    expect(result.graph.nodeTypes.map(({ name }) => name)).toEqual(['Person']);
    expect(isDirected(result.graph)).toBe(true);
    expect(edgesOf(result.graph)).toEqual([
      'http://example.org/#green-goblin enemyOf http://example.org/#spiderman',
      'http://example.org/#spiderman enemyOf http://example.org/#green-goblin',
    ]);
    expect(cellsOf(nodeColumns(result), 'name')).toEqual({
      kind: 'text',
      cells: ['Green Goblin', 'Spiderman'],
    });
    expect(result.report.notices.map(({ code, message, examples }) => [code, message, examples])).toEqual([
      [
        'other-languages',
        'g.ttl: 1 value in other languages left out; English stands, else none.',
        [{ line: 7, text: 'http://xmlns.com/foaf/0.1/name of http://example.org/#spiderman' }],
      ],
    ]);
  });

  it('reads N-Triples: escapes, blank nodes, comments', async () => {
    const text = `# comment
<http://example.org/show/218> <http://www.w3.org/2000/01/rdf-schema#label> "That Seventies Show" .
<http://example.org/show/218> <http://example.org/show/localName> "\\u00C9t\\u00e9"@fr . # trailing
_:alice <http://xmlns.com/foaf/0.1/knows> _:bob .
_:bob <http://xmlns.com/foaf/0.1/knows> <http://example.org/show/218> .
`;
    const result = await read(text, 'g.nt');
    expect(nodeIdsOf(result.graph)).toEqual(['http://example.org/show/218', '_:alice', '_:bob']);
    expect(edgesOf(result.graph)).toEqual(['_:alice knows _:bob', '_:bob knows http://example.org/show/218']);
    expect(cellsOf(nodeColumns(result), 'label')?.cells).toEqual(['That Seventies Show', '', '']);
    expect(cellsOf(nodeColumns(result), 'localName')?.cells).toEqual(['Été', '', '']);
  });

  it('reads N-Quads and TriG: named graphs are an attribute of edges', async () => {
    const quads = await read(
      '<http://e.org/a> <http://e.org/p> <http://e.org/b> <http://e.org/g> .\n<http://e.org/b> <http://e.org/p> <http://e.org/a> .\n',
      'quads.txt',
    );
    expect(edgesOf(quads.graph)).toHaveLength(2);
    expect(cellsOf(quads.graph.edgeColumns, 'graph')).toEqual({
      kind: 'text',
      cells: ['http://e.org/g', ''],
    });
    expect(nodeIdsOf(quads.graph)).toEqual(['http://e.org/a', 'http://e.org/b']);
    const trig = await read(
      `${EX}ex:g { ex:a ex:p ex:b . }\nGRAPH ex:h { ex:b ex:q ex:c }\n{ ex:c ex:p ex:a }`,
      'g.trig',
    );
    const tuples = edgesOf(trig.graph).map((edge, at) => [
      edge.replaceAll('http://e.org/', ''),
      cellsOf(trig.graph.edgeColumns, 'graph')?.cells[at]?.replace('http://e.org/', ''),
    ]);
    expect(tuples.sort()).toEqual([
      ['a p b', 'g'],
      ['b q c', 'h'],
      ['c p a', ''],
    ]);
  });

  it('numbers blank nodes without a label so that no label can be theirs', async () => {
    const { graph } = await read(`${EX}ex:a ex:p [ ex:q ex:b ], _:b1 ; ex:list ( ex:c ) .`);
    expect(nodeIdsOf(graph).map((id) => id.replace('http://e.org/', ''))).toContain('_:[1]');
    const again = await read(`${EX}ex:a ex:p [ ex:q ex:b ], _:b1 ; ex:list ( ex:c ) .`);
    expect(again.graph.version).toBe(graph.version);
    expect(
      edgesOf(graph)
        .map((edge) => edge.replaceAll(/http:\S*[/#]/g, ''))
        .sort(),
    ).toEqual(['_:[1] q b', '_:[2] first c', '_:[2] rest nil', 'a list _:[2]', 'a p _:[1]', 'a p _:b1']);
  });

  it('gives literals the kinds of their datatypes', async () => {
    const result = await read(`${EX}@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:a ex:int 5 ; ex:dec 1.5 ; ex:dbl 1.5e3 ; ex:yes true ; ex:day "2024-02-29"^^xsd:date ;
  ex:at "2024-01-02T03:04:05Z"^^xsd:dateTime ; ex:code "007" ; ex:mixed 7 ; ex:own "x"^^ex:type .
ex:b ex:int "+6"^^xsd:long ; ex:dec 2 ; ex:dbl "INF"^^xsd:double ; ex:yes "0"^^xsd:boolean ;
  ex:day "2024-03-01Z"^^xsd:date ; ex:mixed "seven" .`);
    const columns = nodeColumns(result);
    expect(columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['int', 'i32'],
      ['dec', 'f32'],
      ['dbl', 'f32'],
      ['yes', 'bool'],
      ['day', 'date'],
      ['at', 'date'],
      ['code', 'text'],
      ['mixed', 'text'],
      ['own', 'text'],
    ]);
    expect(cellsOf(columns, 'int')?.cells).toEqual(['5', '6']);
    expect(cellsOf(columns, 'dbl')?.cells).toEqual(['1500', '']);
    expect(cellsOf(columns, 'yes')?.cells).toEqual(['true', 'false']);
    expect(cellsOf(columns, 'day')?.cells[1]).toBe('2024-03-01T00:00:00.000Z');
    expect(cellsOf(columns, 'code')?.cells).toEqual(['007', '']);
  });

  it('prefers English, then no language; of equals the first', async () => {
    const result = await read(`${EX}@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ex:a rdfs:label "Hund"@de, "dog"@en ; ex:n "1", "2" .
ex:b rdfs:label "Katze"@de, "cat" ; skos:prefLabel "pussy cat"@en .
ex:c skos:prefLabel "cow"@en-GB .`);
    const columns = nodeColumns(result);
    expect(cellsOf(columns, 'label')?.cells).toEqual(['dog', 'cat', 'cow']);
    expect(cellsOf(columns, 'prefLabel')?.cells).toEqual(['', 'pussy cat', 'cow']);
    expect(cellsOf(columns, 'n')?.cells).toEqual(['1', '', '']);
    expect(result.report.notices.map(({ code, count }) => [code, count])).toEqual([
      ['several-values', 1],
      ['other-languages', 2],
      ['no-edges', 1],
    ]);
  });

  it('takes the most frequent class for the node type, the others for an attribute', async () => {
    const result = await read(`${EX}@prefix o: <http://o.org/> .
ex:a a ex:Agent, ex:Person . ex:b a ex:Person . ex:c a ex:Place, o:Place .
ex:a ex:near ex:c . ex:a o:near ex:d . ex:d ex:near ex:b . ex:Person ex:near ex:Agent .`);
    expect(result.graph.nodeTypes.map(({ name }) => name)).toEqual(['Person', 'node', 'ex:Place']);
    expect(nodeIdsOf(result.graph).map((id) => id.replace('http://e.org/', ''))).toEqual([
      'a',
      'b',
      'Agent',
      'Person',
      'd',
      'c',
    ]);
    expect(cellsOf(nodeColumns(result, 0), 'types')?.cells).toEqual(['Agent', '']);
    expect(cellsOf(nodeColumns(result, 2), 'types')?.cells).toEqual(['o:Place']);
    expect(
      edgesOf(result.graph)
        .map((edge) => edge.replaceAll('http://e.org/', ''))
        .sort(),
    ).toEqual(['Person ex:near Agent', 'a ex:near c', 'a o:near d', 'd ex:near b']);
  });

  it('notes statements about triples', async () => {
    const { graph, report } = await read(`${EX}<< ex:a ex:p ex:b >> ex:sure 0.9 .\nex:a ex:p ex:b .`);
    expect(edgesOf(graph)).toHaveLength(1);
    expect(report.notices[0]).toMatchObject({ code: 'triple-terms-not-read', count: 1 });
  });

  it('is read in pieces of any size', async () => {
    const bytes = new TextEncoder().encode(GOBLIN);
    const whole = await importFiles([memorySource('g.ttl', bytes)], DEFAULT_IMPORT_OPTIONS);
    const source = {
      ...memorySource('g.ttl', bytes),
      async *open() {
        for (let at = 0; at < bytes.length; at += 7) yield await Promise.resolve(bytes.subarray(at, at + 7));
      },
    };
    expect((await importFiles([source], DEFAULT_IMPORT_OPTIONS)).graph.version).toBe(whole.graph.version);
  });

  it('reads ten thousand triples', async () => {
    const lines = Array.from({ length: 10_000 }, (_, at) => {
      const node = `<http://e.org/${at % 1000}>`;
      if (at < 1000)
        return `${node} <http://e.org/size> "${at}"^^<http://www.w3.org/2001/XMLSchema#integer> .`;
      return `${node} <http://e.org/to> <http://e.org/${(at * 7) % 1000}> .`;
    });
    const result = await read(lines.join('\n'), 'g.nt');
    expect([numNodes(result.graph), numEdges(result.graph)]).toEqual([1000, 9000]);
    const sizes = cellsOf(nodeColumns(result), 'size');
    expect(nodeIdsOf(result.graph).map((id) => `http://e.org/${sizes?.cells[Number(id.slice(13))]}`)).toEqual(
      nodeIdsOf(result.graph),
    );
  });

  it('is previewed', async () => {
    const preview = await inspectFiles(textFiles({ 'g.ttl': GOBLIN }));
    expect(preview.tables.map(({ path, dialect, sampleRows }) => [path, dialect, sampleRows[0]])).toEqual([
      ['g.ttl: nodes', 'RDF, Turtle', ['http://example.org/#green-goblin', 'Green Goblin']],
      ['g.ttl: edges', 'RDF, Turtle', ['http://example.org/#green-goblin', 'http://example.org/#spiderman']],
    ]);
  });
});

describe('broken RDF', () => {
  it('names the line', async () => {
    expect(await failureOf(read(`${EX}ex:a ex:p ex:b .\nex:a ex:p foo:b .`))).toEqual({
      name: 'ParseError',
      code: 'rdf-syntax',
      message: 'g.ttl line 3: undefined prefix "foo:".',
      remedy: 'Correct the file there, or write it again with an RDF tool such as rapper or riot.',
      details: { file: 'g.ttl', line: 3 },
    });
  });

  // Names of the W3C test suites: https://www.w3.org/2013/TurtleTests/, NTriplesTests, TrigTests.
  it.each([
    ['turtle-syntax-bad-uri-01', 'g.ttl', '<http://www.w3.org/2013/TurtleTests/ space> a <u:b> .', 1],
    ['turtle-syntax-bad-prefix-01', 'g.ttl', ':s <http://e.org/p> "x" .', 1],
    ['turtle-syntax-bad-base-03', 'g.ttl', '@BASE <http://e.org/> .\n<s> <p> <o> .', 1],
    ['turtle-syntax-bad-struct-09', 'g.ttl', `${EX}ex:s ex:p ex:o . .`, 2],
    ['turtle-syntax-bad-struct-12', 'g.ttl', `${EX}ex:s ex:p ex:o`, 2],
    ['turtle-syntax-bad-kw-01', 'g.ttl', `${EX}ex:s A ex:C .`, 2],
    ['turtle-syntax-bad-n3-extras-01', 'g.ttl', `${EX}{ ex:a ex:q ex:c . } ex:p ex:z .`, 2],
    ['turtle-syntax-bad-string-01', 'g.ttl', `${EX}ex:s ex:p "abc' .`, 2],
    ['turtle-syntax-bad-lang-01', 'g.ttl', `${EX}ex:s ex:p "string"@1 .`, 2],
    ['turtle-syntax-bad-esc-01', 'g.ttl', `${EX}ex:s ex:p "a\\zb" .`, 2],
    ['nt-syntax-bad-uri-06', 'g.nt', '<s> <http://e.org/p> <http://e.org/o> .', 1],
    ['nt-syntax-bad-prefix-01', 'g.nt', '@prefix : <http://e.org/> .', 1],
    [
      'nt-syntax-bad-struct-01',
      'g.nt',
      '<http://e.org/s> <http://e.org/p> <http://e.org/o>, <http://e.org/o2> .',
      1,
    ],
    ['nt-syntax-bad-num-01', 'g.nt', '<http://e.org/s> <http://e.org/p> 1 .', 1],
    ['nq-syntax-bad-literal-01', 'g.nq', '<u:s> <u:p> <u:o> "o" .', 1],
    ['trig-graph-bad-01', 'g.trig', '{ <u:s> <u:p> <u:o> .', 1],
  ])('is refused: %s', async (_, name, text, line) => {
    const failure = await failureOf(read(text, name));
    expect(failure).toMatchObject({ name: 'ParseError', code: 'rdf-syntax', details: { file: name, line } });
    expect(failure.message.startsWith(`${name} line ${line}: `)).toBe(true);
  });

  it('refuses short names that stand for endless ids', async () => {
    const lines = Array.from({ length: 80 }, (_, at) => `p:a${at} p:b p:c${at} .`);
    const bomb = `@prefix p: <http://e.org/${'x'.repeat(1024 ** 2)}> .\n${lines.join('\n')}`;
    expect(await failureOf(read(bomb))).toMatchObject({ name: 'LimitError', code: 'ids-too-long' });
  });

  it('says what to do with RDF in XML', async () => {
    const text =
      '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>';
    expect(await failureOf(read(text, 'g.rdf'))).toMatchObject({
      code: 'rdf-xml',
      message: 'g.rdf is RDF in XML; this version reads Turtle, TriG, N-Triples and N-Quads.',
    });
  });
});
