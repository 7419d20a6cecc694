/** DOT, the language of Graphviz. Drawing attributes are attributes like any other; see `dot/dotParser.ts`. */
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { createPacer } from '../bytes/eventLoop.ts';
import { readText } from '../bytes/readText.ts';
import { decodeHead, describeBinary } from '../bytes/textEncoding.ts';
import { parseDot } from '../dot/dotParser.ts';
import { opensGraph } from '../dot/dotTokens.ts';
import { recordFormat } from '../records/recordFormat.ts';
import type { RecordSink } from '../records/recordTypes.ts';

async function read(file: ProbedFile, sink: RecordSink, context: ReadContext): Promise<void> {
  const { path } = file.source;
  const text = await readText(file, context);
  const pacer = createPacer(context.signal, `Reading ${path}`);
  const { graph, hasMore } = await parseDot(text, path, context.limits, pacer);
  if (hasMore)
    sink.notices.say({
      severity: 'warning',
      code: 'further-graphs',
      message: `${path}: what follows the first graph is left out.`,
      file: path,
    });
  await graph.handOver(sink, path, pacer);
}

function recognise(file: ProbedFile): number {
  if (describeBinary(file.head) !== null) return 0;
  if (opensGraph(decodeHead(file.head))) return 1;
  return /\.(?:dot|gv)$/i.test(file.source.path) ? 0.5 : 0;
}

/** Reads https://graphviz.org/doc/info/lang.html. */
export const dot = recordFormat({
  id: 'dot',
  name: 'DOT (Graphviz)',
  summary: 'The language of Graphviz: nodes, edges, subgraphs and attributes.',
  extensions: ['dot', 'gv'],
  source: 'https://graphviz.org/doc/info/lang.html',
  undeclared: 'words',
  dialect: () => 'DOT',
  recognise,
  read,
});
