/**
 * LGL, the adjacency list of Large Graph Layout: a line `# name` opens a node, the lines below it name its neighbours,
 * with or without a weight. Undirected.
 */
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { textLines } from '../bytes/readText.ts';
import { decodeHead, describeBinary } from '../bytes/textEncoding.ts';
import { announceNodes } from '../records/nodeAnnouncer.ts';
import { isNumberWord } from '../records/quotedWords.ts';
import { recordFormat } from '../records/recordFormat.ts';
import type { RecordSink } from '../records/recordTypes.ts';
import { failSyntax, shown } from '../records/syntaxFailure.ts';

/** Name of the node that a line `# name` opens. */
function openedNode(path: string, line: number, words: readonly string[]): string {
  const names = words[0] === '#' ? words.slice(1) : [(words[0] as string).slice(1), ...words.slice(1)];
  const [name] = names;
  if (name === undefined || names.length > 1)
    failSyntax(
      path,
      line,
      `'#' is followed by ${names.length} names instead of 1.`,
      'Write `# name`; names hold no blanks.',
    );
  return name;
}

async function read(file: ProbedFile, sink: RecordSink, context: ReadContext): Promise<void> {
  const { path } = file.source;
  const announce = announceNodes(sink);
  let source: string | null = null;
  sink.declare('edges', 'weight', 'number');
  for await (const lines of textLines(file, context)) {
    for (const { text, line } of lines) {
      const words = text.split(/\s+/).filter((word) => word !== '');
      const [target, weight] = words;
      if (target === undefined) continue;
      if (target.startsWith('#')) {
        source = openedNode(path, line, words);
        announce(source, line);
        continue;
      }
      if (source === null)
        failSyntax(path, line, `${shown(target)} stands before the first '# name'.`, 'Begin with `# name`.');
      if (words.length > 2)
        failSyntax(
          path,
          line,
          `a neighbour and perhaps a weight are expected, not ${words.length} words.`,
          'Write `name weight`; names hold no blanks.',
        );
      if (weight !== undefined && !isNumberWord(weight))
        failSyntax(
          path,
          line,
          `the weight ${shown(weight)} is no number.`,
          'Write a decimal number.',
          'bad-number',
        );
      announce(target, line);
      sink.edge({ source, target, line, attributes: weight === undefined ? [] : [['weight', weight]] });
    }
  }
}

/** Reads http://lgl.sourceforge.net/#FileFormat (.lgl). */
export const lgl = recordFormat({
  id: 'lgl',
  name: 'LGL (Large Graph Layout)',
  summary: 'Nodes opened by # with their neighbours below, weights optional.',
  extensions: ['lgl'],
  source: 'http://lgl.sourceforge.net/#FileFormat',
  undeclared: 'words',
  dialect: () => 'LGL',
  recognise(file) {
    if (!/\.lgl$/i.test(file.source.path) || describeBinary(file.head) !== null) return 0;
    return decodeHead(file.head).trimStart().startsWith('#') ? 0.9 : 0.5;
  },
  read,
});
