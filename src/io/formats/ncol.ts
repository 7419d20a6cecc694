/** NCOL, the edge list of Large Graph Layout: `name name [weight]` per line, undirected. */
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { textLines } from '../bytes/readText.ts';
import { describeBinary } from '../bytes/textEncoding.ts';
import { isNumberWord } from '../records/quotedWords.ts';
import { recordFormat } from '../records/recordFormat.ts';
import type { RecordSink } from '../records/recordTypes.ts';
import { failSyntax, shown } from '../records/syntaxFailure.ts';

async function read(file: ProbedFile, sink: RecordSink, context: ReadContext): Promise<void> {
  const { path } = file.source;
  sink.declare('edges', 'weight', 'number');
  for await (const lines of textLines(file, context)) {
    for (const { text, line } of lines) {
      const words = text.split(/\s+/).filter((word) => word !== '');
      if (words.length === 0) continue;
      const [source, target, weight] = words;
      if (source === undefined || target === undefined || words.length > 3)
        failSyntax(
          path,
          line,
          `2 names and perhaps a weight are expected, not ${words.length} words.`,
          'Write `name name weight`; names hold no blanks.',
        );
      if (weight !== undefined && !isNumberWord(weight))
        failSyntax(
          path,
          line,
          `the weight ${shown(weight)} is no number.`,
          'Write a decimal number.',
          'bad-number',
        );
      sink.edge({ source, target, line, attributes: weight === undefined ? [] : [['weight', weight]] });
    }
  }
}

/** Reads http://lgl.sourceforge.net/#FileFormat (.ncol). */
export const ncol = recordFormat({
  id: 'ncol',
  name: 'NCOL (Large Graph Layout)',
  summary: 'Pairs of names with an optional weight, one edge per line.',
  extensions: ['ncol'],
  source: 'http://lgl.sourceforge.net/#FileFormat',
  undeclared: 'words',
  dialect: () => 'NCOL',
  recognise: (file) => (/\.ncol$/i.test(file.source.path) && describeBinary(file.head) === null ? 0.9 : 0),
  read,
});
