/** UCINET DL files: matrices, edge lists and node lists of one or two modes. See `ucinet/dlHeader.ts` and `dlData.ts`. */
import { LimitError } from '../../core/errors.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { createPacer } from '../bytes/eventLoop.ts';
import { textLines } from '../bytes/readText.ts';
import { decodeHead, describeBinary } from '../bytes/textEncoding.ts';
import { recordFormat } from '../records/recordFormat.ts';
import type { RecordSink } from '../records/recordTypes.ts';
import { failSyntax } from '../records/syntaxFailure.ts';
import { DlData } from '../ucinet/dlData.ts';
import { type DlHeader, DlHeaderReader } from '../ucinet/dlHeader.ts';

async function read(file: ProbedFile, sink: RecordSink, context: ReadContext): Promise<void> {
  const { path } = file.source;
  const reader = new DlHeaderReader(path);
  const pacer = createPacer(context.signal, `Reading ${path}`);
  let data: DlData | null = null;
  let lastLine = 1;
  for await (const lines of textLines(file, context)) {
    for (const { text, line } of lines) {
      lastLine = line;
      if (data !== null) {
        data.take(text, line);
        continue;
      }
      const rest = reader.take(text, line);
      if (rest === null) continue;
      const header = reader.finish(line);
      assertSize(path, header, context.limits.maxNodes);
      data = new DlData(path, header, sink, pacer);
      await data.begin(line);
      data.take(rest, line);
    }
  }
  if (data === null)
    failSyntax(path, lastLine, "there is no 'data:'.", 'Write `data:` before the matrix or list.', 'no-data');
  data.end(lastLine);
}

function assertSize(file: string, { numRows, numColumns, isTwoMode }: DlHeader, limit: number): void {
  if (numRows + (isTwoMode ? numColumns : 0) <= limit) return;
  throw new LimitError(`${file} says that it has more than ${limit.toLocaleString('en-US')} nodes.`, {
    code: 'too-many-nodes',
    remedy: 'Import a part of the graph.',
    details: { file, limit },
  });
}

/** Reads the DL format of the UCINET guide: https://sites.google.com/site/ucinetsoftware/document/ucinethelp.htm */
export const ucinet = recordFormat({
  id: 'ucinet',
  name: 'UCINET DL',
  summary: 'Matrices, edge lists and node lists of social network analysis.',
  extensions: ['dl'],
  source: 'https://sites.google.com/site/ucinetsoftware/document/ucinethelp.htm',
  undeclared: 'words',
  dialect: () => 'UCINET DL',
  recognise(file) {
    if (describeBinary(file.head) !== null) return 0;
    if (/^\s*dl[\s,]+(?:n|nr|nc|nm|format)\s*(?:=|\s)\s*\w/i.test(decodeHead(file.head.subarray(0, 1024))))
      return 0.95;
    return /\.dl$/i.test(file.source.path) ? 0.5 : 0;
  },
  read,
});
