/** GML, the Graph Modelling Language of Himsolt, as Newman, igraph, Gephi, Graphia and yEd write it. */
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { textChunks } from '../bytes/readText.ts';
import { decodeHead, describeBinary } from '../bytes/textEncoding.ts';
import { GmlGraph } from '../gml/gmlGraph.ts';
import { GmlTokenizer } from '../gml/gmlTokens.ts';
import { recordFormat } from '../records/recordFormat.ts';
import type { RecordSink } from '../records/recordTypes.ts';

/** `graph [` as the first list of the file, whatever keys stand before it. */
const OPENING = /^(?:\s|#[^\n\r]*[\n\r]|[A-Za-z]\w*[ \t]+(?:"[^"]*"|[^\s"[\]]+(?=\s)))*?graph\s*\[/;

async function read(file: ProbedFile, sink: RecordSink, context: ReadContext): Promise<void> {
  const { path } = file.source;
  const graph = new GmlGraph(path, sink);
  // The ids of GML are numbers for the file's own use; networkx, too, takes unique labels for the names of nodes.
  sink.preferIds('label');
  let lastLine = 1;
  const tokenizer = new GmlTokenizer(path, context.limits.maxCellBytes, (kind, text, line) => {
    lastLine = line;
    graph.take(kind, text, line);
  });
  for await (const piece of textChunks(file, context)) tokenizer.push(piece);
  tokenizer.end();
  graph.end(lastLine);
}

function recognise(file: ProbedFile): number {
  if (describeBinary(file.head) !== null) return 0;
  const isNamed = /\.gml$/i.test(file.source.path);
  const text = decodeHead(file.head.subarray(0, 4096));
  if (OPENING.test(text)) return 1;
  // GML is also the name of a geographic XML format.
  return isNamed && !text.trimStart().startsWith('<') ? 0.5 : 0;
}

/** Reads the GML technical report (Himsolt 1997): http://www.fim.uni-passau.de/fileadmin/files/lehrstuhl/brandenburg/projekte/gml/gml-technical-report.pdf */
export const gml = recordFormat({
  id: 'gml',
  name: 'GML',
  summary: 'Graph Modelling Language: nested lists of keys and values.',
  extensions: ['gml'],
  source:
    'http://www.fim.uni-passau.de/fileadmin/files/lehrstuhl/brandenburg/projekte/gml/gml-technical-report.pdf',
  undeclared: 'values',
  dialect: () => 'GML',
  recognise,
  read,
});
