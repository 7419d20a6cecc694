/**
 * Pajek networks (.net) and the first network of a project (.paj), with the partitions and vectors of the project as
 * node attributes.
 */
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { createPacer } from '../bytes/eventLoop.ts';
import { textLines } from '../bytes/readText.ts';
import { decodeHead, describeBinary } from '../bytes/textEncoding.ts';
import { PajekNetwork } from '../pajek/pajekNetwork.ts';
import { readPartitions } from '../pajek/pajekPartitions.ts';
import { recordFormat } from '../records/recordFormat.ts';
import type { RecordSink } from '../records/recordTypes.ts';

const isProject = (file: ProbedFile): boolean => /\.paj$/i.test(file.source.path);

async function read(file: ProbedFile, sink: RecordSink, context: ReadContext): Promise<void> {
  const { path } = file.source;
  const network = new PajekNetwork(sink, {
    file: path,
    maxNodes: context.limits.maxNodes,
    partitions: isProject(file) ? await readPartitions(file, context) : [],
    pacer: createPacer(context.signal, `Reading ${path}`),
  });
  sink.declare('nodes', 'interval', 'text');
  sink.declare('edges', 'interval', 'text');
  let lastLine = 1;
  for await (const lines of textLines(file, context)) {
    for (const { text, line } of lines) {
      lastLine = line;
      const pending = network.take(text, line);
      if (pending !== null) await pending;
    }
  }
  await network.end(lastLine);
}

function recognise(file: ProbedFile): number {
  const { path } = file.source;
  // Partitions and vectors begin with *Vertices too, but hold no network.
  if (describeBinary(file.head) !== null || /\.(?:clu|vec|per|cls)$/i.test(path)) return 0;
  if (/^\s*\*\s*(?:vertices\s+\d|network\b)/im.test(decodeHead(file.head))) return 0.95;
  return /\.(?:net|paj)$/i.test(path) && file.head.includes(42) ? 0.5 : 0;
}

/** Reads the format described in the Pajek reference manual, http://mrvar.fdv.uni-lj.si/pajek/pajekman.pdf. */
export const pajek = recordFormat({
  id: 'pajek',
  name: 'Pajek',
  summary: 'Vertices, arcs and edges by number; relations, two-mode networks and matrices.',
  extensions: ['net', 'paj'],
  source: 'http://mrvar.fdv.uni-lj.si/pajek/pajekman.pdf',
  undeclared: 'words',
  dialect: (file) => (isProject(file) ? 'Pajek project' : 'Pajek network'),
  recognise,
  read,
});
